import {
  inefficiencyProfile,
  type InefficiencyRow,
} from '#lib/metrics/profile/inefficiency-profile.ts';
import { metrics } from '#lib/metrics/index.ts';
import type { TokenPrice } from '#lib/metrics/metric.ts';
import {
  computeMetrics,
  computeTogether,
  type MetricValue,
} from '#lib/metrics/reduction/compute.ts';
import { createRng } from '#lib/rng.ts';
import { DEFAULT_DRAWS } from '#lib/stats/bootstrap.ts';
import type { AnalysedRun } from './analysed-attempt.ts';
import { metricKey } from './metric-key.ts';
import { metricViews, type MetricView } from './metric-views.ts';

export interface RunReport extends ReportFacts {
  metrics: readonly ReportedMetric[];
  /** Of every bootstrap in the report, with the number of its resamples. */
  seed: string;
  draws: number;
}

/** What a report says beside its metrics. */
export interface ReportFacts {
  id: string;
  label: string;
  verifier: string;
  lengthColumn: string | null;
  items: number;
  samples: { least: number; most: number; total: number };
  outcomes: Readonly<Record<string, number>>;
  profile: readonly InefficiencyRow[];
}

export type ReportedMetric = MetricValue & { label: string; unit: string; direction: string };

export interface ReportContext {
  base?: AnalysedRun | null;
  pool?: readonly AnalysedRun[];
  price?: TokenPrice | null;
  seed?: string;
  draws?: number;
}

export const DEFAULT_SEED = 'laconic';

/** Every metric of a run with its interval or the reason why there is none, and its profile of inefficiency. */
export function reportRun(run: AnalysedRun, context: ReportContext = {}): RunReport {
  const { seed = DEFAULT_SEED, draws = DEFAULT_DRAWS } = context;
  const views = metricViews(run.samples);
  const values = computeViews(views, run, context);
  return {
    ...reportFacts(run, context),
    metrics: views.map((view, index) => toReported(view, values[index])),
    seed,
    draws,
  };
}

/** The values of some views of a run, in their order, all over the same resamples of its items. */
export function computeViews(
  views: readonly Pick<MetricView, 'metric' | 'options'>[],
  run: AnalysedRun,
  { base = null, pool = [], price = null, seed = DEFAULT_SEED, draws }: ReportContext = {},
): MetricValue[] {
  return computeMetrics(
    views.map(({ metric, options }) => ({ metric: metrics.get(metric), options })),
    run.samples,
    {
      context: { base: base?.samples ?? null, pool: pool.map(({ samples }) => samples), price },
      rng: createRng(seed, 'items'),
      ...(draws !== undefined && { draws }),
    },
  );
}

/** One metric of every run with all of them as its pool, over resamples of items that they share. */
export function computePool(
  { metric, options }: Pick<MetricView, 'metric' | 'options'>,
  runs: readonly AnalysedRun[],
): MetricValue[] {
  const pool = runs.map(({ samples }) => samples);
  return computeTogether(
    pool.map((run) => ({ asked: { metric: metrics.get(metric), options }, run })),
    { context: { pool }, rng: createRng(DEFAULT_SEED, 'items') },
  );
}

export function toReported(view: MetricView, value: MetricValue | undefined): ReportedMetric {
  if (value === undefined)
    throw new Error(`${metricKey(view.metric, view.options)} was asked for and did not come.`);
  const { unit, direction } = metrics.get(view.metric);
  return { ...value, label: view.label, unit, direction };
}

export function reportFacts(
  run: AnalysedRun,
  { seed = DEFAULT_SEED, draws = DEFAULT_DRAWS }: ReportContext = {},
): ReportFacts {
  const counts = run.samples.items.map(({ samples }) => samples.length);
  return {
    id: run.id,
    label: run.label,
    verifier: run.verifier,
    lengthColumn: run.lengthColumn,
    items: run.samples.items.length,
    samples: {
      least: counts.reduce((least, count) => Math.min(least, count), counts[0] ?? 0),
      most: counts.reduce((most, count) => Math.max(most, count), 0),
      total: counts.reduce((sum, count) => sum + count, 0),
    },
    outcomes: countOutcomes(run),
    profile: inefficiencyProfile(
      run.samples,
      { redundant: 'repeatedStepShare', switches: 'switches' },
      { rng: createRng(seed, 'items'), draws },
    ),
  };
}

function countOutcomes(run: AnalysedRun): Record<string, number> {
  const counts: Record<string, number> = {
    correct: 0,
    wrong: 0,
    unparsed: 0,
    unverifiable: 0,
    error: 0,
  };
  for (const { samples } of run.samples.items) {
    for (const { outcome } of samples) counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}
