import {
  inefficiencyProfile,
  type InefficiencyRow,
} from '#lib/metrics/profile/inefficiency-profile.ts';
import { metrics } from '#lib/metrics/index.ts';
import type { TokenPrice } from '#lib/metrics/metric.ts';
import { computeMetric, type MetricValue } from '#lib/metrics/reduction/compute.ts';
import { createRng } from '#lib/rng.ts';
import { DEFAULT_DRAWS } from '#lib/stats/bootstrap.ts';
import type { AnalysedRun } from './analysed-attempt.ts';
import { metricViews } from './metric-views.ts';

export interface RunReport {
  id: string;
  label: string;
  verifier: string;
  lengthColumn: string | null;
  items: number;
  samples: { least: number; most: number; total: number };
  outcomes: Readonly<Record<string, number>>;
  metrics: readonly (MetricValue & { label: string; unit: string; direction: string })[];
  profile: readonly InefficiencyRow[];
  /** Of every bootstrap in the report, with the number of its resamples. */
  seed: string;
  draws: number;
}

export interface ReportContext {
  base?: AnalysedRun | null;
  pool?: readonly AnalysedRun[];
  price?: TokenPrice | null;
  seed?: string;
  draws?: number;
}

/** Every metric of a run with its interval or the reason why there is none, and its profile of inefficiency. */
export function reportRun(run: AnalysedRun, context: ReportContext = {}): RunReport {
  const { base = null, pool = [], price = null, seed = 'laconic', draws = DEFAULT_DRAWS } = context;
  const surroundings = {
    base: base?.samples ?? null,
    pool: pool.map(({ samples }) => samples),
    price,
  };
  const counts = run.samples.items.map(({ samples }) => samples.length);
  return {
    id: run.id,
    label: run.label,
    verifier: run.verifier,
    lengthColumn: run.lengthColumn,
    items: run.samples.items.length,
    samples: {
      least: counts.length === 0 ? 0 : Math.min(...counts),
      most: Math.max(0, ...counts),
      total: counts.reduce((sum, count) => sum + count, 0),
    },
    outcomes: countOutcomes(run),
    metrics: metricViews(run.samples).map(({ metric: id, label, options }) => {
      const metric = metrics.get(id);
      const value = computeMetric(metric, run.samples, {
        options,
        context: surroundings,
        // The same key for all metrics: every one meets the same resamples.
        rng: createRng(seed, 'items'),
        draws,
      });
      return { ...value, label, unit: metric.unit, direction: metric.direction };
    }),
    profile: inefficiencyProfile(
      run.samples,
      { redundant: 'repeatedStepShare', switches: 'switches' },
      { rng: createRng(seed, 'items'), draws: Math.min(draws, 2_000) },
    ),
    seed,
    draws,
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
