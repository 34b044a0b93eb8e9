import { z } from 'zod';

import { LASER_OUTCOMES, outcomeReward, outcomeSchema } from './group/outcome-rewards.ts';
import { toTerm, type Reward } from './reward.ts';

const Parameters = z.strictObject({
  alpha: z.number().default(0.5),
  target: z.number().positive().default(4096),
  outcomes: outcomeSchema(LASER_OUTCOMES),
});

/** A step: correct answers within the target earn α more (LASER, arXiv 2505.15612). The target itself is within. */
export const laser: Reward<z.infer<typeof Parameters>> = {
  id: 'laser',
  version: 1,
  label: 'LASER',
  description:
    'A correct answer within the target length earns a bonus; a longer one still earns its full reward. Nothing forbids long answers, short ones are only better paid.',
  family: 'step',
  formula: 'C = R, λ = I(R), S = α I(L ≤ L_T)',
  source: 'LASER (arXiv 2505.15612)',
  isGroupDependent: false,
  parameters: Parameters,
  evaluate: (group, { alpha, target, outcomes }) =>
    group.map((sample) =>
      toTerm(
        outcomeReward(sample, outcomes),
        Number(sample.isCorrect),
        sample.tokens <= target ? alpha : 0,
      ),
    ),
};
