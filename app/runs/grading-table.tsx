import Link from 'next/link';
import { ExportFigure } from '#app/_figures/export-figure.client.tsx';
import { runTableSubject } from '#app/_figures/subjects.ts';
import { formatCount, formatPercent } from '#app/_ui/number-format.ts';
import { Section } from '#app/_ui/page-header.tsx';
import { Cell, HeaderCell, Row, Table } from '#app/_ui/table.tsx';
import type { Run } from '#lib/schemas/run.ts';

const SHOWN = 4;

/** What the run would score under other policies and by other verifiers, with the attempts in dispute. */
export function GradingTable({ run }: { run: Run }) {
  const { gradings, sensitivity, figures } = run;
  if (gradings.length === 0) return null;
  return (
    <Section
      title={findingOf(run)}
      aside={
        <span className="flex items-baseline gap-3">
          {sensitivity !== null &&
            `sensitivity band ${formatPercent(sensitivity.strictest)} to ${formatPercent(sensitivity.lenient)} %`}
          <ExportFigure subject={runTableSubject(run, { show: 'gradings' })} />
        </span>
      }
    >
      <Table>
        <thead>
          <tr>
            <HeaderCell>Graded by</HeaderCell>
            <HeaderCell isNumber>Accepted, %</HeaderCell>
            <HeaderCell isNumber>Agrees, %</HeaderCell>
            <HeaderCell isNumber>Only it accepts</HeaderCell>
            <HeaderCell isNumber>Only this run&apos;s</HeaderCell>
            <HeaderCell>In dispute</HeaderCell>
          </tr>
        </thead>
        <tbody>
          {figures?.accuracy != null && run.verifier !== null && (
            <Row>
              <Cell className="font-medium">{run.verifier.id}, as scored</Cell>
              <Cell isNumber className="font-medium">
                {formatPercent(figures.accuracy)}
              </Cell>
              <Cell isNumber>–</Cell>
              <Cell isNumber>–</Cell>
              <Cell isNumber>–</Cell>
              <Cell />
            </Row>
          )}
          {gradings.map((grading) => (
            <Row key={`${grading.verifier} ${grading.policy}`}>
              <Cell>{nameOf(grading)}</Cell>
              <Cell isNumber>{formatPercent(share(grading.accepted, grading.attempts))}</Cell>
              <Cell isNumber>
                {formatPercent(
                  share(grading.attempts - grading.onlyHere - grading.onlyOwn, grading.attempts),
                )}
              </Cell>
              <Cell isNumber>{formatCount(grading.onlyHere)}</Cell>
              <Cell isNumber>{formatCount(grading.onlyOwn)}</Cell>
              <Cell>
                <span className="flex flex-wrap gap-x-2">
                  {grading.disputed.slice(0, SHOWN).map(({ itemKey, sampleIndex }) => (
                    <Link
                      key={`${itemKey} ${String(sampleIndex)}`}
                      prefetch={false}
                      title={itemKey}
                      className="underline decoration-hair underline-offset-2 hover:decoration-firm"
                      href={`/runs/${run.id}/${encodeURIComponent(itemKey)}/${String(sampleIndex)}`}
                    >
                      {shorten(itemKey)}
                    </Link>
                  ))}
                  {grading.onlyHere + grading.onlyOwn > SHOWN && (
                    <span className="text-muted">
                      + {formatCount(grading.onlyHere + grading.onlyOwn - SHOWN)}
                    </span>
                  )}
                </span>
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </Section>
  );
}

function nameOf({ verifier, role }: Run['gradings'][number]): string {
  if (role === 'strictest') return `${verifier}, strictest policy`;
  if (role === 'lenient') return `${verifier}, most lenient policy`;
  return verifier;
}

const SHOWN_KEY = 12;

function shorten(key: string): string {
  return key.length > SHOWN_KEY + 1 ? `${key.slice(0, SHOWN_KEY)}…` : key;
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function findingOf({ sensitivity, gradings }: Run): string {
  if (sensitivity !== null) {
    const width = sensitivity.lenient - sensitivity.strictest;
    return width === 0
      ? 'No policy changes the score'
      : `The policies move the score by ${formatPercent(width)} points`;
  }
  return `${String(gradings.length)} other gradings of this run`;
}
