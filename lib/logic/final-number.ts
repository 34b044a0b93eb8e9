import { lastBoxed } from './final-text.ts';

/** Answers stand near the end; a longer tail is not looked through. */
const MAX_TAIL = 20_000;

const NUMBERS = String.raw`[-−–]?\p{Nd}{1,15}(?:\s*[,，、;；]\s*\p{Nd}{1,15})*`;
/** A line that holds numbers and marks of emphasis, nothing else. */
const LINE = new RegExp(
  String.raw`^[\s*_\x60$>[(（【"']{0,12}(${NUMBERS})[\s*_\x60$\])）】"'.。]{0,12}$`,
  'u',
);
const ANNOUNCED = new RegExp(
  String.raw`(?:answers?|position|results?|thoughts?|steps?|答案|位置|结果|步骤?|思考)(?: (?:numbers?|is|are|at))*[\s*_:：=是为在第\x60$[(]{0,12}(${NUMBERS})(?!\.?\p{Nd})`,
  'giu',
);
/** Not a part of a decimal: 1.5 holds no 5. */
const ANY = new RegExp(String.raw`(?<!\p{Nd}\.?)${NUMBERS}(?!\.?\p{Nd})`, 'gu');

/**
 * The numbers a response settles on: in the last box, on the last line that holds nothing else, after the last
 * announcement, or else the last ones of the text. Null when there are none.
 */
export function findFinalNumbers(text: string): number[] | null {
  const tail = text.length > MAX_TAIL ? text.slice(-MAX_TAIL) : text;
  const boxed = lastBoxed(tail);
  if (boxed !== null) return toNumbers(ANY, boxed);
  const line = lastLine(tail);
  const announced = last(ANNOUNCED, tail);
  if (line !== null && (announced === null || line.at >= announced.at)) return parse(line.text);
  if (announced !== null) return parse(announced.text);
  return toNumbers(ANY, tail);
}

/** The same for one whole number; null when there is none or more than one. */
export function findFinalNumber(text: string): number | null {
  const numbers = findFinalNumbers(text);
  const [only] = numbers ?? [];
  return numbers?.length === 1 && only !== undefined ? only : null;
}

function toNumbers(pattern: RegExp, text: string): number[] | null {
  const found = last(pattern, text);
  return found === null ? null : parse(found.text);
}

function last(pattern: RegExp, text: string): { text: string; at: number } | null {
  let found: { text: string; at: number } | null = null;
  for (const match of text.matchAll(pattern))
    found = { text: match[1] ?? match[0], at: match.index };
  return found;
}

function lastLine(text: string): { text: string; at: number } | null {
  let end = text.length;
  for (let count = 0; count < 400 && end >= 0; count += 1) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(start, end);
    if (line.length < 400) {
      const match = LINE.exec(line);
      if (match?.[1] !== undefined) return { text: match[1], at: start };
    }
    if (start === 0) return null;
    end = start - 1;
  }
  return null;
}

function parse(text: string): number[] {
  return text
    .replace(/[−–]/gu, '-')
    .split(/[^-\p{Nd}]+/u)
    .filter((part) => part !== '')
    .map((part) => (/^-?\d+$/u.test(part) ? Number(part) : Number.NaN));
}
