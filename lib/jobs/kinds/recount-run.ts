import { z } from 'zod';
import { withTransaction, type Session } from '#lib/db/client.ts';
import { orderRanking } from '#lib/db/ranking.ts';
import {
  listCountedAttempts,
  listRunVerdictSets,
  orderRecount,
  type CountKey,
  type RunVerdictSet,
} from '#lib/db/recounting.ts';
import { lockRescoring } from '#lib/db/rescoring.ts';
import { getRunForScoring, type RunForScoring } from '#lib/db/run-scoring.ts';
import { insertTokenCounts, loadAttempts, type AttemptRow } from '#lib/db/scoring.ts';
import { writeSummary } from '#lib/db/summaries.ts';
import { addAttempt } from '#lib/leaderboard/run-accumulator.ts';
import { createRunState } from '#lib/leaderboard/run-state.ts';
import { toFigures } from '#lib/leaderboard/to-figures.ts';
import { defineJobKind, type JobContext } from '../job-kind.ts';
import { BATCH_ATTEMPTS } from '../plan-scoring.ts';

/** One job counts so many batches and hands the rest on, so that a long run never holds a worker. */
const BATCHES_A_JOB = 10;
const SUMMARY_ATTEMPTS = 5_000;
const RETRY_MS = 2_000;

/**
 * Counts the stored texts of a run with another tokenizer, then adds the length column to the summaries of all its
 * verdicts. Counts are written once whoever counts them; the summaries are written whole, so a job may run twice. What
 * is being judged at that moment is waited for.
 */
export const recountRun = defineJobKind({
  id: 'recount-run',
  payload: z.object({
    runId: z.uuid(),
    tokenizer: z.string(),
    version: z.int(),
    from: z.int().min(0),
  }),
  maxAttempts: 25,
  async run({ from, ...key }, context) {
    const { db } = context;
    const run = await getRunForScoring(db, key.runId);
    // Deleted, withdrawn, or found to hide its reasoning in the meantime.
    if (run?.tokenizer == null) return;
    let position = from;
    for (let batch = 0; batch < BATCHES_A_JOB; batch += 1) {
      context.signal.throwIfAborted();
      const attempts = await loadAttempts(db, {
        runId: run.id,
        benchmarkId: run.benchmarkId,
        from: position,
        to: position + BATCH_ATTEMPTS,
      });
      if (attempts.length === 0) {
        await finish(context, run, { key, from: position });
        return;
      }
      await count(context, key, attempts);
      position += BATCH_ATTEMPTS;
    }
    await orderRecount(db.pool, key, { from: position });
  },
});

async function count(
  { db, scoring }: JobContext,
  key: CountKey,
  attempts: readonly AttemptRow[],
): Promise<void> {
  // Without a reference nothing is judged: the verifier is only a name here.
  const results = await scoring.score(
    { verifier: 'string', policy: {}, tokenizer: key.tokenizer, isVerdictOnly: true },
    attempts.map((attempt) => ({ ...attempt, gold: null, isTruncated: false })),
  );
  const counts = attempts.flatMap(({ itemKey, sampleIndex }, index) => {
    const tokens = results[index]?.tokens ?? null;
    return tokens === null ? [] : [{ itemKey, sampleIndex, ...tokens }];
  });
  await withTransaction(db, (session) => insertTokenCounts(session, key, counts));
}

async function finish(
  { db }: JobContext,
  run: RunForScoring,
  { key, from }: { key: CountKey; from: number },
): Promise<void> {
  await withTransaction(db, async (session) => {
    // No verdicts are ordered meanwhile: later orders see the new column and fill it themselves.
    await lockRescoring(session, run.benchmarkId);
    const sets = await listRunVerdictSets(session, run.id);
    if (sets.some(({ isFinished }) => !isFinished)) {
      await orderRecount(session, key, { from, runAt: new Date(Date.now() + RETRY_MS) });
      return;
    }
    for (const set of sets) await writeColumn(session, run, { key, set, attempts: from });
    await orderRanking(session, [run.benchmarkId]);
  });
}

async function writeColumn(
  session: Session,
  run: RunForScoring,
  { key, set, attempts }: { key: CountKey; set: RunVerdictSet; attempts: number },
): Promise<void> {
  const state = createRunState(run.itemCount);
  for (let from = 0; from < attempts; from += SUMMARY_ATTEMPTS) {
    const range = { ...key, from, to: from + SUMMARY_ATTEMPTS };
    for (const attempt of await listCountedAttempts(session, set, range))
      addAttempt(state, attempt);
  }
  const { lengthHistogram, ...figures } = toFigures(state, {
    expectedAttempts: run.itemCount * run.samplesPerItem,
  });
  await writeSummary(session, set, {
    tokenizer: key.tokenizer,
    state,
    batchesDone: set.batches,
    batches: set.batches,
    figures,
    histograms: { lengthHistogram },
  });
}
