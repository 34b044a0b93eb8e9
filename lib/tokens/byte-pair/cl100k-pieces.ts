import {
  after,
  END,
  endOfRun,
  LETTER,
  NEWLINE,
  NUMBER,
  SPACE,
  type ScannedText,
} from './scanned-text.ts';
import {
  endOfContraction,
  endOfDigits,
  endOfSpace,
  endOfSymbols,
  isLineEnd,
  type EndOfPiece,
} from './shared-pieces.ts';

/**
 * The pre-tokeniser of cl100k and of those who took it over, read by hand: contractions, words with one leading
 * symbol, up to `digits` digits, symbols, white space.
 */
function createPieces(digits: number): EndOfPiece {
  return (scanned: ScannedText, start: number): number => {
    const { classes } = scanned;
    const first = classes[start] ?? END;
    if ((first & LETTER) !== 0) return endOfRun(scanned, start, LETTER);
    const contraction = endOfContraction(scanned, start);
    if (contraction > start) return contraction;
    if ((first & NUMBER) !== 0) return endOfDigits(scanned, start, digits);
    if ((first & NEWLINE) === 0) {
      const second = after(scanned, start);
      if (((classes[second] ?? END) & LETTER) !== 0) return endOfRun(scanned, second, LETTER);
    }
    const symbols = endOfSymbols(scanned, start, isLineEnd);
    return symbols > start ? symbols : endOfSpace(scanned, start);
  };
}

/** Of Llama 3: up to three digits a piece. */
export const endOfLlamaPiece = createPieces(3);

/** Of cl100k: as Llama 3, but white space at the end of the text is one piece. */
export function endOfCl100kPiece(scanned: ScannedText, start: number): number {
  const end = endOfLlamaPiece(scanned, start);
  if (((scanned.classes[start] ?? END) & SPACE) === 0 || end === scanned.length) return end;
  const run = endOfRun(scanned, start, SPACE);
  return run === scanned.length ? run : end;
}

/** Of Qwen2, Qwen2.5 and Qwen3: each digit alone. */
export const endOfQwenPiece = createPieces(1);
