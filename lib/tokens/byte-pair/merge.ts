/** Which neighbours merge, and to what. */
export interface MergeRules {
  /** The priority of a merge, lower first; -1 when the two do not merge. */
  rankOf(left: number, right: number): number;
  /** The token that the merge of a rank makes. */
  mergedOf(rank: number): number;
}

/** Symbols of one piece: their ids, and where in the text the character of each stands. */
export interface Symbols {
  ids: Int32Array;
  at: Int32Array;
}

/** The pair's priority and its place in one number, so that a heap of doubles orders both. */
const PLACES = 2 ** 32;

/** Up to here looking through all pairs is quicker than a heap (measured on words and on rules of dashes). */
const SHORT = 48;

const shortRanks = new Int32Array(SHORT);

/**
 * Byte-pair encoding of one piece, in place: merges the adjacent pair of lowest rank, the leftmost among equals, until
 * none is left (Sennrich et al. 2016, section 3.2). Returns how many symbols remain.
 */
export function mergeSymbols(symbols: Symbols, length: number, rules: MergeRules): number {
  return length <= SHORT ? mergeShort(symbols, length, rules) : mergeLong(symbols, length, rules);
}

function mergeShort({ ids, at }: Symbols, length: number, rules: MergeRules): number {
  let left = length;
  for (let i = 0; i + 1 < left; i += 1) {
    shortRanks[i] = rules.rankOf(ids[i] ?? 0, ids[i + 1] ?? 0);
  }
  for (;;) {
    let best = -1;
    let lowest = 0x7fffffff;
    for (let i = 0; i + 1 < left; i += 1) {
      const rank = shortRanks[i] ?? -1;
      if (rank !== -1 && rank < lowest) {
        lowest = rank;
        best = i;
      }
    }
    if (best === -1) return left;
    ids[best] = rules.mergedOf(lowest);
    for (let i = best + 1; i + 1 < left; i += 1) {
      ids[i] = ids[i + 1] ?? 0;
      at[i] = at[i + 1] ?? 0;
      shortRanks[i] = shortRanks[i + 1] ?? -1;
    }
    left -= 1;
    if (best > 0) shortRanks[best - 1] = rules.rankOf(ids[best - 1] ?? 0, ids[best] ?? 0);
    if (best + 1 < left) shortRanks[best] = rules.rankOf(ids[best] ?? 0, ids[best + 1] ?? 0);
  }
}

/** A heap keeps long pieces at n log n; looking for the minimum each time is quadratic. */
function mergeLong({ ids, at }: Symbols, length: number, rules: MergeRules): number {
  const next = new Int32Array(length + 1);
  const previous = new Int32Array(length + 1);
  for (let i = 0; i <= length; i += 1) {
    next[i] = i + 1;
    previous[i] = i - 1;
  }
  const ranks = new Int32Array(length).fill(-1);
  const heap = new NumberHeap();
  const offer = (start: number): void => {
    const second = next[start] ?? length;
    const rank = second < length ? rules.rankOf(ids[start] ?? 0, ids[second] ?? 0) : -1;
    ranks[start] = rank;
    if (rank !== -1) heap.push(rank * PLACES + start);
  };
  for (let start = 0; start + 1 < length; start += 1) offer(start);

  for (let best = heap.pop(); best !== undefined; best = heap.pop()) {
    const start = best % PLACES;
    const rank = (best - start) / PLACES;
    // An entry is stale when a merge on either side has changed or swallowed the pair.
    if (ranks[start] !== rank) continue;
    const second = next[start] ?? length;
    const end = next[second] ?? length;
    ids[start] = rules.mergedOf(rank);
    next[start] = end;
    previous[end] = start;
    ranks[second] = -1;
    offer(start);
    const before = previous[start] ?? -1;
    if (before >= 0) offer(before);
  }

  let left = 0;
  for (let start = 0; start < length; start = next[start] ?? length) {
    ids[left] = ids[start] ?? 0;
    at[left] = at[start] ?? 0;
    left += 1;
  }
  return left;
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
