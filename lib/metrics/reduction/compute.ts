import { AppError } from '#lib/errors.ts';
import type { Rng } from '#lib/rng.ts';
import { DEFAULT_DRAWS, percentileInterval, resampleItems } from '#lib/stats/bootstrap.ts';
import { DEFAULT_LEVEL, type Interval } from '#lib/stats/interval.ts';
import { itemInterval, meanInterval } from '#lib/stats/item-interval.ts';
import type { Metric, MetricContext } from '../metric.ts';
import type { MetricCurve, Reduction } from './reduction.ts';
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

export interface ComputeOptions {
  /** Options of the metric; what is left out takes its default. */
  options?: unknown;
  context?: Partial<MetricContext>;
  /** The source of the bootstrap's resamples, seeded by the caller, who stores the seed. Without it there are none. */
  rng?: Rng;
  draws?: number;
  level?: number;
}

/** One metric of one run. Never throws on what a run holds, only on options that the metric does not have. */
export function computeMetric(
  metric: Metric,
  run: RunSamples,
  settings: ComputeOptions = {},
): MetricValue {
  const options = parseOptions(metric, settings.options ?? {});
  const context: MetricContext = { base: null, pool: [], price: null, ...settings.context };
  const none = (reason: string): MetricValue => ({
    metric: metric.id,
    version: metric.version,
    options,
    value: null,
    reason,
    interval: null,
    intervalReason: null,
    items: run.items.length,
    curves: [],
    notes: [],
  });
  const missing = findMissing(metric, run, context);
  if (missing !== null) return none(missing);
  const reduction = metric.reduce(run, options, context);
  if ('reason' in reduction) return none(reduction.reason);
  const value = reduction.evaluate(null);
  if (value === null) return none(reduction.undefinedReason);
  if (!Number.isFinite(value)) return none('The figure is not finite for this run.');
  const interval = intervalOf(metric, reduction, settings);
  return {
    ...none(''),
    value,
    reason: null,
    interval: typeof interval === 'string' ? null : interval,
    intervalReason: typeof interval === 'string' ? interval : null,
    items: reduction.items,
    curves: reduction.curves ?? [],
    notes: reduction.notes ?? [],
  };
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

/** The interval, or why there is none. */
function intervalOf(
  metric: Metric,
  reduction: Reduction,
  { rng, draws = DEFAULT_DRAWS, level = DEFAULT_LEVEL }: ComputeOptions,
): Interval | string {
  if (metric.intervalMethod === 'none') return 'This figure has no interval.';
  if (reduction.items < 2 && !reduction.itemMeans?.isSingleSample)
    return 'One item has no spread between items.';
  if (metric.intervalMethod === 'item-means' && reduction.itemMeans !== undefined) {
    const { values, isShare, isSingleSample } = reduction.itemMeans;
    const interval = isShare
      ? itemInterval(values, { isSingleSample, level })
      : meanInterval(values, level);
    return interval ?? NO_SPREAD;
  }
  if (rng === undefined) return 'No bootstrap was asked for.';
  return bootstrapInterval(reduction, rng, { draws, level });
}

function bootstrapInterval(
  reduction: Reduction,
  rng: Rng,
  { draws, level }: { draws: number; level: number },
): Interval | string {
  const replicates = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw += 1) {
    const replicate = reduction.evaluate(resampleItems(reduction.items, rng, 1).indices);
    // Leaving such resamples out would make the interval look narrower than it is.
    if (replicate === null || !Number.isFinite(replicate))
      return 'The figure is not defined in every resample of the items.';
    replicates[draw] = replicate;
  }
  const interval = percentileInterval(replicates, level);
  if (interval !== null && interval.high > interval.low) return interval;
  // Items that all agree have no spread to resample, which is not certainty.
  const share = reduction.itemMeans?.isShare === true ? reduction.itemMeans.values : [];
  return itemInterval(share, { isSingleSample: false, level }) ?? SAME_VALUE;
}
