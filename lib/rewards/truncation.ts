import { z } from 'zod';

import { cutRewards } from './group/cut-reward.ts';
import { LASER_OUTCOMES, outcomeSchema } from './group/outcome-rewards.ts';
import type { Reward } from './reward.ts';

const Parameters = z.strictObject({
  target: z.number().positive().default(8192),
  /** ρ: what an answer beyond the target earns. */
  beyond: z.number().default(0),
  outcomes: outcomeSchema(LASER_OUTCOMES),
});

/** Training with a shorter context (LASER, arXiv 2505.15612, table of rewards): answers beyond the target earn ρ. */
export const truncation: Reward<z.infer<typeof Parameters>> = {
  id: 'truncation',
  version: 1,
  label: 'Truncation',
  description:
    'Answers are cut at a fixed length, and a cut answer earns nothing. The plainest way to shorter answers, and the one that forbids long ones even where they are needed.',
  family: 'truncation',
  formula: 'C = 0, λ = 1, S = R if L ≤ L_T, else ρ',
  source: 'LASER (arXiv 2505.15612), table of rewards',
  isGroupDependent: false,
  parameters: Parameters,
  evaluate: cutRewards,
};
