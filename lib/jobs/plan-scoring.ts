import type { Session } from '#lib/db/client.ts';
import { enqueue } from '#lib/db/queue.ts';
import type { VerdictKey } from '#lib/db/scoring.ts';
import { writeSummary } from '#lib/db/summaries.ts';
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
  const state = createRunState(order.itemCount);
  const { lengthHistogram, ...figures } = toProvisionalFigures(state);
  for (const tokenizer of order.columns) {
    await writeSummary(session, key, {
      tokenizer,
      state,
      batchesDone: 0,
      batches,
      figures,
      histograms: { lengthHistogram },
    });
  }
  await enqueue(
    session,
    Array.from({ length: batches }, (_, batch) => ({
      kind: 'score-batch',
      payload: { ...key, batch },
      maxAttempts: 25,
    })),
  );
}
