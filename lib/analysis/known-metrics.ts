import { z } from 'zod';
import { metrics } from '#lib/metrics/index.ts';
import type { MetricValue } from '#lib/metrics/reduction/compute.ts';
import { TRACE_VERSION } from '#lib/redundancy/trace/measure-trace.ts';
import { metricKey } from './metric-key.ts';
import type { MetricView } from './metric-views.ts';
import type { ReportFacts } from './run-report.ts';

/** Raised when views, profile or resampling change, so that what was stored before is computed again. */
const REPORT_VERSION = 2;

const Entry = z.object({ stamp: z.string(), value: z.unknown() });

/** Values that were computed before by their key, each with the stamp of what it was computed from. */
export const KnownMetrics = z.record(z.string(), Entry);
export type KnownMetrics = z.infer<typeof KnownMetrics>;

/** What surrounds a run as far as stored values depend on it. */
export interface Surroundings {
  seed: string;
  draws: number;
  /** The base run and the state of its verdicts; null without one. */
  base: { id: string; stamp: string } | null;
}

export interface KnownFacts extends ReportFacts {
  views: MetricView[];
}

/** Without a base run in it: most metrics do not change with one. */
function plainStamp({ seed, draws }: Surroundings): string {
  return JSON.stringify([REPORT_VERSION, TRACE_VERSION, seed, draws]);
}

/** What a stored value of this metric must have been computed from to be shown again. */
export function stampOf(id: string, around: Surroundings): string {
  return metrics.get(id).needs.includes('base-run')
    ? JSON.stringify([plainStamp(around), around.base?.id, around.base?.stamp])
    : plainStamp(around);
}

/** By metric, version and options: a metric that changed is another entry. */
export function valueKey({ metric, options }: Pick<MetricView, 'metric' | 'options'>): string {
  return `${metricKey(metric, options)}@${String(metrics.get(metric).version)}`;
}

/** The value of a view if it is known; else undefined. */
export function recallValue(
  known: KnownMetrics,
  view: Pick<MetricView, 'metric' | 'options'>,
  around: Surroundings,
): MetricValue | undefined {
  const entry = known[valueKey(view)];
  // Written by `rememberValue` of the same version of the metric and of the report.
  return entry?.stamp === stampOf(view.metric, around) ? (entry.value as MetricValue) : undefined;
}

/** `known` with the value of a view; curves are drawn from elsewhere and not kept. */
export function rememberValue(
  known: KnownMetrics,
  view: Pick<MetricView, 'metric' | 'options'>,
  { value, around }: { value: MetricValue; around: Surroundings },
): KnownMetrics {
  const entry = { stamp: stampOf(view.metric, around), value: { ...value, curves: [] } };
  return { ...known, [valueKey(view)]: entry };
}

const FACTS = 'report';

export function recallFacts(known: KnownMetrics, around: Surroundings): KnownFacts | undefined {
  const entry = known[FACTS];
  return entry?.stamp === factsStamp(around) ? (entry.value as KnownFacts) : undefined;
}

export function rememberFacts(
  known: KnownMetrics,
  value: KnownFacts,
  around: Surroundings,
): KnownMetrics {
  return { ...known, [FACTS]: { stamp: factsStamp(around), value } };
}

/** A registered metric that is new makes new views. */
function factsStamp(around: Surroundings): string {
  return JSON.stringify([plainStamp(around), metrics.all.map(({ id }) => id)]);
}
