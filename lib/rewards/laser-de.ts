import type { z } from 'zod';

import { LASER_OUTCOMES, outcomeReward, outcomeSchema } from './group/outcome-rewards.ts';
import { targetOf, TargetParameters } from './group/step-targets.ts';
import { toTerm, type Reward } from './reward.ts';

const Parameters = TargetParameters.extend({ outcomes: outcomeSchema(LASER_OUTCOMES) });

/**
 * LASER-D that also pays wrong answers for going on beyond the target (LASER-DE, arXiv 2505.15612). As in its
 * programme only those with an answer that do not end in a loop, or looping would pay.
 */
export const laserDe: Reward<z.infer<typeof Parameters>> = {
  id: 'laser-de',
  version: 1,
  label: 'LASER-DE',
  description:
    'LASER-D that encourages exploration: a wrong answer beyond the target loses less, unless it has no answer or ends in a loop.',
  family: 'step',
  formula: 'C = R, λ = 1, S = α I(R) I(L ≤ L_A) + α (1 − I(R)) I(L > L_A)',
  source: 'LASER (arXiv 2505.15612)',
  isGroupDependent: true,
  parameters: Parameters,
  evaluate(group, { alpha, targets, band, outcomes }) {
    const target = targetOf(group, { targets, band });
    return group.map((sample) => {
      const isWithin = sample.tokens <= target;
      const explores = !isWithin && sample.hasAnswer && !sample.isLoop;
      const isPaid = sample.isCorrect ? isWithin : explores;
      return toTerm(outcomeReward(sample, outcomes), 1, isPaid ? alpha : 0);
    });
  },
};
