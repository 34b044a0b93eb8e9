import type { Rng } from '#lib/rng.ts';

/** Cells in reading order; values from 1. */
export type Square = number[];

/** Narrows the sets of values of the cells; -1 for a contradiction, 1 when something changed, else 0. */
export type Prune = (domains: Uint16Array) => -1 | 0 | 1;

export interface LatinSearch {
  readonly count: number;
  readonly nodes: number;
  /** The solutions found, at most as many as were asked for. */
  readonly solutions: readonly Square[];
}

const MAX_NODES = 200_000;

/** A random Latin square of side 2 to 9: rows are filled in random order of values, with a step back where one gets stuck. */
export function randomLatinSquare(rng: Rng, size: number): Square {
  const all = (1 << size) - 1;
  const cells: Square = [];
  const columns = Array.from({ length: size }, () => all);
  for (let row = 0; row < size; row += 1) {
    const filled = fillRow(rng, columns, [], all);
    // A row that respects the columns always exists (Hall's theorem).
    if (filled === null) throw new Error('A Latin row could not be completed.');
    for (const [column, bit] of filled.entries()) {
      columns[column] = (columns[column] ?? 0) & ~bit;
      cells.push(32 - Math.clz32(bit));
    }
  }
  return cells;
}

function fillRow(
  rng: Rng,
  columns: readonly number[],
  done: readonly number[],
  left: number,
): number[] | null {
  const open = columns[done.length];
  if (open === undefined) return [...done];
  const choices: number[] = [];
  for (let rest = open & left; rest !== 0; rest &= rest - 1) choices.push(rest & -rest);
  for (const bit of rng.shuffle(choices)) {
    const filled = fillRow(rng, columns, [...done, bit], left & ~bit);
    if (filled !== null) return filled;
  }
  return null;
}

/** Searches Latin squares within the given sets of values (bit 0 stands for 1); `prune` brings in further rules. */
export function searchLatin(
  size: number,
  domains: Uint16Array,
  prune: Prune,
  limit: number,
): LatinSearch {
  const solutions: Square[] = [];
  let nodes = 0;
  const visit = (current: Uint16Array): void => {
    nodes += 1;
    if (nodes > MAX_NODES || !settle(size, current, prune)) return;
    let best = -1;
    let fewest = 100;
    for (let cell = 0; cell < current.length; cell += 1) {
      const count = bitCount(current[cell] ?? 0);
      if (count > 1 && count < fewest) {
        fewest = count;
        best = cell;
        if (count === 2) break;
      }
    }
    if (best === -1) {
      solutions.push(Array.from(current, (bits) => 32 - Math.clz32(bits)));
      return;
    }
    for (let rest = current[best] ?? 0; rest !== 0; rest &= rest - 1) {
      const next = current.slice();
      next[best] = rest & -rest;
      visit(next);
      if (solutions.length >= limit) return;
    }
  };
  visit(domains.slice());
  return { count: solutions.length, nodes, solutions };
}

/** Draws all conclusions from single cells, single places and the further rules; false for a contradiction. */
function settle(size: number, domains: Uint16Array, prune: Prune): boolean {
  for (;;) {
    let isChanged = false;
    for (let line = 0; line < size; line += 1) {
      const row = settleLine(domains, line * size, 1, size);
      const column = settleLine(domains, line, size, size);
      if (row < 0 || column < 0) return false;
      isChanged ||= row > 0 || column > 0;
    }
    if (isChanged) continue;
    const result = prune(domains);
    if (result < 0) return false;
    if (result === 0) return true;
  }
}

function settleLine(domains: Uint16Array, start: number, step: number, size: number): -1 | 0 | 1 {
  let once = 0;
  let twice = 0;
  let fixed = 0;
  for (let at = 0, cell = start; at < size; at += 1, cell += step) {
    const bits = domains[cell] ?? 0;
    if (bits === 0) return -1;
    twice |= once & bits;
    once |= bits;
    if ((bits & (bits - 1)) === 0) {
      if ((fixed & bits) !== 0) return -1;
      fixed |= bits;
    }
  }
  if (once !== (1 << size) - 1) return -1;
  const single = once & ~twice;
  let isChanged = false;
  for (let at = 0, cell = start; at < size; at += 1, cell += step) {
    const bits = domains[cell] ?? 0;
    if ((bits & (bits - 1)) === 0) continue;
    const only = bits & single;
    const next = only === 0 ? bits & ~fixed : only;
    // Two values that fit in no other cell can not share this one.
    if (next === 0 || (only & (only - 1)) !== 0) return -1;
    if (next !== bits) {
      domains[cell] = next;
      isChanged = true;
    }
  }
  return isChanged ? 1 : 0;
}

export function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** Whether every row and every column holds 1 to `size` once each. */
export function isLatin(rows: readonly (readonly number[])[], size: number): boolean {
  if (rows.length !== size) return false;
  const all = (1 << size) - 1;
  const columns = Array.from({ length: size }, () => 0);
  for (const row of rows) {
    if (row.length !== size) return false;
    let seen = 0;
    for (const [at, value] of row.entries()) {
      if (!Number.isInteger(value) || value < 1 || value > size) return false;
      seen |= 1 << (value - 1);
      columns[at] = (columns[at] ?? 0) | (1 << (value - 1));
    }
    if (seen !== all) return false;
  }
  return columns.every((seen) => seen === all);
}

export function toSquareRows(cells: readonly number[], size: number): number[][] {
  return Array.from({ length: size }, (_, row) => cells.slice(row * size, (row + 1) * size));
}

/** `[[1 2,2 1]]`: blanks between cells, commas between rows. */
export function spacedGrid(rows: readonly (readonly number[])[]): string {
  return `[[${rows.map((row) => row.join(' ')).join(',')}]]`;
}
