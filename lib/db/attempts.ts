import type { FinishReason, TokenSource } from '#lib/importers/importer.ts';
import type { Session } from './client.ts';
import { copyRows, type Columns } from './copy.ts';

/** One attempt on its way into `attempt` and `attempt_text`; texts are zstd frames, JSON is serialised. */
export interface NewAttempt {
  itemKey: string;
  sampleIndex: number;
  position: number;
  itemPosition: number;
  sourceRow: number;
  promptTokens: number | null;
  outputTokens: number | null;
  reasoningTokens: number | null;
  answerTokens: number | null;
  tokenSource: TokenSource;
  tokenNote: string | null;
  characters: number;
  finishReason: FinishReason;
  errorCode: string | null;
  errorMessage: string | null;
  signals: string | null;
  reportedScore: number | null;
  reportedCorrect: boolean | null;
  reportedExtracted: string | null;
  extras: string | null;
  output: Uint8Array | null;
  reasoning: Uint8Array | null;
  answer: Uint8Array | null;
}

const KEY = { run_id: 'uuid', item_key: 'text', sample_index: 'int4' } as const satisfies Columns;

const ATTEMPT = {
  ...KEY,
  position: 'int4',
  item_position: 'int4',
  source_row: 'int4',
  prompt_tokens: 'int4',
  output_tokens: 'int4',
  reasoning_tokens: 'int4',
  answer_tokens: 'int4',
  token_source: 'text',
  token_note: 'text',
  characters: 'int4',
  finish_reason: 'text',
  error_code: 'text',
  error_message: 'text',
  signals: 'jsonb',
  reported_score: 'float8',
  reported_correct: 'bool',
  reported_extracted: 'text',
  extras: 'jsonb',
} as const satisfies Columns;

const TEXT = {
  ...KEY,
  output: 'bytea',
  reasoning: 'bytea',
  answer: 'bytea',
} as const satisfies Columns;

/** Both tables in the session's transaction; a second attempt with the same key is an error. */
export async function copyAttempts(
  session: Session,
  runId: string,
  attempts: readonly NewAttempt[],
): Promise<void> {
  await copyRows(
    session,
    { table: 'attempt', columns: ATTEMPT },
    attempts.values().map((attempt) => toAttemptRow(runId, attempt)),
  );
  await copyRows(
    session,
    { table: 'attempt_text', columns: TEXT },
    attempts.values().map((attempt) => ({
      run_id: runId,
      item_key: attempt.itemKey,
      sample_index: attempt.sampleIndex,
      output: attempt.output,
      reasoning: attempt.reasoning,
      answer: attempt.answer,
    })),
  );
}

function toAttemptRow(runId: string, attempt: NewAttempt) {
  return {
    run_id: runId,
    item_key: attempt.itemKey,
    sample_index: attempt.sampleIndex,
    position: attempt.position,
    item_position: attempt.itemPosition,
    source_row: attempt.sourceRow,
    prompt_tokens: attempt.promptTokens,
    output_tokens: attempt.outputTokens,
    reasoning_tokens: attempt.reasoningTokens,
    answer_tokens: attempt.answerTokens,
    token_source: attempt.tokenSource,
    token_note: attempt.tokenNote,
    characters: attempt.characters,
    finish_reason: attempt.finishReason,
    error_code: attempt.errorCode,
    error_message: attempt.errorMessage,
    signals: attempt.signals,
    reported_score: attempt.reportedScore,
    reported_correct: attempt.reportedCorrect,
    reported_extracted: attempt.reportedExtracted,
    extras: attempt.extras,
  };
}
