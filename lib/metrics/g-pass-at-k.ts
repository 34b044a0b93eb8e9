import { z } from 'zod';

import type { Metric } from './metric.ts';
import { reduceToMean } from './reduction/reduction.ts';
import { drawProbability } from './run/hypergeometric.ts';
import { successCounts } from './run/success-counts.ts';

/**
 * The chance that at least ⌈τk⌉ of k samples are correct (LiveMathBench, arXiv 2412.13147). At least one, so that
 * τ = 0 is pass@k and not 1.
 */
export function unbiasedGPassAtK(
  n: number,
  c: number,
  options: { k: number; tau: number },
): number {
  const { k, tau } = options;
  // τ·k such as 0.7 × 10 must not be lifted over its integer by rounding.
  const least = Math.max(1, Math.ceil(tau * k - 1e-9));
  let sum = 0;
  for (let j = least; j <= Math.min(c, k); j += 1) sum += drawProbability(j, k, n, c);
  return Math.min(1, sum);
}

const Options = z.strictObject({
  k: z.int().min(1).max(10_000).default(4),
  tau: z.number().min(0).max(1).default(0.5),
});

export const gPassAtK: Metric<z.infer<typeof Options>> = {
  id: 'g-pass-at-k',
  version: 1,
  label: 'G-Pass@k',
  description:
    'Chance that at least the share τ of k samples is correct: between pass@k and pass^k.',
  formula: '(1/n) Σᵢ Σ_{j = max(⌈τk⌉, 1)}^{min(c, k)} C(c, j) C(n − c, k − j) / C(n, k)',
  source: 'LiveMathBench (arXiv 2412.13147)',
  direction: 'higher',
  unit: 'share',
  needs: ['repeats'],
  isPoolDependent: false,
  intervalMethod: 'bootstrap-items',
  options: Options,
  reduce(run, { k, tau }) {
    const counts = successCounts(run, k);
    if ('reason' in counts) return counts;
    return reduceToMean(
      counts.samples.map((n, item) => unbiasedGPassAtK(n, counts.correct[item] ?? 0, { k, tau })),
      { isShare: true, isSingleSample: false },
    );
  },
};
