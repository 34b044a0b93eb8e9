import { z } from 'zod';

import { toTerm, type Reward } from './reward.ts';

const Parameters = z.strictObject({
  alpha: z.number().default(0.01),
  delta: z.number().default(0.5),
  target: z.number().positive().default(1024),
  /** `table`: clip(α(L_T − L) + δ, 0, 1). `code`: (clip(α(L_T − L), −1, 1) + 1) / 2, of half the slope; δ plays no part. */
  form: z.enum(['table', 'code']).default('table'),
});

/**
 * A soft ceiling for correct answers (L1, arXiv 2503.04697). Some tables print L − L_T, which would pay for going
 * over the budget; the authors' programme has L_T − L, as here.
 */
export const l1Max: Reward<z.infer<typeof Parameters>> = {
  id: 'l1-max',
  version: 1,
  label: 'L1-Max',
  description:
    'A correct answer earns all well below the budget, half at it and nothing well above it. Both published forms are offered: they agree only at the budget and far from it.',
  family: 'budget',
  formula: 'C = 0, λ = I(R), S = clip(α (L_T − L) + δ, 0, 1)',
  source: 'L1 (arXiv 2503.04697), with the sign of its programme',
  isGroupDependent: false,
  parameters: Parameters,
  evaluate: (group, { alpha, delta, target, form }) =>
    group.map(({ isCorrect, tokens }) => {
      const margin = alpha * (target - tokens);
      const length = form === 'table' ? clip(margin + delta, 0, 1) : (clip(margin, -1, 1) + 1) / 2;
      return toTerm(0, Number(isCorrect), length);
    }),
};

function clip(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
