import type { CompareOptions, RunComparison } from '#lib/analysis/compare-runs.ts';
import type { ResampledFront, VolumeGroup } from '#lib/analysis/resample-front.ts';
import type { SeriesTests } from '#lib/analysis/series-tests.ts';
import type { FrontReport } from '#lib/analysis/front-of-runs.ts';
import type { RunReport } from '#lib/analysis/run-report.ts';
import type { AnalysableRun } from '#lib/db/analysis.ts';
import type { ErrorCode } from '#lib/errors.ts';
import type { FrontReference } from '#lib/leaderboard/hypervolume.ts';

/** What is asked of the thread; who may see the runs was checked before. */
export type AnalysisRequest =
  | { kind: 'compare'; runs: AnalysableRun[]; options: CompareOptions }
  | { kind: 'report'; run: AnalysableRun; base: AnalysableRun | null }
  | FrontRequest
  | SeriesRequest;

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

export interface ComparisonResult {
  comparisons: RunComparison[];
  front: FrontReport;
}

export type AnalysisResult = ComparisonResult | RunReport | ResampledFront | SeriesTests;

export type FromAnalysisThread =
  | { id: number; result: AnalysisResult }
  | { id: number; error: { code: ErrorCode | null; message: string } };
