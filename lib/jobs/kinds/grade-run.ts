import { z } from 'zod';
import { withTransaction } from '#lib/db/client.ts';
import { listOwnOutcomes, orderGrading, writeGrading } from '#lib/db/gradings.ts';
import { getRunForScoring } from '#lib/db/run-scoring.ts';
import { loadAttempts, type AttemptRow } from '#lib/db/scoring.ts';
import {
  addGraded,
  canChange,
  emptyGrading,
  gradingViews,
  type GradingTally,
  type GradingView,
} from '#lib/leaderboard/grading-plan.ts';
import type { Outcome } from '#lib/verifiers/verifier.ts';
import { defineJobKind, type JobContext } from '../job-kind.ts';
import { BATCH_ATTEMPTS } from '../plan-scoring.ts';

/** One job grades so many batches and hands the rest on, so that a long run never holds a worker. */
const BATCHES_A_JOB = 10;

const Tally = z.object({
  attempts: z.int(),
  accepted: z.int(),
  onlyHere: z.int(),
  onlyOwn: z.int(),
  disputed: z.array(
    z.object({ itemKey: z.string(), sampleIndex: z.int(), acceptedBy: z.enum(['here', 'own']) }),
  ),
});

/**
 * Grades a scored run under the extremes of its policies and by the other verifiers of its kin, and stores the counts.
 * What was counted so far travels in the payload, and the last job of the chain writes it all at once; a job that runs
 * twice writes the same again.
 */
export const gradeRun = defineJobKind({
  id: 'grade-run',
  payload: z.object({
    runId: z.uuid(),
    verifier: z.string(),
    version: z.int(),
    policy: z.string(),
    from: z.int().min(0),
    tallies: z.array(Tally),
  }),
  maxAttempts: 5,
  async run({ from, tallies: before, ...key }, context) {
    const { db } = context;
    const run = await getRunForScoring(db, key.runId);
    const views = gradingViews(key.verifier);
    if (run === null || views.length === 0) return;
    const tallies = views.map((_, index) => before[index] ?? emptyGrading());
    let position = from;
    for (let batch = 0; batch < BATCHES_A_JOB; batch += 1) {
      const range = { from: position, to: position + BATCH_ATTEMPTS };
      const attempts = await loadAttempts(db, {
        runId: run.id,
        benchmarkId: run.benchmarkId,
        ...range,
      });
      if (attempts.length === 0) {
        await withTransaction(db, async (session) => {
          for (const [index, view] of views.entries())
            await writeGrading(session, run.id, { view, tally: tallies[index] ?? emptyGrading() });
        });
        return;
      }
      const own = await listOwnOutcomes(db, key, range);
      for (const [index, view] of views.entries())
        await gradeBatch(context, { view, attempts, own, tally: tallies[index] ?? emptyGrading() });
      position = range.to;
    }
    await orderGrading(db.pool, key, { from: position, tallies });
  },
});

interface Batch {
  view: GradingView;
  attempts: readonly AttemptRow[];
  own: readonly (Outcome | null)[];
  tally: GradingTally;
}

async function gradeBatch(
  { scoring }: JobContext,
  { view, attempts, own, tally }: Batch,
): Promise<void> {
  const open = attempts.filter((_, index) => canChange(view.role, own[index] ?? null));
  const results = await scoring.score(
    { verifier: view.verifier, policy: view.policy, tokenizer: null, isVerdictOnly: true },
    open.map((attempt) => ({ ...attempt, isTruncated: attempt.finishReason === 'length' })),
  );
  const judged = new Map(
    open.map((attempt, index) => [attempt, results[index]?.verdict.status ?? null]),
  );
  for (const [index, attempt] of attempts.entries()) {
    const outcome = own[index] ?? null;
    const here = judged.has(attempt) ? (judged.get(attempt) ?? null) : outcome;
    addGraded(tally, { ...attempt, own: outcome, here });
  }
}
