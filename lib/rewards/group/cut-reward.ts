import { toTerm, type RewardSample, type RewardTerm } from '../reward.ts';
import { outcomeReward, type OutcomeRewards } from './outcome-rewards.ts';

/** All of the reward within the target, a fixed one beyond it: C = 0, λ = 1. */
export function cutRewards(
  group: readonly RewardSample[],
  { target, beyond, outcomes }: { target: number; beyond: number; outcomes: OutcomeRewards },
): RewardTerm[] {
  return group.map((sample) =>
    toTerm(0, 1, sample.tokens <= target ? outcomeReward(sample, outcomes) : beyond),
  );
}
