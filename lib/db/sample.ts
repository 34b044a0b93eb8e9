import { decodeFrame } from '#lib/ingest/frames.ts';
import { toSampleParts } from '#lib/redundancy/transcript/sample-parts.ts';
import type { Outcome } from '#lib/verifiers/verifier.ts';
import type { Sample, SampleOutcome } from '#lib/schemas/sample.ts';
import type { Db } from './client.ts';
import { OUTCOME, SAMPLE_SOURCE, type SampleScope } from './samples.ts';

interface SampleRecord {
  position: number;
  item_position: number;
  output_tokens: number | null;
  reasoning_tokens: number | null;
  answer_tokens: number | null;
  token_source: string;
  token_note: string | null;
  characters: number;
  finish_reason: string;
  error_code: string | null;
  error_message: string | null;
  reported_score: number | null;
  reported_correct: boolean | null;
  reported_extracted: string | null;
  output: Buffer | null;
  reasoning: Buffer | null;
  answer: Buffer | null;
  prompt: string | null;
  choices: string[] | null;
  difficulty: string | null;
  language: string | null;
  groups: Record<string, string> | null;
  gold: string | null;
}

interface VerdictRecord {
  verifier: string;
  version: number;
  policy: string;
  outcome: Outcome;
  extracted: string | null;
  reason: string | null;
}

type Place = Sample['next'];

/** One sample with all that is known of it; null when the run has no such sample. */
export async function findSample(
  db: Db,
  scope: SampleScope,
  { itemKey, sampleIndex }: { itemKey: string; sampleIndex: number },
): Promise<Sample | null> {
  const record = await findRecord(db, scope, { itemKey, sampleIndex });
  if (record === null) return null;
  const key = [scope.runId, itemKey, sampleIndex];
  const [verdicts, counts, siblings, neighbours] = await Promise.all([
    db.pool.query<VerdictRecord>(
      `select verifier, version, policy, outcome, extracted, reason from score
       where run_id = $1 and item_key = $2 and sample_index = $3 order by verifier, version desc, policy`,
      key,
    ),
    db.pool.query<{ by: string; output: number; reasoning: number | null; answer: number | null }>(
      `select distinct on (tokenizer) tokenizer as by, output, reasoning, answer from token_count
       where run_id = $1 and item_key = $2 and sample_index = $3 order by tokenizer, version desc`,
      key,
    ),
    listSiblings(db, scope, itemKey),
    findNeighbours(db, scope.runId, record.position),
  ]);
  return toSample(
    { scope, itemKey, sampleIndex, record },
    {
      verdicts: verdicts.rows,
      counts: counts.rows.map((count) => ({ ...count, note: null })),
      siblings,
      neighbours,
    },
  );
}

async function findRecord(
  db: Db,
  scope: SampleScope,
  { itemKey, sampleIndex }: { itemKey: string; sampleIndex: number },
): Promise<SampleRecord | null> {
  // A hidden reference answer is not even read: what is not here can not leave.
  const { rows } = await db.pool.query<SampleRecord>(
    `select a.position, a.item_position, a.output_tokens, a.reasoning_tokens, a.answer_tokens, a.token_source,
            a.token_note, a.characters, a.finish_reason, a.error_code, a.error_message, a.reported_score,
            a.reported_correct, a.reported_extracted, t.output, t.reasoning, t.answer,
            i.prompt, i.choices, i.difficulty, i.language, i.groups, g.answer as gold
     from attempt a
       left join attempt_text t using (run_id, item_key, sample_index)
       left join item i on i.benchmark_id = $4 and i.key = a.item_key
       left join gold g on g.benchmark_id = $4 and g.item_key = a.item_key and not $5::boolean
     where a.run_id = $1 and a.item_key = $2 and a.sample_index = $3`,
    [scope.runId, itemKey, sampleIndex, scope.benchmarkId, scope.hasHiddenGold],
  );
  return rows[0] ?? null;
}

/** The samples of the same item; a thousand is more than anybody steps through. */
async function listSiblings(
  db: Db,
  scope: SampleScope,
  itemKey: string,
): Promise<Sample['siblings']> {
  const { rows } = await db.pool.query<Sample['siblings'][number]>(
    `select a.sample_index as "sampleIndex", ${OUTCOME} as outcome, coalesce(l.tokens, a.output_tokens) as tokens
     from ${SAMPLE_SOURCE}
     where a.run_id = $1 and a.item_key = $6
     order by a.sample_index limit 1000`,
    [scope.runId, scope.verifier, scope.version, scope.policy, scope.column, itemKey],
  );
  return rows;
}

async function findNeighbours(
  db: Db,
  runId: string,
  position: number,
): Promise<{ previous: Place; next: Place }> {
  const step = async (condition: string): Promise<Place> => {
    const { rows } = await db.pool.query<NonNullable<Place>>(
      `select item_key as "itemKey", sample_index as "sampleIndex" from attempt
       where run_id = $1 and position ${condition} limit 1`,
      [runId, position],
    );
    return rows[0] ?? null;
  };
  const [previous, next] = await Promise.all([
    step('< $2 order by position desc'),
    step('> $2 order by position'),
  ]);
  return { previous, next };
}

interface Subject {
  scope: SampleScope;
  itemKey: string;
  sampleIndex: number;
  record: SampleRecord;
}

interface Related {
  verdicts: readonly VerdictRecord[];
  counts: Sample['tokens'];
  siblings: Sample['siblings'];
  neighbours: { previous: Place; next: Place };
}

function toSample({ scope, itemKey, sampleIndex, record }: Subject, related: Related): Sample {
  const verdicts = related.verdicts.map((verdict) => toVerdict(verdict, scope));
  const counted = verdicts.find((verdict) => verdict.isDefault);
  const outcome: SampleOutcome =
    record.error_code === null ? (counted?.outcome ?? 'unscored') : 'error';
  return {
    runId: scope.runId,
    itemKey,
    sampleIndex,
    position: record.position,
    item: {
      position: record.item_position,
      prompt: record.prompt,
      choices: record.choices,
      difficulty: record.difficulty,
      language: record.language,
      groups: record.groups ?? {},
    },
    gold: record.gold,
    isGoldHidden: scope.hasHiddenGold,
    ...toSampleParts({
      output: decodeFrame(record.output),
      reasoning: decodeFrame(record.reasoning),
      answer: decodeFrame(record.answer),
    }),
    tokens: [...toReportedTokens(record), ...related.counts],
    characters: record.characters,
    finishReason: record.finish_reason,
    error:
      record.error_code === null
        ? null
        : { code: record.error_code, message: record.error_message },
    outcome,
    verdicts,
    reported: {
      score: record.reported_score,
      correct: record.reported_correct,
      extracted: record.reported_extracted,
    },
    siblings: related.siblings,
    ...related.neighbours,
  };
}

/** The reason of a wrong answer may quote the reference answer. */
function toVerdict(verdict: VerdictRecord, scope: SampleScope): Sample['verdicts'][number] {
  const isDefault =
    verdict.verifier === scope.verifier &&
    verdict.version === scope.version &&
    verdict.policy === scope.policy;
  const reason =
    scope.hasHiddenGold && verdict.reason !== null
      ? 'The reason is not shown, because the reference answers of this benchmark are hidden.'
      : verdict.reason;
  return { ...verdict, reason, isDefault };
}

function toReportedTokens(record: SampleRecord): Sample['tokens'] {
  const { output_tokens: output, reasoning_tokens: reasoning, answer_tokens: answer } = record;
  if (output === null && reasoning === null && answer === null) return [];
  return [{ by: record.token_source, output, reasoning, answer, note: record.token_note }];
}
