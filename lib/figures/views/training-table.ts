import type { Cell } from '../figure-data.ts';
import { columnId, type ViewColumn, type ViewTable } from './view.ts';

interface Rewarded {
  readonly reward: string;
  readonly audit: string;
  readonly checkpoints: readonly {
    readonly step: number;
    readonly training: number | null;
    readonly audit: number | null;
  }[];
}

/** Checkpoints downwards; what the audit confirms, then what each other verifier would have paid. */
export function trainingTable(
  parameter: string,
  rewards: readonly Rewarded[],
): Pick<ViewTable, 'columns' | 'rows'> {
  const columns: Record<string, ViewColumn> = {
    step: { label: parameter, unit: 'number' },
    audit: { label: `Audit: ${rewards[0]?.audit ?? ''} (%)`, unit: 'fraction', decimals: 1 },
  };
  const idOf = (reward: string) => `reward_${columnId(reward)}`;
  for (const { reward } of rewards)
    columns[idOf(reward)] = { label: `${reward} (%)`, unit: 'fraction', decimals: 1 };
  const steps = [
    ...new Set(rewards.flatMap(({ checkpoints }) => checkpoints.map(({ step }) => step))),
  ].sort((a, b) => a - b);
  const rows = steps.map((step) => {
    const row: Record<string, Cell> = { step, audit: null };
    for (const { reward, checkpoints } of rewards) {
      const found = checkpoints.find((one) => one.step === step);
      row.audit ??= found?.audit ?? null;
      row[idOf(reward)] = found?.training ?? null;
    }
    return row;
  });
  return { columns, rows };
}
