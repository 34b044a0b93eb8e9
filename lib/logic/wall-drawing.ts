import type { Rng } from '#lib/rng.ts';
import { cellsBeside } from './wall-islands.ts';

/**
 * Islands at random that keep apart, by corners too, and leave no 2×2 block without land; null where the drawing gets
 * stuck. Blocks are looked at row by row: one without land gets a new island, or a cell of the island beside it.
 */
export function drawIslands(rng: Rng, size: number, largest: number): number[][] | null {
  const owner = new Int8Array(size * size).fill(-1);
  const islands: number[][] = [];
  const near = Array.from(owner.keys(), (cell) => cellsBeside(cell, size, false));
  const around = Array.from(owner.keys(), (cell) => cellsBeside(cell, size, true));
  const place = (index: number, cell: number): void => {
    owner[cell] = index;
    islands[index]?.push(cell);
  };
  /** The island that the cell may join, the count of islands for a new one, -1 for neither. */
  const joins = (cell: number): number => {
    if (owner[cell] !== -1) return -1;
    let found = -1;
    for (const next of around[cell] ?? []) {
      const other = owner[next] ?? -1;
      if (other === -1 || other === found) continue;
      if (found !== -1) return -1;
      found = other;
    }
    if (found === -1) return islands.length;
    const isFull = (islands[found]?.length ?? 0) >= largest;
    return !isFull && (near[cell] ?? []).some((next) => owner[next] === found) ? found : -1;
  };
  const grow = (index: number, wanted: number): void => {
    const cells = islands[index] ?? [];
    while (cells.length < wanted) {
      const open = cells
        .flatMap((cell) => near[cell] ?? [])
        .filter((cell) => joins(cell) === index);
      if (open.length === 0) return;
      place(index, rng.pick(open));
    }
  };
  for (let row = 0; row + 1 < size; row += 1)
    for (let column = 0; column + 1 < size; column += 1) {
      const corner = row * size + column;
      const block = [corner, corner + 1, corner + size, corner + size + 1];
      if (block.some((cell) => owner[cell] !== -1)) continue;
      const open = block.filter((cell) => joins(cell) !== -1);
      if (open.length === 0) return null;
      const cell = rng.pick(open);
      const index = joins(cell);
      if (index === islands.length) {
        islands.push([]);
        place(index, cell);
        grow(index, rng.between(1, largest));
      } else place(index, cell);
    }
  return islands;
}

/** Turns and mirrors, so that no corner of the square is favoured. */
export function turnCells(
  rng: Rng,
  islands: readonly (readonly number[])[],
  size: number,
): number[][] {
  const turn = rng.below(8);
  const last = size - 1;
  return islands.map((cells) =>
    cells.map((cell) => {
      let row = Math.floor(cell / size);
      let column = cell % size;
      if ((turn & 1) !== 0) row = last - row;
      if ((turn & 2) !== 0) column = last - column;
      return (turn & 4) === 0 ? row * size + column : column * size + row;
    }),
  );
}
