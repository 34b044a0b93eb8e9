import { trainingView } from '#lib/audit/divergence.ts';
import { getAnalysableRuns } from '#lib/db/analysis.ts';
import { readBoard } from '#lib/db/board.ts';
import type { Db } from '#lib/db/client.ts';
import { listGradedRuns } from '#lib/db/gradings.ts';
import { listItemSums, type ItemSums } from '#lib/db/series.ts';
import type { Viewer } from '#lib/db/visibility.ts';
import type { SeriesTests } from '#lib/analysis/series-tests.ts';
import { AppError } from '#lib/errors.ts';
import { bestPoint, pickSeries, type Series as PickedSeries } from '#lib/leaderboard/series.ts';
import type { BoardRow } from '#lib/schemas/board.ts';
import type { Series, SeriesPoint, SeriesQuery } from '#lib/schemas/series.ts';
import { ratioInterval } from '#lib/stats/ratio-interval.ts';
import { analyseSeries } from './analysis-pool.ts';
import { findCurves, isTestable, listDrawable } from './series-curves.ts';

/** A family over its parameter. Throws `not_found` and `unprocessable` as `pickSeries` does. */
export async function seriesOfFamily(db: Db, query: SeriesQuery, viewer: Viewer): Promise<Series> {
  if (query.benchmark.startsWith('mean:'))
    throw new AppError('unprocessable', 'A series is of one benchmark: choose one of the mean.');
  const found = await readBoard(
    db,
    {
      benchmark: query.benchmark,
      ...(query.split === undefined ? {} : { split: query.split }),
      ...(query.column === undefined ? {} : { column: query.column }),
      ...{ model: [], method: [], family: [], trust: [], q: '' },
    },
    viewer,
  );
  const benchmark = found?.board.benchmark ?? null;
  if (found === null || benchmark === null)
    throw new AppError('not_found', `There is no benchmark ${query.benchmark} here.`);
  const { board } = found;
  const series = pickSeries(board.rows, query);
  const bands = await findBands(db, { series, column: board.column });
  const reference = findReference(series, query.reference);
  const best = bestPoint(series.points);
  const tests = await runTests(db, { series, reference, column: board.column }, viewer);
  const curves = await findCurves(db, { series, reference, column: board.column, query }, viewer);
  const isBestTested = typeof tests !== 'string' && tests.bestId === best?.row.runId;
  return {
    benchmark: { id: benchmark.id, title: benchmark.title, itemCount: benchmark.itemCount },
    verifier: benchmark.verifier,
    lengthLabel: board.lengthLabel,
    column: board.column,
    family: query.family,
    model: series.model,
    parameter: series.parameter,
    points: series.points.map(({ row, value }) => toPoint(row, value, bands.get(row.runId))),
    bases: series.bases.map((row) => toPoint(row, null, bands.get(row.runId))),
    curves,
    metrics: await listDrawable(db, series),
    best:
      best === null
        ? null
        : {
            runId: best.row.runId,
            value: best.value,
            notSeparated: isBestTested ? valuesOf(series, tests.notSeparatedFromBest) : null,
          },
    referenceRunId: reference?.runId ?? null,
    comparisons: typeof tests === 'string' ? [] : tests.comparisons,
    cochran: typeof tests === 'string' ? null : tests.cochran,
    cochranReason: typeof tests === 'string' ? null : tests.cochranReason,
    testReason: typeof tests === 'string' ? tests : null,
    rewards: await findRewards(db, { series, benchmark }, viewer),
  };
}

function findReference(
  { points, bases }: PickedSeries,
  asked: string | undefined,
): BoardRow | null {
  const all = [...bases, ...points.map(({ row }) => row)];
  if (asked !== undefined) {
    const row = all.find(({ runId }) => runId === asked);
    if (row === undefined)
      throw new AppError('unprocessable', `The reference ${asked} is no run of this series.`);
    return row;
  }
  return all.find(isTestable) ?? null;
}

async function runTests(
  db: Db,
  {
    series,
    reference,
    column,
  }: { series: PickedSeries; reference: BoardRow | null; column: string | null },
  viewer: Viewer,
): Promise<(SeriesTests & { bestId: string }) | string> {
  const scored = series.points.filter(({ row }) => isTestable(row));
  if (scored.length === 0)
    return 'The points are published figures: without outputs there is no interval and nothing to test.';
  if (reference === null || !isTestable(reference))
    return 'The reference has no judged outputs here, so nothing can be paired with it.';
  const best = bestPoint(scored);
  const others = scored.filter(({ row }) => row.runId !== reference.runId);
  if (best === null || others.length === 0) return 'There is no second point to test.';
  const ids = [...new Set([...scored.map(({ row }) => row.runId), reference.runId])];
  const runs = await getAnalysableRuns(db, { ids, column: column ?? undefined }, viewer);
  const byId = new Map(runs.map((run) => [run.id, run]));
  const [referenceRun, bestRun] = [byId.get(reference.runId), byId.get(best.row.runId)];
  if (referenceRun === undefined || bestRun === undefined)
    throw new Error('A run of the series was asked for and did not come.');
  const tests = await analyseSeries({
    kind: 'series',
    runs: scored.flatMap(({ row }) => byId.get(row.runId) ?? []),
    reference: referenceRun,
    best: bestRun,
  });
  return { ...tests, bestId: best.row.runId };
}

function valuesOf({ points }: PickedSeries, ids: readonly string[]): number[] {
  return points.filter(({ row }) => ids.includes(row.runId)).map(({ value }) => value);
}

interface Bands {
  clipRatio: ReturnType<typeof ratioInterval>;
  reflections: ReturnType<typeof ratioInterval>;
}

/** Intervals that the board does not store, with the item as the unit. */
async function findBands(
  db: Db,
  { series, column }: { series: PickedSeries; column: string | null },
): Promise<Map<string, Bands>> {
  const rows = [...series.points.map(({ row }) => row), ...series.bases].filter(isTestable);
  const sums = await listItemSums(db, { runIds: rows.map(({ runId }) => runId), column });
  return new Map([...Map.groupBy(sums, ({ runId }) => runId)].map(([id, of]) => [id, toBands(of)]));
}

function toBands(items: readonly ItemSums[]): Bands {
  const per1k = ratioInterval(
    items.map(({ reflections }) => 1000 * reflections),
    items.map(({ tokens }) => tokens),
  );
  const clip = ratioInterval(
    items.map(({ clipped }) => clipped),
    items.map(({ finished }) => finished),
  );
  return {
    clipRatio: clip === null ? null : { ...clip, high: Math.min(1, clip.high) },
    reflections: per1k,
  };
}

function toPoint(row: BoardRow, value: number | null, bands: Bands | undefined): SeriesPoint {
  const { figures } = row;
  return {
    runId: row.runId,
    label: row.label,
    trust: row.trust,
    value,
    accuracy: { value: figures.accuracy, interval: figures.accuracyInterval },
    tokens: row.isLengthComparable
      ? { value: figures.tokensMean, interval: figures.tokensInterval }
      : { value: null, interval: null },
    clipRatio: {
      value: figures.clipRatio,
      interval: figures.clipRatio === null ? null : (bands?.clipRatio ?? null),
    },
    reflections: {
      value: figures.reflectionsPer1kTokens,
      interval: figures.reflectionsPer1kTokens === null ? null : (bands?.reflections ?? null),
    },
  };
}

/** Each other verifier that graded points as the reward of a training, and the board's own as its audit. */
async function findRewards(
  db: Db,
  {
    series,
    benchmark,
  }: { series: PickedSeries; benchmark: { id: string; verifier: string | null } },
  viewer: Viewer,
): Promise<Series['rewards']> {
  const values = new Map(series.points.map(({ row, value }) => [row.runId, value]));
  const graded = (await listGradedRuns(db, benchmark.id, viewer)).flatMap(({ runId, gradings }) => {
    const step = values.get(runId);
    return step === undefined
      ? []
      : gradings
          .filter(({ role }) => role === 'other')
          .map((grading) => ({
            reward: grading.verifier,
            checkpoint: {
              step,
              samples: grading.attempts,
              acceptedByBoth: grading.accepted - grading.onlyHere,
              acceptedOnlyInTraining: grading.onlyHere,
              acceptedOnlyByAudit: grading.onlyOwn,
            },
          }));
  });
  return [...Map.groupBy(graded, ({ reward }) => reward)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([reward, judged]) => ({
      reward,
      audit: benchmark.verifier ?? 'the verifier of the board',
      ...trainingView(judged.map(({ checkpoint }) => checkpoint)),
    }));
}
