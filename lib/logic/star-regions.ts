import type { Rng } from '#lib/rng.ts';
import { gridNeighbours } from './grid-neighbours.ts';

export interface StarSearch {
  readonly count: number;
  readonly nodes: number;
  /** Each solution as the cells of its stars, in reading order. */
  readonly solutions: readonly (readonly number[])[];
}

const MAX_NODES = 60_000;
const known = new Map<number, readonly number[]>();

/** Rows with `stars` stars of which no two touch, as bit masks. */
function rowMasks(size: number, stars: number): readonly number[] {
  const key = size * 8 + stars;
  const found = known.get(key);
  if (found !== undefined) return found;
  const masks: number[] = [];
  for (let mask = 0; mask < 1 << size; mask += 1) {
    if ((mask & (mask << 1)) !== 0) continue;
    let total = 0;
    for (let rest = mask; rest !== 0; rest &= rest - 1) total += 1;
    if (total === stars) masks.push(mask);
  }
  known.set(key, masks);
  return masks;
}

/** Rows at random, one after the other; null when the draw gets stuck. */
export function drawStars(rng: Rng, size: number, stars: number): number[] | null {
  const masks = rowMasks(size, stars);
  const inColumn = new Uint8Array(size);
  const cells: number[] = [];
  const fitting: number[] = [];
  let above = 0;
  for (let row = 0; row < size; row += 1) {
    // Two rows that follow each other never use one column, so that every other row at most helps a column.
    const most = (size - row) >> 1;
    let full = above | (above << 1) | (above >> 1);
    let pressing = 0;
    for (let column = 0; column < size; column += 1) {
      const missing = stars - (inColumn[column] ?? 0);
      if (missing === 0) full |= 1 << column;
      if (missing > most) pressing |= 1 << column;
    }
    fitting.length = 0;
    for (const mask of masks)
      if ((mask & full) === 0 && (mask & pressing) === pressing) fitting.push(mask);
    if (fitting.length === 0) return null;
    const mask = rng.pick(fitting);
    for (let rest = mask; rest !== 0; rest &= rest - 1) {
      const column = 31 - Math.clz32(rest & -rest);
      inColumn[column] = (inColumn[column] ?? 0) + 1;
      cells.push(row * size + column);
    }
    above = mask;
  }
  return inColumn.every((count) => count === stars) ? cells : null;
}

const OPEN = 0;
const STAR = 1;
const EMPTY = 2;

/** The cells around each cell, corners included; made once a size. */
const around = new Map<number, readonly (readonly number[])[]>();

function aroundOf(size: number): readonly (readonly number[])[] {
  const found = around.get(size);
  if (found !== undefined) return found;
  const lists = Array.from({ length: size * size }, (_, cell) => {
    const row = Math.floor(cell / size);
    const column = cell % size;
    const near: number[] = [];
    for (let y = Math.max(0, row - 1); y <= Math.min(size - 1, row + 1); y += 1)
      for (let x = Math.max(0, column - 1); x <= Math.min(size - 1, column + 1); x += 1)
        if (y !== row || x !== column) near.push(y * size + x);
    return near;
  });
  around.set(size, lists);
  return lists;
}

const WORDS = 4;
/** The same as bits, four words a cell. */
const aroundBits = new Map<number, Int32Array>();

function aroundBitsOf(size: number): Int32Array {
  const found = aroundBits.get(size);
  if (found !== undefined) return found;
  const bits = new Int32Array(WORDS * size * size);
  for (const [cell, near] of aroundOf(size).entries())
    for (const next of near) {
      const at = WORDS * cell + (next >> 5);
      bits[at] = (bits[at] ?? 0) | (1 << (next & 31));
    }
  aroundBits.set(size, bits);
  return bits;
}

/** Lines with more open cells than this say little about the cells around them. */
const MAX_ROOM = 6;

/**
 * Counts placements up to `limit`. Rows, columns and regions are lines of one kind: a line whose stars are all set has
 * no room left, and one with just as many open cells as missing stars takes them all; what touches a star however the
 * stars of a short line are placed is empty. The line with the least choice is decided next, cell by cell. `regions` holds the number of each cell's region, from 0 to `size` - 1.
 */
export function searchStars(
  { size, stars }: { size: number; stars: number },
  regions: readonly number[],
  limit: number,
): StarSearch {
  const total = size * size;
  const near = aroundOf(size);
  const state = new Uint8Array(total);
  const lines: number[][] = Array.from({ length: 3 * size }, () => []);
  /** The line of rows, of columns and of regions of each cell. */
  const rowOf = new Uint8Array(total);
  const columnOf = new Uint8Array(total);
  const regionOf = new Uint8Array(total);
  for (let cell = 0; cell < total; cell += 1) {
    const row = (cell / size) | 0;
    rowOf[cell] = row;
    columnOf[cell] = size + cell - row * size;
    regionOf[cell] = 2 * size + (regions[cell] ?? 0);
    lines[row]?.push(cell);
    lines[columnOf[cell] ?? 0]?.push(cell);
    lines[regionOf[cell] ?? 0]?.push(cell);
  }
  const missing = new Int16Array(3 * size).fill(stars);
  const open = Int16Array.from(lines, (cells) => cells.length);
  const nearBits = aroundBitsOf(size);
  const trail = new Int16Array(total);
  /** Lines whose numbers have changed since they were last looked at. */
  const queue = new Int16Array(3 * size);
  const isQueued = new Uint8Array(3 * size);
  let queued = 0;
  let length = 0;
  let nodes = 0;
  const solutions: number[][] = [];

  const touch = (line: number, by: number): void => {
    open[line] = (open[line] ?? 0) - 1;
    missing[line] = (missing[line] ?? 0) - by;
    if (isQueued[line] === 1) return;
    isQueued[line] = 1;
    queue[queued] = line;
    queued += 1;
  };
  const set = (cell: number, value: number): void => {
    state[cell] = value;
    trail[length] = cell;
    length += 1;
    const by = value === STAR ? 1 : 0;
    touch(rowOf[cell] ?? 0, by);
    touch(columnOf[cell] ?? 0, by);
    touch(regionOf[cell] ?? 0, by);
  };
  const put = (cell: number): boolean => {
    set(cell, STAR);
    for (const next of near[cell] ?? []) {
      if (state[next] === STAR) return false;
      if (state[next] === OPEN) set(next, EMPTY);
    }
    return true;
  };
  const clearQueue = (): false => {
    for (let at = 0; at < queued; at += 1) isQueued[queue[at] ?? 0] = 0;
    queued = 0;
    return false;
  };
  // With one star a line, more open cells seldom have a neighbour in common.
  const most = stars === 1 ? 3 : MAX_ROOM;
  const choices = new Int16Array(MAX_ROOM);
  const common = new Int32Array(WORDS);
  const touchesBit = (a: number, b: number): boolean =>
    (((nearBits[WORDS * a + (b >> 5)] ?? 0) >>> (b & 31)) & 1) === 1;
  /** Goes through the ways to place one or two stars in a short line; false when there is none. */
  const narrow = (line: number, wanted: number): boolean => {
    let room = 0;
    for (const cell of lines[line] ?? []) {
      if (state[cell] !== OPEN) continue;
      choices[room] = cell;
      room += 1;
    }
    common.fill(-1);
    let used = 0;
    let always = (1 << room) - 1;
    for (let i = 0; i < room; i += 1) {
      const a = choices[i] ?? 0;
      for (let j = wanted === 1 ? i : i + 1; j < (wanted === 1 ? i + 1 : room); j += 1) {
        const b = choices[j] ?? 0;
        if (i !== j && touchesBit(a, b)) continue;
        used |= (1 << i) | (1 << j);
        always &= (1 << i) | (1 << j);
        for (let word = 0; word < WORDS; word += 1)
          common[word] =
            (common[word] ?? 0) &
            ((nearBits[WORDS * a + word] ?? 0) | (nearBits[WORDS * b + word] ?? 0));
      }
    }
    if (used === 0) return false;
    for (let i = 0; i < room; i += 1) if (((used >> i) & 1) === 0) set(choices[i] ?? 0, EMPTY);
    for (let word = 0; word < WORDS; word += 1)
      for (let bits = common[word] ?? 0; bits !== 0; bits &= bits - 1) {
        const cell = 32 * word + 31 - Math.clz32(bits & -bits);
        if (state[cell] === OPEN) set(cell, EMPTY);
      }
    for (let i = 0; i < room; i += 1) {
      const cell = choices[i] ?? 0;
      if (((always >> i) & 1) === 1 && (state[cell] !== OPEN || !put(cell))) return false;
    }
    return true;
  };
  const settle = (): boolean => {
    while (queued > 0) {
      queued -= 1;
      const line = queue[queued] ?? 0;
      isQueued[line] = 0;
      const wanted = missing[line] ?? 0;
      const room = open[line] ?? 0;
      if (wanted < 0 || room < wanted) return clearQueue();
      if (room === 0) continue;
      if (wanted > 0 && room > wanted) {
        if (room <= most && wanted <= 2 && !narrow(line, wanted)) return clearQueue();
        continue;
      }
      for (const cell of lines[line] ?? []) {
        if (state[cell] !== OPEN) continue;
        if (wanted === 0) set(cell, EMPTY);
        else if (!put(cell)) return clearQueue();
      }
    }
    return true;
  };
  const release = (line: number, by: number): void => {
    open[line] = (open[line] ?? 0) + 1;
    missing[line] = (missing[line] ?? 0) + by;
  };
  const undo = (mark: number): void => {
    while (length > mark) {
      length -= 1;
      const cell = trail[length] ?? 0;
      const by = state[cell] === STAR ? 1 : 0;
      state[cell] = OPEN;
      release(rowOf[cell] ?? 0, by);
      release(columnOf[cell] ?? 0, by);
      release(regionOf[cell] ?? 0, by);
    }
  };
  const visit = (): void => {
    nodes += 1;
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let line = 0; line < 3 * size; line += 1) {
      const wanted = missing[line] ?? 0;
      if (wanted === 0) continue;
      const choice = (open[line] ?? 0) - wanted + 4 * (wanted - 1);
      if (choice >= least) continue;
      least = choice;
      best = line;
    }
    if (best === -1) {
      const cells: number[] = [];
      for (let cell = 0; cell < total; cell += 1) if (state[cell] === STAR) cells.push(cell);
      solutions.push(cells);
      return;
    }
    const start = length;
    // Each open cell in turn is the first star of the line; the ones before it stay empty.
    for (const cell of lines[best] ?? []) {
      if (state[cell] !== OPEN) continue;
      const mark = length;
      if (put(cell) && settle()) visit();
      else clearQueue();
      undo(mark);
      if (solutions.length >= limit || nodes > MAX_NODES) break;
      set(cell, EMPTY);
      if (!settle()) break;
      if ((missing[best] ?? 0) === 0) {
        visit();
        break;
      }
    }
    undo(start);
  };
  if (lines.every((cells) => cells.length >= stars)) visit();
  // A search that was cut off proves nothing.
  return { count: nodes > MAX_NODES ? limit : solutions.length, nodes, solutions };
}

/** Regions around groups of stars: the stars of a group are joined by a path first; then all grow at random. Null when paths get in each other's way. */
export function growRegions(
  rng: Rng,
  size: number,
  groups: readonly (readonly number[])[],
): number[] | null {
  const regions = Array.from({ length: size * size }, () => -1);
  for (const [region, group] of groups.entries()) for (const cell of group) regions[cell] = region;
  for (const [region, group] of groups.entries()) {
    const [start, end] = group;
    if (start === undefined || end === undefined) continue;
    const path = shortestPath(rng, { size, regions, region }, start, end);
    if (path === null) return null;
    for (const cell of path) regions[cell] = region;
  }
  // Regions grow at different speeds: small ones leave few placements.
  const borders: number[][] = groups.map(() => []);
  let open = 0;
  for (const [cell, region] of regions.entries())
    if (region === -1) open += 1;
    else borders[region]?.push(cell);
  // The first turns go round, so that no region stays a single cell as long as it has room.
  const firstTurns = rng.shuffle(
    groups.flatMap((group, region) => (group.length === 1 ? [region] : [])),
  );
  const turns = groups.flatMap((_, region) =>
    Array.from({ length: 2 ** rng.below(MAX_DOUBLINGS) }, () => region),
  );
  const near = gridNeighbours(size);
  const free: number[] = [];
  while (open > 0) {
    const first = firstTurns.pop();
    const turn = rng.below(turns.length);
    const region = first ?? turns[turn] ?? 0;
    const border = borders[region] ?? [];
    if (border.length === 0) {
      if (first !== undefined) continue;
      turns[turn] = turns.at(-1) ?? 0;
      turns.pop();
      continue;
    }
    const at = rng.below(border.length);
    free.length = 0;
    for (const side of near[border[at] ?? 0] ?? []) if (regions[side] === -1) free.push(side);
    if (free.length === 0) {
      border[at] = border.at(-1) ?? 0;
      border.pop();
      continue;
    }
    const next = rng.pick(free);
    regions[next] = region;
    border.push(next);
    open -= 1;
  }
  return regions;
}

const MAX_DOUBLINGS = 7;

function shortestPath(
  rng: Rng,
  { size, regions, region }: { size: number; regions: readonly number[]; region: number },
  start: number,
  end: number,
): number[] | null {
  const from = new Map<number, number>([[start, -1]]);
  let wave = [start];
  while (wave.length > 0 && !from.has(end)) {
    const next: number[] = [];
    for (const cell of rng.shuffle(wave))
      for (const side of gridNeighbours(size)[cell] ?? []) {
        if (from.has(side) || (regions[side] !== -1 && regions[side] !== region)) continue;
        from.set(side, cell);
        next.push(side);
      }
    wave = next;
  }
  if (!from.has(end)) return null;
  const path: number[] = [];
  for (let cell = end; cell !== -1; cell = from.get(cell) ?? -1) path.push(cell);
  return path;
}
