import { z } from 'zod';

import type { RewardSample } from '../reward.ts';

/** What correctness alone is worth, by outcome. */
export interface OutcomeRewards {
  correct: number;
  wrong: number;
  /** No answer could be read. */
  unparsed: number;
}

/** The rule reward of LASER's training: 1, −½ and −1 (arXiv 2505.15612). */
export const LASER_OUTCOMES: OutcomeRewards = { correct: 1, wrong: -0.5, unparsed: -1 };

/** One for a correct answer, nothing else. */
export const PLAIN_OUTCOMES: OutcomeRewards = { correct: 1, wrong: 0, unparsed: 0 };

/** The schema of outcome rewards with these defaults, to be changed one by one. */
export function outcomeSchema(defaults: OutcomeRewards) {
  return z
    .strictObject({
      correct: z.number().default(defaults.correct),
      wrong: z.number().default(defaults.wrong),
      unparsed: z.number().default(defaults.unparsed),
    })
    .default(defaults);
}

export function outcomeReward(
  { isCorrect, hasAnswer }: RewardSample,
  outcomes: OutcomeRewards,
): number {
  if (isCorrect) return outcomes.correct;
  return hasAnswer ? outcomes.wrong : outcomes.unparsed;
}
