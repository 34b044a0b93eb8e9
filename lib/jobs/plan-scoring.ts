import type { Session } from '#lib/db/client.ts';
import { enqueue, type QueuedJob } from '#lib/db/queue.ts';
import type { VerdictKey } from '#lib/db/scoring.ts';
import { addBatches, writeSummary } from '#lib/db/summaries.ts';
import { toProvisionalFigures } from '#lib/leaderboard/provisional.ts';
import { createRunState } from '#lib/leaderboard/run-state.ts';

/** Small enough that a killed worker repeats little and the board moves often, large enough that a commit costs little. */
export const BATCH_ATTEMPTS = 200;

/** A run, ready to be judged. */
export interface ScoringOrder {
  key: VerdictKey;
  itemCount: number;
  attempts: number;
  /** The length columns that get a summary. */
  columns: readonly string[];
}

/** Empty summaries and one job a batch, in the session's transaction: the work exists exactly when its data does. */
export async function planScoring(session: Session, order: ScoringOrder): Promise<void> {
  const { key, attempts } = order;
  const batches = Math.ceil(attempts / BATCH_ATTEMPTS);
  await writeEmptySummaries(session, { ...order, batches });
  await enqueue(
    session,
    Array.from({ length: batches }, (_, batch) => toJob({ ...key, batch })),
  );
}

/**
 * A run that still grows. The last batch is counted from the beginning and comes with the closing, so that no other batch
 * finds that it is the last one.
 */
export async function planLiveScoring(
  session: Session,
  order: Omit<ScoringOrder, 'attempts'>,
): Promise<void> {
  await writeEmptySummaries(session, { ...order, batches: 1 });
}

/** The attempts that have come, as batches of their own. */
export async function planMore(
  session: Session,
  key: VerdictKey,
  { from, to }: { from: number; to: number },
): Promise<void> {
  const count = Math.ceil((to - from) / BATCH_ATTEMPTS);
  if (count === 0) return;
  const first = (await addBatches(session, key, count)) - 1;
  const jobs = Array.from({ length: count }, (_, index) => {
    const start = from + index * BATCH_ATTEMPTS;
    const range = { from: start, to: Math.min(start + BATCH_ATTEMPTS, to) };
    return toJob({ ...key, batch: first + index, range });
  });
  await enqueue(session, jobs);
}

/** The empty last batch, which makes the figures final. */
export async function planClosing(
  session: Session,
  key: VerdictKey,
  attempts: number,
): Promise<void> {
  const batch = (await addBatches(session, key, 0)) - 1;
  await enqueue(session, [toJob({ ...key, batch, range: { from: attempts, to: attempts } })]);
}

function toJob(payload: VerdictKey & { batch: number; range?: object }): QueuedJob {
  return { kind: 'score-batch', payload, maxAttempts: 25 };
}

async function writeEmptySummaries(
  session: Session,
  { key, itemCount, columns, batches }: Omit<ScoringOrder, 'attempts'> & { batches: number },
): Promise<void> {
  const state = createRunState(itemCount);
  const { lengthHistogram, ...figures } = toProvisionalFigures(state);
  for (const tokenizer of columns) {
    await writeSummary(session, key, {
      tokenizer,
      state,
      batchesDone: 0,
      batches,
      figures,
      histograms: { lengthHistogram },
    });
  }
}
