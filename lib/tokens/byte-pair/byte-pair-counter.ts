import type { TokenCounter } from '#lib/tokens/tokenizer.ts';

import { mergeSymbols, type MergeRules, type Symbols } from './merge.ts';
import { toOriginalStarts } from './normal-form.ts';
import { PieceCache } from './piece-cache.ts';
import { ScannedText } from './scanned-text.ts';
import type { EndOfPiece } from './shared-pieces.ts';

/** A vocabulary ready for use: `encode` gives the ids, `count` their number without making them. */
export interface BytePairCounter extends TokenCounter {
  encode(text: string): number[];
}

export interface BytePairVocabulary {
  rules: MergeRules;
  endOfPiece: EndOfPiece;
  /** Writes the smallest symbols of a piece and returns how many; there is room for three a unit. */
  toSymbols: (scanned: ScannedText, piece: { start: number; end: number }, into: Symbols) => number;
  /** The token that a piece is as a whole, whatever the merges say; null when it is none. */
  wholePiece: ((text: string, start: number, end: number) => number | undefined) | null;
  /** Unicode's composed form (NFC) is made first. */
  isComposed: boolean;
}

/** UTF-8 has at most three bytes for one unit of UTF-16. */
const SYMBOLS_A_UNIT = 3;

/** Nothing below is changed by composition. */
const FIRST_COMBINING = 0x300;

export function createBytePairCounter(vocabulary: BytePairVocabulary): BytePairCounter {
  const { rules, endOfPiece, toSymbols, wholePiece, isComposed } = vocabulary;
  const cache = new PieceCache();
  const scanned = new ScannedText();
  const symbols: Symbols = { ids: new Int32Array(1024), at: new Int32Array(1024) };
  const piece = { start: 0, end: 0 };

  /** Leaves the tokens of the piece in `symbols`. */
  const mergePiece = (): number => {
    const { start, end } = piece;
    const room = (end - start) * SYMBOLS_A_UNIT;
    if (room > symbols.ids.length) {
      symbols.ids = new Int32Array(room * 2);
      symbols.at = new Int32Array(room * 2);
    }
    const whole = wholePiece?.(scanned.text, start, end);
    if (whole !== undefined) {
      symbols.ids[0] = whole;
      symbols.at[0] = start;
      return 1;
    }
    return mergeSymbols(symbols, toSymbols(scanned, piece, symbols), rules);
  };

  const scan = (text: string): string => {
    const normal = isComposed && hasCombining(text) ? text.normalize('NFC') : text;
    scanned.scan(normal);
    return normal;
  };

  const forEachPiece = (take: (tokens: number) => void): void => {
    for (let start = 0; start < scanned.length; start = piece.end) {
      piece.start = start;
      piece.end = endOfPiece(scanned, start);
      take(mergePiece());
    }
  };

  return {
    count(text) {
      scan(text);
      let total = 0;
      for (let start = 0; start < scanned.length;) {
        const end = endOfPiece(scanned, start);
        piece.start = start;
        piece.end = end;
        total += cache.get(scanned.units, start, end, mergePiece);
        start = end;
      }
      return total;
    },
    encode(text) {
      scan(text);
      const ids: number[] = [];
      forEachPiece((tokens) => {
        for (let i = 0; i < tokens; i += 1) ids.push(symbols.ids[i] ?? 0);
      });
      return ids;
    },
    starts(text) {
      const normal = scan(text);
      const starts: number[] = [];
      forEachPiece((tokens) => {
        for (let i = 0; i < tokens; i += 1) starts.push(symbols.at[i] ?? 0);
      });
      return normal === text ? starts : toOriginalStarts(text, starts);
    },
  };
}

function hasCombining(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) {
    if (text.charCodeAt(i) >= FIRST_COMBINING) return true;
  }
  return false;
}
