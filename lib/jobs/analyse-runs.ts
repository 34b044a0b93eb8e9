import { findBaseRunId, getAnalysableRuns } from '#lib/db/analysis.ts';
import type { Db } from '#lib/db/client.ts';
import type { Viewer } from '#lib/db/visibility.ts';
import { metrics } from '#lib/metrics/index.ts';
import type { Comparison, PoolMetrics, RunMetrics } from '#lib/schemas/analysis.ts';
import { analyseComparison, analyseCurves, analyseReport } from './analysis-pool.ts';

/** Every metric of a run. Throws as `getAnalysableRuns` does. */
export async function metricsOfRun(
  db: Db,
  { id, column }: { id: string; column?: string | undefined },
  viewer: Viewer,
): Promise<RunMetrics> {
  const [run] = await getAnalysableRuns(db, { ids: [id], column }, viewer);
  if (run === undefined) throw new Error('One run was asked for and none came.');
  const baseId = await findBaseRunId(db, run);
  const [base = null] =
    baseId === null ? [] : await getAnalysableRuns(db, { ids: [baseId], column }, viewer);
  const { id: runId, ...report } = await analyseReport({ kind: 'report', run, base });
  return {
    ...report,
    runId,
    baseRunId: base?.id ?? null,
    outcomes: { ...report.outcomes },
    metrics: report.metrics.map(({ notes, ...one }) => ({ ...one, notes: [...notes] })),
    profile: [...report.profile],
  };
}

/** The metrics that look at other runs, with the runs asked for as the pool. */
export async function poolMetricsOf(
  db: Db,
  { runs: ids, column }: { runs: readonly string[]; column?: string | undefined },
  viewer: Viewer,
): Promise<PoolMetrics> {
  const runs = await getAnalysableRuns(db, { ids, column }, viewer);
  const found = await analyseCurves({ kind: 'pool', runs });
  return {
    pool: runs.map(({ id, label }) => ({ id, label })),
    lengthColumn: runs[0]?.column ?? null,
    metrics: Object.entries(found).map(([id, values]) => {
      const { version, label, unit, direction } = metrics.get(id);
      return {
        ...{ metric: id, version, label, unit, direction },
        values: values.map(({ runId, value }) => ({
          runId,
          value: value.value,
          reason: value.reason,
          interval: value.interval,
          notes: [...value.notes],
        })),
      };
    }),
  };
}

/** Runs against the first of them, over what was stored when they were scored. */
export async function compareStoredRuns(
  db: Db,
  query: { runs: readonly string[]; items: 'equal' | 'intersect'; column?: string | undefined },
  viewer: Viewer,
): Promise<Comparison> {
  const runs = await getAnalysableRuns(db, { ids: query.runs, column: query.column }, viewer);
  const { comparisons, front } = await analyseComparison({
    kind: 'compare',
    runs,
    options: { items: query.items },
  });
  const benchmarks = new Set(runs.map(({ benchmarkId }) => benchmarkId));
  const [first] = runs;
  return {
    benchmark:
      first === undefined || benchmarks.size > 1
        ? null
        : { id: first.benchmarkId, title: first.title, hasHiddenGold: first.hasHiddenGold },
    runs: runs.map(({ id, label, model, column, verifier, version }) => {
      const entry = front.entries.find((one) => one.id === id);
      return {
        id,
        label,
        model,
        accuracy: entry?.accuracy ?? 0,
        tokens: entry?.tokens ?? null,
        lengthColumn: column,
        verifier: `${verifier}@${String(version)}`,
        isOnFront: entry?.isOnFront ?? false,
        probability: entry?.probability ?? null,
      };
    }),
    comparisons: comparisons.map(({ flips, ...one }) => ({ ...one, flips: [...flips] })),
  };
}
