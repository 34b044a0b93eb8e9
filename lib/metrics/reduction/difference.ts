import type { Rng } from '#lib/rng.ts';
import { DEFAULT_DRAWS, drawSeed, percentileInterval } from '#lib/stats/bootstrap.ts';
import type { Interval } from '#lib/stats/interval.ts';
import type { MetricContext } from '../metric.ts';
import { hasSameItems, type RunSamples } from '../run/run-samples.ts';
import { reduceMetric, type AskedMetric } from './compute.ts';
import { replicate } from './replicates.ts';

/** How much a figure of one run differs from the same figure of another. */
export interface MetricDifference {
  /** Run − reference, in the unit of the metric. Null exactly when `reason` is not. */
  value: number | null;
  reason: string | null;
  /** From resamples of the items that both runs share; null where there are none or all are equal. */
  interval: Interval | null;
}

/**
 * A metric of a run minus that of a reference, with an interval from resamples of items that both meet: an item that is hard
 * for one is hard for the other, so that the interval is narrower than two intervals side by side.
 */
export function metricDifference(
  asked: AskedMetric,
  { run, reference }: { run: RunSamples; reference: RunSamples },
  { context, rng, draws = DEFAULT_DRAWS }: { context: MetricContext; rng: Rng; draws?: number },
): MetricDifference {
  const none = (reason: string): MetricDifference => ({ value: null, reason, interval: null });
  if (!hasSameItems(run, reference)) return none('The two runs do not answer the same items.');
  const own = reduceMetric(asked, run, context);
  const other = reduceMetric(asked, reference, context);
  if (own.reason !== null) return none(own.reason);
  if (other.reason !== null) return none(`Of the reference: ${other.reason}`);
  const value = own.value - other.value;
  const isPaired = [own, other].every(({ reduction }) => reduction.items === run.items.length);
  const isOrdered = run.items.every(({ key }, index) => key === reference.items[index]?.key);
  if (!isPaired || !isOrdered || run.items.length < 2 || asked.metric.intervalMethod === 'none')
    return { value, reason: null, interval: null };
  const [left, right] = replicate([own.reduction, other.reduction], drawSeed(rng), draws);
  const differences = Float64Array.from(left ?? [], (one, draw) => one - (right?.[draw] ?? NaN));
  if (!differences.every(Number.isFinite)) return { value, reason: null, interval: null };
  const interval = percentileInterval(differences);
  const hasSpread = interval !== null && interval.high > interval.low;
  return { value, reason: null, interval: hasSpread ? interval : null };
}
