/**
 * How an interval was made. `wilson`: one sample an item. `t-items`: Student's t over item means.
 * `wilson-items`: all items agree, so t has no width; each item counts as one draw instead.
 * `t-items-ratio`: Student's t over the residuals of items about a ratio of sums.
 * `normal`: from a standard error put together over benchmarks. `bootstrap-items`: percentiles over resampled items.
 */
export type IntervalMethod =
  'wilson' | 't-items' | 't-items-ratio' | 'wilson-items' | 'normal' | 'bootstrap-items';

/** A confidence interval; `level` is a fraction. Never NaN: what has no interval is null in its place. */
export interface Interval {
  low: number;
  high: number;
  level: number;
  method: IntervalMethod;
}

export const DEFAULT_LEVEL = 0.95;
