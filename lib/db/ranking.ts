import type { BoardFigures, BoardRunRow, TrustLevel } from '#lib/leaderboard/board-row.ts';
import { toLengthColumn } from '#lib/leaderboard/board-view.ts';
import { policyKey } from '#lib/leaderboard/policy-key.ts';
import { toItemMeans } from '#lib/leaderboard/item-means.ts';
import type { RankedRun } from '#lib/leaderboard/rank.ts';
import { decodeRunState } from '#lib/leaderboard/run-encoding.ts';
import type { Db, Session } from './client.ts';
import { enqueue } from './queue.ts';

interface RankingRecord {
  run_id: string;
  label: string;
  model: string;
  method: string | null;
  family: string | null;
  params: Record<string, string | number | boolean>;
  trust_level: TrustLevel;
  trace_visibility: BoardRunRow['traceVisibility'];
  token_source: string;
  tokenizer: string;
  figures: BoardFigures;
  state: Buffer | null;
  expected: number;
}

/**
 * The finished runs of a benchmark under its own verifier and policy, published figures included. On a public
 * benchmark only public runs take part: a rank must not depend on what its reader can't see.
 */
export async function listRankingRows(db: Db, benchmarkId: string): Promise<BoardRunRow[]> {
  const { rows: pinned } = await db.pool.query<{ policy: Record<string, unknown> }>(
    'select policy from benchmark where id = $1',
    [benchmarkId],
  );
  const { rows } = await db.pool.query<RankingRecord>(
    `select r.id as run_id, r.label, m.name as model, me.name as method, r.family, r.params, r.trust_level,
            r.trace_visibility, r.token_source, s.tokenizer, s.figures, s.state, b.item_count * r.samples_per_item as expected
     from run r
     join benchmark b on b.id = r.benchmark_id
     join model m on m.id = r.model_id
     left join method me on me.id = r.method_id
     join run_summary s on s.run_id = r.id
       and (s.verifier = 'reported'
         or (s.verifier = b.default_verifier and s.version = b.verifier_version and s.policy = $2))
     where r.benchmark_id = $1 and r.state = 'done' and (b.visibility <> 'public' or r.visibility = 'public')
     order by r.id`,
    [benchmarkId, policyKey(pinned[0]?.policy ?? {})],
  );
  return rows.map((record) => toBoardRow(record, benchmarkId));
}

function toBoardRow(record: RankingRecord, benchmarkId: string): BoardRunRow {
  return {
    runId: record.run_id,
    benchmarkId,
    label: record.label,
    model: record.model,
    method: record.method,
    family: record.family,
    params: record.params,
    trust: record.trust_level,
    state: 'done',
    traceVisibility: record.trace_visibility,
    lengthColumn: record.figures.tokensMean === null ? null : toLengthColumn(record.tokenizer),
    tokenSource: record.token_source,
    figures: record.figures,
    // No rank depends on it.
    sensitivity: null,
    itemMeans:
      record.state === null
        ? null
        : toItemMeans(decodeRunState(record.state), { expectedAttempts: record.expected }),
  };
}

/** Replaces all ranks of a benchmark; they follow from accuracies and hold in every length column. */
export async function writeRanks(
  session: Session,
  benchmarkId: string,
  ranks: readonly RankedRun[],
): Promise<void> {
  await session.query(
    `update run_summary s set rank = place.rank, tie_group = place.tie_group, updated_at = clock_timestamp()
     from (
       select r.id as run_id, ranked.rank, ranked.tie_group
       from run r
       left join unnest($2::uuid[], $3::int[], $4::int[]) as ranked (run_id, rank, tie_group)
         on ranked.run_id = r.id
       where r.benchmark_id = $1
     ) as place
     where s.run_id = place.run_id
       and (s.rank, s.tie_group) is distinct from (place.rank, place.tie_group)`,
    [
      benchmarkId,
      ranks.map(({ runId }) => runId),
      ranks.map(({ rank }) => rank),
      ranks.map(({ tieGroup }) => tieGroup),
    ],
  );
}

/** Submissions that only waited for their board are done. */
export async function finishRankedSubmissions(
  session: Session,
  benchmarkId: string,
): Promise<string[]> {
  const { rows } = await session.query<{ id: string }>(
    `select s.id from submission s join run r on r.submission_id = s.id
     where r.benchmark_id = $1 and r.state = 'done' and s.state = 'aggregating' order by s.id for update of s`,
    [benchmarkId],
  );
  return rows.map(({ id }) => id);
}

/** Ranks the board anew once the session's transaction is in: after scores, and whenever a run comes or goes. */
export async function orderRanking(
  session: Pick<Session, 'query'>,
  benchmarkIds: readonly string[],
): Promise<void> {
  await enqueue(
    session,
    benchmarkIds.map((benchmarkId) => ({
      kind: 'rank-board',
      payload: { benchmarkId },
      key: `rank-board ${benchmarkId}`,
      maxAttempts: 25,
    })),
  );
}

/** The same for the board of a submission's run; nothing when it has none. */
export async function orderRankingOfSubmission(
  session: Pick<Session, 'query'>,
  submissionId: string,
): Promise<void> {
  const { rows } = await session.query<{ id: string }>(
    `select benchmark_id as id from run where submission_id = $1`,
    [submissionId],
  );
  await orderRanking(
    session,
    rows.map(({ id }) => id),
  );
}
