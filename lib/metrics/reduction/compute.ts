import { AppError } from '#lib/errors.ts';
import type { Rng } from '#lib/rng.ts';
import { DEFAULT_DRAWS, drawSeed, percentileInterval } from '#lib/stats/bootstrap.ts';
import { DEFAULT_LEVEL, type Interval } from '#lib/stats/interval.ts';
import { itemInterval, meanInterval } from '#lib/stats/item-interval.ts';
import type { Metric, MetricContext } from '../metric.ts';
import type { MetricCurve, Reduction } from './reduction.ts';
import { replicate } from './replicates.ts';
import type { RunSamples } from '../run/run-samples.ts';

/** A figure as page, API, command line and paper show it. */
export interface MetricValue {
  metric: string;
  version: number;
  /** As parsed, defaults filled in: they belong to the value. */
  options: unknown;
  /** Always finite. Null exactly when `reason` is not. */
  value: number | null;
  reason: string | null;
  interval: Interval | null;
  /** Why a value stands without an interval; null beside an interval and beside no value. */
  intervalReason: string | null;
  items: number;
  curves: readonly MetricCurve[];
  notes: readonly string[];
}

export interface ComputeSettings {
  context?: Partial<MetricContext>;
  /** The source of the bootstrap's resamples, seeded by the caller, who stores the seed. Without it there are none. */
  rng?: Rng;
  draws?: number;
  level?: number;
}

export interface ComputeOptions extends ComputeSettings {
  /** Options of the metric; what is left out takes its default. */
  options?: unknown;
}

/** A metric with its options, as it is asked for. */
export interface AskedMetric {
  metric: Metric;
  options?: unknown;
}

/** One metric of one run. Never throws on what a run holds, only on options that the metric does not have. */
export function computeMetric(
  metric: Metric,
  run: RunSamples,
  { options, ...settings }: ComputeOptions = {},
): MetricValue {
  const [value] = computeMetrics([{ metric, options }], run, settings);
  if (value === undefined) throw new Error(`${metric.id} was asked for and did not come.`);
  return value;
}

/** Many metrics of one run, in their order, over the same resamples of its items. */
export function computeMetrics(
  asked: readonly AskedMetric[],
  run: RunSamples,
  settings: ComputeSettings = {},
): MetricValue[] {
  return computeTogether(
    asked.map((one) => ({ asked: one, run })),
    settings,
  );
}

/** The same for pairs of a metric and a run: what several runs share is resampled once. */
export function computeTogether(
  pairs: readonly { asked: AskedMetric; run: RunSamples }[],
  { context: given, rng, draws = DEFAULT_DRAWS, level = DEFAULT_LEVEL }: ComputeSettings = {},
): MetricValue[] {
  const context: MetricContext = { base: null, pool: [], price: null, ...given };
  const reduced = pairs.map(({ asked, run }) => reduceMetric(asked, run, context));
  const resampled = reduced.filter((one) => isResampled(one));
  const seed = rng === undefined ? null : drawSeed(rng);
  const replicates =
    seed === null
      ? []
      : replicate(
          resampled.map(({ reduction }) => reduction),
          seed,
          draws,
        );
  const replicatesOf = new Map(resampled.map((one, index) => [one, replicates[index] ?? null]));
  return reduced.map((one, index) => {
    const { metric, options, reduction, value, reason } = one;
    const base = { metric: metric.id, version: metric.version, options };
    if (reduction === null) {
      const nothing = { value: null, interval: null, intervalReason: null, curves: [], notes: [] };
      return { ...base, ...nothing, reason, items: pairs[index]?.run.items.length ?? 0 };
    }
    const interval = intervalOf(metric, reduction, {
      replicates: replicatesOf.get(one) ?? null,
      level,
    });
    return {
      ...base,
      value,
      reason: null,
      interval: typeof interval === 'string' ? null : interval,
      intervalReason: typeof interval === 'string' ? interval : null,
      items: reduction.items,
      curves: reduction.curves ?? [],
      notes: reduction.notes ?? [],
    };
  });
}

/** A metric of a run before its interval: a value with its reduction, or the reason why there is none. */
export type ReducedMetric = { metric: Metric; options: unknown } & (
  | { reduction: Reduction; value: number; reason: null }
  | { reduction: null; value: null; reason: string }
);

export function reduceMetric(
  { metric, options: given = {} }: AskedMetric,
  run: RunSamples,
  context: MetricContext,
): ReducedMetric {
  const options = parseOptions(metric, given);
  const none = (reason: string): ReducedMetric => ({
    ...{ metric, options, reason },
    ...{ reduction: null, value: null },
  });
  const missing = findMissing(metric, run, context);
  if (missing !== null) return none(missing);
  const reduction = metric.reduce(run, options, context);
  if ('reason' in reduction) return none(reduction.reason);
  const value = reduction.evaluate(null);
  if (value === null) return none(reduction.undefinedReason);
  if (!Number.isFinite(value)) return none('The figure is not finite for this run.');
  return { metric, options, reduction, value, reason: null };
}

function parseOptions(metric: Metric, options: unknown): unknown {
  const parsed = metric.options.safeParse(options);
  if (parsed.success) return parsed.data;
  throw new AppError('invalid_input', `These are no options of the metric ${metric.id}.`, {
    details: parsed.error.issues.map(({ path, code, message }) => ({
      pointer: `/${path.join('/')}`,
      code,
      message,
    })),
    cause: parsed.error,
  });
}

/** What every metric that declares a need would otherwise check by itself. */
function findMissing(metric: Metric, run: RunSamples, context: MetricContext): string | null {
  const needs = (need: Metric['needs'][number]): boolean => metric.needs.includes(need);
  if (run.items.length === 0) return 'The run has no items.';
  const needsTrace = needs('trace') || needs('solutions');
  if (needsTrace && (run.traceVisibility === 'hidden' || run.traceVisibility === 'summary'))
    return 'The reasoning of this run is hidden or only a summary.';
  if (needs('base-run') && context.base === null)
    return 'No run is marked as the base to compare with.';
  if (needs('pool') && context.pool.length === 0) return 'No pool of runs is given.';
  if (needs('price') && context.price === null) return 'The price of a token is not known.';
  return null;
}

const SAME_VALUE = 'Every resample of the items gives the same value.';
const NO_SPREAD = 'The items do not differ, so their spread says nothing.';

/** Whether the interval comes from resamples, which are drawn for all such metrics together. */
function isResampled(one: ReducedMetric): one is ReducedMetric & { reduction: Reduction } {
  const { metric, reduction } = one;
  if (reduction === null || metric.intervalMethod === 'none') return false;
  return !hasOneItem(reduction) && !hasItemMeans(metric, reduction);
}

function hasOneItem({ items, itemMeans }: Reduction): boolean {
  return items < 2 && itemMeans?.isSingleSample !== true;
}

function hasItemMeans({ intervalMethod }: Metric, { itemMeans }: Reduction): boolean {
  return intervalMethod === 'item-means' && itemMeans !== undefined;
}

/** The interval, or why there is none. */
function intervalOf(
  metric: Metric,
  reduction: Reduction,
  { replicates, level }: { replicates: Float64Array | null; level: number },
): Interval | string {
  if (metric.intervalMethod === 'none') return 'This figure has no interval.';
  if (hasOneItem(reduction)) return 'One item has no spread between items.';
  if (reduction.itemMeans !== undefined && hasItemMeans(metric, reduction)) {
    const { values, isShare, isSingleSample } = reduction.itemMeans;
    const interval = isShare
      ? itemInterval(values, { isSingleSample, level })
      : meanInterval(values, level);
    return interval ?? NO_SPREAD;
  }
  if (replicates === null) return 'No bootstrap was asked for.';
  // Leaving such resamples out would make the interval look narrower than it is.
  if (!replicates.every(Number.isFinite))
    return 'The figure is not defined in every resample of the items.';
  const interval = percentileInterval(replicates, level);
  if (interval !== null && interval.high > interval.low) return interval;
  // Items that all agree have no spread to resample, which is not certainty.
  const share = reduction.itemMeans?.isShare === true ? reduction.itemMeans.values : [];
  return itemInterval(share, { isSingleSample: false, level }) ?? SAME_VALUE;
}
