import {
  after,
  CASELESS,
  classAt,
  endOfRun,
  LETTER,
  LOWER,
  MARK,
  NEWLINE,
  NUMBER,
  UPPER,
} from './character-class.ts';
import { endOfContraction, endOfSpace, endOfSymbols } from './shared-pieces.ts';

const EITHER_CASE = CASELESS | MARK;
const HEAD = UPPER | EITHER_CASE;
const TAIL = LOWER | EITHER_CASE;

/**
 * The pre-tokeniser of o200k (its published pattern), read by hand: words in one case or capitalised
 * with one leading symbol and a contraction, up to three digits, symbols, white space.
 */
export function endOfO200kPiece(text: string, start: number): number {
  const first = classAt(text, start);
  const second = after(text, start);
  const isPrefix = (first & (LETTER | NUMBER | NEWLINE)) === 0;
  const word =
    (isPrefix ? endOfCapitalised(text, second) : 0) ||
    endOfCapitalised(text, start) ||
    (isPrefix ? endOfUpperCase(text, second) : 0) ||
    endOfUpperCase(text, start);
  if (word !== 0) return endOfContraction(text, word);
  if ((first & NUMBER) !== 0) return endOfDigits(text, start);
  const symbols = endOfSymbols(
    text,
    start,
    (code) => code === 0x0a || code === 0x0d || code === 0x2f,
  );
  return symbols > start ? symbols : endOfSpace(text, start);
}

/** `[HEAD]*[TAIL]+`: 0 when it does not match. The head gives back characters until a tail follows. */
function endOfCapitalised(text: string, start: number): number {
  let end = start;
  let lastOfEither = 0;
  while (end < text.length) {
    const found = classAt(text, end);
    if ((found & HEAD) === 0) break;
    end = after(text, end);
    if ((found & EITHER_CASE) !== 0) lastOfEither = end;
  }
  const tail = endOfRun(text, end, TAIL);
  return tail > end ? tail : lastOfEither;
}

/** `[HEAD]+[TAIL]*` where no tail follows, else the other form has matched: 0 when it does not match. */
function endOfUpperCase(text: string, start: number): number {
  const end = endOfRun(text, start, HEAD);
  return end > start ? end : 0;
}

function endOfDigits(text: string, start: number): number {
  let end = start;
  for (let digits = 0; digits < 3 && end < text.length; digits += 1) {
    if ((classAt(text, end) & NUMBER) === 0) break;
    end = after(text, end);
  }
  return end;
}
