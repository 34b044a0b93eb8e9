/** Land of an island or of several, as two words of bits: cells 0 to 31 in `low`, the others in `high`. */
export interface Land {
  readonly low: number;
  readonly high: number;
}

export interface WallSearch {
  /** The land of each number, in the order in which the numbers were given. */
  readonly solutions: readonly (readonly Land[])[];
  readonly nodes: number;
  /** False when the search was given up. */
  readonly isWhole: boolean;
}

/** The number of an island and the cell where it stands. */
export interface IslandNumber {
  readonly cell: number;
  readonly value: number;
}

const MAX_NODES = 20_000;
/** Shapes of one number; beyond this the puzzle is not searched. */
const MAX_SHAPES = 20_000;

export function hasCell(land: Land, cell: number): boolean {
  return (((cell < 32 ? land.low : land.high) >>> (cell & 31)) & 1) === 1;
}

/** Cells that share an edge, and with `isDiagonal` also those that share a corner; squares of up to 8 by 8. */
export function cellsBeside(cell: number, size: number, isDiagonal: boolean): number[] {
  const row = Math.floor(cell / size);
  const column = cell % size;
  const near: number[] = [];
  for (let y = Math.max(0, row - 1); y <= Math.min(size - 1, row + 1); y += 1)
    for (let x = Math.max(0, column - 1); x <= Math.min(size - 1, column + 1); x += 1) {
      const steps = Math.abs(y - row) + Math.abs(x - column);
      if (steps === 1 || (steps === 2 && isDiagonal)) near.push(y * size + x);
    }
  return near;
}

/** The four cells of every 2×2 block. */
export function blocksOf(size: number): Land[] {
  const blocks: Land[] = [];
  for (let row = 0; row + 1 < size; row += 1)
    for (let column = 0; column + 1 < size; column += 1) {
      const corner = row * size + column;
      blocks.push(landOf([corner, corner + 1, corner + size, corner + size + 1]));
    }
  return blocks;
}

export function landOf(cells: readonly number[]): Land {
  let low = 0;
  let high = 0;
  for (const cell of cells)
    if (cell < 32) low |= 1 << cell;
    else high |= 1 << (cell - 32);
  return { low, high };
}

/** An island's land and the cells around it, which no other island may use. */
interface Shape extends Land {
  readonly aroundLow: number;
  readonly aroundHigh: number;
}

/**
 * Gives every number an island of its size. Islands keep apart (by corners too where `isDiagonal`), and every 2×2 block
 * needs land. The number with the fewest shapes left is decided first.
 */
export function searchWall(
  size: number,
  numbers: readonly IslandNumber[],
  isDiagonal: boolean,
  limit: number,
): WallSearch {
  const near = Array.from({ length: size * size }, (_, cell) => cellsBeside(cell, size, false));
  const halo = Array.from({ length: size * size }, (_, cell) =>
    landOf(cellsBeside(cell, size, isDiagonal)),
  );
  const blocks = blocksOf(size);
  const solutions: Land[][] = [];
  let nodes = 0;
  const shapes: Shape[][] = [];
  for (const number of numbers) {
    const own = shapesOf(number, numbers, near, halo);
    if (own === null) return { solutions: [], nodes: 0, isWhole: false };
    shapes.push(own);
  }

  const visit = (open: readonly (readonly Shape[])[]): void => {
    nodes += 1;
    const lists = nodes > MAX_NODES ? null : settle(open, blocks);
    if (lists === null) return;
    let best = -1;
    let fewest = Number.POSITIVE_INFINITY;
    for (const [at, list] of lists.entries()) {
      if (list.length > 1 && list.length < fewest) {
        fewest = list.length;
        best = at;
      }
    }
    if (best === -1) {
      solutions.push(lists.map((list) => list[0] ?? { low: 0, high: 0 }));
      return;
    }
    for (const shape of lists[best] ?? []) {
      const next = keepApart(lists, best, shape);
      if (next !== null) visit(next);
      if (solutions.length >= limit || nodes > MAX_NODES) return;
    }
  };
  if (shapes.every((list) => list.length > 0)) visit(shapes);
  return { solutions, nodes, isWhole: nodes <= MAX_NODES };
}

/** All connected sets of the number's size that hold its cell and keep clear of the other numbers. */
function shapesOf(
  { cell, value }: IslandNumber,
  numbers: readonly IslandNumber[],
  near: readonly (readonly number[])[],
  halo: readonly Land[],
): Shape[] | null {
  let closedLow = 0;
  let closedHigh = 0;
  for (const other of numbers) {
    if (other.cell === cell) continue;
    const around = halo[other.cell] ?? { low: 0, high: 0 };
    const own = landOf([other.cell]);
    closedLow |= around.low | own.low;
    closedHigh |= around.high | own.high;
  }
  const closed = { low: closedLow, high: closedHigh };
  if (value < 1 || hasCell(closed, cell)) return [];
  const shapes: Shape[] = [];
  const cells = [cell];
  // Redelmeier's way of counting polyominoes: a cell that was passed over is not taken later on.
  const grow = (open: readonly number[], seen: Land): boolean => {
    if (cells.length === value) {
      shapes.push(shapeOf(cells, halo));
      return shapes.length <= MAX_SHAPES;
    }
    const rest = [...open];
    for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
      const fresh = (near[next] ?? []).filter((at) => !hasCell(seen, at) && !hasCell(closed, at));
      const more = landOf(fresh);
      cells.push(next);
      const isDone = grow([...rest, ...fresh], {
        low: seen.low | more.low,
        high: seen.high | more.high,
      });
      cells.pop();
      if (!isDone) return false;
    }
    return true;
  };
  const open = (near[cell] ?? []).filter((at) => !hasCell(closed, at));
  return grow(open, landOf([cell, ...open])) ? shapes : null;
}

function shapeOf(cells: readonly number[], halo: readonly Land[]): Shape {
  const { low, high } = landOf(cells);
  let aroundLow = low;
  let aroundHigh = high;
  for (const cell of cells) {
    aroundLow |= halo[cell]?.low ?? 0;
    aroundHigh |= halo[cell]?.high ?? 0;
  }
  return { low, high, aroundLow, aroundHigh };
}

/** Draws conclusions from single shapes and from blocks until there are no more; null for a contradiction. */
function settle(
  lists: readonly (readonly Shape[])[],
  blocks: readonly Land[],
): (readonly Shape[])[] | null {
  let current: readonly (readonly Shape[])[] = lists;
  for (;;) {
    const apart = settleSingles(current);
    const covered = apart === null ? null : settleBlocks(apart, blocks);
    if (covered === null || covered === apart) return covered;
    current = covered;
  }
}

/** A block into which one number alone can bring land gets it; the same lists when that settles nothing. */
function settleBlocks(
  lists: (readonly Shape[])[],
  blocks: readonly Land[],
): (readonly Shape[])[] | null {
  const unions = lists.map(unionOf);
  let next: (readonly Shape[])[] | null = null;
  for (const block of blocks) {
    let only = -1;
    for (let at = 0; at < unions.length; at += 1) {
      const union = unions[at];
      if (union === undefined || !meets(union, block)) continue;
      only = only === -1 ? at : -2;
      if (only === -2) break;
    }
    if (only === -1) return null;
    if (only === -2) continue;
    const list = (next ?? lists)[only] ?? [];
    const left = list.filter((shape) => meets(shape, block));
    if (left.length === list.length) continue;
    if (left.length === 0) return null;
    next ??= [...lists];
    next[only] = left;
    unions[only] = unionOf(left);
  }
  return next ?? lists;
}

function meets(land: Land, block: Land): boolean {
  return ((land.low & block.low) | (land.high & block.high)) !== 0;
}

function unionOf(shapes: readonly Shape[]): Land {
  let low = 0;
  let high = 0;
  for (const shape of shapes) {
    low |= shape.low;
    high |= shape.high;
  }
  return { low, high };
}

/** Numbers with one shape left take their land and its surroundings from the others, until nothing changes. */
function settleSingles(lists: readonly (readonly Shape[])[]): (readonly Shape[])[] | null {
  let current: (readonly Shape[])[] = [...lists];
  const done = new Set<number>();
  for (;;) {
    const at = current.findIndex((list, index) => list.length === 1 && !done.has(index));
    const only = current[at]?.[0];
    if (only === undefined) return current;
    done.add(at);
    const next = keepApart(current, at, only);
    if (next === null) return null;
    current = next;
  }
}

function keepApart(
  lists: readonly (readonly Shape[])[],
  chosen: number,
  shape: Shape,
): (readonly Shape[])[] | null {
  const next: (readonly Shape[])[] = [];
  for (const [at, list] of lists.entries()) {
    if (at === chosen) next.push([shape]);
    else {
      const left = list.filter(
        ({ low, high }) => ((low & shape.aroundLow) | (high & shape.aroundHigh)) === 0,
      );
      if (left.length === 0) return null;
      next.push(left);
    }
  }
  return next;
}
