import type { z } from 'zod';

import { LASER_OUTCOMES, outcomeReward, outcomeSchema } from './group/outcome-rewards.ts';
import { targetOf, TargetParameters } from './group/step-targets.ts';
import { toTerm, type Reward } from './reward.ts';

const Parameters = TargetParameters.extend({ outcomes: outcomeSchema(LASER_OUTCOMES) });

/** LASER with a target for each band of difficulty (LASER-D, arXiv 2505.15612). */
export const laserD: Reward<z.infer<typeof Parameters>> = {
  id: 'laser-d',
  version: 1,
  label: 'LASER-D',
  description:
    'LASER whose target depends on how hard the item is for the model: short for easy items, near the limit for hard ones. The method moves the targets while it trains; the defaults here are ours.',
  family: 'step',
  formula: 'C = R, λ = I(R), S = α I(L ≤ L_A), L_A by the success rate of the group',
  source: 'LASER (arXiv 2505.15612)',
  isGroupDependent: true,
  parameters: Parameters,
  evaluate(group, { alpha, targets, band, outcomes }) {
    const target = targetOf(group, { targets, band });
    return group.map((sample) =>
      toTerm(
        outcomeReward(sample, outcomes),
        Number(sample.isCorrect),
        sample.tokens <= target ? alpha : 0,
      ),
    );
  },
};
