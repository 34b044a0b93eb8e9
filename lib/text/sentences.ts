import { findMathSpans } from './math-spans.ts';
import type { Span } from './span.ts';

const ABBREVIATION =
  /(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|St|Prof|vs|approx|e\.g|i\.e|No|Fig|Eq|resp|cf|Rs)$/u;

/** Whether the point, mark or newline at an index ends a sentence: not in "Mr. Smith", not in "3.5". */
export function isSentenceEnd(text: string, index: number): boolean {
  const char = text.charAt(index);
  if (char === '\n' || char === '。') return true;
  if (char !== '.' && char !== '!' && char !== '?') return false;
  if (!/[\s*"')\]]/u.test(text.charAt(index + 1) || ' ')) return false;
  return char !== '.' || !ABBREVIATION.test(text.slice(Math.max(0, index - 8), index));
}

/** The sentences and lines of a part of a text, with formulas kept whole and no white space around them. */
export function sentencesOf(part: Span): Span[] {
  const sentences: Span[] = [];
  const formulas = findMathSpans(part.text);
  let begin = 0;
  let formula = 0;
  const close = (end: number): void => {
    const raw = part.text.slice(begin, end);
    const from = part.start + begin + (raw.length - raw.trimStart().length);
    if (raw.trim() !== '')
      sentences.push({ text: raw.trim(), start: from, end: from + raw.trim().length });
    begin = end;
  };
  for (let index = 0; index < part.text.length; index += 1) {
    const next = formulas[formula];
    if (index === next?.start) {
      index = next.end - 1;
      formula += 1;
      if (/[.。]\s*$/u.test(next.content.text)) close(next.end);
    } else if (isSentenceEnd(part.text, index)) close(index + 1);
  }
  close(part.text.length);
  return sentences;
}

const OFFER =
  /^[\s*#>-]*(?:please )?(?:let me know|if you(?:['’]d| would| have| need| want|['’]re)|feel free|hope (?:this|that)|i hope|would you like|do you want|is there anything|happy to|good luck|great (?:job|question)|keep practi[cs]ing|note that rounding)\b/iu;
const CHECK =
  /^[\s*#>\d.-]*(?:to (?:double-)?(?:check|verify|confirm)\b|(?:double-)?check(?:ing)?(?: our| the| this| my)?(?: work| answer| result)?[:*]|verification\b|verifying\b|(?:we can|let['’]?s|let us|let me) (?:quickly |also |now )?(?:double-)?(?:check|verify|confirm)\b|sanity check)/iu;
export const CONCLUSION =
  /^[\s*#>-]*(?:and )?(?:so|therefore|thus|hence|consequently|finally|in conclusion|in total|conclusion|overall|altogether|accordingly|in summary|we conclude|answer|final answer|∴|因此|所以|故|总之|donc|ainsi|por lo tanto|por tanto|portanto|quindi|also|damit|folglich|итак|следовательно|таким образом|したがって|よって|따라서)(?![a-z])/iu;
const DOUBT = /\b(?:wait|hmm|actually|mistake|wrong|incorrect|error|instead|correction)\b/iu;

/**
 * The sentences up to the end of what a text states: without the offers of further help, and without a check that follows
 * the result, unless something new is concluded after it.
 */
export function statementsOf(part: Span): Span[] {
  const sentences = sentencesOf(part);
  while (sentences.length > 1 && OFFER.test(sentences[sentences.length - 1]?.text ?? ''))
    sentences.pop();
  const check = sentences.findIndex(({ text }) => CHECK.test(text));
  if (check <= 0) return sentences;
  const rest = sentences.slice(check + 1);
  const isOpen = rest.some(({ text }) => CONCLUSION.test(text) || DOUBT.test(text));
  return isOpen ? sentences : sentences.slice(0, check);
}

const TO_DO =
  /\b(?:will give (?:us|you)|(?:we|you|i) (?:can|could|need to|must|should|will|have to|then|now)(?: then| now| also| just)* (?:find|solve|calculate|compute|simplify|determine|evaluate|proceed|check|test)|(?:simplify|solve|evaluate|calculate|compute|use)\b[^.]{1,60}\bto (?:find|get|obtain|determine)|solv(?:e|ing) (?:for|this|these)|(?:next|first|now), (?:we|let)|let us (?:find|solve|compute))\b/iu;

/** Behind such words the sentence has its result after all. */
const RESULT = /[:=]|\bto (?:get|obtain)\b|\bgiv(?:es|ing)\b|\b(?:therefore|thus|hence|so)\b/iu;

/** A last sentence that says what is to be done next: the text ends before its answer. */
export function isToDo(sentence: string): boolean {
  const match = TO_DO.exec(sentence);
  if (match === null) return false;
  const result = RESULT.exec(sentence.slice(match.index + match[0].length));
  return (
    result === null ||
    !/[\p{N}$\\]/u.test(sentence.slice(match.index + match[0].length + result.index))
  );
}

const HEDGE =
  /\b(?:might|maybe|perhaps|possibly|probably|either|depending|unless|doubt|or (?:even|else)|no (?:final |definite )?answer|(?:is|are) (?:impossible|unknown|unclear|undetermined))\b|^if\b[^,]{1,80}\banswer\b|\?$/iu;

/** Whether a sentence leaves open what it says, or asks it. */
export function isHedged(sentence: string): boolean {
  return HEDGE.test(sentence);
}
