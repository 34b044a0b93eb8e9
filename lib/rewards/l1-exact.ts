import { z } from 'zod';

import { outcomeReward, outcomeSchema, PLAIN_OUTCOMES } from './group/outcome-rewards.ts';
import { toTerm, type Reward } from './reward.ts';

const Parameters = z.strictObject({
  alpha: z.number().default(0.0003),
  target: z.number().positive().default(1024),
  outcomes: outcomeSchema(PLAIN_OUTCOMES),
});

/** Every token away from the requested length costs α, on either side (L1, arXiv 2503.04697). */
export const l1Exact: Reward<z.infer<typeof Parameters>> = {
  id: 'l1-exact',
  version: 1,
  label: 'L1-Exact',
  description:
    'The prompt asks for a number of tokens, and each token more or less costs the same. Also for wrong answers, which therefore learn the length as well.',
  family: 'budget',
  formula: 'C = R, λ = 1, S = −α |L − L_T|',
  source: 'L1 (arXiv 2503.04697)',
  isGroupDependent: false,
  parameters: Parameters,
  evaluate: (group, { alpha, target, outcomes }) =>
    group.map((sample) =>
      toTerm(outcomeReward(sample, outcomes), 1, -alpha * Math.abs(sample.tokens - target)),
    ),
};
