import { z } from 'zod';

import type { Metric } from './metric.ts';
import { reduceToMean } from './reduction/reduction.ts';
import { successCounts } from './run/success-counts.ts';

/**
 * The chance that at least one of k samples is correct, estimated without bias from n samples of which c are correct
 * (Chen et al. 2021, arXiv 2107.03374, section 2.1). As a product, because the binomials overflow.
 */
export function unbiasedPassAtK(n: number, c: number, k: number): number {
  if (n - c < k) return 1;
  let fail = 1;
  for (let j = n - c + 1; j <= n; j += 1) fail *= 1 - k / j;
  return 1 - fail;
}

const Options = z.strictObject({ k: z.int().min(1).max(10_000).default(1) });

export const passAtK: Metric<z.infer<typeof Options>> = {
  id: 'pass-at-k',
  version: 1,
  label: 'pass@k',
  description:
    'Chance that at least one of k samples of an item is correct, by the unbiased estimator. Intervals resample items only: resampling the samples of an item would bias it.',
  formula: '(1/n) Σᵢ [1 − C(nᵢ − cᵢ, k) / C(nᵢ, k)]',
  source: 'Chen et al. 2021 (arXiv 2107.03374), section 2.1',
  direction: 'higher',
  unit: 'share',
  needs: ['repeats'],
  isPoolDependent: false,
  intervalMethod: 'bootstrap-items',
  options: Options,
  reduce(run, { k }) {
    const counts = successCounts(run, k);
    if ('reason' in counts) return counts;
    return reduceToMean(
      counts.samples.map((n, item) => unbiasedPassAtK(n, counts.correct[item] ?? 0, k)),
      { isShare: true, isSingleSample: false },
    );
  },
};
