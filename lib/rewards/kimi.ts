import { z } from 'zod';

import { outcomeReward, outcomeSchema, PLAIN_OUTCOMES } from './group/outcome-rewards.ts';
import { toTerm, type Reward } from './reward.ts';

const Parameters = z.strictObject({
  /** λ. LASER's programme uses 0.4. */
  weight: z.number().default(1),
  /** Null takes the shortest and longest answer of the group. */
  range: z.strictObject({ shortest: z.number(), longest: z.number() }).nullable().default(null),
  outcomes: outcomeSchema(PLAIN_OUTCOMES),
});

/** Length against the range of the group: ½ for the shortest to −½ for the longest (Kimi k1.5, arXiv 2501.12599, section 2.3.3). */
export const kimi: Reward<z.infer<typeof Parameters>> = {
  id: 'kimi',
  version: 1,
  label: 'Kimi k1.5',
  description:
    'The shortest answer of a group gains a half, the longest loses a half, all others in proportion; a wrong answer may lose but never gain. Nothing when all are equally long.',
  family: 'group',
  formula: 'C = R, λ = 1, S = t if correct, else min(0, t); t = ½ − (L − L_min) / (L_max − L_min)',
  source: 'Kimi k1.5 (arXiv 2501.12599), section 2.3.3',
  isGroupDependent: true,
  parameters: Parameters,
  evaluate(group, { weight, range, outcomes }) {
    const lengths = group.map(({ tokens }) => tokens);
    const shortest = range?.shortest ?? Math.min(...lengths);
    const longest = range?.longest ?? Math.max(...lengths);
    return group.map((sample) => {
      const place =
        longest > shortest ? 0.5 - (sample.tokens - shortest) / (longest - shortest) : 0;
      const length = sample.isCorrect ? place : Math.min(0, place);
      return toTerm(outcomeReward(sample, outcomes), weight, length);
    });
  },
};
