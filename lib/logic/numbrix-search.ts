/** Solutions as the number in each cell, in reading order. */
export interface NumbrixSearch {
  readonly solutions: readonly (readonly number[])[];
  readonly nodes: number;
  /** False when the search was given up. */
  readonly isWhole: boolean;
}

const MAX_NODES = 5000;

/**
 * Every number has a set of cells where it may stand, as a row of bits. A cell stays in the set of a number only while
 * the sets of the numbers before and after hold a neighbour of it; a number with one cell, and a cell with one number,
 * are settled. What is left is decided by trying the cells of the number with the fewest.
 * `givens` holds the number of each cell in reading order, 0 for an empty one; `size` is below 32.
 */
export function searchNumbrix(
  size: number,
  givens: readonly number[],
  limit: number,
): NumbrixSearch {
  const count = size * size;
  const words = (count + 31) >> 5;
  const board = boardOf(size, words);
  const start = new Int32Array(count * words);
  const free = new Int32Array(words);
  const isPlaced = new Uint8Array(count + 1);
  for (const [cell, value] of givens.entries())
    if (value === 0) free[cell >> 5] = (free[cell >> 5] ?? 0) | (1 << (cell & 31));
    else if (value > count || isPlaced[value] === 1)
      return { solutions: [], nodes: 0, isWhole: true };
    else isPlaced[value] = 1;
  for (let value = 1; value <= count; value += 1)
    if (isPlaced[value] === 0) start.set(free, (value - 1) * words);
  for (const [cell, value] of givens.entries())
    if (value > 0) start[(value - 1) * words + (cell >> 5)] = 1 << (cell & 31);

  const solutions: number[][] = [];
  let nodes = 0;
  const visit = (domains: Int32Array): void => {
    nodes += 1;
    if (nodes > MAX_NODES || !settle(domains, board)) return;
    let best = -1;
    let fewest = Number.POSITIVE_INFINITY;
    for (let at = 0; at < count && fewest > 2; at += 1) {
      let options = 0;
      for (let word = 0; word < words; word += 1)
        options += bitCount(domains[at * words + word] ?? 0);
      if (options > 1 && options < fewest) {
        fewest = options;
        best = at;
      }
    }
    if (best === -1) {
      solutions.push(toCells(domains, count, words));
      return;
    }
    for (let word = 0; word < words; word += 1)
      for (let rest = domains[best * words + word] ?? 0; rest !== 0; rest &= rest - 1) {
        const next = domains.slice();
        next.fill(0, best * words, (best + 1) * words);
        next[best * words + word] = rest & -rest;
        visit(next);
        if (solutions.length >= limit || nodes > MAX_NODES) return;
      }
  };
  visit(start);
  return { solutions, nodes, isWhole: nodes <= MAX_NODES };
}

interface Board {
  readonly size: number;
  readonly words: number;
  readonly count: number;
  /** Cells that have a cell to their left, and those that have one to their right. */
  readonly notFirst: Int32Array;
  readonly notLast: Int32Array;
  readonly all: Int32Array;
}

function boardOf(size: number, words: number): Board {
  const count = size * size;
  const notFirst = new Int32Array(words);
  const notLast = new Int32Array(words);
  const all = new Int32Array(words);
  for (let cell = 0; cell < count; cell += 1) {
    const word = cell >> 5;
    const bit = 1 << (cell & 31);
    all[word] = (all[word] ?? 0) | bit;
    if (cell % size > 0) notFirst[word] = (notFirst[word] ?? 0) | bit;
    if (cell % size < size - 1) notLast[word] = (notLast[word] ?? 0) | bit;
  }
  return { size, words, count, notFirst, notLast, all };
}

/** Draws conclusions until there are no more; false for a contradiction. */
function settle(domains: Int32Array, board: Board): boolean {
  const { count, words } = board;
  for (;;) {
    let isChanged = false;
    for (let at = 1; at < count; at += 1) {
      const result = narrow(domains, at, at - 1, board);
      if (result < 0) return false;
      isChanged ||= result > 0;
    }
    for (let at = count - 2; at >= 0; at -= 1) {
      const result = narrow(domains, at, at + 1, board);
      if (result < 0) return false;
      isChanged ||= result > 0;
    }
    const result = settleSingles(domains, count, words, board.all);
    if (result < 0) return false;
    if (!isChanged && result === 0) return true;
  }
}

/** Keeps of number `at` the cells beside a cell of number `other`. */
function narrow(domains: Int32Array, at: number, other: number, board: Board): -1 | 0 | 1 {
  const { size, words, notFirst, notLast } = board;
  const from = other * words;
  const to = at * words;
  let any = 0;
  let isChanged = false;
  for (let word = 0; word < words; word += 1) {
    const old = domains[to + word] ?? 0;
    if (old === 0) continue;
    const here = domains[from + word] ?? 0;
    const before = word > 0 ? (domains[from + word - 1] ?? 0) : 0;
    const after = word + 1 < words ? (domains[from + word + 1] ?? 0) : 0;
    // Moves by one column; bits that leave a word come in at the next.
    const right = ((here << 1) | (before >>> 31)) & (notFirst[word] ?? 0);
    const left = ((here >>> 1) | (after << 31)) & (notLast[word] ?? 0);
    // Moves by one row, which is less than a word.
    const down = (here << size) | (before >>> (32 - size));
    const above = (here >>> size) | (after << (32 - size));
    const next = old & (right | left | down | above);
    any |= next;
    if (next !== old) {
      domains[to + word] = next;
      isChanged = true;
    }
  }
  if (any === 0) return -1;
  return isChanged ? 1 : 0;
}

/** Numbers with one cell take it from all others; a cell that only one number can fill gets it. */
function settleSingles(
  domains: Int32Array,
  count: number,
  words: number,
  all: Int32Array,
): -1 | 0 | 1 {
  const settled = new Int32Array(words);
  const single = new Uint8Array(count);
  for (let at = 0; at < count; at += 1) {
    let found = -1;
    for (let word = 0; word < words; word += 1) {
      const bits = domains[at * words + word] ?? 0;
      if (bits === 0) continue;
      found = found === -1 && (bits & (bits - 1)) === 0 ? word : -2;
    }
    if (found === -1) return -1;
    if (found < 0) continue;
    const bit = domains[at * words + found] ?? 0;
    if (((settled[found] ?? 0) & bit) !== 0) return -1;
    settled[found] = (settled[found] ?? 0) | bit;
    single[at] = 1;
  }
  let isChanged = false;
  const once = new Int32Array(words);
  const twice = new Int32Array(words);
  for (let at = 0; at < count; at += 1)
    for (let word = 0; word < words; word += 1) {
      const old = domains[at * words + word] ?? 0;
      const next = single[at] === 1 ? old : old & ~(settled[word] ?? 0);
      if (next !== old) {
        domains[at * words + word] = next;
        isChanged = true;
      }
      twice[word] = (twice[word] ?? 0) | ((once[word] ?? 0) & next);
      once[word] = (once[word] ?? 0) | next;
    }
  for (let word = 0; word < words; word += 1) {
    if ((once[word] ?? 0) !== (all[word] ?? 0)) return -1;
    const only = (once[word] ?? 0) & ~(twice[word] ?? 0) & ~(settled[word] ?? 0);
    if (only === 0) continue;
    for (let at = 0; at < count; at += 1) {
      const bits = (domains[at * words + word] ?? 0) & only;
      if (bits === 0) continue;
      // Two cells that no other number can fill do not fit into one.
      if ((bits & (bits - 1)) !== 0) return -1;
      domains.fill(0, at * words, (at + 1) * words);
      domains[at * words + word] = bits;
      isChanged = true;
    }
  }
  return isChanged ? 1 : 0;
}

function toCells(domains: Int32Array, count: number, words: number): number[] {
  const cells = Array.from({ length: count }, () => 0);
  for (let at = 0; at < count; at += 1)
    for (let word = 0; word < words; word += 1) {
      const bits = domains[at * words + word] ?? 0;
      if (bits !== 0) cells[word * 32 + 31 - Math.clz32(bits)] = at + 1;
    }
  return cells;
}

function bitCount(bits: number): number {
  let rest = bits - ((bits >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return Math.imul((rest + (rest >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
