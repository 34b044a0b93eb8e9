import type { CompareOptions, RunComparison } from '#lib/analysis/compare-runs.ts';
import type { FrontReport } from '#lib/analysis/front-of-runs.ts';
import type { RunReport } from '#lib/analysis/run-report.ts';
import type { AnalysableRun } from '#lib/db/analysis.ts';
import type { ErrorCode } from '#lib/errors.ts';

/** What is asked of the thread; who may see the runs was checked before. */
export type AnalysisRequest =
  | { kind: 'compare'; runs: AnalysableRun[]; options: CompareOptions }
  | { kind: 'report'; run: AnalysableRun; base: AnalysableRun | null };

export interface ComparisonResult {
  comparisons: RunComparison[];
  front: FrontReport;
}

export type AnalysisResult = ComparisonResult | RunReport;

export type FromAnalysisThread =
  | { id: number; result: AnalysisResult }
  | { id: number; error: { code: ErrorCode | null; message: string } };
