import { parentPort } from 'node:worker_threads';
import { compareRuns } from '#lib/analysis/compare-runs.ts';
import { frontOfRuns } from '#lib/analysis/front-of-runs.ts';
import { resampleFront, type ResampledFront } from '#lib/analysis/resample-front.ts';
import { testSeries } from '#lib/analysis/series-tests.ts';
import { loadComparableRuns, loadFinishedRuns, type AnalysableRun } from '#lib/db/analysis.ts';
import { connect } from '#lib/db/client.ts';
import { databaseUrl } from '#lib/env.ts';
import { AppError } from '#lib/errors.ts';
import type {
  AnalysisRequest,
  AnalysisResult,
  FromAnalysisThread,
  FrontRequest,
  SeriesRequest,
} from './analysis-protocol.ts';
import { curvesOfRuns, metricOfRuns, poolOfRuns } from './analyse-curves.ts';
import { reportStoredRun } from './analyse-metrics.ts';

/** A connection of its own: rows are read and resampled here, so that pages of others do not wait. */
const db = connect(databaseUrl(), 2);

const SENT_FLIPS = 500;

async function answer(request: AnalysisRequest): Promise<AnalysisResult> {
  if (request.kind === 'compare') {
    const runs = await loadComparableRuns(db, request.runs);
    const comparisons = compareRuns(runs, request.options).map((one) => ({
      ...one,
      flips: one.flips.slice(0, SENT_FLIPS),
      flipCount: one.flips.length,
    }));
    return { comparisons, front: frontOfRuns(runs) };
  }
  if (request.kind === 'front') return answerFront(request);
  if (request.kind === 'series') return answerSeries(request);
  if (request.kind === 'curves') return curvesOfRuns(db, request);
  if (request.kind === 'board') return metricOfRuns(db, request);
  if (request.kind === 'pool') return poolOfRuns(db, request);
  return reportStoredRun(db, request);
}

/** A run whose verdicts are being made anew is left out: the others need not wait for it. */
async function answerFront({ runs, slice, ...options }: FrontRequest): Promise<ResampledFront> {
  const loaded = await loadFinishedRuns(
    db,
    runs.flatMap(({ parts }) => parts),
    slice,
  );
  let next = 0;
  const resampled = runs.flatMap(({ id, parts }) => {
    const found = loaded.slice(next, (next += parts.length)).filter((part) => part !== null);
    const isWhole = found.length === parts.length && parts.length > 0;
    return isWhole ? [{ id, parts: found.map(({ columns }) => columns) }] : [];
  });
  return resampleFront(resampled, options);
}

async function answerSeries({ runs, reference, best }: SeriesRequest) {
  const all = [...runs, ...(runs.some(({ id }) => id === reference.id) ? [] : [reference])];
  const loaded = new Map((await loadComparableRuns(db, all)).map((run) => [run.id, run]));
  const pickRuns = (ids: readonly AnalysableRun[]) => ids.flatMap(({ id }) => loaded.get(id) ?? []);
  return testSeries(pickRuns(runs), {
    referenceId: reference.id,
    bestId: best.id,
    all: pickRuns(all),
  });
}

parentPort?.on('message', ({ id, request }: { id: number; request: AnalysisRequest }) => {
  const post = (message: FromAnalysisThread) => parentPort?.postMessage(message);
  answer(request).then(
    (result) => post({ id, result }),
    (error: unknown) => {
      const code = error instanceof AppError ? error.code : null;
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      post({ id, error: { code, message: error instanceof AppError ? error.message : message } });
    },
  );
});
