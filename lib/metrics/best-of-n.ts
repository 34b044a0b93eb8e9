import { z } from 'zod';

import type { Metric } from './metric.ts';
import { reduceToMean, unavailable } from './reduction/reduction.ts';
import { logChoose } from './run/hypergeometric.ts';
import { isCorrect, type MetricItem, type MetricSample } from './run/run-samples.ts';
import { successCounts } from './run/success-counts.ts';

const Options = z.strictObject({
  /** The uploaded score that chooses. */
  signal: z.string().min(1).default('reward'),
  /** Null chooses among all samples. */
  n: z.int().min(1).max(10_000).nullable().default(null),
});

/**
 * Accuracy of the sample with the highest uploaded score (RM@k of the Qwen2.5-Math evaluation, arXiv 2409.12122).
 * The first of equal scores wins. For n below the number of samples the exact mean over all choices of n: the sample of rank r
 * is chosen when it is drawn and none above it is.
 */
export const bestOfN: Metric<z.infer<typeof Options>> = {
  id: 'best-of-n',
  version: 1,
  label: 'Best of n',
  description:
    'Accuracy when an uploaded score, such as that of a reward model, chooses one of n samples. Samples without a score are never chosen.',
  formula: '(1/n) Σᵢ P(the highest-scored of n samples is correct)',
  source: 'Qwen2.5-Math (arXiv 2409.12122) (RM@k)',
  direction: 'higher',
  unit: 'share',
  needs: ['repeats', 'signal'],
  isPoolDependent: false,
  intervalMethod: 'bootstrap-items',
  options: Options,
  reduce(run, { signal, n }) {
    const hasSignal = run.items.some(({ samples }) =>
      samples.some(({ signals }) => signals[signal] !== undefined),
    );
    if (!hasSignal) return unavailable(`No sample carries a score called "${signal}".`);
    const counts = successCounts(run, n ?? 1);
    if ('reason' in counts) return counts;
    return reduceToMean(
      run.items.map((item, position) => {
        const total = counts.samples[position] ?? 0;
        return chosenAccuracy(item, { signal, n: n ?? total, total });
      }),
      { isShare: true, isSingleSample: false },
    );
  },
};

function chosenAccuracy(
  item: MetricItem,
  { signal, n, total }: { signal: string; n: number; total: number },
): number {
  const scoreOf = ({ signals }: MetricSample): number => signals[signal] ?? -Infinity;
  const ranked = item.samples
    .filter(({ signals }) => signals[signal] !== undefined)
    .sort((a, b) => scoreOf(b) - scoreOf(a));
  let chance = 0;
  ranked.forEach((sample, above) => {
    if (!isCorrect(sample) || total - above - 1 < n - 1) return;
    chance += Math.exp(logChoose(total - above - 1, n - 1) - logChoose(total, n));
  });
  return Math.min(1, chance);
}
