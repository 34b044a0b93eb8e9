import { sumSamples, traceNotes } from '../run/first-correct-share.ts';
import type { MetricSample, RunSamples } from '../run/run-samples.ts';
import { reduceToColumns, type Reduction, type Unavailable } from './reduction.ts';

/** A figure that is the mean of one number per analysed response, over all of them: what the papers on positions print. */
export function reduceToSampleMean(
  run: RunSamples,
  measure: (sample: MetricSample) => number | null,
  emptyReason: string,
): Reduction | Unavailable {
  const sums = sumSamples(run, measure, emptyReason);
  if ('reason' in sums) return sums;
  return {
    ...reduceToColumns([sums.sums, sums.counts], ([sum, count]) =>
      sum === undefined || !count ? null : sum / count,
    ),
    notes: traceNotes(run),
  };
}
