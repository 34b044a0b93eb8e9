import type { Reward, RewardSample } from '../reward.ts';

/**
 * The reward of one answer against its length, the other answers of its group given: what a reader moves sliders over. Without
 * others the answer is a group of its own. Lengths where the method has no value are left out.
 */
export function rewardCurve(
  reward: Reward,
  parameters: unknown,
  {
    lengths,
    answer,
    others = [],
  }: {
    lengths: readonly number[];
    answer: Omit<RewardSample, 'tokens'>;
    others?: readonly RewardSample[];
  },
): [number, number][] {
  const parsed = reward.parameters.parse(parameters);
  return lengths.flatMap((tokens): [number, number][] => {
    const [term] = reward.evaluate([{ ...answer, tokens }, ...others], parsed);
    return term == null ? [] : [[tokens, term.reward]];
  });
}
