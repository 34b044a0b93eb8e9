import type { Submission, SubmissionState } from '#lib/schemas/submission.ts';

export type StageState = 'waiting' | 'working' | 'done' | 'stopped';

export interface Stage {
  id: 'received' | 'stored' | 'scored' | 'summarised';
  label: string;
  state: StageState;
  /** Null while nobody knows how much there is. */
  share: number | null;
}

/** How many of the four stages lie behind a state. */
const STAGES_DONE: Record<SubmissionState, number> = {
  draft: 0,
  uploading: 0,
  live: 0,
  received: 1,
  validating: 1,
  scoring: 2,
  aggregating: 3,
  done: 4,
  failed: 0,
  cancelled: 0,
  withdrawn: 4,
};

/** The way of a file in four steps, as far as it has come. */
export function toStages(submission: Submission): Stage[] {
  const { attempts, rows, state } = submission;
  const hasStopped = state === 'failed' || state === 'cancelled';
  const done = hasStopped ? reached(submission) : STAGES_DONE[state];
  const shares = [
    attempts.expected === null ? null : attempts.stored / attempts.expected,
    rows.received > 0 ? rows.stored / rows.received : null,
    attempts.stored > 0 ? attempts.scored / attempts.stored : null,
    null,
  ];
  const labels = ['Received', 'Stored', 'Scored', 'Summarised'];
  const ids = ['received', 'stored', 'scored', 'summarised'] as const;
  return ids.map((id, index) => ({
    id,
    label: labels[index] ?? id,
    // Rows that come while others are scored keep three stages at work.
    state: state === 'live' && id !== 'summarised' ? 'working' : stateOf(index, done, hasStopped),
    share: index < done ? 1 : (shares[index] ?? null),
  }));
}

function stateOf(index: number, done: number, hasStopped: boolean): StageState {
  if (index < done) return 'done';
  if (index > done) return 'waiting';
  return hasStopped ? 'stopped' : 'working';
}

/** What stopped tells by its counts how far it came. */
function reached({ attempts, file, outcomes, rows }: Submission): number {
  if (file === null) return 0;
  if (rows.stored === 0) return 1;
  return outcomes !== null && attempts.scored >= attempts.stored ? 3 : 2;
}
