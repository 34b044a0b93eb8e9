import { DEFAULT_LEVEL } from './interval.ts';
import { clusteredError, meanAndError } from './item-interval.ts';
import { studentTQuantile } from './student-t.ts';

/** The interval of a pooled mean whose values come in clusters. */
export interface ClusteredInterval {
  mean: number;
  values: number;
  clusters: number;
  standardError: number;
  low: number;
  high: number;
  level: number;
  method: 't-clusters';
}

/**
 * Student's t with clusters − 1 degrees of freedom around the pooled mean, and the small-sample clustered error (Miller
 * 2024, section 2.2; inspect_ai's correction). For questions that share a passage, where items are no independent draws.
 * Null below two clusters and where the clusters show no spread.
 */
export function clusteredInterval(
  values: ArrayLike<number>,
  clusters: ArrayLike<number>,
  level: number = DEFAULT_LEVEL,
): ClusteredInterval | null {
  const summary = meanAndError(values);
  const standardError = clusteredError(values, clusters, 'small-sample');
  if (summary === null || standardError === null || standardError < 1e-12) return null;
  const count = new Set(Array.from(clusters)).size;
  const half = studentTQuantile(0.5 + level / 2, count - 1) * standardError;
  return {
    mean: summary.mean,
    values: summary.count,
    clusters: count,
    standardError,
    low: summary.mean - half,
    high: summary.mean + half,
    level,
    method: 't-clusters',
  };
}
