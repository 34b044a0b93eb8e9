import {
  after,
  CASELESS,
  END,
  endOfRun,
  LETTER,
  LOWER,
  MARK,
  NEWLINE,
  NUMBER,
  UPPER,
  type ScannedText,
} from './scanned-text.ts';
import {
  endOfContraction,
  endOfDigits,
  endOfSpace,
  endOfSymbols,
  isLineEnd,
} from './shared-pieces.ts';

const EITHER_CASE = CASELESS | MARK;
const HEAD = UPPER | EITHER_CASE;
const TAIL = LOWER | EITHER_CASE;
const SLASH = 0x2f;

/**
 * The pre-tokeniser of o200k (its published pattern), read by hand: words in one case or capitalised
 * with one leading symbol and a contraction, up to three digits, symbols, white space.
 */
export function endOfO200kPiece(scanned: ScannedText, start: number): number {
  const first = scanned.classes[start] ?? END;
  const second = after(scanned, start);
  const isPrefix = (first & (LETTER | NUMBER | NEWLINE)) === 0;
  const word =
    (isPrefix ? endOfCapitalised(scanned, second) : 0) ||
    endOfCapitalised(scanned, start) ||
    (isPrefix ? endOfUpperCase(scanned, second) : 0) ||
    endOfUpperCase(scanned, start);
  if (word !== 0) return endOfContraction(scanned, word);
  if ((first & NUMBER) !== 0) return endOfDigits(scanned, start, 3);
  const symbols = endOfSymbols(scanned, start, isLineEndOrSlash);
  return symbols > start ? symbols : endOfSpace(scanned, start);
}

function isLineEndOrSlash(unit: number): boolean {
  return isLineEnd(unit) || unit === SLASH;
}

/** `[HEAD]*[TAIL]+`: 0 when it does not match. The head gives back characters until a tail follows. */
function endOfCapitalised(scanned: ScannedText, start: number): number {
  const { classes } = scanned;
  let end = start;
  let lastOfEither = 0;
  for (;;) {
    const found = classes[end] ?? END;
    if ((found & HEAD) === 0) break;
    end += 1;
    if ((found & EITHER_CASE) !== 0) lastOfEither = end;
  }
  const tail = endOfRun(scanned, end, TAIL);
  return tail > end ? tail : lastOfEither;
}

/** `[HEAD]+[TAIL]*` where no tail follows, else the other form has matched: 0 when it does not match. */
function endOfUpperCase(scanned: ScannedText, start: number): number {
  const end = endOfRun(scanned, start, HEAD);
  return end > start ? end : 0;
}
