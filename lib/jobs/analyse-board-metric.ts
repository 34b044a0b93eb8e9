import { parseMetricKey } from '#lib/analysis/metric-key.ts';
import { findBaseRunIds, getAnalysableRuns } from '#lib/db/analysis.ts';
import { readBoard } from '#lib/db/board.ts';
import type { Db } from '#lib/db/client.ts';
import type { Viewer } from '#lib/db/visibility.ts';
import { AppError } from '#lib/errors.ts';
import { metrics } from '#lib/metrics/index.ts';
import type { Metric } from '#lib/metrics/metric.ts';
import type { Board, BoardRow } from '#lib/schemas/board.ts';
import type { BoardMetric, BoardMetricQuery } from '#lib/schemas/board-metric.ts';
import { analyseBoard } from './analysis-pool.ts';

type Value = BoardMetric['values'][number];

/** Every attempt of these runs may have to be read, in the minute that an analysis has. */
const MOST_RUNS = 200;
const MOST_ATTEMPTS = 400_000;

/**
 * One metric of every run that a board shows. What depends on the pool takes the runs shown as its pool; published figures
 * have a value where it follows from their two means. Null when there is no such benchmark for this reader.
 */
export async function metricOfBoard(
  db: Db,
  { metric: key, ...query }: BoardMetricQuery,
  viewer: Viewer,
): Promise<BoardMetric | null> {
  const asked = parseMetricKey(key);
  const found = await readBoard(db, query, viewer);
  if (found === null) return null;
  const { board } = found;
  const metric = metrics.get(asked.metric);
  const scored = board.rows.filter((row) => whyUnknown(row, board) === null);
  refuseTooMany(scored, board);
  const ids = scored.map(({ runId }) => runId);
  const column = board.column ?? undefined;
  const needsBase = metric.needs.includes('base-run');
  const bases = needsBase ? await findBaseRunIds(db, ids) : new Map<string, string>();
  const [runs, baseRuns] = await Promise.all([
    getAnalysableRuns(db, { ids, column }, viewer),
    getAnalysableRuns(db, { ids: [...new Set(bases.values())], column }, viewer),
  ]);
  const values =
    runs.length === 0
      ? []
      : await analyseBoard({
          ...{ kind: 'board', key, runs, baseRuns },
          bases: Object.fromEntries(bases),
        });
  const byRun = new Map(ids.map((id, index) => [id, values[index]]));
  return {
    metric: key,
    version: metric.version,
    label: metric.label,
    description: metric.description,
    unit: metric.unit,
    direction: metric.direction,
    isPoolDependent: metric.isPoolDependent,
    pool: runs.length,
    note: describePool(metric, runs.length),
    values: board.rows.map((row): Value => {
      const value = byRun.get(row.runId);
      if (value === undefined) return fromMeans(metric, asked.options, { row, board });
      const { reason, interval, notes } = value;
      return { runId: row.runId, value: value.value, reason, interval, notes: [...notes] };
    }),
  };
}

function describePool({ isPoolDependent, needs }: Metric, runs: number): string {
  if (isPoolDependent)
    return `over the ${String(runs)} runs with outputs shown here; another choice of runs gives other values`;
  return needs.includes('base-run')
    ? 'each run against the base of its family, a published one without such against that of its model'
    : 'each run by itself';
}

/** Why outputs say nothing of a run; null when they do. */
function whyUnknown(row: BoardRow, board: Board): string | null {
  if (row.parts !== null) return 'Computed on one benchmark at a time, not for a mean of several.';
  if (board.slice !== null) return 'Computed for all items together only, not for a part of them.';
  if (row.trust === 'reported')
    return 'A published figure: there are no outputs here to compute it from.';
  if (row.state === 'live') return 'In progress: computed when it is closed.';
  return row.state === 'scoring' ? 'Computed when all is scored.' : null;
}

/** A published accuracy and mean length are enough for some metrics; its base is then published on the same board. */
function fromMeans(
  metric: Metric,
  options: unknown,
  { row, board }: { row: BoardRow; board: Board },
): Value {
  const nothing = (reason: string): Value => ({
    ...{ runId: row.runId, value: null, reason, interval: null, notes: [] },
  });
  const unknown = whyUnknown(row, board) ?? 'It was not computed.';
  const own = meansOf(row);
  if (row.trust !== 'reported' || metric.ofMeans === undefined || own === null)
    return nothing(unknown);
  const baseRow = publishedBase(row, board.rows);
  const base = baseRow?.isLengthComparable === true ? meansOf(baseRow) : null;
  if (metric.needs.includes('base-run') && base === null)
    return nothing('No published run of its model is marked as the base to compare with.');
  const value = metric.ofMeans(options, { own, base });
  if (value === null || !Number.isFinite(value))
    return nothing('Its published means do not define the figure.');
  const notes = ['From the published accuracy and mean length.'];
  if (baseRow !== null && metric.needs.includes('base-run'))
    notes.push(`Against ${baseRow.label}.`);
  return { runId: row.runId, value, reason: null, interval: null, notes };
}

function meansOf({ figures: { accuracy, tokensMean } }: BoardRow) {
  return accuracy === null || tokensMean === null ? null : { accuracy, tokens: tokensMean };
}

/** Of its own family where that has one, else of its model. */
function publishedBase(row: BoardRow, rows: readonly BoardRow[]): BoardRow | null {
  const bases = rows.filter(
    (one) => one.isFamilyBase && one.trust === 'reported' && one.model === row.model,
  );
  return bases.find(({ family }) => family === row.family) ?? bases[0] ?? null;
}

function refuseTooMany(scored: readonly BoardRow[], { benchmark }: Board): void {
  const attempts = scored.reduce(
    (sum, { figures }) => sum + (figures.samplesPerItem ?? 1) * (benchmark?.itemCount ?? 0),
    0,
  );
  if (scored.length <= MOST_RUNS && attempts <= MOST_ATTEMPTS) return;
  throw new AppError(
    'unprocessable',
    `The board shows ${String(scored.length)} runs with ${String(attempts)} attempts; such a metric is computed for at most ${String(MOST_RUNS)} runs and ${String(MOST_ATTEMPTS)} attempts. Narrow the board to fewer models or families.`,
  );
}
