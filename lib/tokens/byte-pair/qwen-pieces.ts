import { after, classAt, endOfRun, LETTER, NEWLINE, NUMBER } from './character-class.ts';
import { endOfContraction, endOfSpace, endOfSymbols } from './shared-pieces.ts';

/**
 * The pre-tokeniser of Qwen2, Qwen2.5 and Qwen3 (the pattern in their tokenizer.json), read by hand:
 * contractions, words with one leading symbol, single digits, symbols, white space.
 */
export function endOfQwenPiece(text: string, start: number): number {
  const contraction = endOfContraction(text, start);
  if (contraction > start) return contraction;
  const first = classAt(text, start);
  if ((first & LETTER) !== 0) return endOfRun(text, start, LETTER);
  const second = after(text, start);
  if ((first & NUMBER) !== 0) return second;
  if ((first & NEWLINE) === 0) {
    const word = endOfRun(text, second, LETTER);
    if (word > second) return word;
  }
  const symbols = endOfSymbols(text, start, (code) => code === 0x0a || code === 0x0d);
  return symbols > start ? symbols : endOfSpace(text, start);
}
