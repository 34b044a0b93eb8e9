import type { AnalysedRun } from '#lib/analysis/analysed-attempt.ts';
import {
  recallFacts,
  recallValue,
  rememberFacts,
  rememberValue,
  type KnownFacts,
  type KnownMetrics,
  type Surroundings,
} from '#lib/analysis/known-metrics.ts';
import { metricViews, type MetricView } from '#lib/analysis/metric-views.ts';
import {
  computeViews,
  DEFAULT_SEED,
  reportFacts,
  toReported,
  type RunReport,
} from '#lib/analysis/run-report.ts';
import { loadAnalysedRun, type AnalysableRun } from '#lib/db/analysis.ts';
import type { Db } from '#lib/db/client.ts';
import { readStoredMetrics, saveStoredMetrics } from '#lib/db/stored-metrics.ts';
import type { VerdictPlan } from '#lib/judge/verdict-pool.ts';
import { verdictPool } from '#lib/judge/verify-batch.ts';
import { metrics } from '#lib/metrics/index.ts';
import type { MetricValue } from '#lib/metrics/reduction/compute.ts';
import { DEFAULT_DRAWS } from '#lib/stats/bootstrap.ts';
import { classifyAnswers } from './answer-classes.ts';

type Load = (run: AnalysableRun) => Promise<AnalysedRun>;

/** Every attempt of the runs that are needed, each read once. */
export function createLoader(db: Db): Load {
  const loaded = new Map<string, Promise<AnalysedRun>>();
  return (run) => {
    const found =
      loaded.get(run.id) ??
      loadAnalysedRun(db, run, (attempts) =>
        classifyAnswers(attempts, { pool: verdictPool(), plan: planOf(run) }),
      );
    loaded.set(run.id, found);
    return found;
  };
}

function planOf({ verifier, policy }: AnalysableRun): VerdictPlan {
  const switches = policy === 'default' ? {} : (JSON.parse(policy) as Record<string, unknown>);
  return { verifier, policy: switches };
}

/** The report of a run. Only what is not stored, or was computed from something older, is computed. */
export async function reportStoredRun(
  db: Db,
  { run, base }: { run: AnalysableRun; base: AnalysableRun | null },
): Promise<RunReport> {
  const around = surroundingsOf(base);
  const load = createLoader(db);
  const stored = await readStoredMetrics(db, run);
  let { known } = stored;
  let facts = recallFacts(known, around);
  if (facts === undefined) {
    const read = await load(run);
    facts = { ...reportFacts(read), views: metricViews(read.samples) } satisfies KnownFacts;
    known = rememberFacts(known, facts, around);
  }
  const { views, ...told } = facts;
  const found = await valuesOf({ run, base, views, known, load });
  if (found.known !== stored.known) await saveStoredMetrics(db, run, { ...stored, ...found });
  return {
    ...told,
    metrics: views.map((view, index) => toReported(view, found.values[index])),
    seed: around.seed,
    draws: around.draws,
  };
}

/** Some metrics of a run, in their order, from what is stored or computed now and stored. */
export async function measureStoredRun(
  db: Db,
  { run, base }: { run: AnalysableRun; base: AnalysableRun | null },
  { views, load }: { views: readonly View[]; load: Load },
): Promise<MetricValue[]> {
  const stored = await readStoredMetrics(db, run);
  const found = await valuesOf({ run, base, views, known: stored.known, load });
  if (found.known !== stored.known) await saveStoredMetrics(db, run, { ...stored, ...found });
  return found.values;
}

type View = Pick<MetricView, 'metric' | 'options'>;

async function valuesOf({
  run,
  base,
  views,
  known,
  load,
}: {
  run: AnalysableRun;
  base: AnalysableRun | null;
  views: readonly View[];
  known: KnownMetrics;
  load: Load;
}): Promise<{ values: MetricValue[]; known: KnownMetrics }> {
  const around = surroundingsOf(base);
  const missing = views.filter((view) => recallValue(known, view, around) === undefined);
  if (missing.length > 0) {
    const read = await load(run);
    const needsBase = missing.some(({ metric }) => metrics.get(metric).needs.includes('base-run'));
    const context = { base: base !== null && needsBase ? await load(base) : null };
    computeViews(missing, read, context).forEach((value, index) => {
      const view = missing[index];
      if (view !== undefined) known = rememberValue(known, view, { value, around });
    });
  }
  return { values: views.flatMap((view) => recallValue(known, view, around) ?? []), known };
}

function surroundingsOf(base: AnalysableRun | null): Surroundings {
  return {
    seed: DEFAULT_SEED,
    draws: DEFAULT_DRAWS,
    base: base === null ? null : { id: base.id, stamp: base.stamp },
  };
}
