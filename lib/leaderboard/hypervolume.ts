import { paretoFront, type FrontPoint } from './front.ts';

/** The corner a hypervolume is measured from. Fixed for a benchmark version, or scores drift as runs join. */
export interface FrontReference {
  tokens: number;
  accuracy: number;
}

/**
 * The area that a set of points dominates within the reference corner, on a linear or natural-logarithmic token axis
 * (Zitzler and Thiele 1999, in two dimensions). Its order of families depends on the axis, so name axis and reference
 * beside it. Points at or beyond the reference count nothing. Null on the logarithmic axis for a run of zero tokens.
 */
export function hypervolume(
  points: readonly FrontPoint[],
  reference: FrontReference,
  axis: 'linear' | 'log' = 'linear',
): number | null {
  const front = paretoFront(
    points.filter(
      (point) => point.tokens < reference.tokens && point.accuracy > reference.accuracy,
    ),
  );
  if (axis === 'log' && front.some((point) => point.tokens <= 0)) return null;
  const position = (tokens: number): number => (axis === 'log' ? Math.log(tokens) : tokens);
  let area = 0;
  front.forEach((point, i) => {
    const right = front[i + 1]?.tokens ?? reference.tokens;
    area += (position(right) - position(point.tokens)) * (point.accuracy - reference.accuracy);
  });
  return area;
}

/** The linear hypervolume as a share of the box between the reference and a fixed best corner. */
export function normalisedHypervolume(
  points: readonly FrontPoint[],
  reference: FrontReference,
  best: FrontReference,
): number | null {
  const box = (reference.tokens - best.tokens) * (best.accuracy - reference.accuracy);
  const area = hypervolume(points, reference);
  return box > 0 && area !== null ? area / box : null;
}
