import { z } from 'zod';

import { toTerm, type Reward } from './reward.ts';

const Parameters = z.strictObject({
  alpha: z.number().default(2),
  beta: z.number().default(0.001),
  /** Null takes the sample optimal length of the group. */
  optimal: z.number().min(0).nullable().default(null),
});

/** Distance to the shortest correct answer of the group (ShorterBetter, arXiv 2504.21370); to the mean length when none is correct. */
export const shorterBetter: Reward<z.infer<typeof Parameters>> = {
  id: 'shorter-better',
  version: 1,
  label: 'ShorterBetter',
  description:
    'Each token away from the shortest correct answer of the group costs β, longer or shorter; without a correct answer the mean length is the aim. The default of β is ours.',
  family: 'group',
  formula: 'C = α I(R), λ = 1, S = −β |L − SOL|',
  source: 'ShorterBetter (arXiv 2504.21370)',
  isGroupDependent: true,
  parameters: Parameters,
  evaluate(group, { alpha, beta, optimal }) {
    const correct = group.filter(({ isCorrect }) => isCorrect).map(({ tokens }) => tokens);
    const mean = group.reduce((sum, { tokens }) => sum + tokens, 0) / Math.max(1, group.length);
    const aim = optimal ?? (correct.length > 0 ? Math.min(...correct) : mean);
    return group.map(({ isCorrect, tokens }) =>
      toTerm(isCorrect ? alpha : 0, 1, -beta * Math.abs(tokens - aim)),
    );
  },
};
