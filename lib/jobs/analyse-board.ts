import { frontIndicators, type PlacedRun } from '#lib/analysis/family-indicators.ts';
import { getAnalysableRuns } from '#lib/db/analysis.ts';
import { readBoard } from '#lib/db/board.ts';
import type { Db } from '#lib/db/client.ts';
import type { Viewer } from '#lib/db/visibility.ts';
import { AppError } from '#lib/errors.ts';
import type { Board, BoardRow } from '#lib/schemas/board.ts';
import type { Front, FrontQuery, Series, SeriesQuery } from '#lib/schemas/front.ts';
import { analyseFront, analyseSeries } from './analysis-pool.ts';

/** Resampling more runs than this together is no question of seconds any more. */
const MOST_RUNS = 300;

async function boardOf(db: Db, query: Parameters<typeof readBoard>[1], viewer: Viewer) {
  const found = await readBoard(db, query, viewer);
  if (found !== null) return found.board;
  throw new AppError('not_found', 'There is no such benchmark, or it is not public.');
}

/** The front of a benchmark with what is sure about it. Published figures have their place on it, but no items to resample. */
export async function frontOfBenchmark(
  db: Db,
  { include, referenceTokens, referenceAccuracy, ...query }: FrontQuery,
  viewer: Viewer,
): Promise<Front> {
  const board = await boardOf(db, query, viewer);
  const hidden = await hiddenTraces(db, board);
  const reasons = new Map(
    board.rows.map((row) => [row.runId, whyExcluded(row, { board, hidden, include })]),
  );
  const placed = board.rows.flatMap((row) => place(row, reasons.get(row.runId) ?? null));
  const tokens = referenceTokens ?? placed.reduce((most, one) => Math.max(most, one.tokens), 0);
  const found = frontIndicators(placed, { tokens, accuracy: referenceAccuracy });
  const sure = await uncertaintyOf(
    db,
    board,
    { placed, column: board.column ?? undefined },
    viewer,
  );
  return {
    benchmark:
      board.benchmark === null ? null : { id: board.benchmark.id, title: board.benchmark.title },
    lengthLabel: board.lengthLabel,
    reference:
      placed.length === 0
        ? null
        : {
            ...found.reference,
            source: referenceTokens === undefined ? 'longest run' : 'asked',
          },
    runs: board.rows.map((row) => {
      const probability = sure.probabilities[row.runId] ?? null;
      const excluded = reasons.get(row.runId) ?? null;
      return {
        runId: row.runId,
        label: row.label,
        model: row.model,
        family: row.family,
        accuracy: row.figures.accuracy,
        tokens: row.figures.tokensMean,
        isOnFront: found.front.includes(row.runId),
        probability,
        probabilityReason: probability === null ? (excluded ?? whyUnsure(row, sure.reason)) : null,
        dominatedBy: found.dominatedBy.get(row.runId) ?? [],
        excluded,
      };
    }),
    hypervolume: placed.length === 0 ? null : found.hypervolume,
    families: found.families,
    band: [...sure.band],
    bandReason: sure.reason,
    seed: sure.seed,
    draws: sure.draws,
  };
}

/** Ids of runs whose reasoning is not shown in full: a count of the visible text is not their length. */
async function hiddenTraces(db: Db, board: Board): Promise<ReadonlySet<string>> {
  if (board.benchmark?.benchmarkIds.length !== 1) return new Set();
  const { rows } = await db.pool.query<{ id: string }>(
    `select id from run where benchmark_id = $1 and trace_visibility in ('hidden', 'summary')`,
    [board.benchmark.id],
  );
  return new Set(rows.map(({ id }) => id));
}

function whyExcluded(
  row: BoardRow,
  {
    board,
    hidden,
    include,
  }: { board: Board; hidden: ReadonlySet<string>; include: FrontQuery['include'] },
): string | null {
  const { accuracy, tokensMean, reasons } = row.figures;
  if (accuracy === null) return reasons.accuracy ?? 'Its accuracy is not known.';
  if (tokensMean === null) return reasons.tokensMean ?? 'Its length is not known.';
  if (row.state === 'scoring') return 'It is still being judged.';
  if (include === 'foreign') return null;
  if (!row.isLengthComparable) return row.lengthNote ?? 'Its length was measured differently.';
  return hidden.has(row.runId) && board.column !== 'reported'
    ? 'Its reasoning is not shown in full, so that the visible text is not its length.'
    : null;
}

function place(row: BoardRow, excluded: string | null): PlacedRun[] {
  const { accuracy, tokensMean } = row.figures;
  if (excluded !== null || accuracy === null || tokensMean === null) return [];
  return [{ runId: row.runId, tokens: tokensMean, accuracy, family: row.family }];
}

function whyUnsure(row: BoardRow, reason: string | null): string {
  if (row.trust === 'reported')
    return 'A published figure: it has its place on the front, but no items to resample.';
  return reason ?? 'Its lengths were counted differently.';
}

async function uncertaintyOf(
  db: Db,
  board: Board,
  { placed, column }: { placed: readonly PlacedRun[]; column: string | undefined },
  viewer: Viewer,
): Promise<Awaited<ReturnType<typeof analyseFront>>> {
  const none = (reason: string) => ({
    probabilities: {},
    band: [],
    reason,
    seed: 'laconic',
    draws: 0,
  });
  if (board.benchmark?.benchmarkIds.length !== 1)
    return none('A mean over benchmarks has no items of its own to resample.');
  const published = new Set(
    board.rows.flatMap(({ runId, trust }) => (trust === 'reported' ? [runId] : [])),
  );
  const ids = placed.flatMap(({ runId }) => (published.has(runId) ? [] : [runId]));
  if (ids.length === 0) return none('No run was judged here, so there are no items to resample.');
  if (ids.length > MOST_RUNS)
    return none(
      `${ids.length} runs are too many to resample together; filter to at most ${MOST_RUNS}.`,
    );
  const runs = await getAnalysableRuns(db, { ids, column }, viewer);
  const comparable = runs.filter((run) => run.column === (column ?? run.column));
  if (comparable.length === 0) return none('No run has lengths of this counter.');
  return analyseFront({ kind: 'front', runs: comparable });
}

/** The runs of one model and family over the number that they differ in. */
export async function seriesOfFamily(
  db: Db,
  { family, model, parameter, reference, ...query }: SeriesQuery,
  viewer: Viewer,
): Promise<Series> {
  const filters = { model: model === undefined ? [] : [model], method: [], trust: [], q: '' };
  const board = await boardOf(db, { ...query, ...filters, family: [family] }, viewer);
  if (board.benchmark?.benchmarkIds.length !== 1)
    throw new AppError('unprocessable', 'A series is over the items of one benchmark.');
  const lines = board.families.filter((line) => line.family === family);
  const models = new Set(board.rows.map((row) => row.model));
  if (models.size > 1)
    throw new AppError(
      'unprocessable',
      `Several models have the family ${family}: name one of ${[...models].join(', ')}.`,
    );
  const [chosen] = models;
  const varied = parameter ?? lines[0]?.parameter ?? null;
  if (chosen === undefined)
    throw new AppError('not_found', `No run of this benchmark belongs to the family ${family}.`);
  if (varied === null)
    throw new AppError('unprocessable', `The runs of ${family} do not differ in one number.`);
  const omitted = board.rows.flatMap((row) => {
    const reason = whyNotInSeries(row, varied);
    return reason === null ? [] : [{ label: row.label, reason }];
  });
  const rows = board.rows.filter((row) => whyNotInSeries(row, varied) === null);
  const ids = rows.map(({ runId }) => runId);
  const column = board.column ?? undefined;
  const runs = ids.length === 0 ? [] : await getAnalysableRuns(db, { ids, column }, viewer);
  const report = await analyseSeries({
    kind: 'series',
    runs,
    values: rows.map((row) => Number(row.params[varied])),
    referenceId: reference ?? null,
  });
  const byId = new Map(rows.map((row) => [row.runId, row]));
  return {
    benchmark: { id: board.benchmark.id, title: board.benchmark.title },
    family,
    model: chosen,
    parameter: varied,
    lengthLabel: board.lengthLabel,
    points: report.points.map(({ id, ...point }) => ({
      ...point,
      runId: id,
      clipRatio: byId.get(id)?.figures.clipRatio ?? null,
      reflectionsPer1kTokens: byId.get(id)?.figures.reflectionsPer1kTokens ?? null,
      isReference: id === report.referenceId,
      isBest: id === report.bestId,
    })),
    omitted,
    cochran: report.cochran,
    cochranReason: report.cochranReason,
    oracleAccuracy: report.oracleAccuracy,
    seed: report.seed,
    draws: report.draws,
  };
}

function whyNotInSeries(row: BoardRow, parameter: string): string | null {
  if (row.trust === 'reported') return 'A published figure has no items to test.';
  if (row.state === 'scoring') return 'It is still being judged.';
  return typeof row.params[parameter] === 'number' ? null : `It gives no number for ${parameter}.`;
}
