import { decodeFrame } from '#lib/ingest/frames.ts';
import type { Db } from './client.ts';
import { OUTCOME, SAMPLE_SOURCE, type SampleScope } from './samples.ts';

/** One sample as downloads carry it, and as the importer `laconic-download` reads it back; the reference answer is not among it. */
export interface DownloadedSample {
  itemKey: string;
  sampleIndex: number;
  outcome: string;
  extracted: string | null;
  reason: string | null;
  output: string | null;
  reasoning: string | null;
  answer: string | null;
  promptTokens: number | null;
  reportedTokens: number | null;
  reasoningTokens: number | null;
  answerTokens: number | null;
  tokenSource: string;
  tokenNote: string | null;
  finishReason: string;
  errorCode: string | null;
  errorMessage: string | null;
  reportedScore: number | null;
  reportedCorrect: boolean | null;
  reportedExtracted: string | null;
  signals: Record<string, number> | null;
  characters: number;
}

/** Texts are decoded in memory: a batch of the longest ones still fits. */
const BATCH = 200;

type SampleRecord = Omit<DownloadedSample, 'output' | 'reasoning' | 'answer'> & {
  position: number;
  output: Buffer | null;
  reasoning: Buffer | null;
  answer: Buffer | null;
};

/** Every sample of the run in order, batch by batch: nothing is held for longer than its batch. */
export async function* streamSamples(
  db: Db,
  scope: SampleScope,
): AsyncGenerator<DownloadedSample, void, undefined> {
  for (let after = -1; ;) {
    const { rows } = await db.pool.query<SampleRecord>(
      `select a.position, a.item_key as "itemKey", a.sample_index as "sampleIndex", ${OUTCOME} as outcome,
              s.extracted, case when $6::boolean then null else s.reason end as reason,
              t.output, t.reasoning, t.answer, a.prompt_tokens as "promptTokens", a.output_tokens as "reportedTokens",
              a.reasoning_tokens as "reasoningTokens", a.answer_tokens as "answerTokens",
              a.token_source as "tokenSource", a.token_note as "tokenNote", a.error_message as "errorMessage",
              a.reported_extracted as "reportedExtracted", a.signals,
              a.finish_reason as "finishReason", a.error_code as "errorCode", a.reported_score as "reportedScore",
              a.reported_correct as "reportedCorrect", a.characters
       from ${SAMPLE_SOURCE}
         left join attempt_text t on t.run_id = $1 and t.item_key = a.item_key and t.sample_index = a.sample_index
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
      ],
    );
    for (const { position, output, reasoning, answer, ...row } of rows) {
      after = position;
      yield {
        ...row,
        output: decodeFrame(output),
        reasoning: decodeFrame(reasoning),
        answer: decodeFrame(answer),
      };
    }
    if (rows.length < BATCH) return;
  }
}
