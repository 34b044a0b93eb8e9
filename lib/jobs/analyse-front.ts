import { getAnalysableRuns } from '#lib/db/analysis.ts';
import { readBoard } from '#lib/db/board.ts';
import type { Db } from '#lib/db/client.ts';
import { listHiddenTraces, readFrontAxis } from '#lib/db/front.ts';
import type { Viewer } from '#lib/db/visibility.ts';
import { chooseReference, type StatedReference } from '#lib/leaderboard/front-reference.ts';
import { toFrontView, type FrontRun } from '#lib/leaderboard/front-view.ts';
import { lengthMarks } from '#lib/leaderboard/length-marks.ts';
import type { FrontReference } from '#lib/leaderboard/hypervolume.ts';
import type { Board, BoardQuery } from '#lib/schemas/board.ts';
import type { Front, FrontQuery } from '#lib/schemas/front.ts';
import { analyseFront } from './analysis-pool.ts';
import type { FrontRequest } from './analysis-protocol.ts';

const SEED = 'laconic';

/** The front of a board with its uncertainty; null when there is no such benchmark for this reader. */
export async function frontOfBoard(
  db: Db,
  { include, referenceTokens, referenceAccuracy, ...query }: FrontQuery,
  viewer: Viewer,
): Promise<Front | null> {
  const found = await readBoard(db, query, viewer);
  if (found === null) return null;
  const { board } = found;
  const [marks, fixed] = await Promise.all([
    findMarks(db, board),
    findReference(db, { query, column: board.column }, viewer),
  ]);
  const asked = referenceTokens !== undefined || referenceAccuracy !== undefined;
  const tokens = referenceTokens ?? fixed?.tokens;
  const reference: StatedReference | null =
    !asked || tokens === undefined
      ? fixed
      : { tokens, accuracy: referenceAccuracy ?? fixed?.accuracy ?? 0, source: 'asked' };
  const includesForeign = include === 'foreign';
  const view = toFrontView(board, { marks, includesForeign, reference });
  const resampled = await analyseFront({
    kind: 'front',
    runs: await toResampled(db, { board, runs: view.runs }, viewer),
    groups: view.families.map(({ key, runIds }) => ({ key, runIds })),
    reference:
      reference === null ? null : { tokens: reference.tokens, accuracy: reference.accuracy },
    slice: query.slice,
    seed: SEED,
  });
  return {
    benchmark:
      board.benchmark === null
        ? null
        : {
            id: board.benchmark.id,
            title: board.benchmark.title,
            benchmarkIds: board.benchmark.benchmarkIds,
          },
    column: board.column,
    lengthLabel: board.lengthLabel,
    include,
    reference,
    runs: view.runs.map(({ state, ...run }) => {
      const probability = resampled.probabilities[run.runId] ?? null;
      return {
        ...run,
        probability,
        probabilityReason:
          probability === null ? whyNotResampled({ ...run, state }, resampled.reason) : null,
      };
    }),
    front: view.front,
    band: resampled.band,
    hypervolume: view.hypervolume,
    points: view.runs.filter(({ isIncluded }) => isIncluded).length,
    families: view.families.map(({ key, ...family }) => ({
      ...family,
      points: family.runIds.length,
      interval: resampled.volumes[key] ?? null,
    })),
    pairs: view.pairs,
    curves: view.curves,
    resampling: {
      seed: resampled.seed,
      draws: resampled.draws,
      runs: Object.keys(resampled.probabilities).length,
      reason: resampled.reason,
    },
  };
}

function whyNotResampled(run: FrontRun, reason: string | null): string {
  if (!run.isIncluded) return run.mark ?? 'The run is kept out of the front.';
  if (run.trust === 'reported')
    return 'A published figure has no items to resample: it takes no part in the resampling.';
  if (run.state === 'live') return 'The run is in progress.';
  if (run.state === 'scoring') return 'The run is still being judged.';
  return reason ?? 'Its verdicts are being made anew.';
}

async function findMarks(db: Db, { rows }: Board): Promise<Map<string, string>> {
  const ids = rows.flatMap(({ runId, parts }) => parts ?? [runId]);
  const concealed = await listHiddenTraces(db, ids);
  return lengthMarks(rows, (id) => concealed.get(id));
}

/** From the whole board as everybody sees it: neither a filter, a slice nor a private run may move a fixed corner. */
async function findReference(
  db: Db,
  { query, column }: { query: BoardQuery; column: string | null },
  viewer: Viewer,
): Promise<StatedReference | null> {
  const whole: BoardQuery = {
    ...(query.benchmark === undefined ? {} : { benchmark: query.benchmark }),
    ...(query.split === undefined ? {} : { split: query.split }),
    ...(column === null ? {} : { column }),
    model: [],
    method: [],
    family: [],
    trust: [],
    slice: [],
    q: '',
  };
  const found = (await readBoard(db, whole, null)) ?? (await readBoard(db, whole, viewer));
  const benchmark = found?.board.benchmark ?? null;
  const stated = await readSharedAxis(db, benchmark?.benchmarkIds ?? []);
  const rows = (found?.board.rows ?? []).flatMap(({ runId, isFamilyBase, figures, ...row }) =>
    row.isLengthComparable && figures.tokensMean !== null
      ? [{ runId, isBase: isFamilyBase, tokens: figures.tokensMean }]
      : [],
  );
  return chooseReference(rows, stated);
}

/** What all benchmarks of the board state; null when one states nothing or another corner. */
async function readSharedAxis(db: Db, ids: readonly string[]): Promise<FrontReference | null> {
  const axes = await Promise.all(ids.map((id) => readFrontAxis(db, id)));
  const first = axes[0] ?? null;
  const isShared = axes.every(
    (axis) => axis?.tokens === first?.tokens && axis?.accuracy === first?.accuracy,
  );
  return isShared ? first : null;
}

/** The finished runs with outputs of the front, each with its part on every benchmark of the board. */
async function toResampled(
  db: Db,
  { board, runs }: { board: Board; runs: readonly FrontRun[] },
  viewer: Viewer,
): Promise<FrontRequest['runs']> {
  const parts = new Map(board.rows.map((row) => [row.runId, row.parts ?? [row.runId]]));
  const taken = runs.filter(
    ({ isIncluded, trust, state }) => isIncluded && trust !== 'reported' && state === 'done',
  );
  const ids = taken.flatMap(({ runId }) => parts.get(runId) ?? []);
  const analysable = await getAnalysableRuns(
    db,
    { ids, column: board.column ?? undefined },
    viewer,
  );
  const byId = new Map(analysable.map((run) => [run.id, run]));
  return taken.map(({ runId }) => ({
    id: runId,
    parts: (parts.get(runId) ?? []).flatMap((id) => byId.get(id) ?? []),
  }));
}
