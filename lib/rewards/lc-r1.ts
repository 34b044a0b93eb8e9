import { z } from 'zod';

import { outcomeReward, outcomeSchema, PLAIN_OUTCOMES } from './group/outcome-rewards.ts';
import { toTerm, type Reward } from './reward.ts';

const Parameters = z.strictObject({
  lengthWeight: z.number().default(1),
  compressWeight: z.number().default(1),
  /** Null takes the longest correct answer of the group. */
  longest: z.number().positive().nullable().default(null),
  outcomes: outcomeSchema(PLAIN_OUTCOMES),
});

/**
 * Length against the longest correct answer, and the share of the trace after its first correct answer (LC-R1, arXiv
 * 2506.14755). The compressed trace of the paper is taken to end where the right answer first stands.
 */
export const lcR1: Reward<z.infer<typeof Parameters>> = {
  id: 'lc-r1',
  version: 1,
  label: 'LC-R1',
  description:
    'Two rewards for correct answers: shorter than the longest correct one, and the part of the trace that could be cut off after the first correct answer. Needs the position of that answer; a correct sample without it has no value.',
  family: 'redundancy',
  formula: 'C = R, λ = I(R), S = a (1 − L / L_max) + b (1 − t(o′) / t(o))',
  source: 'LC-R1 (arXiv 2506.14755)',
  isGroupDependent: true,
  parameters: Parameters,
  evaluate(group, { lengthWeight, compressWeight, longest, outcomes }) {
    const correct = group.filter(({ isCorrect }) => isCorrect).map(({ tokens }) => tokens);
    const most = longest ?? Math.max(0, ...correct);
    return group.map((sample) => {
      if (!sample.isCorrect) return toTerm(outcomeReward(sample, outcomes), 0, 0);
      if (sample.firstCorrectTokens === null || sample.tokens <= 0 || most <= 0) return null;
      const shorter = 1 - sample.tokens / most;
      const compressed = 1 - Math.min(1, sample.firstCorrectTokens / sample.tokens);
      return toTerm(outcomes.correct, 1, lengthWeight * shorter + compressWeight * compressed);
    });
  },
};
