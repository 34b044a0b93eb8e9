import { ExportFigure } from '#app/_figures/export-figure.client.tsx';
import { pageLines, pageTable } from '#app/_figures/subjects.ts';
import { formatPercent } from '#app/_ui/number-format.ts';
import { Cell, HeaderCell, Row, Table } from '#app/_ui/table.tsx';
import { rewardColumn } from '#lib/figures/views/training-table.ts';
import { checkpointRows, type RewardedSeries } from '#lib/leaderboard/checkpoint-rows.ts';

/** Checkpoints downwards: what the audit confirms, and what each reward would have paid. */
export function CheckpointTable({
  parameter,
  audit,
  rewards,
  caption,
}: {
  parameter: string;
  audit: string;
  rewards: readonly RewardedSeries[];
  caption?: string;
}) {
  return (
    <Table className="max-w-4xl">
      {caption !== undefined && <caption className="pb-1 text-left text-sm">{caption}</caption>}
      <thead>
        <tr>
          <HeaderCell isNumber>{parameter}</HeaderCell>
          <HeaderCell isNumber>Audit: {audit}, %</HeaderCell>
          {rewards.map(({ reward }) => (
            <HeaderCell key={reward} isNumber>
              {reward}, %
            </HeaderCell>
          ))}
        </tr>
      </thead>
      <tbody>
        {checkpointRows(rewards).map(({ step, audit: confirmed, paid }) => (
          <Row key={step}>
            <Cell isNumber>{String(step)}</Cell>
            <Cell isNumber>{formatPercent(confirmed)}</Cell>
            {paid.map(({ reward, accepted, isBeyondAudit }) => (
              <Cell key={reward} isNumber className={isBeyondAudit ? 'font-semibold text-bad' : ''}>
                {formatPercent(accepted)}
              </Cell>
            ))}
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

/** The buttons that make figures of such a table: as it is, and as curves. */
export function CheckpointExports({
  view,
  of,
  rewards,
}: {
  view: 'series-rewards' | 'verifier-training';
  /** What the page asked. */
  of: Readonly<Record<string, unknown>>;
  rewards: readonly RewardedSeries[];
}) {
  const y = ['audit', ...rewards.map(({ reward }) => rewardColumn(reward))];
  return (
    <>
      <ExportFigure subject={pageTable(view, of)} />
      <ExportFigure
        label="Curves for a paper"
        subject={pageLines(view, of, { x: 'step', y, label: 'Accepted (%)' })}
      />
    </>
  );
}
