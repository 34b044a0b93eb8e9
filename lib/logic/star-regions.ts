import type { Rng } from '#lib/rng.ts';

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

/** Row by row; `regions` holds the number of each cell's region, or is null when regions do not matter. */
export function searchStars(
  { size, stars }: { size: number; stars: number },
  regions: readonly number[] | null,
  limit: number,
  rng: Rng | null = null,
): StarSearch {
  const masks = rowMasks(size, stars);
  const inColumn = new Uint8Array(size);
  const inRegion = new Uint8Array(size);
  const lastRow = new Uint8Array(size);
  if (regions !== null)
    for (const [cell, region] of regions.entries()) lastRow[region] = Math.floor(cell / size);
  const chosen: number[] = [];
  const solutions: number[][] = [];
  let nodes = 0;

  const change = (row: number, mask: number, by: 1 | -1): boolean => {
    let fits = true;
    for (let rest = mask; rest !== 0; rest &= rest - 1) {
      const column = 31 - Math.clz32(rest & -rest);
      const total = (inColumn[column] ?? 0) + by;
      inColumn[column] = total;
      if (total > stars) fits = false;
      if (regions === null) continue;
      const region = regions[row * size + column] ?? 0;
      const count = (inRegion[region] ?? 0) + by;
      inRegion[region] = count;
      if (count > stars) fits = false;
    }
    return fits;
  };
  /** Whether what is missing can still come in the rows below. */
  const canGoOn = (row: number): boolean => {
    const below = size - 1 - row;
    const most = Math.ceil(below / 2);
    for (let at = 0; at < size; at += 1) {
      if (stars - (inColumn[at] ?? 0) > most) return false;
      if (regions !== null && (lastRow[at] ?? 0) <= row && inRegion[at] !== stars) return false;
    }
    return true;
  };
  const visit = (row: number, above: number): void => {
    nodes += 1;
    if (row === size) {
      solutions.push(
        chosen.flatMap((mask, at) =>
          Array.from({ length: size }, (_, column) => column)
            .filter((column) => ((mask >> column) & 1) === 1)
            .map((column) => at * size + column),
        ),
      );
      return;
    }
    const near = above | (above << 1) | (above >> 1);
    for (const mask of rng === null ? masks : rng.shuffle(masks)) {
      if ((mask & near) !== 0) continue;
      chosen[row] = mask;
      if (change(row, mask, 1) && canGoOn(row)) visit(row + 1, mask);
      change(row, mask, -1);
      if (solutions.length >= limit || nodes > MAX_NODES) return;
    }
  };
  visit(0, 0);
  // A search that was cut off proves nothing.
  return { count: nodes > MAX_NODES ? limit : solutions.length, nodes, solutions };
}

export function sidesOf(cell: number, size: number): number[] {
  const sides: number[] = [];
  if (cell >= size) sides.push(cell - size);
  if (cell % size > 0) sides.push(cell - 1);
  if (cell % size < size - 1) sides.push(cell + 1);
  if (cell < size * (size - 1)) sides.push(cell + size);
  return sides;
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
  let open = regions.filter((region) => region === -1).length;
  const border = regions.flatMap((region, cell) => (region === -1 ? [] : [cell]));
  while (open > 0) {
    const at = rng.below(border.length);
    const cell = border[at] ?? 0;
    const free = sidesOf(cell, size).filter((side) => regions[side] === -1);
    if (free.length === 0) {
      border[at] = border.at(-1) ?? 0;
      border.pop();
      continue;
    }
    const next = rng.pick(free);
    regions[next] = regions[cell] ?? 0;
    border.push(next);
    open -= 1;
  }
  return regions;
}

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
      for (const side of sidesOf(cell, size)) {
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

/** Whether the region of `cell` stays in one piece without it. */
export function canLeave(cell: number, size: number, regions: readonly number[]): boolean {
  const region = regions[cell];
  const own = regions.flatMap((other, at) => (other === region && at !== cell ? [at] : []));
  const [start] = own;
  if (start === undefined) return false;
  const seen = new Set([start]);
  const queue = [start];
  for (let at = queue.pop(); at !== undefined; at = queue.pop())
    for (const side of sidesOf(at, size))
      if (side !== cell && regions[side] === region && !seen.has(side)) {
        seen.add(side);
        queue.push(side);
      }
  return seen.size === own.length;
}
