import type { AnalysedRun } from '#lib/analysis/analysed-attempt.ts';
import { parseMetricKey } from '#lib/analysis/metric-key.ts';
import { computePool, computeViews, DEFAULT_SEED } from '#lib/analysis/run-report.ts';
import { AppError } from '#lib/errors.ts';
import type { MetricValue } from '#lib/metrics/reduction/compute.ts';
import type { Db } from '#lib/db/client.ts';
import { metrics } from '#lib/metrics/index.ts';
import { metricDifference } from '#lib/metrics/reduction/difference.ts';
import { createRng } from '#lib/rng.ts';
import { createLoader, measureStoredRun } from './analyse-metrics.ts';
import type { BoardRequest, Curves, CurvesRequest, PoolRequest } from './analysis-protocol.ts';

/**
 * Metrics of several runs with their differences from the reference. What depends on the pool takes these runs as its pool
 * and is not stored; all else is stored with its run.
 */
export async function curvesOfRuns(
  db: Db,
  { runs, reference, base, keys }: CurvesRequest,
): Promise<Curves> {
  const load = createLoader(db);
  const views = keys.map((key) => ({ key, ...parseMetricKey(key) }));
  const isPooled = ({ metric }: { metric: string }) => metrics.get(metric).isPoolDependent;
  const pool: AnalysedRun[] = [];
  if (views.some(isPooled)) for (const run of runs) pool.push(await load(run));
  const against = reference === null ? null : await load(reference);
  const context = {
    base: base === null || against === null ? null : (await load(base)).samples,
    pool: pool.map(({ samples }) => samples),
    price: null,
  };
  const own = views.filter((view) => !isPooled(view));
  const pooled = views.filter(isPooled);
  const curves: Curves = Object.fromEntries(keys.map((key) => [key, []]));
  for (const run of runs) {
    const stored = await measureStoredRun(
      db,
      { run, base: base?.id === run.id ? null : base },
      { views: own, load },
    );
    const beside = pooled.length === 0 ? [] : computeViews(pooled, await load(run), { pool });
    const values = new Map([
      ...own.map(({ key }, index) => [key, stored[index]] as const),
      ...pooled.map(({ key }, index) => [key, beside[index]] as const),
    ]);
    const compared = against === null || run.id === against.id ? null : await load(run);
    for (const { key, metric, options } of views) {
      const value = values.get(key);
      if (value === undefined) throw new Error(`${key} was asked for and did not come.`);
      const difference =
        compared === null || against === null
          ? null
          : metricDifference(
              { metric: metrics.get(metric), options },
              { run: compared.samples, reference: against.samples },
              { context, rng: createRng(DEFAULT_SEED, 'items') },
            );
      curves[key]?.push({ runId: run.id, value, difference });
    }
  }
  return curves;
}

/** The metrics that look at other runs, of every run, with these runs as the pool. */
export async function poolOfRuns(db: Db, { runs }: PoolRequest): Promise<Curves> {
  const load = createLoader(db);
  const pool: AnalysedRun[] = [];
  for (const run of runs) pool.push(await load(run));
  const dependent = metrics.all.filter(({ isPoolDependent }) => isPoolDependent);
  return Object.fromEntries(
    dependent.map(({ id }) => [
      id,
      computePool({ metric: id, options: {} }, pool).map((value, index) => ({
        runId: pool[index]?.id ?? '',
        value,
        difference: null,
      })),
    ]),
  );
}

/** One metric of every run, in their order: stored with its run, or with these runs as the pool and not stored. */
export async function metricOfRuns(
  db: Db,
  { runs, baseRuns, bases, key }: BoardRequest,
): Promise<MetricValue[]> {
  const load = createLoader(db);
  const view = parseMetricKey(key);
  if (metrics.get(view.metric).isPoolDependent) {
    const pool: AnalysedRun[] = [];
    for (const run of runs) pool.push(await load(run));
    refuseLargePool(pool);
    return computePool(view, pool);
  }
  const byId = new Map(baseRuns.map((run) => [run.id, run]));
  const values: MetricValue[] = [];
  for (const run of runs) {
    const base = byId.get(bases[run.id] ?? '') ?? null;
    values.push(...(await measureStoredRun(db, { run, base }, { views: [view], load })));
  }
  return values;
}

/** Every run is held beside every other one. */
const MOST_CELLS = 1.5e6;

function refuseLargePool(pool: readonly AnalysedRun[]): void {
  const items = Math.max(0, ...pool.map(({ samples }) => samples.items.length));
  if (pool.length ** 2 * items <= MOST_CELLS) return;
  const most = Math.floor(Math.sqrt(MOST_CELLS / items));
  throw new AppError(
    'unprocessable',
    `The pool is ${String(pool.length)} runs of ${String(items)} items; at most ${String(most)} of such runs are held against each other. Narrow the board to fewer models or families.`,
  );
}
