import { decodeFrame } from '#lib/ingest/frames.ts';
import type { FinishReason } from '#lib/importers/importer.ts';
import type { Outcome } from '#lib/verifiers/verifier.ts';
import type { Db } from './client.ts';
import type { SampleScope } from './samples.ts';

/** What a verifier reads of one sample, and what the board counts for it. */
export interface SampleInput {
  texts: { output: string | null; reasoning: string | null; answer: string | null };
  gold: string | null;
  question: string | null;
  choices: string[] | null;
  isTruncated: boolean;
  /** Null when the sample is not judged yet. */
  counted: Outcome | null;
}

interface InputRecord {
  output: Buffer | null;
  reasoning: Buffer | null;
  answer: Buffer | null;
  gold: string | null;
  prompt: string | null;
  choices: string[] | null;
  finish_reason: FinishReason;
  outcome: Outcome | null;
}

/** Null when the run has no such sample. A hidden reference answer is not read: it is null then. */
export async function findSampleInput(
  db: Db,
  scope: SampleScope,
  { itemKey, sampleIndex }: { itemKey: string; sampleIndex: number },
): Promise<SampleInput | null> {
  const { rows } = await db.pool.query<InputRecord>(
    `select t.output, t.reasoning, t.answer, g.answer as gold, i.prompt, i.choices, a.finish_reason, s.outcome
     from attempt a
       left join attempt_text t using (run_id, item_key, sample_index)
       left join item i on i.benchmark_id = $4 and i.key = a.item_key
       left join gold g on g.benchmark_id = $4 and g.item_key = a.item_key and not $5::boolean
       left join score s on s.run_id = $1 and s.item_key = a.item_key and s.sample_index = a.sample_index
         and s.verifier = $6 and s.version = $7 and s.policy = $8
     where a.run_id = $1 and a.item_key = $2 and a.sample_index = $3`,
    [
      ...[scope.runId, itemKey, sampleIndex, scope.benchmarkId, scope.hasHiddenGold],
      ...[scope.verifier, scope.version, scope.policy],
    ],
  );
  const [row] = rows;
  if (row === undefined) return null;
  return {
    texts: {
      output: decodeFrame(row.output),
      reasoning: decodeFrame(row.reasoning),
      answer: decodeFrame(row.answer),
    },
    gold: row.gold,
    question: row.prompt,
    choices: row.choices,
    isTruncated: row.finish_reason === 'length',
    counted: row.outcome,
  };
}
