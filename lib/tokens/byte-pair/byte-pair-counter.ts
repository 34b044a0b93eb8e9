import type { TokenCounter } from '#lib/tokens/tokenizer.ts';

import { toByteText } from './byte-text.ts';
import { mergePiece, type Ranks } from './merge.ts';
import type { EndOfPiece } from './shared-pieces.ts';

/** A vocabulary ready for use: `encode` gives the ids, `count` their number without making them. */
export interface BytePairCounter extends TokenCounter {
  encode(text: string): number[];
}

/** Pieces repeat: 100,000 of them fit in some 15 MB and answer nearly all of a file of outputs. */
const CACHED_PIECES = 100_000;

/** Longer pieces are rules of dashes or encoded data, which do not come again. */
const CACHED_LENGTH = 64;

export function createBytePairCounter(vocabulary: {
  ranks: Ranks;
  endOfPiece: EndOfPiece;
  normalise?: (text: string) => string;
}): BytePairCounter {
  const { ranks, endOfPiece, normalise = (text: string) => text } = vocabulary;
  const counts = new Map<string, number>();

  const countPiece = (piece: string): number => {
    const known = counts.get(piece);
    if (known !== undefined) return known;
    const count = mergePiece(toByteText(piece), ranks).length;
    if (piece.length <= CACHED_LENGTH) {
      if (counts.size >= CACHED_PIECES) counts.clear();
      counts.set(piece, count);
    }
    return count;
  };

  return {
    count(text) {
      const normal = normalise(text);
      let total = 0;
      for (let start = 0; start < normal.length;) {
        const end = endOfPiece(normal, start);
        total += countPiece(normal.slice(start, end));
        start = end;
      }
      return total;
    },
    encode(text) {
      const normal = normalise(text);
      const ids: number[] = [];
      for (let start = 0; start < normal.length;) {
        const end = endOfPiece(normal, start);
        for (const id of mergePiece(toByteText(normal.slice(start, end)), ranks)) ids.push(id);
        start = end;
      }
      return ids;
    },
  };
}
