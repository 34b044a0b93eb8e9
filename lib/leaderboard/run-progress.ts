import type { Run } from '#lib/schemas/run.ts';

/** How much of a run has come, and how much of it is scored. */
export interface RunProgress {
  readonly state: Run['state'];
  readonly attempts: number;
  /** Items of the benchmark times samples an item. */
  readonly expected: number;
  readonly batchesDone: number;
  readonly batches: number;
}

/**
 * From 0 to 1: of a run in progress the samples that have come, of one that is scored its batches. Null for a run that is
 * neither, or whose batches are not known yet.
 */
export function runProgress(run: RunProgress): number | null {
  if (run.state === 'live') return Math.min(1, run.attempts / Math.max(1, run.expected));
  return run.state === 'scoring' && run.batches > 0 ? run.batchesDone / run.batches : null;
}
