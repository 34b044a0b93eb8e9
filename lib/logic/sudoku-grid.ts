import type { Rng } from '#lib/rng.ts';

/** Boxes of `boxRows` by `boxCols` cells; the side of the grid is their product. */
export interface SudokuShape {
  readonly boxRows: number;
  readonly boxCols: number;
}

export interface SudokuSearch {
  readonly count: number;
  readonly nodes: number;
  /** Cells in reading order; null when there is no solution. */
  readonly first: number[] | null;
}

interface Units {
  readonly size: number;
  readonly box: Uint8Array;
  /** The other cells in the row, column or box of each cell. */
  readonly peers: readonly Uint8Array[];
  /** The cells of each row, column and box. */
  readonly lists: readonly Uint8Array[];
}

const MAX_NODES = 400_000;
const known = new Map<number, Units>();

function unitsOf({ boxRows, boxCols }: SudokuShape): Units {
  const key = boxRows * 16 + boxCols;
  const found = known.get(key);
  if (found !== undefined) return found;
  const size = boxRows * boxCols;
  const cells = Array.from({ length: size * size }, (_, cell) => cell);
  const boxAt = (cell: number) =>
    Math.floor(Math.floor(cell / size) / boxRows) * boxRows + Math.floor((cell % size) / boxCols);
  const lists: Uint8Array[] = [];
  for (let at = 0; at < size; at += 1) {
    lists.push(Uint8Array.from(cells.filter((cell) => Math.floor(cell / size) === at)));
    lists.push(Uint8Array.from(cells.filter((cell) => cell % size === at)));
    lists.push(Uint8Array.from(cells.filter((cell) => boxAt(cell) === at)));
  }
  const peers = cells.map((cell) => {
    const near = new Set(lists.filter((list) => list.includes(cell)).flatMap((list) => [...list]));
    near.delete(cell);
    return Uint8Array.from(near);
  });
  const units = { size, box: Uint8Array.from(cells, boxAt), peers, lists };
  known.set(key, units);
  return units;
}

/**
 * Counts completions up to `limit`: cells with a single candidate and places with a single cell first, then the cell
 * with the fewest candidates. Values are tried upwards, or in random order when `rng` is given. A search that is cut
 * off counts as `limit`, since it proves nothing.
 */
export function searchSudoku(
  givens: readonly number[],
  shape: SudokuShape,
  limit: number,
  rng: Rng | null = null,
): SudokuSearch {
  const { size, box, lists } = unitsOf(shape);
  const all = (1 << size) - 1;
  const rows = new Uint16Array(size).fill(all);
  const columns = new Uint16Array(size).fill(all);
  const boxes = new Uint16Array(size).fill(all);
  const grid = new Uint8Array(size * size);
  const open = new Uint8Array(size * size);
  let left = 0;
  let count = 0;
  let nodes = 0;
  let first: number[] | null = null;

  const put = (cell: number, bit: number): void => {
    const row = (cell / size) | 0;
    const column = cell - row * size;
    const at = box[cell] ?? 0;
    rows[row] = (rows[row] ?? 0) ^ bit;
    columns[column] = (columns[column] ?? 0) ^ bit;
    boxes[at] = (boxes[at] ?? 0) ^ bit;
  };
  const candidates = (cell: number): number => {
    const row = (cell / size) | 0;
    return (rows[row] ?? 0) & (columns[cell - row * size] ?? 0) & (boxes[box[cell] ?? 0] ?? 0);
  };
  for (let cell = 0; cell < grid.length; cell += 1) {
    const value = givens[cell] ?? 0;
    if (value === 0) {
      open[left] = cell;
      left += 1;
      continue;
    }
    const bit = 1 << (value - 1);
    if ((candidates(cell) & bit) === 0) return { count: 0, nodes: 0, first: null };
    grid[cell] = value;
    put(cell, bit);
  }

  /** A value that fits in one open cell of a unit only, as cell * 1024 + bit; 0 for none; -1 where a value fits nowhere. */
  const hiddenSingle = (): number => {
    for (const list of lists) {
      let once = 0;
      let twice = 0;
      let missing = all;
      for (let at = 0; at < size; at += 1) {
        const cell = list[at] ?? 0;
        const value = grid[cell] ?? 0;
        if (value !== 0) missing &= ~(1 << (value - 1));
        else {
          const bits = candidates(cell);
          twice |= once & bits;
          once |= bits;
        }
      }
      if ((missing & ~once) !== 0) return -1;
      const single = once & ~twice;
      if (single === 0) continue;
      const bit = single & -single;
      for (let at = 0; at < size; at += 1) {
        const cell = list[at] ?? 0;
        if (grid[cell] === 0 && (candidates(cell) & bit) !== 0) return cell * 1024 + bit;
      }
    }
    return 0;
  };

  const visit = (): void => {
    nodes += 1;
    if (left === 0) {
      count += 1;
      first ??= Array.from(grid);
      return;
    }
    let best = -1;
    let fewest = 99;
    let choices = 0;
    for (let at = 0; at < left; at += 1) {
      const bits = candidates(open[at] ?? 0);
      if (bits === 0) return;
      let total = 0;
      for (let rest = bits; rest !== 0; rest &= rest - 1) total += 1;
      if (total < fewest) {
        fewest = total;
        best = at;
        choices = bits;
        if (total === 1) break;
      }
    }
    if (fewest > 1 && rng === null) {
      const single = hiddenSingle();
      if (single < 0) return;
      if (single > 0) {
        const cell = single >> 10;
        choices = single & 1023;
        best = open.indexOf(cell);
      }
    }
    const cell = open[best] ?? 0;
    left -= 1;
    open[best] = open[left] ?? 0;
    open[left] = cell;
    const bits: number[] = [];
    for (let rest = choices; rest !== 0; rest &= rest - 1) bits.push(rest & -rest);
    for (const bit of rng === null || bits.length === 1 ? bits : rng.shuffle(bits)) {
      grid[cell] = 32 - Math.clz32(bit);
      put(cell, bit);
      visit();
      put(cell, bit);
      if (count >= limit || nodes > MAX_NODES) break;
    }
    grid[cell] = 0;
    open[left] = open[best] ?? 0;
    open[best] = cell;
    left += 1;
  };
  visit();
  return { count: nodes > MAX_NODES ? limit : count, nodes, first };
}

/** The values that no other cell of the row, column and box of `cell` holds; bit 0 stands for 1. */
export function candidatesAt(givens: readonly number[], cell: number, shape: SudokuShape): number {
  const { size, peers } = unitsOf(shape);
  let bits = (1 << size) - 1;
  for (const peer of peers[cell] ?? []) {
    const value = givens[peer] ?? 0;
    if (value !== 0) bits &= ~(1 << (value - 1));
  }
  return bits;
}

/** Whether a value fits in no other open cell of some row, column or box of the open cell `cell`. */
export function isOnlyPlace(
  givens: readonly number[],
  cell: number,
  bit: number,
  shape: SudokuShape,
): boolean {
  return unitsOf(shape).lists.some(
    (list) =>
      list.includes(cell) &&
      list.every(
        (other) =>
          other === cell || givens[other] !== 0 || (candidatesAt(givens, other, shape) & bit) === 0,
      ),
  );
}

/** Whether every row, column and box holds each number once. */
export function isFilledSudoku(rows: readonly (readonly number[])[], shape: SudokuShape): boolean {
  const { size, box } = unitsOf(shape);
  if (rows.length !== size || rows.some((row) => row.length !== size)) return false;
  /** The numbers seen in each row, then in each column, then in each box, as bits. */
  const seen = new Uint16Array(3 * size);
  let cell = 0;
  for (let r = 0; r < size; r += 1) {
    const row = rows[r] ?? [];
    for (let c = 0; c < size; c += 1, cell += 1) {
      const value = row[c] ?? 0;
      if (!Number.isInteger(value) || value < 1 || value > size) return false;
      const bit = 1 << (value - 1);
      seen[r] = (seen[r] ?? 0) | bit;
      seen[size + c] = (seen[size + c] ?? 0) | bit;
      const at = 2 * size + (box[cell] ?? 0);
      seen[at] = (seen[at] ?? 0) | bit;
    }
  }
  return seen.every((bits) => bits === (1 << size) - 1);
}
