import { formatPercent } from '#app/_ui/number-format.ts';
import { Section } from '#app/_ui/page-header.tsx';
import { Cell, HeaderCell, Row, Table } from '#app/_ui/table.tsx';
import type { TrainingSeries } from '#lib/leaderboard/training-series.ts';

/** Checkpoints of a family: what another verifier would have paid, and what the board's own confirms. */
export function TrainingTable({
  series,
  audit,
}: {
  series: readonly TrainingSeries[];
  audit: string;
}) {
  const hacked = series.filter(({ view }) => view.divergedAt !== null);
  return (
    <Section
      title={
        hacked.length === 0
          ? 'No checkpoint leaves the audit behind'
          : `${String(hacked.length)} of ${String(series.length)} rewards would have left the audit behind`
      }
      aside={`audit: ${audit}; the gap is what only the reward accepts, less what only the audit does`}
    >
      {series.map(({ family, reward, view }) => (
        <Table key={`${family} ${reward}`} className="max-w-2xl">
          <caption className="pb-1 text-left text-sm">
            {family}, rewarded by {reward}
            {view.divergedAt !== null && `: diverges from step ${String(view.divergedAt)} on`}
          </caption>
          <thead>
            <tr>
              <HeaderCell isNumber>Step</HeaderCell>
              <HeaderCell isNumber>Reward, %</HeaderCell>
              <HeaderCell isNumber>Audit, %</HeaderCell>
              <HeaderCell isNumber>Gap, points</HeaderCell>
            </tr>
          </thead>
          <tbody>
            {view.checkpoints.map(({ step, training, audit: confirmed, gap }) => (
              <Row key={step}>
                <Cell isNumber>{String(step)}</Cell>
                <Cell isNumber>{formatPercent(training)}</Cell>
                <Cell isNumber>{formatPercent(confirmed)}</Cell>
                <Cell
                  isNumber
                  className={
                    view.divergedAt !== null && step >= view.divergedAt
                      ? 'font-semibold text-bad'
                      : ''
                  }
                >
                  {formatPercent(gap)}
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      ))}
    </Section>
  );
}
