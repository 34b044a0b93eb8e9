import type { SubmissionState } from '#lib/schemas/submission.ts';

interface StateRule {
  /** Null for a state that waits for nobody. */
  deadlineMinutes: number | null;
  next: readonly SubmissionState[];
}

/**
 * The life of a submission. A state that names itself may be entered again, which renews its deadline.
 *
 *   draft → uploading → received → validating → scoring → aggregating → done → withdrawn
 *   draft → live → scoring → …
 *
 * A live submission takes rows while the evaluation still runs. Every state before `done` may become `failed` or
 * `cancelled`; what failed may be tried again from the stored file. The deadlines of the pipeline are generous because
 * waiting in the queue counts, and progress renews them.
 */
export const SUBMISSION_STATES: Readonly<Record<SubmissionState, StateRule>> = {
  draft: { deadlineMinutes: 24 * 60, next: ['uploading', 'live', 'failed', 'cancelled'] },
  uploading: {
    deadlineMinutes: 24 * 60,
    next: ['uploading', 'received', 'failed', 'cancelled'],
  },
  // An evaluation may pause over a weekend; every append renews it.
  live: { deadlineMinutes: 7 * 24 * 60, next: ['live', 'scoring', 'failed', 'cancelled'] },
  received: { deadlineMinutes: 24 * 60, next: ['validating', 'failed', 'cancelled'] },
  validating: {
    deadlineMinutes: 24 * 60,
    next: ['validating', 'scoring', 'failed', 'cancelled'],
  },
  scoring: { deadlineMinutes: 24 * 60, next: ['scoring', 'aggregating', 'failed', 'cancelled'] },
  aggregating: { deadlineMinutes: 6 * 60, next: ['aggregating', 'done', 'failed', 'cancelled'] },
  done: { deadlineMinutes: null, next: ['done', 'withdrawn'] },
  failed: { deadlineMinutes: null, next: ['received', 'withdrawn'] },
  cancelled: { deadlineMinutes: null, next: [] },
  withdrawn: { deadlineMinutes: null, next: [] },
};

/** States in which somebody still has something to do. */
export const OPEN_STATES = statesWhere((rule) => rule.deadlineMinutes !== null);

function statesWhere(holds: (rule: StateRule) => boolean): SubmissionState[] {
  const states = Object.keys(SUBMISSION_STATES) as SubmissionState[]; // its keys are the states by type
  return states.filter((state) => holds(SUBMISSION_STATES[state]));
}
