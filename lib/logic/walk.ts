import type { Rng } from '#lib/rng.ts';

/**
 * A boundless lattice whose places are told by two whole numbers along its first and third direction. Directions stand
 * in pairs of opposites; the triangular one has a third pair that runs between the other two.
 */
export type Shape = 'square' | 'diamond' | 'triangle';

/** So many steps in one direction. */
export type Run = readonly [direction: number, steps: number];

export interface Place {
  readonly u: number;
  readonly v: number;
}

const VECTORS: readonly Place[] = [
  { u: 1, v: 0 },
  { u: -1, v: 0 },
  { u: 0, v: 1 },
  { u: 0, v: -1 },
  { u: -1, v: 1 },
  { u: 1, v: -1 },
];

export function directionCount(shape: Shape): number {
  return shape === 'triangle' ? 6 : 4;
}

export function follow(from: Place, runs: readonly Run[]): Place {
  let { u, v } = from;
  for (const [direction, steps] of runs) {
    const vector = VECTORS[direction];
    u += (vector?.u ?? 0) * steps;
    v += (vector?.v ?? 0) * steps;
  }
  return { u, v };
}

/** The fewest steps between two places. */
export function distance(shape: Shape, a: Place, b: Place): number {
  const [u, v] = [b.u - a.u, b.v - a.v];
  const isBetween = shape === 'triangle' && u * v < 0;
  return isBetween ? Math.max(Math.abs(u), Math.abs(v)) : Math.abs(u) + Math.abs(v);
}

/** A way over `offset` in random order, with `detours` steps that are taken back at another time. */
export function wayTo(rng: Rng, shape: Shape, offset: Place, detours: number): Run[] {
  const steps: number[] = [];
  let { u, v } = offset;
  while (shape === 'triangle' && u * v < 0) {
    steps.push(v > 0 ? 4 : 5);
    u += v > 0 ? 1 : -1;
    v += v > 0 ? -1 : 1;
  }
  for (let at = 0; at < Math.abs(u); at += 1) steps.push(u > 0 ? 0 : 1);
  for (let at = 0; at < Math.abs(v); at += 1) steps.push(v > 0 ? 2 : 3);
  for (let at = 0; at < detours; at += 1) {
    const direction = rng.below(directionCount(shape));
    steps.push(direction, direction ^ 1);
  }
  const runs: [number, number][] = [];
  for (const step of rng.shuffle(steps)) {
    const last = runs.at(-1);
    if (last?.[0] === step) last[1] += 1;
    else runs.push([step, 1]);
  }
  return runs;
}

export function offsetOf(from: Place, to: Place): Place {
  return { u: to.u - from.u, v: to.v - from.v };
}
