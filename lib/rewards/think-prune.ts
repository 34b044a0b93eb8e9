import { z } from 'zod';

import { cutRewards } from './group/cut-reward.ts';
import { outcomeSchema, PLAIN_OUTCOMES } from './group/outcome-rewards.ts';
import type { Reward } from './reward.ts';

const Parameters = z
  .strictObject({
    /** Targets of the stages of training, lowered by hand. */
    stages: z.array(z.number().positive()).min(1).max(16).default([4096, 3072, 2048]),
    /** From 0. */
    stage: z.int().min(0).default(0),
    beyond: z.number().default(0),
    outcomes: outcomeSchema(PLAIN_OUTCOMES),
  })
  .refine(({ stages, stage }) => stage < stages.length, {
    message: 'There is no such stage.',
    path: ['stage'],
  });

/** Truncation with a target that falls over the stages of training (ThinkPrune, arXiv 2504.01296). */
export const thinkPrune: Reward<z.infer<typeof Parameters>> = {
  id: 'think-prune',
  version: 1,
  label: 'ThinkPrune',
  description:
    'Truncation whose target is lowered stage by stage, so that the model is never asked for more than it has nearly learned.',
  family: 'truncation',
  formula: 'C = 0, λ = 1, S = R if L ≤ L_A, else ρ; L_A falls from stage to stage',
  source: 'ThinkPrune (arXiv 2504.01296)',
  isGroupDependent: false,
  parameters: Parameters,
  evaluate: (group, { stages, stage, beyond, outcomes }) =>
    cutRewards(group, { target: stages[stage] ?? Infinity, beyond, outcomes }),
};
