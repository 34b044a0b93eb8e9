import { z } from 'zod';
import { withTransaction, type Session } from '#lib/db/client.ts';
import { orderGrading } from '#lib/db/gradings.ts';
import { orderRanking } from '#lib/db/ranking.ts';
import { listTokenCounts } from '#lib/db/recounting.ts';
import {
  attemptKey,
  claimBatch,
  insertScores,
  insertTokenCounts,
  loadAttempts,
  type AttemptRow,
  type VerdictKey,
} from '#lib/db/scoring.ts';
import {
  getRunForScoring,
  lockSubmission,
  noteBatch,
  recordDeadRows,
  type RunForScoring,
} from '#lib/db/run-scoring.ts';
import { toStorable } from '#lib/db/storable.ts';
import { insertTraces } from '#lib/db/traces.ts';
import { lockSummaries, writeSummary, type StoredSummary } from '#lib/db/summaries.ts';
import { toProvisionalFigures } from '#lib/leaderboard/provisional.ts';
import { addAttempt } from '#lib/leaderboard/run-accumulator.ts';
import { toFigures } from '#lib/leaderboard/to-figures.ts';
import { defineJobKind } from '../job-kind.ts';
import { knownTokenizers } from '#lib/known-tokenizers.ts';
import { BATCH_ATTEMPTS } from '../plan-scoring.ts';
import type { ScoredResult } from '../scoring-protocol.ts';

/** Judges and measures one range of a run's attempts; scores, sums and the mark are one transaction. */
export const scoreBatch = defineJobKind({
  id: 'score-batch',
  payload: z.object({
    runId: z.uuid(),
    verifier: z.string(),
    version: z.int(),
    policy: z.string(),
    batch: z.int().min(0),
    range: z
      .object({ from: z.int().min(0), to: z.int().min(0) })
      .optional()
      .describe('Positions of its attempts; the batches of a whole file are of equal size.'),
  }),
  maxAttempts: 25,
  async run({ batch, range = rangeOf(batch), ...key }, { db, scoring }) {
    const run = await getRunForScoring(db, key.runId);
    // Deleted or withdrawn in the meantime.
    if (run === null) return;
    const attempts = await loadAttempts(db, {
      runId: run.id,
      benchmarkId: run.benchmarkId,
      ...range,
    });
    const results = await scoring.score(
      {
        verifier: key.verifier,
        policy: key.policy === 'default' ? {} : (JSON.parse(key.policy) as Record<string, unknown>),
        tokenizer: run.tokenizer,
      },
      attempts.map((attempt) => ({ ...attempt, isTruncated: attempt.finishReason === 'length' })),
    );
    await withTransaction(db, async (session) => {
      if (!(await claimBatch(session, key, batch))) return;
      await store(session, { key, run, attempts, results, range });
      await addToSummaries(session, { key, run, attempts, results, range });
    });
  },
});

function rangeOf(batch: number): Scored['range'] {
  return { from: batch * BATCH_ATTEMPTS, to: (batch + 1) * BATCH_ATTEMPTS };
}

interface Scored {
  key: VerdictKey;
  run: RunForScoring;
  attempts: readonly AttemptRow[];
  results: readonly ScoredResult[];
  range: { from: number; to: number };
}

async function store(session: Session, { key, run, attempts, results }: Scored): Promise<void> {
  const rows = attempts.flatMap((attempt, index) => {
    const result = results[index];
    return result === undefined ? [] : [{ ...attempt, result }];
  });
  await insertScores(
    session,
    key,
    rows.map(({ itemKey, sampleIndex, result: { verdict, answers } }) => ({
      itemKey,
      sampleIndex,
      outcome: verdict.status,
      extracted: toStorable(verdict.extracted),
      reason: toStorable(verdict.reason),
      answers,
    })),
  );
  if (run.tokenizer !== null) {
    const { id: tokenizer, version } = knownTokenizers().get(run.tokenizer);
    const counts = rows.flatMap(({ itemKey, sampleIndex, result: { tokens } }) =>
      tokens === null ? [] : [{ itemKey, sampleIndex, ...tokens }],
    );
    await insertTokenCounts(session, { runId: run.id, tokenizer, version }, counts);
  }
  const traces = rows.flatMap(({ itemKey, sampleIndex, result }) =>
    result.trace === null ? [] : [{ itemKey, sampleIndex, ...result.trace }],
  );
  await insertTraces(session, run.id, traces);
  const dead = rows.filter(({ result }) => result.isDead);
  await recordDeadRows(
    session,
    run,
    dead.map(({ sourceRow, result }) => ({ row: sourceRow, reason: result.verdict.reason ?? '' })),
  );
}

async function addToSummaries(session: Session, scored: Scored): Promise<void> {
  const { key, run } = scored;
  let isLast = false;
  await lockSubmission(session, run);
  for (const summary of await lockSummaries(session, key)) {
    addBatch(summary, scored, await lengthsOf(session, summary.tokenizer, scored));
    summary.batchesDone += 1;
    isLast = summary.batchesDone === summary.batches;
    const { lengthHistogram, ...figures } = isLast
      ? toFigures(summary.state, { expectedAttempts: run.itemCount * run.samplesPerItem })
      : toProvisionalFigures(summary.state);
    await writeSummary(session, key, { ...summary, figures, histograms: { lengthHistogram } });
  }
  await noteBatch(session, run, { isLast });
  if (isLast) {
    await orderRanking(session, [run.benchmarkId]);
    await orderGrading(session, key);
  }
}

type Lengths = (attempt: AttemptRow, index: number) => AttemptRow['reportedTokens'] | null;

/** What the source reported, what was counted just now, or what another tokenizer counted before. */
async function lengthsOf(
  session: Session,
  column: string,
  { run, range, results }: Scored,
): Promise<Lengths> {
  if (column === 'reported') return (attempt) => attempt.reportedTokens;
  if (column === run.tokenizer) return (_, index) => results[index]?.tokens ?? null;
  const counts = await listTokenCounts(session, { runId: run.id, tokenizer: column }, range);
  return ({ itemKey, sampleIndex }) => counts.get(attemptKey(itemKey, sampleIndex)) ?? null;
}

function addBatch(summary: StoredSummary, { attempts, results }: Scored, lengthsIn: Lengths): void {
  attempts.forEach((attempt, index) => {
    const result = results[index];
    if (result === undefined) return;
    const lengths = lengthsIn(attempt, index);
    addAttempt(summary.state, {
      itemPosition: attempt.itemPosition,
      outcome: result.verdict.status,
      isError: attempt.isError,
      tokens: lengths?.output ?? null,
      reasoningTokens: lengths?.reasoning ?? null,
      answerTokens: lengths?.answer ?? null,
      characters: attempt.characters,
      finishReason: attempt.finishReason,
      reflections: result.trace?.reflections ?? null,
      reportedCorrect: attempt.reportedCorrect,
    });
  });
}
