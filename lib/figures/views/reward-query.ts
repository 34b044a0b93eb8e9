import { z } from 'zod';
import { RewardsRequest } from '#lib/schemas/rewards.ts';
import { rewards } from '#lib/rewards/index.ts';
import { RunChoice, findRunId } from '../run-choice.ts';
import type { FigureSources } from '../sources.ts';
import { factsOfRuns } from './run-query.ts';

export const RewardedRun = z.strictObject({
  ...{ run: RunChoice, rewards: RewardsRequest.shape.rewards },
});
export type RewardedRun = z.infer<typeof RewardedRun>;

export const REWARDED_EXAMPLE = {
  run: { benchmark: 'laconic-demo', label: 'search-unlimited' },
  rewards: [{ id: 'laser' }, { id: 'l1-max' }],
};

export function rewardLabel(id: string): string {
  return rewards.has(id) ? rewards.get(id).label : id;
}

/** What the rewards pay over the answers of a run, with what a caption says of it. */
export async function readRewards(
  { run, rewards: chosen }: RewardedRun,
  about: { subject: string; limit?: number; notes?: string[] },
  sources: FigureSources,
) {
  const id = await findRunId(run, sources);
  const found = await sources.runRewards({ run: id, rewards: chosen, limit: about.limit ?? 0 });
  const { samples, items, column, leftOut } = found;
  const notes = [
    `${String(samples)} samples of ${String(items)} items, tokens by ${column}; an item's samples are a group.`,
    ...(leftOut > 0 ? [`${String(leftOut)} samples have no verdict or no length.`] : []),
    ...(about.notes ?? []),
  ];
  const facts = await factsOfRuns([id], { subject: about.subject, notes }, sources);
  return { found, facts };
}
