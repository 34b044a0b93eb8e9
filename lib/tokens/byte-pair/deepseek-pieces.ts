import {
  after,
  END,
  endOfRun,
  HAN_OR_KANA,
  LETTER,
  MARK,
  NEWLINE,
  NUMBER,
  SPACE,
  SYMBOL,
  type ScannedText,
} from './scanned-text.ts';
import { endOfDigits, isLineEnd } from './shared-pieces.ts';

const WORD = LETTER | MARK;

/**
 * The pre-tokeniser of DeepSeek-V3 and R1, three patterns one inside the other, read by hand: up to three digits are cut
 * out first, runs of Han and kana then, and what is left ends where they begin, as at the end of a text.
 */
export function endOfDeepseekPiece(scanned: ScannedText, start: number): number {
  const { classes } = scanned;
  const first = classes[start] ?? END;
  if ((first & NUMBER) !== 0) return endOfDigits(scanned, start, 3);
  const run = (from: number, bits: number): number =>
    (first & HAN_OR_KANA) === 0
      ? endOfRunOutside(scanned, from, bits)
      : endOfRunInside(scanned, from, bits);
  if ((first & WORD) !== 0) return run(start, WORD);
  if ((first & NEWLINE) === 0) {
    const second = after(scanned, start);
    if ((first & SYMBOL) === 0) {
      const word = run(second, WORD);
      if (word > second) return word;
    } else if (isAscii(scanned, start) && isAsciiLetter(scanned.units[second] ?? 0)) {
      return endOfAsciiLetters(scanned, second);
    }
  }
  const isBlank = scanned.units[start] === 0x20;
  if (isBlank || (first & SYMBOL) !== 0) {
    const from = isBlank ? start + 1 : start;
    let end = run(from, SYMBOL);
    if (end > from) {
      const isInHan = (first & HAN_OR_KANA) !== 0;
      while (!isInHan && end < scanned.length && isLineEnd(scanned.units[end] ?? 0)) end += 1;
      return end;
    }
  }
  return (first & SPACE) !== 0 ? endOfSpaceInPart(scanned, start) : endOfGap(scanned, start);
}

/** White space before digits, Han or kana ends with its part, so that none of it is left to what follows. */
function endOfSpaceInPart(scanned: ScannedText, start: number): number {
  const { classes } = scanned;
  const end = endOfRun(scanned, start, SPACE);
  for (let last = end; last > start; last -= 1) {
    if (((classes[last - 1] ?? END) & NEWLINE) !== 0) return last;
  }
  const isAtEnd = ((classes[end] ?? END) & (END | NUMBER | HAN_OR_KANA)) !== 0;
  return !isAtEnd && end - start > 1 ? end - 1 : end;
}

/** What no alternative matches (controls, unassigned characters) is one piece; the last may begin a word. */
function endOfGap(scanned: ScannedText, start: number): number {
  const { classes } = scanned;
  const stop = NUMBER | SPACE | SYMBOL | WORD | END;
  const isHan = ((classes[start] ?? END) & HAN_OR_KANA) !== 0;
  const leaves = (found: number): boolean => ((found & HAN_OR_KANA) !== 0) !== isHan;
  for (let at = start; ;) {
    const next = after(scanned, at);
    const found = classes[next] ?? END;
    if ((found & stop) !== 0 || leaves(found)) {
      const beginsWord = at > start && (found & WORD) !== 0 && !leaves(found);
      return beginsWord ? at : next;
    }
    at = next;
  }
}

function endOfRunOutside({ classes }: ScannedText, from: number, bits: number): number {
  let end = from;
  while (((classes[end] ?? END) & bits) !== 0 && ((classes[end] ?? END) & HAN_OR_KANA) === 0) {
    end += 1;
  }
  return end;
}

function endOfRunInside({ classes }: ScannedText, from: number, bits: number): number {
  let end = from;
  while (((classes[end] ?? END) & bits) !== 0 && ((classes[end] ?? END) & HAN_OR_KANA) !== 0) {
    end += 1;
  }
  return end;
}

function endOfAsciiLetters({ units }: ScannedText, from: number): number {
  let end = from;
  while (isAsciiLetter(units[end] ?? 0)) end += 1;
  return end;
}

function isAscii({ units }: ScannedText, index: number): boolean {
  return (units[index] ?? 0) < 0x80;
}

function isAsciiLetter(unit: number): boolean {
  const lower = unit | 0x20;
  return unit < 0x80 && lower >= 0x61 && lower <= 0x7a;
}
