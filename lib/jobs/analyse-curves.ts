import type { AnalysedRun } from '#lib/analysis/analysed-attempt.ts';
import { parseMetricKey } from '#lib/analysis/metric-key.ts';
import { computeViews, DEFAULT_SEED } from '#lib/analysis/run-report.ts';
import type { Db } from '#lib/db/client.ts';
import { metrics } from '#lib/metrics/index.ts';
import { metricDifference } from '#lib/metrics/reduction/difference.ts';
import { createRng } from '#lib/rng.ts';
import { createLoader, measureStoredRun } from './analyse-metrics.ts';
import type { Curves, CurvesRequest, PoolRequest } from './analysis-protocol.ts';

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
  const views = dependent.map(({ id }) => ({ metric: id, options: {} }));
  const curves: Curves = Object.fromEntries(dependent.map(({ id }) => [id, []]));
  for (const run of pool) {
    computeViews(views, run, { pool }).forEach((value, index) => {
      curves[dependent[index]?.id ?? '']?.push({ runId: run.id, value, difference: null });
    });
  }
  return curves;
}
