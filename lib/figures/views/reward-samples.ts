import { AppError } from '#lib/errors.ts';
import { readRewards, REWARDED_EXAMPLE, RewardedRun, rewardLabel } from './reward-query.ts';
import { columnId, type FigureView, type ViewColumn } from './view.ts';

/** As many as the page lists. */
const SHOWN = 50;

/** The answers on which rewards disagree most. */
export const rewardSamples: FigureView<RewardedRun> = {
  id: 'reward-samples',
  label: 'Where rewards disagree',
  description: 'The answers of a run on which rewards disagree most: advantage and reward of each.',
  query: RewardedRun,
  example: REWARDED_EXAMPLE,
  async read(query, sources) {
    const subject = 'Answers on which the rewards disagree most';
    const notes = ['Advantages within the group, as GRPO computes them.'];
    const { found, facts } = await readRewards(query, { subject, notes, limit: SHOWN }, sources);
    if (found.list.length === 0)
      throw new AppError('unprocessable', 'No sample of this run has a verdict and a length.');
    const columns: Record<string, ViewColumn> = {
      item: { label: 'Item', unit: 'text' },
      sample: { label: 'Sample', unit: 'number' },
      outcome: { label: 'Outcome', unit: 'text' },
      tokens: { label: 'Tokens', unit: 'tokens' },
    };
    for (const { id } of found.methods) {
      const label = rewardLabel(id);
      columns[`advantage_${columnId(id)}`] = { label, unit: 'number', decimals: 2 };
      columns[`reward_${columnId(id)}`] = { label: `${label}, paid`, unit: 'number', decimals: 2 };
    }
    return {
      facts,
      columns,
      rows: found.list.map(({ itemKey, sampleIndex, outcome, tokens, advantages, rewards }) => ({
        ...{ item: itemKey, sample: sampleIndex, outcome, tokens },
        ...Object.fromEntries(
          found.methods.flatMap(({ id }, at) => [
            [`advantage_${columnId(id)}`, advantages[at] ?? null],
            [`reward_${columnId(id)}`, rewards[at] ?? null],
          ]),
        ),
      })),
    };
  },
};
