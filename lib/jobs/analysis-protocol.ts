import type { CompareOptions, RunComparison } from '#lib/analysis/compare-runs.ts';
import type { ResampledFront, VolumeGroup } from '#lib/analysis/resample-front.ts';
import type { SeriesTests } from '#lib/analysis/series-tests.ts';
import type { FrontReport } from '#lib/analysis/front-of-runs.ts';
import type { RunReport } from '#lib/analysis/run-report.ts';
import type { AnalysableRun } from '#lib/db/analysis.ts';
import type { ErrorCode } from '#lib/errors.ts';
import type { FrontReference } from '#lib/leaderboard/hypervolume.ts';
import type { MetricValue } from '#lib/metrics/reduction/compute.ts';
import type { MetricDifference } from '#lib/metrics/reduction/difference.ts';

/** What is asked of the thread; who may see the runs was checked before. */
export type AnalysisRequest =
  | { kind: 'compare'; runs: AnalysableRun[]; options: CompareOptions }
  | { kind: 'report'; run: AnalysableRun; base: AnalysableRun | null }
  | FrontRequest
  | SeriesRequest
  | CurvesRequest
  | PoolRequest
  | BoardRequest;

export interface FrontRequest {
  kind: 'front';
  /** On a board of means a run has a part on every benchmark. */
  runs: { id: string; parts: AnalysableRun[] }[];
  groups: VolumeGroup[];
  reference: FrontReference | null;
  /** `label:value` pairs that choose the items; empty for all. */
  slice: string[];
  seed: string;
}

/** The runs in the order of their parameter; the reference is one of them or another run. */
export interface SeriesRequest {
  kind: 'series';
  runs: AnalysableRun[];
  reference: AnalysableRun;
  best: AnalysableRun;
}

/** Metrics by their keys, of runs in the order given; `base` for those that need one. */
export interface CurvesRequest {
  kind: 'curves';
  runs: AnalysableRun[];
  reference: AnalysableRun | null;
  base: AnalysableRun | null;
  keys: string[];
}

export interface PoolRequest {
  kind: 'pool';
  runs: AnalysableRun[];
}

/** One metric of many runs, which are its pool; `bases` holds the base of each run that has one. */
export interface BoardRequest {
  kind: 'board';
  key: string;
  runs: AnalysableRun[];
  baseRuns: AnalysableRun[];
  bases: Record<string, string>;
}

/** One run on a curve. */
export interface CurveValue {
  runId: string;
  value: MetricValue;
  /** From the reference; null without one and for the reference itself. */
  difference: MetricDifference | null;
}

/** By metric as it was asked for, the runs in their order. */
export type Curves = Record<string, CurveValue[]>;

export interface ComparisonResult {
  /** With the first flips alone: ten thousand of them take longer to hand over than to find. */
  comparisons: (RunComparison & { flipCount: number })[];
  front: FrontReport;
}

export type AnalysisResult =
  ComparisonResult | RunReport | ResampledFront | SeriesTests | Curves | MetricValue[];

export type FromAnalysisThread =
  | { id: number; result: AnalysisResult }
  | { id: number; error: { code: ErrorCode | null; message: string } };
