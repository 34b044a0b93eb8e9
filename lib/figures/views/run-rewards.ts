import { readRewards, REWARDED_EXAMPLE, RewardedRun, rewardLabel } from './reward-query.ts';
import type { FigureView } from './view.ts';

/** Whom each reward would have paid in a run. */
export const runRewards: FigureView<RewardedRun> = {
  id: 'run-rewards',
  label: 'Rewards over a run',
  description: 'What each reward pays right and wrong answers of a run, and where it pulls.',
  query: RewardedRun,
  example: REWARDED_EXAMPLE,
  async read(query, sources) {
    const { found, facts } = await readRewards(
      query,
      { subject: 'Rewards over the answers of a run' },
      sources,
    );
    return {
      facts,
      columns: {
        reward: { label: 'Reward', unit: 'text' },
        right: { label: 'Right, mean', unit: 'number', decimals: 2 },
        wrong: { label: 'Wrong, mean', unit: 'number', decimals: 2 },
        rewarded: { label: 'Right rewarded (%)', unit: 'fraction', decimals: 1 },
        punished: { label: 'Wrong punished (%)', unit: 'fraction', decimals: 1 },
        pull: { label: 'Pull (tokens)', unit: 'tokens' },
        valued: { label: 'Valued', unit: 'number' },
      },
      keys: ['reward_id'],
      rows: found.methods.map((one) => ({
        ...{ reward: rewardLabel(one.id), reward_id: one.id },
        ...{ right: one.meanRight, wrong: one.meanWrong },
        ...{ rewarded: one.rightRewarded, punished: one.wrongPunished },
        ...{ pull: one.tokensPull, valued: one.valued },
      })),
    };
  },
};
