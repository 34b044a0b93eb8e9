import type { CompareOptions, RunComparison } from '#lib/analysis/compare-runs.ts';
import type { ResampledFront, VolumeGroup } from '#lib/analysis/resample-front.ts';
import type { SeriesTests } from '#lib/analysis/series-tests.ts';
import type { FrontReport } from '#lib/analysis/front-of-runs.ts';
import type { RunReport } from '#lib/analysis/run-report.ts';
import type { AnalysableRun } from '#lib/db/analysis.ts';
import type { ErrorCode } from '#lib/errors.ts';
import type { FrontReference } from '#lib/leaderboard/hypervolume.ts';
import type { Curves } from './analyse-curves.ts';

/** What is asked of the thread; who may see the runs was checked before. */
export type AnalysisRequest =
  | { kind: 'compare'; runs: AnalysableRun[]; options: CompareOptions }
  | { kind: 'report'; run: AnalysableRun; base: AnalysableRun | null }
  | FrontRequest
  | SeriesRequest
  | CurvesRequest
  | PoolRequest;

export interface FrontRequest {
  kind: 'front';
  /** On a board of means a run has a part on every benchmark. */
  runs: { id: string; parts: AnalysableRun[] }[];
  groups: VolumeGroup[];
  reference: FrontReference | null;
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

export interface ComparisonResult {
  comparisons: RunComparison[];
  front: FrontReport;
}

export type AnalysisResult = ComparisonResult | RunReport | ResampledFront | SeriesTests | Curves;

export type FromAnalysisThread =
  | { id: number; result: AnalysisResult }
  | { id: number; error: { code: ErrorCode | null; message: string } };
