import { z } from 'zod';

import type { Metric } from './metric.ts';
import { reduceToMean } from './reduction/reduction.ts';
import { drawProbability } from './run/hypergeometric.ts';
import { successCounts } from './run/success-counts.ts';

/**
 * The mean of G-Pass@k over thresholds above one half: (2/k) Σ_{i = ⌈k/2⌉ + 1}^{k} G-Pass@k at i/k (LiveMathBench,
 * arXiv 2412.13147). The sums over i are nested, so each draw of j correct counts j − ⌈k/2⌉ times.
 */
export function unbiasedMgPassAtK(n: number, c: number, k: number): number {
  const half = Math.ceil(k / 2);
  let sum = 0;
  for (let j = half + 1; j <= Math.min(c, k); j += 1)
    sum += (j - half) * drawProbability(j, k, n, c);
  return (2 / k) * sum;
}

const Options = z.strictObject({ k: z.int().min(2).max(10_000).default(4) });

export const mgPassAtK: Metric<z.infer<typeof Options>> = {
  id: 'mg-pass-at-k',
  version: 1,
  label: 'mG-Pass@k',
  description:
    'Mean of G-Pass@k over all thresholds above one half: high only for answers that are right nearly every time.',
  formula: '(1/n) Σᵢ (2/k) Σ_{j = ⌈k/2⌉ + 1}^{k} G-Pass@k at j/k',
  source: 'LiveMathBench (arXiv 2412.13147)',
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
      counts.samples.map((n, item) => unbiasedMgPassAtK(n, counts.correct[item] ?? 0, k)),
      { isShare: true, isSingleSample: false },
    );
  },
};
