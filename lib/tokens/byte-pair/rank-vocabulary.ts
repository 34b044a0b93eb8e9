import { createBytePairCounter, type BytePairCounter } from './byte-pair-counter.ts';
import { createByteSymbols } from './byte-symbols.ts';
import { bytesToByteText, toByteText, type ByteText } from './byte-text.ts';
import { PairTable } from './pair-table.ts';
import type { EndOfPiece } from './shared-pieces.ts';

/** Pairs that were met; more than this come only from noise, and are looked up anew. */
const KNOWN_PAIRS = 2 ** 20;

const NO_MERGE = -1;

/**
 * A vocabulary whose ids are its merge priorities too, without a list of merges (tiktoken's form): two neighbours
 * merge when their bytes together are a token.
 */
export function createRankCounter(
  tokens: readonly (string | readonly number[])[],
  endOfPiece: EndOfPiece,
): BytePairCounter {
  const texts = tokens.map((token): ByteText =>
    typeof token === 'string' ? toByteText(token) : bytesToByteText(Uint8Array.from(token)),
  );
  const ranks = new Map<ByteText, number>();
  texts.forEach((text, rank) => ranks.set(text, rank));
  let pairs = new PairTable(2 ** 16);
  const byteIds = Int32Array.from({ length: 256 }, (_, byte) => {
    const id = ranks.get(String.fromCharCode(byte));
    if (id === undefined) throw new Error('The vocabulary lacks a token for a single byte.');
    return id;
  });
  return createBytePairCounter({
    endOfPiece,
    isComposed: false,
    toSymbols: createByteSymbols(byteIds),
    wholePiece: (text, start, end) => ranks.get(toByteText(text.slice(start, end))),
    rules: {
      mergedOf: (rank) => rank,
      rankOf(left, right) {
        const known = pairs.get(left, right);
        if (known !== undefined) return known;
        const rank = ranks.get(`${texts[left] ?? ''}${texts[right] ?? ''}`) ?? NO_MERGE;
        if (pairs.size >= KNOWN_PAIRS) pairs = new PairTable(2 ** 16);
        pairs.add(left, right, rank);
        return rank;
      },
    },
  });
}
