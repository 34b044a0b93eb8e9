import { checkpointRows, type RewardedSeries } from '#lib/leaderboard/checkpoint-rows.ts';
import type { Cell } from '../figure-data.ts';
import { columnId, type ViewColumn, type ViewTable } from './view.ts';

/** The column of what a verifier would have paid. */
export function rewardColumn(reward: string): string {
  return `reward_${columnId(reward)}`;
}

/** Checkpoints downwards; what the audit confirms, then what each other verifier would have paid. */
export function trainingTable(
  { parameter, audit }: { parameter: string; audit: string },
  rewards: readonly RewardedSeries[],
): Pick<ViewTable, 'columns' | 'rows'> {
  const columns: Record<string, ViewColumn> = {
    step: { label: parameter, unit: 'number' },
    audit: { label: `Audit: ${audit} (%)`, unit: 'fraction', decimals: 1 },
  };
  for (const { reward } of rewards)
    columns[rewardColumn(reward)] = { label: `${reward} (%)`, unit: 'fraction', decimals: 1 };
  const rows = checkpointRows(rewards).map(({ step, audit: confirmed, paid }) => {
    const row: Record<string, Cell> = { step, audit: confirmed };
    for (const { reward, accepted } of paid) row[rewardColumn(reward)] = accepted;
    return row;
  });
  return { columns, rows };
}
