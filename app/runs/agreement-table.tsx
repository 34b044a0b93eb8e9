import { ExportFigure } from '#app/_figures/export-figure.client.tsx';
import { runTableSubject } from '#app/_figures/subjects.ts';
import { Cell, HeaderCell, Row, Table } from '#app/_ui/table.tsx';
import { formatCount, formatPercent } from '#app/_ui/number-format.ts';
import { Section } from '#app/_ui/page-header.tsx';
import type { Run, RunFigures } from '#lib/schemas/run.ts';

/** Our verdicts against the score that the source gave itself: two by two. */
export function AgreementTable({
  run,
  agreement,
}: {
  run: Run;
  agreement: NonNullable<RunFigures['agreement']>;
}) {
  return (
    <Section
      title="Does the source's own score agree?"
      aside={
        <span className="flex items-baseline gap-3">
          agree on {formatPercent(agreement.share)} %
          <ExportFigure subject={runTableSubject(run, { show: 'agreement' })} />
        </span>
      }
    >
      <Table className="max-w-md">
        <thead>
          <tr>
            <HeaderCell>Answers</HeaderCell>
            <HeaderCell isNumber>Source: right</HeaderCell>
            <HeaderCell isNumber>Source: wrong</HeaderCell>
          </tr>
        </thead>
        <tbody>
          <Row>
            <Cell>Here: right</Cell>
            <Cell isNumber>{formatCount(agreement.bothCorrect)}</Cell>
            <Cell isNumber className={agreement.onlyOurs > 0 ? 'font-semibold' : ''}>
              {formatCount(agreement.onlyOurs)}
            </Cell>
          </Row>
          <Row>
            <Cell>Here: not right</Cell>
            <Cell isNumber className={agreement.onlyReported > 0 ? 'font-semibold' : ''}>
              {formatCount(agreement.onlyReported)}
            </Cell>
            <Cell isNumber>{formatCount(agreement.neither)}</Cell>
          </Row>
        </tbody>
      </Table>
    </Section>
  );
}
