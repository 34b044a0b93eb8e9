import { findReadableBenchmark } from '#lib/db/benchmarks.ts';
import { listGradedRuns, orderBoardGradings } from '#lib/db/gradings.ts';
import { rankChanges, withOwnShare, type RankChanges } from '#lib/leaderboard/rank-changes.ts';
import { withInstallation } from '../client/installation.ts';
import { UsageError, type ExitCode } from '../run-script.ts';
import { print } from './print-report.ts';

/** Whoever may read the database of the installation may read all of its runs. */
const OWNER = { tokenId: '00000000-0000-0000-0000-000000000000', scopes: ['admin'] };

/** The ranks of a stored board under each verifier, from the gradings that the workers made. */
export async function auditBoard(
  benchmark: string,
  flags: { regrade: boolean; json: boolean },
): Promise<ExitCode> {
  await withInstallation(async (db) => {
    const found = await findReadableBenchmark(db, { benchmark, split: null }, OWNER);
    if (found === null) throw new UsageError(`There is no benchmark "${benchmark}".`);
    const ordered = await orderBoardGradings(db, found.id, { isAgain: flags.regrade });
    if (ordered > 0)
      process.stderr.write(
        `${String(ordered)} run(s) will be graded by the workers; run this again when they are done.\n`,
      );
    const runs = await listGradedRuns(db, found.id, OWNER);
    const changes = rankChanges(
      runs.map((run) => ({
        runId: run.runId,
        name: run.label === run.model ? run.label : `${run.model}, ${run.label}`,
        shares: withOwnShare(found.verifier, run.gradings),
      })),
    );
    print(flags.json ? changes : boardText(found.title, changes));
  });
  return 0;
}

function boardText(title: string, { columns, runs, pairs, reversedPairs }: RankChanges): string {
  if (runs.length === 0) return `${title}: no run is graded by other verifiers yet.\n`;
  const width = Math.max(...runs.map(({ name }) => name.length), 4);
  const head = columns.map(({ label }, index) => `  ${String(index + 1)}  ${label}\n`).join('');
  const cells = (values: readonly string[]): string =>
    values.map((text) => text.padStart(9)).join('');
  const lines = runs.map(({ name, places }) =>
    [
      name.padEnd(width),
      cells(
        places.map((place) =>
          place === null ? '—' : `${String(place.rank)} ${(place.share * 100).toFixed(1)}`,
        ),
      ),
    ].join(' '),
  );
  return [
    `${title}: ${String(reversedPairs)} of ${String(pairs)} pairs of runs change their order with the verifier`,
    'Columns (rank, accepted in percent):',
    `${head}${'run'.padEnd(width)} ${cells(columns.map((_, index) => String(index + 1)))}`,
    ...lines,
    '',
  ].join('\n');
}
