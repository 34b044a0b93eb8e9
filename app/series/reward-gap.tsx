import { ExportFigure } from '#app/_figures/export-figure.client.tsx';
import { pageLines, pageTable } from '#app/_figures/subjects.ts';
import { formatPercent } from '#app/_ui/number-format.ts';
import { Section } from '#app/_ui/page-header.tsx';
import { Cell, HeaderCell, Row, Table } from '#app/_ui/table.tsx';
import { RewardGapPanel } from '#app/verifiers/reward-gap-panel.client.tsx';
import { columnId } from '#lib/figures/views/view.ts';
import { listWords } from '#lib/list-words.ts';
import type { Series } from '#lib/schemas/series.ts';

/** With fewer points nothing is concluded. */
const JUDGED_FROM = 4;

/** What other verifiers would have paid at every point, beside what the board's own confirms. */
export function RewardGap({
  series,
  of,
}: {
  series: Series;
  /** What the page asked, for figures of its tables. */
  of: Readonly<Record<string, unknown>>;
}) {
  const { rewards, parameter } = series;
  const [first] = rewards;
  if (first === undefined) return null;
  const hacked = rewards.filter(({ divergedAt }) => divergedAt !== null);
  const steps = [
    ...new Set(rewards.flatMap(({ checkpoints }) => checkpoints.map(({ step }) => step))),
  ].sort((a, b) => a - b);
  return (
    <Section
      title={
        steps.length < JUDGED_FROM
          ? 'What would other verifiers have paid?'
          : hacked.length === 0
            ? 'No verifier would have paid more than the audit confirms'
            : `As a reward, ${listWords(hacked.map(({ reward }) => reward))} would leave the audit behind from ${parameter} ${String(Math.min(...hacked.flatMap(({ divergedAt }) => divergedAt ?? [])))} on`
      }
      aside={`audit: ${first.audit} · judged from the fourth point on`}
      actions={
        <>
          <ExportFigure subject={pageTable('series-rewards', of)} />
          <ExportFigure
            label="Curves for a paper"
            subject={pageLines('series-rewards', of, {
              x: 'step',
              y: ['audit', ...rewards.map(({ reward }) => `reward_${columnId(reward)}`)],
              label: 'Accepted (%)',
            })}
          />
        </>
      }
    >
      <RewardGapPanel input={{ parameter, audit: first.audit, rewards }} />
      <Table className="max-w-4xl">
        <thead>
          <tr>
            <HeaderCell isNumber>{parameter}</HeaderCell>
            <HeaderCell isNumber>Audit, %</HeaderCell>
            {rewards.map(({ reward }) => (
              <HeaderCell key={reward} isNumber>
                {reward}, %
              </HeaderCell>
            ))}
          </tr>
        </thead>
        <tbody>
          {steps.map((step) => (
            <Row key={step}>
              <Cell isNumber>{String(step)}</Cell>
              <Cell isNumber>
                {formatPercent(first.checkpoints.find((one) => one.step === step)?.audit ?? null)}
              </Cell>
              {rewards.map(({ reward, checkpoints, divergedAt }) => (
                <Cell
                  key={reward}
                  isNumber
                  className={
                    divergedAt !== null && step >= divergedAt ? 'font-semibold text-bad' : ''
                  }
                >
                  {formatPercent(checkpoints.find((one) => one.step === step)?.training ?? null)}
                </Cell>
              ))}
            </Row>
          ))}
        </tbody>
      </Table>
    </Section>
  );
}
