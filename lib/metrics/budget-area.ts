import { z } from 'zod';

import type { Metric } from './metric.ts';
import { reduceToMean } from './reduction/reduction.ts';
import { correctLengths, doublingGrid, hardCutAccuracy, itemShares } from './run/budget-curve.ts';

const Options = z
  .strictObject({
    maxTokens: z.number().positive().default(32_768),
    /** Where the logarithmic axis begins; shorter answers count as that long. */
    minTokens: z.number().positive().default(128),
    axis: z.enum(['linear', 'log']).default('linear'),
  })
  .refine(({ minTokens, maxTokens }) => minTokens < maxTokens, 'minTokens must be below maxTokens');

/**
 * The area under the hard-cut budget curve, as a share of the whole: mean of c · max(0, 1 − L / B) on a linear axis, of
 * c · ln(B / max(L, b)) / ln(B / b) on a logarithmic one (closed forms of the integral of mean c · I(L ≤ t)).
 */
export const budgetArea: Metric<z.infer<typeof Options>> = {
  id: 'budget-area',
  version: 1,
  label: 'Budget area',
  description:
    'Area under accuracy against a hard token budget, from 0 to 1: what accuracy remains on average when answers are cut at a random budget. A lower bound of what forced answers would reach. Comes with the curve.',
  formula: '(1/B) ∫₀ᴮ A(t) dt, A(t) = mean of c · I(L ≤ t)',
  source: 'Own definition; curves as in REO-RL (arXiv 2506.07104)',
  direction: 'higher',
  unit: 'share',
  needs: ['tokens'],
  isPoolDependent: false,
  intervalMethod: 'bootstrap-items',
  options: Options,
  reduce(run, { maxTokens, minTokens, axis }) {
    const lengths = correctLengths(run);
    if ('reason' in lengths) return lengths;
    const worth =
      axis === 'linear'
        ? (length: number) => Math.max(0, 1 - length / maxTokens)
        : (length: number) =>
            Math.max(0, Math.log(maxTokens / Math.max(length, minTokens))) /
            Math.log(maxTokens / minTokens);
    return {
      ...reduceToMean(itemShares(lengths, worth), {
        isShare: true,
        isSingleSample: false,
      }),
      curves: [
        {
          label: 'Accuracy within the budget',
          points: hardCutAccuracy(lengths, doublingGrid(minTokens, maxTokens)),
        },
      ],
    };
  },
};
