import { z } from 'zod';

import { outcomeReward, outcomeSchema, PLAIN_OUTCOMES } from './group/outcome-rewards.ts';
import { toTerm, type Reward, type RewardSample } from './reward.ts';

const Parameters = z.strictObject({
  alpha: z.number().default(0.1),
  /**
   * `population`: deviation and 10⁻⁷ as in the authors' programme. `sample`: deviation with n − 1 and 10⁻⁶ as in LASER's, which
   * also takes the raw length as the score of a lone correct answer, nearly the full penalty.
   */
  deviation: z.enum(['population', 'sample']).default('population'),
  /** Null takes mean and deviation from the correct answers of the group. */
  centre: z
    .strictObject({ mean: z.number(), deviation: z.number().min(0) })
    .nullable()
    .default(null),
  outcomes: outcomeSchema(PLAIN_OUTCOMES),
});

/** Correct answers lose up to α by how long they are among the correct ones (Arora and Zanette 2025, arXiv 2502.04463). */
export const aroraZanette: Reward<z.infer<typeof Parameters>> = {
  id: 'arora-zanette',
  version: 1,
  label: 'Training to reason efficiently',
  description:
    'A correct answer loses up to the share α of its reward, by a sigmoid of its length against the other correct answers of the group. Wrong and cut answers are left alone.',
  family: 'group',
  formula: 'C = R, λ = I(R), S = −α σ((L − mean) / deviation) over correct answers',
  source: 'Arora and Zanette 2025 (arXiv 2502.04463)',
  isGroupDependent: true,
  parameters: Parameters,
  evaluate(group, { alpha, deviation, centre, outcomes }) {
    const lengths = group.filter(earns).map(({ tokens }) => tokens);
    const spread = centre === null ? spreadOf(lengths, deviation) : { ...centre, epsilon: 1e-7 };
    return group.map((sample) => {
      if (!earns(sample)) {
        const lost = sample.isCorrect ? { ...sample, isCorrect: false, hasAnswer: false } : sample;
        return toTerm(outcomeReward(lost, outcomes), 0, 0);
      }
      const z = (sample.tokens - spread.mean) / (spread.deviation + spread.epsilon);
      return toTerm(outcomes.correct, 1, -alpha * outcomes.correct * sigmoid(z));
    });
  },
};

function earns({ isCorrect, isCut }: RewardSample): boolean {
  return isCorrect && !isCut;
}

function spreadOf(
  lengths: readonly number[],
  kind: 'population' | 'sample',
): { mean: number; deviation: number; epsilon: number } {
  const epsilon = kind === 'population' ? 1e-7 : 1e-6;
  if (kind === 'sample' && lengths.length < 2) return { mean: 0, deviation: 1, epsilon };
  const count = Math.max(1, lengths.length);
  const mean = lengths.reduce((sum, length) => sum + length, 0) / count;
  const squares = lengths.reduce((sum, length) => sum + (length - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (kind === 'sample' ? count - 1 : count)), epsilon };
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
