/** The eight arrows with their steps, clockwise from the top. */
export const ARROWS = ['↑', '↗', '→', '↘', '↓', '↙', '←', '↖'] as const;
export const STEPS = [
  [-1, 0],
  [-1, 1],
  [0, 1],
  [1, 1],
  [1, 0],
  [1, -1],
  [0, -1],
  [-1, -1],
] as const;

const FIRST_ARROW = 0x2190;
const DIRECTIONS = new Int8Array(10).fill(-1);
for (const [direction, arrow] of ARROWS.entries())
  DIRECTIONS[arrow.charCodeAt(0) - FIRST_ARROW] = direction;

/** The place of an arrow in `ARROWS`; -1 for anything else. */
export function directionOf(cell: string): number {
  return cell.length === 1 ? (DIRECTIONS[cell.charCodeAt(0) - FIRST_ARROW] ?? -1) : -1;
}

/** Rows by columns, cells in reading order. */
export interface Field {
  readonly rows: number;
  readonly cols: number;
}

/** The cells from `cell` on in one of the eight directions, nearest first, up to the edge. */
export function rayFrom(cell: number, direction: number, { rows, cols }: Field): number[] {
  const [dy = 0, dx = 0] = STEPS[direction] ?? [];
  const ray: number[] = [];
  let y = Math.floor(cell / cols) + dy;
  let x = (cell % cols) + dx;
  while (y >= 0 && y < rows && x >= 0 && x < cols) {
    ray.push(y * cols + x);
    y += dy;
    x += dx;
  }
  return ray;
}

export interface ArrowSearch {
  /** For each cell the direction of its arrow; -1 at numbers. */
  readonly found: readonly (readonly number[])[];
  readonly nodes: number;
  /** False when the search was given up. */
  readonly isWhole: boolean;
}

const MAX_NODES = 3000;

interface Ray {
  readonly number: number;
  /** Free cells up to the next number or the edge. */
  readonly cells: readonly number[];
}

/**
 * Fillings of a field: `numbers[cell]` is the value of a number cell or -1, `given[cell]` the direction of a given arrow
 * or -1. Bounds on the length of each ray and the sets of directions of each cell narrow each other.
 */
export function searchArrows(
  field: Field,
  numbers: readonly number[],
  given: readonly number[],
  limit: number,
): ArrowSearch {
  const total = field.rows * field.cols;
  const sources = numbers.flatMap((value, cell) => (value >= 0 ? [cell] : []));
  const rays: Ray[] = sources.flatMap((cell, number) =>
    ARROWS.map((_, direction) => {
      const ray = rayFrom(cell, direction, field);
      const end = ray.findIndex((next) => (numbers[next] ?? -1) >= 0);
      return { number, cells: end === -1 ? ray : ray.slice(0, end) };
    }),
  );
  const start = new Uint8Array(total);
  for (const [index, { cells }] of rays.entries())
    for (const cell of cells) start[cell] = (start[cell] ?? 0) | (1 << (index % 8));
  for (let cell = 0; cell < total; cell += 1) {
    const direction = given[cell] ?? -1;
    if (direction >= 0) start[cell] = (start[cell] ?? 0) & (1 << direction);
  }
  const found: number[][] = [];
  let nodes = 0;
  const least = new Uint8Array(rays.length);
  const most = new Uint8Array(rays.length);

  const settle = (domains: Uint8Array): boolean => {
    for (let isChanged = true; isChanged;) {
      isChanged = false;
      for (let number = 0; number < sources.length; number += 1) {
        const value = numbers[sources[number] ?? 0] ?? 0;
        let low = 0;
        let high = 0;
        for (let direction = 0; direction < 8; direction += 1) {
          const index = number * 8 + direction;
          const bit = 1 << direction;
          const cells = rays[index]?.cells ?? [];
          let min = 0;
          let max = 0;
          for (let at = 0; at < cells.length; at += 1) {
            const bits = domains[cells[at] ?? 0] ?? 0;
            if ((bits & bit) === 0) break;
            max = at + 1;
            if (bits === bit) min = at + 1;
          }
          least[index] = min;
          most[index] = max;
          low += min;
          high += max;
        }
        if (low > value || high < value) return false;
        for (let direction = 0; direction < 8; direction += 1) {
          const index = number * 8 + direction;
          const bit = 1 << direction;
          const cells = rays[index]?.cells ?? [];
          const max = Math.min(most[index] ?? 0, value - (low - (least[index] ?? 0)));
          const min = Math.max(least[index] ?? 0, value - (high - (most[index] ?? 0)));
          for (let at = 0; at < cells.length; at += 1) {
            const cell = cells[at] ?? 0;
            const bits = domains[cell] ?? 0;
            // A cell out of reach can not point this way: no other number stands behind it in this direction.
            const next = at < min ? bits & bit : at >= max ? bits & ~bit : bits;
            if (next === bits) continue;
            if (next === 0) return false;
            domains[cell] = next;
            isChanged = true;
          }
        }
      }
    }
    return true;
  };
  const visit = (domains: Uint8Array): void => {
    nodes += 1;
    if (nodes > MAX_NODES || !settle(domains)) return;
    let best = -1;
    let fewest = 9;
    for (let cell = 0; cell < total; cell += 1) {
      if ((numbers[cell] ?? -1) >= 0) continue;
      let count = 0;
      for (let bits = domains[cell] ?? 0; bits !== 0; bits &= bits - 1) count += 1;
      if (count === 0) return;
      if (count > 1 && count < fewest) {
        fewest = count;
        best = cell;
        if (count === 2) break;
      }
    }
    if (best === -1) {
      found.push(
        Array.from(domains, (bits, cell) =>
          (numbers[cell] ?? -1) >= 0 ? -1 : 31 - Math.clz32(bits),
        ),
      );
      return;
    }
    for (let bits = domains[best] ?? 0; bits !== 0; bits &= bits - 1) {
      const next = domains.slice();
      next[best] = bits & -bits;
      visit(next);
      if (found.length >= limit || nodes > MAX_NODES) return;
    }
  };
  visit(start);
  return { found, nodes, isWhole: nodes <= MAX_NODES };
}
