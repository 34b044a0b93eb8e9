import { copyAttempts, type NewAttempt } from '#lib/db/attempts.ts';
import { type Db, withTransaction } from '#lib/db/client.ts';
import { insertScores, insertTokenCounts, type ScoreRow } from '#lib/db/scoring.ts';
import { writeSummary } from '#lib/db/summaries.ts';
import { uuidv7 } from '#lib/db/uuid.ts';
import { encodeFrame } from '#lib/ingest/frames.ts';
import { toReportedFigures } from '#lib/leaderboard/board-row.ts';
import { addAttempt } from '#lib/leaderboard/run-accumulator.ts';
import { createRunState } from '#lib/leaderboard/run-state.ts';
import { toFigures } from '#lib/leaderboard/to-figures.ts';
import type { Outcome } from '#lib/verifiers/verifier.ts';

/** Keys of every kind that addresses have trouble with. */
export const ITEM_KEYS = ['plain', 'with space', 'a/b?c#d', '50%', 'ключ'] as const;

export interface BenchmarkOptions {
  name: string;
  visibility?: 'public' | 'unlisted' | 'private';
  hasHiddenGold?: boolean;
  ownerTokenId?: string;
}

/** A benchmark of five items whose golds are their positions. */
export async function addBenchmark(db: Db, options: BenchmarkOptions): Promise<string> {
  const id = uuidv7();
  await db.pool.query(
    `insert into benchmark (id, name, version, split, title, visibility, default_verifier, verifier_version, policy,
       tokenizer, item_count, has_hidden_gold, owner_token_id)
     values ($1, $2, 1, 'test', $2, $3, 'string', 1, '{}', 'o200k', $4, $5, $6)`,
    [
      id,
      options.name,
      options.visibility ?? 'public',
      ITEM_KEYS.length,
      options.hasHiddenGold ?? false,
      options.ownerTokenId ?? null,
    ],
  );
  for (const [position, key] of ITEM_KEYS.entries()) {
    await db.pool.query(
      `insert into item (benchmark_id, key, position, prompt, difficulty) values ($1, $2, $3, $4, $5)`,
      [id, key, position, `Which number is ${key}?`, position < 3 ? 'easy' : 'hard'],
    );
    await db.pool.query(`insert into gold (benchmark_id, item_key, answer) values ($1, $2, $3)`, [
      id,
      key,
      `gold-${String(position)}`,
    ]);
  }
  return id;
}

export interface RunOptions {
  benchmarkId: string;
  label: string;
  model?: string;
  family?: string;
  params?: Record<string, number>;
  visibility?: 'public' | 'unlisted' | 'private';
  state?: 'scoring' | 'done' | 'withdrawn';
  ownerTokenId?: string;
  rank?: { rank: number; tieGroup: number };
}

async function addRunRow(
  db: Db,
  options: RunOptions,
  trust: 'reported' | 'scored',
): Promise<string> {
  const id = uuidv7();
  await db.pool.query(
    `insert into model (id, name) values ($1, $2) on conflict (name) do nothing`,
    [uuidv7(), options.model ?? 'model'],
  );
  await db.pool.query(
    `insert into run (id, benchmark_id, model_id, label, family, params, trust_level, visibility, state, owner_token_id)
     select $1, $2, m.id, $4, $5, $6, $7::trust_level, $8::visibility, $9::run_state, $10 from model m where m.name = $3`,
    [
      id,
      options.benchmarkId,
      options.model ?? 'model',
      options.label,
      options.family ?? null,
      JSON.stringify(options.params ?? {}),
      trust,
      options.visibility ?? 'public',
      options.state ?? 'done',
      options.ownerTokenId ?? null,
    ],
  );
  return id;
}

/** A figure out of a paper. */
export async function addReportedRun(
  db: Db,
  options: RunOptions & { accuracy: number; tokensMean: number | null },
): Promise<string> {
  const id = await addRunRow(db, options, 'reported');
  await db.pool.query(
    `insert into run_summary (run_id, verifier, version, policy, tokenizer, figures)
     values ($1, 'reported', 0, 'default', 'reported', $2)`,
    [id, JSON.stringify(toReportedFigures(options))],
  );
  return id;
}

export interface FixtureAttempt {
  outcome: Outcome | 'error' | 'unscored';
  tokens: number;
  extracted?: string;
  output?: string;
}

/** A run with `samples` attempts an item, each as `attemptOf` says by its position. */
export async function addScoredRun(
  db: Db,
  options: RunOptions & { samples: number; attemptOf: (position: number) => FixtureAttempt },
): Promise<string> {
  const id = await addRunRow(db, options, 'scored');
  const key = { runId: id, verifier: 'string', version: 1, policy: 'default' };
  const state = createRunState(ITEM_KEYS.length);
  const attempts: NewAttempt[] = [];
  const scores: ScoreRow[] = [];
  for (let position = 0; position < ITEM_KEYS.length * options.samples; position += 1) {
    const attempt = options.attemptOf(position);
    const itemPosition = Math.floor(position / options.samples);
    const itemKey = ITEM_KEYS[itemPosition] ?? '';
    const sampleIndex = position % options.samples;
    attempts.push(toNewAttempt(attempt, { position, itemPosition, itemKey, sampleIndex }));
    if (attempt.outcome === 'unscored') continue;
    const isError = attempt.outcome === 'error';
    const outcome = attempt.outcome === 'error' ? 'unparsed' : attempt.outcome;
    addAttempt(state, {
      itemPosition,
      outcome,
      isError,
      tokens: attempt.tokens,
      reasoningTokens: null,
      answerTokens: null,
      characters: 10,
      finishReason: 'stop',
      reflections: 0,
      reportedCorrect: null,
    });
    if (isError) continue;
    const reason = outcome === 'correct' ? null : `expected gold-${String(itemPosition)}`;
    scores.push({ itemKey, sampleIndex, outcome, extracted: attempt.extracted ?? null, reason });
  }
  const { lengthHistogram, ...figures } = toFigures(state, { expectedAttempts: attempts.length });
  await withTransaction(db, async (session) => {
    await copyAttempts(session, id, attempts);
    await insertScores(session, key, scores);
    await insertTokenCounts(
      session,
      { runId: id, tokenizer: 'o200k', version: 1 },
      attempts.map(({ itemKey, sampleIndex, position }) => ({
        itemKey,
        sampleIndex,
        output: options.attemptOf(position).tokens,
        reasoning: null,
        answer: null,
      })),
    );
    const histograms = { lengthHistogram };
    const progress = options.state === 'scoring' ? 1 : 2;
    await writeSummary(session, key, {
      ...{ tokenizer: 'o200k', state, figures, histograms, batchesDone: progress, batches: 2 },
    });
  });
  if (options.rank !== undefined) {
    await db.pool.query(`update run_summary set rank = $2, tie_group = $3 where run_id = $1`, [
      id,
      options.rank.rank,
      options.rank.tieGroup,
    ]);
  }
  return id;
}

function toNewAttempt(
  attempt: FixtureAttempt,
  place: Pick<NewAttempt, 'position' | 'itemPosition' | 'itemKey' | 'sampleIndex'>,
): NewAttempt {
  return {
    ...place,
    sourceRow: place.position + 1,
    promptTokens: null,
    outputTokens: null,
    reasoningTokens: null,
    answerTokens: null,
    tokenSource: 'unknown',
    tokenNote: null,
    characters: 10,
    finishReason: 'stop',
    errorCode: attempt.outcome === 'error' ? 'timeout' : null,
    errorMessage: null,
    signals: null,
    reportedScore: null,
    reportedCorrect: null,
    reportedExtracted: null,
    extras: null,
    output: encodeFrame(attempt.output ?? '<think>Wait, let me see.</think>It is 1.'),
    reasoning: null,
    answer: null,
  };
}
