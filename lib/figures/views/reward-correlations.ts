import { readRewards, REWARDED_EXAMPLE, RewardedRun, rewardLabel } from './reward-query.ts';
import { columnId, type FigureView, type ViewColumn } from './view.ts';

/** How far rewards order the answers of a run alike. */
export const rewardCorrelations: FigureView<RewardedRun> = {
  id: 'reward-correlations',
  label: 'Agreement of rewards',
  description: "Spearman's rank correlation between rewards over the answers of a run.",
  query: RewardedRun,
  example: REWARDED_EXAMPLE,
  async read(query, sources) {
    const subject = "Rank correlation (Spearman's ρ) of rewards over the answers of a run";
    const { found, facts } = await readRewards(query, { subject }, sources);
    const { methods, correlations } = found;
    const columns: Record<string, ViewColumn> = { reward: { label: 'Reward', unit: 'text' } };
    for (const { id } of methods)
      columns[columnId(id)] = { label: rewardLabel(id), unit: 'number', decimals: 2 };
    return {
      facts: { ...facts, notes: [...facts.notes, `Of the ${found.correlatedBy}.`] },
      columns,
      rows: methods.map(({ id }, row) => ({
        reward: rewardLabel(id),
        ...Object.fromEntries(
          methods.map((other, column) => [columnId(other.id), correlations[row]?.[column] ?? null]),
        ),
      })),
    };
  },
};
