import { z } from 'zod';

import { toTerm, type Reward } from './reward.ts';

const Parameters = z.strictObject({
  /** λ of the paper: what accuracy against the reference is worth. */
  accuracyWeight: z.number().default(2),
  /** Means over reference samples of the item; null takes the group itself as its reference. */
  reference: z
    .strictObject({ tokens: z.number().positive(), accuracy: z.number().min(0).max(1) })
    .nullable()
    .default(null),
});

/** Length and accuracy against samples of a reference model (O1-Pruner, arXiv 2501.12570). */
export const o1Pruner: Reward<z.infer<typeof Parameters>> = {
  id: 'o1-pruner',
  version: 1,
  label: 'O1-Pruner',
  description:
    'How much shorter than the reference an answer is, plus twice how much better. Half the length is worth as much as being right where the reference is right half the time. An answer of zero tokens has no value.',
  family: 'reference',
  formula: 'C = λ (A − A_ref), λ = 1, S = L_ref / L − 1',
  source: 'O1-Pruner (arXiv 2501.12570)',
  isGroupDependent: true,
  parameters: Parameters,
  evaluate(group, { accuracyWeight, reference }) {
    const count = Math.max(1, group.length);
    const { tokens, accuracy } = reference ?? {
      tokens: group.reduce((sum, sample) => sum + sample.tokens, 0) / count,
      accuracy: group.filter(({ isCorrect }) => isCorrect).length / count,
    };
    return group.map((sample) =>
      sample.tokens <= 0
        ? null
        : toTerm(
            accuracyWeight * (Number(sample.isCorrect) - accuracy),
            1,
            tokens / sample.tokens - 1,
          ),
    );
  },
};
