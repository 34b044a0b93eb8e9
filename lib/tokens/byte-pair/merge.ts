import type { ByteText } from './byte-text.ts';

/** Tokens by their bytes. The id is the merge priority too: lower ids merge first. */
export type Ranks = ReadonlyMap<ByteText, number>;

/** The pair's priority and its place in one number, so that a heap of doubles orders both. */
const PLACES = 2 ** 32;

/**
 * Byte-pair encoding of one piece: merges the adjacent pair of lowest rank, the leftmost among equals,
 * until none is left (Sennrich et al. 2016, section 3.2, over bytes). A heap keeps long pieces at
 * n log n; the usual scan for the minimum is quadratic.
 */
export function mergePiece(piece: ByteText, ranks: Ranks): number[] {
  const whole = ranks.get(piece);
  if (whole !== undefined) return [whole];
  const length = piece.length;
  const next = new Int32Array(length + 1);
  const previous = new Int32Array(length + 1);
  for (let i = 0; i <= length; i += 1) {
    next[i] = i + 1;
    previous[i] = i - 1;
  }
  const pairRank = new Float64Array(length).fill(-1);
  const heap = new NumberHeap();

  const offer = (start: number): void => {
    const middle = next[start] ?? length;
    const rank = middle < length ? ranks.get(piece.slice(start, next[middle])) : undefined;
    pairRank[start] = rank ?? -1;
    if (rank !== undefined) heap.push(rank * PLACES + start);
  };
  for (let start = 0; start + 1 < length; start += 1) offer(start);

  for (let best = heap.pop(); best !== undefined; best = heap.pop()) {
    const start = best % PLACES;
    // An entry is stale when a merge on either side has changed or swallowed the pair.
    if (pairRank[start] !== (best - start) / PLACES) continue;
    const middle = next[start] ?? length;
    const end = next[middle] ?? length;
    next[start] = end;
    previous[end] = start;
    pairRank[middle] = -1;
    offer(start);
    const before = previous[start] ?? -1;
    if (before >= 0) offer(before);
  }

  const ids: number[] = [];
  for (let start = 0; start < length; start = next[start] ?? length) {
    const id = ranks.get(piece.slice(start, next[start]));
    if (id === undefined) throw new Error('The vocabulary lacks a token for a single byte.');
    ids.push(id);
  }
  return ids;
}

/** A binary heap of numbers, the smallest on top. */
class NumberHeap {
  readonly #items: number[] = [];

  push(value: number): void {
    const items = this.#items;
    let at = items.length;
    items.push(value);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = items[parent] ?? value;
      if (above <= value) break;
      items[at] = above;
      at = parent;
    }
    items[at] = value;
  }

  pop(): number | undefined {
    const items = this.#items;
    const top = items[0];
    const last = items.pop();
    if (last === undefined || items.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= items.length) break;
      if (child + 1 < items.length && (items[child + 1] ?? 0) < (items[child] ?? 0)) child += 1;
      const below = items[child] ?? 0;
      if (below >= last) break;
      items[at] = below;
      at = child;
    }
    items[at] = last;
    return top;
  }
}
