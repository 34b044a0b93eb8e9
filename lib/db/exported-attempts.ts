import type { EveryEvalVerdict } from '#lib/importers/every-eval-ever/instance.ts';
import type { ImportedAttempt } from '#lib/importers/importer.ts';
import { decodeFrame } from '#lib/ingest/frames.ts';
import type { Db } from './client.ts';
import { OUTCOME, SAMPLE_SOURCE, type SampleScope } from './samples.ts';

/** An attempt as its file brought it, with the verdict that its board shows; null before it is judged. */
export interface ExportedAttempt {
  attempt: ImportedAttempt;
  verdict: EveryEvalVerdict | null;
}

/** Texts are decoded in memory: a batch of the longest ones still fits. */
const BATCH = 200;

interface ExportedRecord {
  position: number;
  item_key: string;
  sample_index: number;
  outcome: string;
  extracted: string | null;
  output: Buffer | null;
  reasoning: Buffer | null;
  answer: Buffer | null;
  prompt_tokens: number | null;
  output_tokens: number | null;
  reasoning_tokens: number | null;
  answer_tokens: number | null;
  token_source: ImportedAttempt['tokens']['source'];
  token_note: string | null;
  finish_reason: ImportedAttempt['finishReason'];
  error_code: string | null;
  error_message: string | null;
  signals: Record<string, number> | null;
  extras: Record<string, unknown> | null;
  reported_score: number | null;
  reported_correct: boolean | null;
  reported_extracted: string | null;
  prompt: string | null;
  choices: string[] | null;
  difficulty: string | null;
  groups: Record<string, string> | null;
  gold: string | null;
}

/**
 * Every attempt of the run in order with the item that it answers, batch by batch. References that are hidden are left
 * out, whoever asks.
 */
export async function* streamExportedAttempts(
  db: Db,
  scope: SampleScope,
): AsyncGenerator<ExportedAttempt, void, undefined> {
  for (let after = -1; ;) {
    const { rows } = await db.pool.query<ExportedRecord>(
      `select a.position, a.item_key, a.sample_index, ${OUTCOME} as outcome, s.extracted,
              t.output, t.reasoning, t.answer, a.prompt_tokens, a.output_tokens, a.reasoning_tokens, a.answer_tokens,
              a.token_source, a.token_note, a.finish_reason, a.error_code, a.error_message, a.signals, a.extras,
              a.reported_score, a.reported_correct, a.reported_extracted,
              i.prompt, i.choices, i.difficulty, i.groups,
              case when $6::boolean then null else g.answer end as gold
       from ${SAMPLE_SOURCE}
         left join attempt_text t on t.run_id = $1 and t.item_key = a.item_key and t.sample_index = a.sample_index
         left join item i on i.benchmark_id = $9 and i.key = a.item_key
         left join gold g on g.benchmark_id = $9 and g.item_key = a.item_key
       where a.run_id = $1 and a.position > $7
       order by a.position limit $8`,
      [
        scope.runId,
        scope.verifier,
        scope.version,
        scope.policy,
        'reported',
        scope.hasHiddenGold,
        after,
        BATCH,
        scope.benchmarkId,
      ],
    );
    for (const row of rows) {
      after = row.position;
      const attempt = toAttempt(row);
      // Nobody knows what a source put among its further fields: a reference may be there too.
      yield {
        attempt: scope.hasHiddenGold ? { ...attempt, extras: {} } : attempt,
        verdict: toVerdict(row, scope),
      };
    }
    if (rows.length < BATCH) return;
  }
}

function toAttempt(row: ExportedRecord): ImportedAttempt {
  return {
    item: {
      key: row.item_key,
      prompt: row.prompt,
      gold: row.gold,
      choices: row.choices,
      difficulty: row.difficulty,
      groups: row.groups ?? {},
    },
    sampleIndex: row.sample_index,
    output: decodeFrame(row.output),
    reasoning: decodeFrame(row.reasoning),
    answer: decodeFrame(row.answer),
    tokens: {
      prompt: row.prompt_tokens,
      output: row.output_tokens,
      reasoning: row.reasoning_tokens,
      answer: row.answer_tokens,
      source: row.token_source,
      note: row.token_note,
    },
    finishReason: row.finish_reason,
    error:
      row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? '' },
    reported: {
      score: row.reported_score,
      isCorrect: row.reported_correct,
      extracted: row.reported_extracted,
    },
    signals: row.signals ?? {},
    extras: row.extras ?? {},
  };
}

function toVerdict(row: ExportedRecord, scope: SampleScope): EveryEvalVerdict | null {
  if (row.outcome === 'unscored') return null;
  const { outcome, extracted } = row;
  return { outcome, extracted, verifier: `${scope.verifier}@${String(scope.version)}` };
}
