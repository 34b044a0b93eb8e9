import { DEFAULT_LEVEL, type Interval } from './interval.ts';
import { studentTQuantile } from './student-t.ts';
import { wilsonInterval } from './wilson.ts';

export interface MeanAndError {
  count: number;
  mean: number;
  /** With n − 1 in the denominator; null below two values. */
  standardError: number | null;
}

/** Mean and standard error of item values (Miller 2024, "Adding Error Bars to Evals", section 2). Null without values. */
export function meanAndError(values: ArrayLike<number>): MeanAndError | null {
  const count = values.length;
  if (count === 0) return null;
  let sum = 0;
  for (let i = 0; i < count; i += 1) sum += values[i] ?? 0;
  const mean = sum / count;
  if (count === 1) return { count, mean, standardError: null };
  let squares = 0;
  for (let i = 0; i < count; i += 1) squares += ((values[i] ?? 0) - mean) ** 2;
  return { count, mean, standardError: Math.sqrt(squares / (count * (count - 1))) };
}

/**
 * The interval of avg@k, with the item as the unit: K samples of one item are no K independent draws.
 * One sample an item is a proportion (Wilson). Items without any spread get Wilson over items, because
 * t would claim certainty. Null without items, or for one item sampled several times.
 */
export function itemInterval(
  itemMeans: ArrayLike<number>,
  options: { isSingleSample: boolean; level?: number },
): Interval | null {
  const level = options.level ?? DEFAULT_LEVEL;
  const summary = meanAndError(itemMeans);
  if (summary === null) return null;
  const { count, mean, standardError } = summary;
  if (options.isSingleSample) return wilsonInterval(Math.round(mean * count), count, level);
  if (standardError === null) return null;
  // Rounding leaves dust of about 1e-17 where all item means are equal.
  if (standardError < 1e-12) {
    const wilson = wilsonInterval(mean * count, count, level);
    return wilson === null ? null : { ...wilson, method: 'wilson-items' };
  }
  const half = studentTQuantile(0.5 + level / 2, count - 1) * standardError;
  return {
    low: Math.max(0, mean - half),
    high: Math.min(1, mean + half),
    level,
    method: 't-items',
  };
}

/** Student's t interval of a mean of item lengths. Null below two items and where all are equal: t has no width then. */
export function meanInterval(
  itemValues: ArrayLike<number>,
  level: number = DEFAULT_LEVEL,
): Interval | null {
  const summary = meanAndError(itemValues);
  if (!summary?.standardError) return null;
  const half = studentTQuantile(0.5 + level / 2, summary.count - 1) * summary.standardError;
  return {
    low: Math.max(0, summary.mean - half),
    high: summary.mean + half,
    level,
    method: 't-items',
  };
}

/**
 * Standard error of the pooled mean under clusters (Miller 2024, section 2.2): the square root of the summed squares of
 * cluster deviations, over n. `small-sample` multiplies by √(C / (C − 1)), as inspect_ai does. Null below two clusters.
 */
export function clusteredError(
  values: ArrayLike<number>,
  clusters: ArrayLike<number>,
  correction: 'none' | 'small-sample' = 'none',
): number | null {
  const count = values.length;
  if (clusters.length !== count) throw new RangeError('Every value needs its cluster.');
  const summary = meanAndError(values);
  if (summary === null) return null;
  const deviations = new Map<number, number>();
  for (let i = 0; i < count; i += 1) {
    const cluster = clusters[i] ?? 0;
    deviations.set(cluster, (deviations.get(cluster) ?? 0) + (values[i] ?? 0) - summary.mean);
  }
  if (deviations.size < 2) return null;
  let squares = 0;
  for (const deviation of deviations.values()) squares += deviation * deviation;
  const factor = correction === 'small-sample' ? deviations.size / (deviations.size - 1) : 1;
  return Math.sqrt(squares * factor) / count;
}
