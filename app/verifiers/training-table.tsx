import { ExportFigure } from '#app/_figures/export-figure.client.tsx';
import { pageLines, pageTable } from '#app/_figures/subjects.ts';
import { formatPercent } from '#app/_ui/number-format.ts';
import { Section } from '#app/_ui/page-header.tsx';
import { Cell, HeaderCell, Row, Table } from '#app/_ui/table.tsx';
import { columnId } from '#lib/figures/views/view.ts';
import type { TrainingSeries } from '#lib/leaderboard/training-series.ts';
import { listWords } from '#lib/list-words.ts';
import { RewardGapPanel } from './reward-gap-panel.client.tsx';

/** Checkpoints of a family: what other verifiers would have paid, beside what the board's own confirms. */
export function TrainingTables({
  series,
  audit,
  benchmark,
}: {
  series: readonly TrainingSeries[];
  audit: string;
  benchmark: string;
}) {
  const hacked = series.filter(({ view }) => view.divergedAt !== null);
  const families = Map.groupBy(series, ({ family }) => family);
  return (
    <Section
      title={
        hacked.length === 0
          ? 'No checkpoint leaves the audit behind'
          : `As a reward, ${listWords([...new Set(hacked.map(({ reward }) => reward))])} would have left the audit behind`
      }
      aside={`audit: ${audit}; orange: the reward rises above what the audit confirms, by more than in the first three checkpoints and by more than chance`}
    >
      {[...families].map(([family, rewards]) => (
        <div key={family} className="flex flex-col gap-3">
          <RewardGapPanel
            input={{
              parameter: 'step',
              audit,
              rewards: rewards.map(({ reward, view }) => ({ reward, ...view })),
            }}
          />
          <TrainingTable family={family} rewards={rewards} audit={audit} />
          <div className="flex flex-wrap gap-2">
            <ExportFigure subject={pageTable('verifier-training', { benchmark, family })} />
            <ExportFigure
              label="Curves for a paper"
              subject={pageLines(
                'verifier-training',
                { benchmark, family },
                {
                  x: 'step',
                  y: ['audit', ...rewards.map(({ reward }) => `reward_${columnId(reward)}`)],
                  label: 'Accepted (%)',
                },
              )}
            />
          </div>
        </div>
      ))}
    </Section>
  );
}

function TrainingTable({
  family,
  rewards,
  audit,
}: {
  family: string;
  rewards: readonly TrainingSeries[];
  audit: string;
}) {
  const steps = rewards[0]?.view.checkpoints ?? [];
  return (
    <Table className="max-w-4xl">
      <caption className="pb-1 text-left text-sm">
        {family}: accepted at each checkpoint, percent
      </caption>
      <thead>
        <tr>
          <HeaderCell isNumber>Step</HeaderCell>
          <HeaderCell isNumber>Audit: {audit}</HeaderCell>
          {rewards.map(({ reward }) => (
            <HeaderCell key={reward} isNumber>
              {reward}
            </HeaderCell>
          ))}
        </tr>
      </thead>
      <tbody>
        {steps.map(({ step, audit: confirmed }, row) => (
          <Row key={step}>
            <Cell isNumber>{String(step)}</Cell>
            <Cell isNumber>{formatPercent(confirmed)}</Cell>
            {rewards.map(({ reward, view }) => {
              const isHacked = view.divergedAt !== null && step >= view.divergedAt;
              return (
                <Cell key={reward} isNumber className={isHacked ? 'font-semibold text-bad' : ''}>
                  {formatPercent(view.checkpoints[row]?.training ?? null)}
                </Cell>
              );
            })}
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
