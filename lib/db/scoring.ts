import type { FinishReason } from '#lib/importers/importer.ts';
import type { Outcome } from '#lib/verifiers/verifier.ts';
import type { Db, Session } from './client.ts';

/** The verdicts of one run that belong together. */
export interface VerdictKey {
  runId: string;
  verifier: string;
  version: number;
  /** Canonical name of the policy: `default`, or what differs from it. */
  policy: string;
}

/** Names an attempt within its run, for maps. */
export function attemptKey(itemKey: string, sampleIndex: number): string {
  return `${itemKey}\0${String(sampleIndex)}`;
}

/** One attempt of a batch with all that judging and summing needs. */
export interface AttemptRow {
  itemKey: string;
  sampleIndex: number;
  itemPosition: number;
  sourceRow: number;
  finishReason: FinishReason;
  isError: boolean;
  characters: number;
  reportedTokens: { output: number | null; reasoning: number | null; answer: number | null };
  reportedCorrect: boolean | null;
  output: Uint8Array | null;
  reasoning: Uint8Array | null;
  answer: Uint8Array | null;
  gold: string | null;
  question: string | null;
  choices: string[] | null;
}

interface AttemptRecord {
  item_key: string;
  sample_index: number;
  item_position: number;
  source_row: number;
  finish_reason: FinishReason;
  is_error: boolean;
  characters: number;
  output_tokens: number | null;
  reasoning_tokens: number | null;
  answer_tokens: number | null;
  reported_correct: boolean | null;
  output: Buffer | null;
  reasoning: Buffer | null;
  answer: Buffer | null;
  gold: string | null;
  prompt: string | null;
  choices: string[] | null;
}

/** The attempts of a run from position `from` to before `to`, in order. */
export async function loadAttempts(
  db: Db,
  range: { runId: string; benchmarkId: string; from: number; to: number },
): Promise<AttemptRow[]> {
  const { rows } = await db.pool.query<AttemptRecord>(
    `select a.item_key, a.sample_index, a.item_position, a.source_row, a.finish_reason,
            a.error_code is not null as is_error, a.characters,
            a.output_tokens, a.reasoning_tokens, a.answer_tokens, a.reported_correct,
            t.output, t.reasoning, t.answer, g.answer as gold, i.prompt, i.choices
     from attempt a
     left join attempt_text t using (run_id, item_key, sample_index)
     left join item i on i.benchmark_id = $2 and i.key = a.item_key
     left join gold g on g.benchmark_id = $2 and g.item_key = a.item_key
     where a.run_id = $1 and a.position >= $3 and a.position < $4
     order by a.position`,
    [range.runId, range.benchmarkId, range.from, range.to],
  );
  return rows.map((row) => ({
    itemKey: row.item_key,
    sampleIndex: row.sample_index,
    itemPosition: row.item_position,
    sourceRow: row.source_row,
    finishReason: row.finish_reason,
    isError: row.is_error,
    characters: row.characters,
    reportedTokens: {
      output: row.output_tokens,
      reasoning: row.reasoning_tokens,
      answer: row.answer_tokens,
    },
    reportedCorrect: row.reported_correct,
    output: row.output,
    reasoning: row.reasoning,
    answer: row.answer,
    gold: row.gold,
    question: row.prompt,
    choices: row.choices,
  }));
}

/** Marks the batch as done in the session's transaction; false when a twin was faster, and nothing may be written then. */
export async function claimBatch(
  session: Session,
  key: VerdictKey,
  batch: number,
): Promise<boolean> {
  const { rowCount } = await session.query(
    `insert into score_batch (run_id, verifier, version, policy, batch)
     values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [key.runId, key.verifier, key.version, key.policy, batch],
  );
  return rowCount === 1;
}

export interface ScoreRow {
  itemKey: string;
  sampleIndex: number;
  outcome: Outcome;
  extracted: string | null;
  reason: string | null;
  /** Where the text states the answer; null when nobody looked. */
  answers?: AnswerPlaces | null;
}

export interface AnswerPlaces {
  statements: number;
  firstCorrectAt: number | null;
  firstCorrectTokens: number | null;
  afterCorrectTokens: number | null;
  correctAgain: number | null;
}

export async function insertScores(
  session: Session,
  key: VerdictKey,
  scores: readonly ScoreRow[],
): Promise<void> {
  await session.query(
    `insert into score (run_id, item_key, sample_index, verifier, version, policy, outcome, extracted, reason,
       answer_statements, first_correct_at, first_correct_tokens, after_correct_tokens, correct_again)
     select $1, item_key, sample_index, $2, $3, $4, outcome::outcome, extracted, reason,
       statements, first_at, first_tokens, after_tokens, again
     from unnest($5::text[], $6::int[], $7::text[], $8::text[], $9::text[],
         $10::int[], $11::int[], $12::int[], $13::int[], $14::int[])
       as row (item_key, sample_index, outcome, extracted, reason,
         statements, first_at, first_tokens, after_tokens, again)
     on conflict do nothing`,
    [
      key.runId,
      key.verifier,
      key.version,
      key.policy,
      scores.map((score) => score.itemKey),
      scores.map((score) => score.sampleIndex),
      scores.map((score) => score.outcome),
      scores.map((score) => score.extracted),
      scores.map((score) => score.reason),
      scores.map(({ answers }) => answers?.statements ?? null),
      scores.map(({ answers }) => answers?.firstCorrectAt ?? null),
      scores.map(({ answers }) => answers?.firstCorrectTokens ?? null),
      scores.map(({ answers }) => answers?.afterCorrectTokens ?? null),
      scores.map(({ answers }) => answers?.correctAgain ?? null),
    ],
  );
}

export interface TokenCountRow {
  itemKey: string;
  sampleIndex: number;
  output: number;
  reasoning: number | null;
  answer: number | null;
}

export async function insertTokenCounts(
  session: Session,
  key: { runId: string; tokenizer: string; version: number },
  counts: readonly TokenCountRow[],
): Promise<void> {
  await session.query(
    `insert into token_count (run_id, item_key, sample_index, tokenizer, version, output, reasoning, answer)
     select $1, item_key, sample_index, $2, $3, output, reasoning, answer
     from unnest($4::text[], $5::int[], $6::int[], $7::int[], $8::int[])
       as row (item_key, sample_index, output, reasoning, answer)
     on conflict do nothing`,
    [
      key.runId,
      key.tokenizer,
      key.version,
      counts.map((count) => count.itemKey),
      counts.map((count) => count.sampleIndex),
      counts.map((count) => count.output),
      counts.map((count) => count.reasoning),
      counts.map((count) => count.answer),
    ],
  );
}
