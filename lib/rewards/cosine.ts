import { z } from 'zod';

import { toTerm, type Reward } from './reward.ts';

const Parameters = z.strictObject({
  maxTokens: z.number().positive().default(14_336),
  /** Answers this close to the limit count as over it. */
  margin: z.number().min(0).default(0),
  correctAtZero: z.number().default(2),
  correctAtMax: z.number().default(1),
  wrongAtZero: z.number().default(-10),
  wrongAtMax: z.number().default(0),
  exceeded: z.number().default(-10),
});

/** Half a cosine wave from `atZero` at length 0 to `atMax` at the limit (Yeo et al. 2025, arXiv 2502.03373). */
export function cosineOf(
  tokens: number,
  { maxTokens, atZero, atMax }: { maxTokens: number; atZero: number; atMax: number },
): number {
  return atMax + 0.5 * (atZero - atMax) * (1 + Math.cos((Math.PI * tokens) / maxTokens));
}

export const cosine: Reward<z.infer<typeof Parameters>> = {
  id: 'cosine',
  version: 1,
  label: 'Cosine reward',
  description:
    'Correct answers earn less the longer they are, wrong answers lose less: be brief when right, think on when wrong. Over the limit a fixed penalty. The penalty for repeated n-grams of the paper is not part of it.',
  family: 'shape',
  formula:
    'C = 0, λ = 1, S = r_L + ½ (r_0 − r_L)(1 + cos(π L / L_max)); beyond L_max a fixed penalty',
  source: 'Demystifying Long Chain-of-Thought Reasoning (arXiv 2502.03373)',
  isGroupDependent: false,
  parameters: Parameters,
  evaluate: (group, parameters) =>
    group.map(({ isCorrect, tokens }) => {
      const { maxTokens, margin, exceeded } = parameters;
      if (tokens + margin >= maxTokens) return toTerm(0, 1, exceeded);
      const [atZero, atMax] = isCorrect
        ? [parameters.correctAtZero, parameters.correctAtMax]
        : [parameters.wrongAtZero, parameters.wrongAtMax];
      return toTerm(0, 1, cosineOf(tokens, { maxTokens, atZero, atMax }));
    }),
};
