import { z } from 'zod';

import type { Metric } from './metric.ts';
import { reduceToMean } from './reduction/reduction.ts';
import { successCounts } from './run/success-counts.ts';

/** The chance that k samples are all correct: C(c, k) / C(n, k) (τ-bench, arXiv 2406.12045). 0 when c < k. */
export function unbiasedPassHatK(n: number, c: number, k: number): number {
  let product = 1;
  for (let j = 0; j < k; j += 1) product *= Math.max(0, c - j) / (n - j);
  return product;
}

const Options = z.strictObject({ k: z.int().min(1).max(10_000).default(2) });

export const passHatK: Metric<z.infer<typeof Options>> = {
  id: 'pass-hat-k',
  version: 1,
  label: 'pass^k',
  description: 'Chance that k samples of an item are all correct: reliability rather than luck.',
  formula: '(1/n) Σᵢ C(cᵢ, k) / C(nᵢ, k)',
  source: 'τ-bench (arXiv 2406.12045)',
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
      counts.samples.map((n, item) => unbiasedPassHatK(n, counts.correct[item] ?? 0, k)),
      { isShare: true, isSingleSample: false },
    );
  },
};
