import { z } from 'zod';

import type { ImportedAttempt } from '#lib/importers/importer.ts';

/** One line of an instance file of every_eval_ever 0.3.0; its schema takes no other fields. */
export interface EveryEvalInstance {
  schema_version: '0.3.0';
  evaluation_id: string;
  model_id: string;
  evaluation_name: string;
  evaluation_result_id: string;
  sample_id: string;
  sample_hash: string;
  interaction_type: 'single_turn';
  input: { raw: string; reference: string[]; choices?: string[] };
  output: { raw: string[]; reasoning_trace?: string[] };
  answer_attribution: {
    turn_idx: number;
    source: string;
    extracted_value: string;
    extraction_method: string;
    is_terminal: boolean;
  }[];
  evaluation: { score: number; is_correct: boolean };
  token_usage?: {
    input_tokens: number;
    output_tokens: number;
    total_tokens: number;
    reasoning_tokens?: number;
  };
  error?: string;
  metadata: Record<string, string>;
}

/** What the exported rows belong to. */
export interface EveryEvalRun {
  evaluationId: string;
  modelId: string;
  evaluationName: string;
  /** Of the accuracy in the aggregate, which the scores of the rows add up to. */
  evaluationResultId: string;
}

/** What was found here of the sample; it stands in the file in place of the source's own score. */
export interface EveryEvalVerdict {
  /** `correct`, `wrong`, `unparsed`, `unverifiable` or `error`. */
  outcome: string;
  extracted: string | null;
  /** `math@2` */
  verifier: string;
}

/** Where our own fields stand, since the schema is closed: a JSON text in the map of texts. */
export const OWN_FIELD = 'laconic';

const count = z.int().min(0).nullable();

/** All that an instance has no place for, or no way to leave open. */
export const OwnFields = z.strictObject({
  item: z.strictObject({
    key: z.string().nullable(),
    prompt: z.string().nullable(),
    gold: z.string().nullable(),
    choices: z.array(z.string()).nullable(),
    difficulty: z.string().nullable(),
    groups: z.record(z.string(), z.string()),
  }),
  sampleIndex: z.int().min(0),
  /** The text that `output.raw` holds. */
  raw: z.enum(['output', 'answer', 'none']),
  /** The answer, when `output.raw` holds the whole output. */
  answer: z.string().nullable(),
  tokens: z.strictObject({
    prompt: count,
    output: count,
    reasoning: count,
    answer: count,
    source: z.enum(['provider', 'runner', 'tokenizer', 'derived', 'unknown']),
    note: z.string().nullable(),
  }),
  finishReason: z.enum(['stop', 'length', 'content_filter', 'tool', 'error', 'unknown']),
  errorCode: z.string().nullable(),
  reported: z.strictObject({
    score: z.number().nullable(),
    isCorrect: z.boolean().nullable(),
    extracted: z.string().nullable(),
  }),
  signals: z.record(z.string(), z.number()),
  extras: z.record(z.string(), z.unknown()),
});

export type OwnFields = z.infer<typeof OwnFields>;

/**
 * The attempt as a row for every_eval_ever, which `every-eval-ever` reads back to the same attempt. Without a verdict
 * the row says what the source scored.
 */
export function toEveryEvalInstance(
  { attempt, verdict }: { attempt: ImportedAttempt; verdict: EveryEvalVerdict | null },
  run: EveryEvalRun,
  sha256: (text: string) => string,
): EveryEvalInstance {
  const { item, tokens, error } = attempt;
  const raw = attempt.output ?? attempt.answer;
  const input = { raw: item.prompt ?? '', reference: item.gold === null ? [] : [item.gold] };
  const own: OwnFields = {
    item: {
      ...item,
      choices: item.choices === null ? null : [...item.choices],
      groups: { ...item.groups },
    },
    sampleIndex: attempt.sampleIndex,
    raw: attempt.output !== null ? 'output' : attempt.answer !== null ? 'answer' : 'none',
    answer: attempt.output === null ? null : attempt.answer,
    tokens,
    finishReason: attempt.finishReason,
    errorCode: error?.code ?? null,
    reported: attempt.reported,
    signals: { ...attempt.signals },
    extras: { ...attempt.extras },
  };
  const isCounted = tokens.prompt !== null && tokens.output !== null;
  return {
    schema_version: '0.3.0',
    evaluation_id: run.evaluationId,
    model_id: run.modelId,
    evaluation_name: run.evaluationName,
    evaluation_result_id: run.evaluationResultId,
    sample_id: item.key ?? sha256(pythonJson(input)),
    sample_hash: sha256(pythonJson(input)),
    interaction_type: 'single_turn',
    input: { ...input, ...(item.choices === null ? {} : { choices: [...item.choices] }) },
    output: {
      raw: raw === null ? [] : [raw],
      ...(attempt.reasoning === null ? {} : { reasoning_trace: [attempt.reasoning] }),
    },
    answer_attribution: toAttribution(attempt, verdict),
    // The schema asks for a score: the metadata says when there is none.
    evaluation: toEvaluation(attempt, verdict),
    ...(isCounted
      ? {
          token_usage: {
            input_tokens: tokens.prompt ?? 0,
            output_tokens: tokens.output ?? 0,
            total_tokens: (tokens.prompt ?? 0) + (tokens.output ?? 0),
            ...(tokens.reasoning === null ? {} : { reasoning_tokens: tokens.reasoning }),
          },
        }
      : {}),
    ...(error === null ? {} : { error: error.message }),
    metadata: {
      ...(verdict !== null && { outcome: verdict.outcome, verifier: verdict.verifier }),
      [OWN_FIELD]: JSON.stringify(own),
    },
  };
}

function toEvaluation(
  { reported }: ImportedAttempt,
  verdict: EveryEvalVerdict | null,
): EveryEvalInstance['evaluation'] {
  if (verdict === null)
    return { score: reported.score ?? 0, is_correct: reported.isCorrect ?? false };
  const isCorrect = verdict.outcome === 'correct';
  return { score: isCorrect ? 1 : 0, is_correct: isCorrect };
}

function toAttribution(
  { reported }: ImportedAttempt,
  verdict: EveryEvalVerdict | null,
): EveryEvalInstance['answer_attribution'] {
  const extracted = verdict === null ? reported.extracted : verdict.extracted;
  if (extracted === null) return [];
  return [
    {
      turn_idx: 0,
      source: 'output.raw',
      extracted_value: extracted,
      extraction_method: verdict?.verifier ?? 'custom',
      is_terminal: true,
    },
  ];
}

/** The documented recipe of `sample_hash`: Python's `json.dumps` with sorted keys, no spaces and ASCII only. */
export function pythonJson(input: { raw: string; reference: readonly string[] }): string {
  const text = JSON.stringify({ raw: input.raw, reference: input.reference });
  return text.replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
