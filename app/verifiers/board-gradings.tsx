import Link from 'next/link';
import { formatCount, formatPercent } from '#app/_ui/number-format.ts';
import { Section } from '#app/_ui/page-header.tsx';
import { Cell, HeaderCell, Row, Table } from '#app/_ui/table.tsx';
import { listBenchmarks, type ReadableBenchmark } from '#lib/db/benchmarks.ts';
import { db } from '#lib/db/client.ts';
import { listGradedRuns, type GradedRun } from '#lib/db/gradings.ts';
import { pageViewer } from '#lib/http/auth.ts';
import { rankChanges, withOwnShare, type RankChanges } from '#lib/leaderboard/rank-changes.ts';
import { trainingSeries } from '#lib/leaderboard/training-series.ts';
import { RankPanel } from './rank-panel.client.tsx';
import { TrainingTables } from './training-table.tsx';

/** A chart with more lines can not be followed; the table of the API has them all. */
const MAX_RUNS = 24;
const SHOWN_BENCHMARKS = 12;

/** What the choice of a verifier does to a stored board: ranks, agreement, and checkpoints in training. */
export async function BoardGradings({ benchmark }: { benchmark: string | undefined }) {
  const viewer = await pageViewer();
  const benchmarks = (await listBenchmarks(db(), viewer)).filter(({ runs }) => runs > 0);
  const graded: { one: ReadableBenchmark; runs: GradedRun[] }[] = [];
  for (const one of benchmarks.slice(0, SHOWN_BENCHMARKS)) {
    const runs = await listGradedRuns(db(), one.id, viewer);
    if (runs.length > 0) graded.push({ one, runs });
  }
  const chosen = graded.find(({ one }) => one.name === benchmark) ?? graded[0];
  if (chosen === undefined) {
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
  const verifier = chosen.one.verifier;
  const changes = rankChanges(
    chosen.runs.slice(0, MAX_RUNS).map((run) => ({
      runId: run.runId,
      name: run.label === run.model ? run.label : `${run.model}, ${run.label}`,
      shares: withOwnShare(verifier, run.gradings),
    })),
  );
  const series = trainingSeries(chosen.runs);
  return (
    <>
      <Section
        title={findingOf(changes, chosen.one.title)}
        aside={
          <span className="flex flex-wrap gap-x-3">
            {graded.map(({ one }) => (
              <Link
                key={one.id}
                href={`/verifiers?benchmark=${encodeURIComponent(one.name)}`}
                aria-current={one.id === chosen.one.id ? 'true' : undefined}
                className={one.id === chosen.one.id ? 'font-semibold text-ink' : 'underline'}
              >
                {one.title}
              </Link>
            ))}
          </span>
        }
      >
        <RankPanel changes={changes} />
        <AgreementByVerifier runs={chosen.runs} verifier={verifier} />
      </Section>
      {series.length > 0 && <TrainingTables series={series} audit={verifier} />}
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
function AgreementByVerifier({ runs, verifier }: { runs: readonly GradedRun[]; verifier: string }) {
  const rows = new Map<string, { attempts: number; onlyHere: number; onlyOwn: number }>();
  for (const { gradings } of runs)
    for (const { role, attempts, onlyHere, onlyOwn, ...grading } of gradings) {
      const name =
        role === 'other'
          ? grading.verifier
          : `${grading.verifier}, ${role === 'lenient' ? 'most lenient' : role}`;
      const sum = rows.get(name) ?? { attempts: 0, onlyHere: 0, onlyOwn: 0 };
      sum.attempts += attempts;
      sum.onlyHere += onlyHere;
      sum.onlyOwn += onlyOwn;
      rows.set(name, sum);
    }
  return (
    <Table className="max-w-2xl">
      <caption className="sr-only">
        Agreement of each grading with the verdicts of the board.
      </caption>
      <thead>
        <tr>
          <HeaderCell>Against {verifier}</HeaderCell>
          <HeaderCell isNumber>Agrees, %</HeaderCell>
          <HeaderCell isNumber>Only it accepts</HeaderCell>
          <HeaderCell isNumber>Only {verifier}</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {[...rows].map(([name, { attempts, onlyHere, onlyOwn }]) => (
          <Row key={name}>
            <Cell>{name}</Cell>
            <Cell isNumber>
              {formatPercent(attempts === 0 ? null : 1 - (onlyHere + onlyOwn) / attempts)}
            </Cell>
            <Cell isNumber>{formatCount(onlyHere)}</Cell>
            <Cell isNumber>{formatCount(onlyOwn)}</Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
