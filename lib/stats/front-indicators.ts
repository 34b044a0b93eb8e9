/** A point of a front: fewer tokens and more accuracy are better. */
export interface IndicatorPoint {
  tokens: number;
  accuracy: number;
}

/** What counts as one unit of each axis. Fixed for a benchmark version, or values drift as runs join. */
export interface IndicatorScale {
  tokens: number;
  accuracy: number;
}

/**
 * The additive epsilon indicator (Zitzler et al. 2003, "Performance Assessment of Multiobjective Optimizers"): by how much
 * the points of A must improve on both scaled axes until each point of the reference is weakly dominated. 0 or less: A
 * already covers it. Null when either set is empty.
 */
export function epsilonIndicator(
  points: readonly IndicatorPoint[],
  reference: readonly IndicatorPoint[],
  scale: IndicatorScale,
): number | null {
  if (points.length === 0 || reference.length === 0) return null;
  if (!(scale.tokens > 0 && scale.accuracy > 0))
    throw new RangeError('Both axes need a positive scale.');
  let worst = -Infinity;
  for (const target of reference) {
    let nearest = Infinity;
    for (const point of points) {
      const shift = Math.max(
        (point.tokens - target.tokens) / scale.tokens,
        (target.accuracy - point.accuracy) / scale.accuracy,
      );
      nearest = Math.min(nearest, shift);
    }
    worst = Math.max(worst, nearest);
  }
  return worst;
}

/**
 * Share of the points of B that some point of A weakly dominates (Zitzler and Thiele 1999, the C measure). C(A, B) and
 * C(B, A) do not add up to 1. Null when B is empty.
 */
export function coverage(
  a: readonly IndicatorPoint[],
  b: readonly IndicatorPoint[],
): number | null {
  if (b.length === 0) return null;
  const covered = b.filter((target) =>
    a.some((point) => point.tokens <= target.tokens && point.accuracy >= target.accuracy),
  );
  return covered.length / b.length;
}
