import { isHedged } from './sentences.ts';

const DENIED =
  /(?:\bnot|\bcannot|n['’]t|\bnever|\brather than|\binstead of|\bneither|\bnor|n['’]est pas|\bno es|não é|\bnon è|\bnicht|\bniet|\bbukan|(?<!\p{L})не|不是|不为|ليست?|không phải(?: là)?)(?: be)?[\s$(*]*$/iu;
/** In languages that deny behind the value. */
const DENIED_BEHIND = /^[\s'’]*(?:değil|ではな|じゃな|(?:이|가)?\s?아니|नहीं)/u;
/** "42 is wrong", "42 isn't the right answer", "(B) cannot be correct"; "42 is not prime" says something of 42. */
const CALLED_WRONG =
  /^[\s)\]}*_$`"]{1,8}(?:(?:is|was|are|were)(?: (?:clearly|certainly|definitely|also|therefore))? (?:wrong|incorrect|false|invalid|impossible|excluded|ruled out)\b|(?:(?:is|was|are|were|can|could|must|should|would)(?:n['’]t| ?not)(?: be)?|does(?:n['’]t| not) (?:work|hold|fit)) ?(?:(?:the|an?|my|our) )?(?:(?:final|right|correct|valid|expected|possible|real) )?(?:answers?|solutions?|results?|right|correct|valid|possible|options?|choices?|[.,;!]|$))/iu;

/** How far behind a value the words stand that deny it. */
export const DENIAL_REACH = 60;

/** Whether the words up to a value deny it: "not 42", "rather than 42", "不是 42". */
export function isDeniedBefore(lead: string): boolean {
  return DENIED.test(lead);
}

/** Whether the words behind a value deny it: "42 is wrong", "42 değil". Of `tail`, `DENIAL_REACH` characters are enough. */
export function isDeniedBehind(tail: string): boolean {
  return DENIED_BEHIND.test(tail) || CALLED_WRONG.test(tail);
}

/** What opens and closes a block of code around a value. */
const FENCE_BEFORE = /```\w{0,12}\s*$/u;
const FENCE_BEHIND = /^\s*```/u;
/** The words of one sentence around a value. */
const REACH = 200;

/** Whether the sentence around a part of a text denies that part or doubts it. */
export function isDisowned(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - REACH), start).replace(FENCE_BEFORE, '');
  const behind = text.slice(end, end + REACH).replace(FENCE_BEHIND, '');
  const from = Math.max(...['. ', '! ', '? ', ': ', '\n'].map((stop) => before.lastIndexOf(stop)));
  const lead = before.slice(from + 1);
  const rest = /^[^.!?\n]*\??/u.exec(behind)?.[0] ?? '';
  return isDeniedBefore(lead) || isDeniedBehind(behind) || isHedged(lead + rest);
}
