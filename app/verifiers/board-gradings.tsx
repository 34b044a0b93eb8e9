import Link from 'next/link';
import { ExportFigure } from '#app/_figures/export-figure.client.tsx';
import { pageTable } from '#app/_figures/subjects.ts';
import { formatCount, formatPercent } from '#app/_ui/number-format.ts';
import { Section } from '#app/_ui/page-header.tsx';
import { Cell, HeaderCell, Row, Table } from '#app/_ui/table.tsx';
import { db } from '#lib/db/client.ts';
import { findGradedBoard } from '#lib/db/graded-board.ts';
import { pageViewer } from '#lib/http/auth.ts';
import type { GradedBoard } from '#lib/leaderboard/graded-board.ts';
import type { RankChanges } from '#lib/leaderboard/rank-changes.ts';
import { RankPanel } from './rank-panel.client.tsx';
import { TrainingTables } from './training-table.tsx';

/** What the choice of a verifier does to a stored board: ranks, agreement, and checkpoints in training. */
export async function BoardGradings({ benchmark }: { benchmark: string | undefined }) {
  const found = await findGradedBoard(db(), benchmark, await pageViewer());
  if (found === null) {
    return (
      <Section title="Does the ranking depend on who grades?">
        <p className="max-w-prose text-sm text-muted">
          No run is graded by other verifiers yet. That happens by itself after the scoring of every
          run whose verifier has others of its kin;{' '}
          <code>laconic audit --board NAME --regrade</code> does it for older runs.
        </p>
      </Section>
    );
  }
  const { board, chosen, benchmarks } = found;
  const { verifier, training } = board;
  return (
    <>
      <Section
        title={findingOf(board.changes, board.title)}
        aside={
          <span className="flex flex-wrap gap-x-3">
            {benchmarks.map((one) => (
              <Link
                key={one.id}
                href={`/verifiers?benchmark=${encodeURIComponent(one.name)}`}
                aria-current={one.id === chosen.id ? 'true' : undefined}
                className={one.id === chosen.id ? 'font-semibold text-ink' : 'underline'}
              >
                {one.title}
              </Link>
            ))}
          </span>
        }
      >
        <RankPanel changes={board.changes} benchmark={chosen.name} />
        <AgreementByVerifier board={board} />
        <div className="self-start">
          <ExportFigure subject={pageTable('verifier-agreement', { benchmark: chosen.name })} />
        </div>
      </Section>
      {training.length > 0 && (
        <TrainingTables series={training} audit={verifier} benchmark={chosen.name} />
      )}
    </>
  );
}

function findingOf({ runs, pairs, reversedPairs }: RankChanges, title: string): string {
  if (runs.length < 2) return `${title}: one run, graded in several ways`;
  return reversedPairs === 0
    ? `${title}: no pair of runs changes its order with the verifier`
    : `${title}: ${formatCount(reversedPairs)} of ${formatCount(pairs)} pairs of runs change their order with the verifier`;
}

/** Over all runs of the board: how often each grading agrees with the board's verdicts, and who accepts more. */
function AgreementByVerifier({ board: { agreement, verifier } }: { board: GradedBoard }) {
  return (
    <Table className="max-w-2xl">
      <caption className="sr-only">
        Agreement of each grading with the verdicts of the board.
      </caption>
      <thead>
        <tr>
          <HeaderCell>Against {verifier}</HeaderCell>
          <HeaderCell isNumber>Agrees, %</HeaderCell>
          <HeaderCell isNumber>
            <span title="Agreement beyond chance (Cohen's kappa): 1 is always, 0 is no more than chance.">
              κ
            </span>
          </HeaderCell>
          <HeaderCell isNumber>Only it accepts</HeaderCell>
          <HeaderCell isNumber>Only {verifier}</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {agreement.map(({ name, agrees, kappa, onlyHere, onlyOwn }) => (
          <Row key={name}>
            <Cell>{name}</Cell>
            <Cell isNumber>{formatPercent(agrees)}</Cell>
            <Cell isNumber>{kappa === null ? '—' : kappa.toFixed(2)}</Cell>
            <Cell isNumber>{formatCount(onlyHere)}</Cell>
            <Cell isNumber>{formatCount(onlyOwn)}</Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
