import type { ScoredAttempt } from '#lib/leaderboard/run-accumulator.ts';
import { TRACE_VERSION } from '#lib/redundancy/trace/measure-trace.ts';
import type { Db, Session } from './client.ts';
import { enqueue } from './queue.ts';
import { attemptKey, type VerdictKey } from './scoring.ts';
import { RUN_IS_VISIBLE, type Viewer, viewerParams } from './visibility.ts';

/** Counts of one tokenizer over one run. */
export interface CountKey {
  runId: string;
  tokenizer: string;
  version: number;
}

export interface RunToRecount {
  id: string;
  label: string;
  benchmarkId: string;
  attempts: number;
  traceVisibility: 'full' | 'summary' | 'hidden' | 'unknown';
  isReported: boolean;
  /** Of this version, with their summary. */
  hasCounts: boolean;
}

/** The runs that are named, or all of the benchmark, as far as the viewer may see them. */
export async function listRunsToRecount(
  db: Db,
  {
    benchmarkId,
    only,
    tokenizer,
    version,
  }: {
    benchmarkId: string | null;
    only: readonly string[] | null;
    tokenizer: string;
    version: number;
  },
  viewer: Viewer,
): Promise<RunToRecount[]> {
  const { rows } = await db.pool.query<RunToRecount>(
    `select r.id, r.label, r.benchmark_id as "benchmarkId", r.attempts, r.trace_visibility as "traceVisibility",
            r.trust_level = 'reported' as "isReported",
            exists (select from token_count c where c.run_id = r.id and c.tokenizer = $5 and c.version = $6)
              and exists (select from run_summary s where s.run_id = r.id and s.tokenizer = $5
                and s.batches_done = s.batches) as "hasCounts"
     from run r join benchmark b on b.id = r.benchmark_id
     where ${RUN_IS_VISIBLE} and r.state in ('scoring', 'done')
       and ($3::uuid is null or r.benchmark_id = $3) and ($4::uuid[] is null or r.id = any($4))
     order by r.created_at, r.id`,
    [...viewerParams(viewer), benchmarkId, only, tokenizer, version],
  );
  return rows;
}

/** One job a run and tokenizer; an order for what waits already replaces it. */
export async function orderRecount(
  session: Pick<Session, 'query'>,
  key: CountKey,
  { from, runAt }: { from: number; runAt?: Date } = { from: 0 },
): Promise<void> {
  await enqueue(session, [
    {
      kind: 'recount-run',
      payload: { ...key, from },
      key: `recount-run:${key.runId}:${key.tokenizer}:${String(from)}`,
      maxAttempts: 25,
      ...(runAt !== undefined && { runAt }),
    },
  ]);
}

/** A set of verdicts that a run has. */
export type RunVerdictSet = VerdictKey & { isFinished: boolean; batches: number };

export async function listRunVerdictSets(
  session: Session,
  runId: string,
): Promise<RunVerdictSet[]> {
  const { rows } = await session.query<Omit<RunVerdictSet, 'runId'>>(
    `select verifier, version, policy, bool_and(batches_done = batches) as "isFinished", max(batches)::int as batches
     from run_summary where run_id = $1 and verifier <> 'reported'
     group by verifier, version, policy order by verifier, version, policy`,
    [runId],
  );
  return rows.map((row) => ({ runId, ...row }));
}

/** The judged attempts from position `from` to before `to` with the lengths of a tokenizer, as summaries add them up. */
export async function listCountedAttempts(
  session: Session,
  key: VerdictKey,
  {
    tokenizer,
    version,
    from,
    to,
  }: { tokenizer: string; version: number; from: number; to: number },
): Promise<ScoredAttempt[]> {
  const { rows } = await session.query<ScoredAttempt>(
    `select a.item_position as "itemPosition", s.outcome, a.error_code is not null as "isError",
            c.output as tokens, c.reasoning as "reasoningTokens", c.answer as "answerTokens", a.characters,
            a.finish_reason as "finishReason", t.reflections, a.reported_correct as "reportedCorrect"
     from attempt a
     join score s on s.run_id = $1 and s.item_key = a.item_key and s.sample_index = a.sample_index
       and s.verifier = $2 and s.version = $3 and s.policy = $4
     left join token_count c on c.run_id = $1 and c.item_key = a.item_key and c.sample_index = a.sample_index
       and c.tokenizer = $5 and c.version = $6
     left join trace t on t.run_id = $1 and t.item_key = a.item_key and t.sample_index = a.sample_index
       and t.version = $9
     where a.run_id = $1 and a.position >= $7 and a.position < $8 order by a.position`,
    [key.runId, key.verifier, key.version, key.policy, tokenizer, version, from, to, TRACE_VERSION],
  );
  return rows;
}

/** The newest counts of a tokenizer by item and sample, for attempts from position `from` to before `to`. */
export async function listTokenCounts(
  session: Session,
  { runId, tokenizer }: { runId: string; tokenizer: string },
  { from, to }: { from: number; to: number },
): Promise<
  Map<string, { output: number | null; reasoning: number | null; answer: number | null }>
> {
  const { rows } = await session.query<{
    item_key: string;
    sample_index: number;
    output: number;
    reasoning: number | null;
    answer: number | null;
  }>(
    `select distinct on (a.position) a.item_key, a.sample_index, c.output, c.reasoning, c.answer
     from attempt a join token_count c on c.run_id = $1 and c.item_key = a.item_key
       and c.sample_index = a.sample_index and c.tokenizer = $2
     where a.run_id = $1 and a.position >= $3 and a.position < $4
     order by a.position, c.version desc`,
    [runId, tokenizer, from, to],
  );
  return new Map(
    rows.map(({ item_key, sample_index, ...counts }) => [
      attemptKey(item_key, sample_index),
      counts,
    ]),
  );
}
