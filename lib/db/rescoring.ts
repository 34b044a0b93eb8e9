import { policyKey } from '#lib/leaderboard/policy-key.ts';
import type { Flip, VerdictDiff, VerdictSet } from '#lib/schemas/rescore.ts';
import { AppError } from '#lib/errors.ts';
import { addAudit } from './audit.ts';
import { withTransaction, type Db, type Session } from './client.ts';
import { orderRanking } from './ranking.ts';
import { attemptKey } from './scoring.ts';

/** One set of verdicts: what the keys of scores and summaries share. */
export interface VerdictSetKey {
  verifier: string;
  version: number;
  policy: string;
}

export interface BenchmarkToRescore {
  id: string;
  name: string;
  itemCount: number;
  policy: Record<string, unknown>;
}

/** Benchmarks whose board uses the verifier, or the one that is named. */
export async function listBenchmarksToRescore(
  db: Db,
  { verifier, benchmarkId }: { verifier: string; benchmarkId: string | null },
): Promise<BenchmarkToRescore[]> {
  const { rows } = await db.pool.query<BenchmarkToRescore>(
    `select id, name, item_count as "itemCount", policy from benchmark
     where case when $2::uuid is null then default_verifier = $1 else id = $2 end
     order by name, version, split`,
    [verifier, benchmarkId],
  );
  return rows;
}

export interface RunToRescore {
  id: string;
  label: string;
  attempts: number;
  /** Length columns of the summaries that the run has. */
  columns: string[];
  hasVerdicts: boolean;
}

/** Runs with attempts that are stored here; published figures have nothing to judge. */
export async function listRunsToRescore(
  target: Pick<Session, 'query'>,
  {
    benchmarkId,
    set,
    only,
  }: { benchmarkId: string; set: VerdictSetKey; only: readonly string[] | null },
): Promise<RunToRescore[]> {
  const { rows } = await target.query<RunToRescore>(
    `select r.id, r.label, r.attempts,
            array_agg(distinct s.tokenizer) as columns,
            bool_or(s.verifier = $2 and s.version = $3 and s.policy = $4) as "hasVerdicts"
     from run r join run_summary s on s.run_id = r.id
     where r.benchmark_id = $1 and r.state in ('scoring', 'done') and r.attempts > 0
       and ($5::uuid[] is null or r.id = any($5))
     group by r.id order by r.created_at, r.id`,
    [benchmarkId, set.verifier, set.version, set.policy, only],
  );
  return rows;
}

/** Two orders at the same time must not plan one run twice. */
export async function lockRescoring(session: Session, benchmarkId: string): Promise<void> {
  await session.query(`select pg_advisory_xact_lock(hashtextextended('rescore ' || $1, 0))`, [
    benchmarkId,
  ]);
}

/** The sets of verdicts that runs of a benchmark have, the pinned one first, then the newest. */
export async function listVerdictSets(db: Db, benchmarkId: string): Promise<VerdictSet[]> {
  const pinned = await getPinned(db, benchmarkId);
  const { rows } = await db.pool.query<Omit<VerdictSet, 'isPinned'>>(
    `select s.verifier, s.version, s.policy, count(distinct s.run_id)::int as runs,
            (count(distinct s.run_id) filter (where s.batches_done < s.batches))::int as unfinished
     from run r join run_summary s on s.run_id = r.id
     where r.benchmark_id = $1 and s.verifier <> 'reported' and r.state <> 'withdrawn'
     group by s.verifier, s.version, s.policy
     order by s.verifier, s.version desc, s.policy`,
    [benchmarkId],
  );
  return rows
    .map((row) => ({ ...row, isPinned: isSameSet(row, pinned) }))
    .sort((a, b) => Number(b.isPinned) - Number(a.isPinned));
}

export function isSameSet(a: VerdictSetKey, b: VerdictSetKey): boolean {
  return a.verifier === b.verifier && a.version === b.version && a.policy === b.policy;
}

async function getPinned(db: Pick<Db, 'pool'>, benchmarkId: string): Promise<VerdictSetKey> {
  const { rows } = await db.pool.query<{
    verifier: string;
    version: number;
    policy: Record<string, unknown>;
  }>(
    `select default_verifier as verifier, verifier_version as version, policy from benchmark where id = $1`,
    [benchmarkId],
  );
  const [row] = rows;
  if (row === undefined) throw new AppError('not_found', `There is no benchmark ${benchmarkId}.`);
  return { ...row, policy: policyKey(row.policy) };
}

/** Changed outcomes between two sets, over attempts that have a verdict of both. */
export async function readVerdictDiff(
  db: Db,
  {
    benchmarkId,
    runFilter,
    from,
    to,
    limit,
  }: {
    benchmarkId: string;
    /** Ids of the runs that the reader may see. */
    runFilter: readonly string[];
    from: VerdictSetKey;
    to: VerdictSetKey;
    limit: number;
  },
): Promise<Pick<VerdictDiff, 'compared' | 'classes' | 'runs' | 'flips'>> {
  const params = [
    runFilter,
    from.verifier,
    from.version,
    from.policy,
    to.verifier,
    to.version,
    to.policy,
  ];
  const pairs = `from score a join score b using (run_id, item_key, sample_index)
     where a.run_id = any($1) and a.verifier = $2 and a.version = $3 and a.policy = $4
       and b.verifier = $5 and b.version = $6 and b.policy = $7`;
  const [runs, classes, flips] = await Promise.all([
    db.pool.query<VerdictDiff['runs'][number]>(
      `select p.run_id as "runId", r.label, p.compared, p.gained, p.lost,
              p.before::float8 / nullif(b.item_count * r.samples_per_item, 0) as "accuracyBefore",
              p.after::float8 / nullif(b.item_count * r.samples_per_item, 0) as "accuracyAfter"
       from (
         select run_id, count(*)::int as compared,
                (count(*) filter (where a.outcome <> 'correct' and b.outcome = 'correct'))::int as gained,
                (count(*) filter (where a.outcome = 'correct' and b.outcome <> 'correct'))::int as lost,
                count(*) filter (where a.outcome = 'correct') as before,
                count(*) filter (where b.outcome = 'correct') as after
         ${pairs} group by run_id) p
       join run r on r.id = p.run_id join benchmark b on b.id = $8
       order by p.gained + p.lost desc, r.label, r.id`,
      [...params, benchmarkId],
    ),
    db.pool.query<VerdictDiff['classes'][number]>(
      `select a.outcome as before, b.outcome as after,
              case when b.outcome = 'correct' then a.reason else b.reason end as reason, count(*)::int as count
       ${pairs} and a.outcome <> b.outcome
       group by 1, 2, 3 order by count desc, 1, 2, 3 limit 100`,
      params,
    ),
    db.pool.query<FlipRecord>(
      `select run_id, r.label, item_key, sample_index, a.outcome as a_outcome, a.extracted as a_extracted,
              a.reason as a_reason, b.outcome as b_outcome, b.extracted as b_extracted, b.reason as b_reason
       from score a join score b using (run_id, item_key, sample_index) join run r on r.id = run_id
       where a.run_id = any($1) and a.verifier = $2 and a.version = $3 and a.policy = $4
         and b.verifier = $5 and b.version = $6 and b.policy = $7 and a.outcome <> b.outcome
       order by (a.outcome = 'correct') desc, r.label, run_id, item_key, sample_index limit $8`,
      [...params, limit],
    ),
  ]);
  return {
    compared: runs.rows.reduce((sum, { compared }) => sum + compared, 0),
    classes: classes.rows,
    runs: runs.rows,
    flips: flips.rows.map(toFlip),
  };
}

interface FlipRecord {
  run_id: string;
  label: string;
  item_key: string;
  sample_index: number;
  a_outcome: Flip['before']['outcome'];
  a_extracted: string | null;
  a_reason: string | null;
  b_outcome: Flip['before']['outcome'];
  b_extracted: string | null;
  b_reason: string | null;
}

function toFlip(row: FlipRecord): Flip {
  return {
    runId: row.run_id,
    label: row.label,
    itemKey: row.item_key,
    sampleIndex: row.sample_index,
    before: { outcome: row.a_outcome, extracted: row.a_extracted, reason: row.a_reason },
    after: { outcome: row.b_outcome, extracted: row.b_extracted, reason: row.b_reason },
  };
}

/** The verdicts of a run under its benchmark's pinned set, for a range of attempts. */
export async function listPinnedScores(
  db: Db,
  range: { runId: string; benchmarkId: string; from: number; to: number },
): Promise<Map<string, Flip['before']>> {
  const pinned = await getPinned(db, range.benchmarkId);
  const { rows } = await db.pool.query<Flip['before'] & { item_key: string; sample_index: number }>(
    `select s.item_key, s.sample_index, s.outcome, s.extracted, s.reason
     from attempt a join score s using (run_id, item_key, sample_index)
     where a.run_id = $1 and a.position >= $2 and a.position < $3
       and s.verifier = $4 and s.version = $5 and s.policy = $6`,
    [range.runId, range.from, range.to, pinned.verifier, pinned.version, pinned.policy],
  );
  return new Map(
    rows.map(({ item_key, sample_index, ...verdict }) => [
      attemptKey(item_key, sample_index),
      verdict,
    ]),
  );
}

/**
 * Switches the board of a benchmark to another set of verdicts. Throws `conflict` while a run that is on the board
 * lacks them: a switched board must not lose runs.
 */
export async function pinVerdictSet(
  db: Db,
  change: {
    benchmarkId: string;
    set: VerdictSetKey;
    policy: Readonly<Record<string, unknown>>;
    actorTokenId: string | null;
  },
): Promise<void> {
  const { benchmarkId, set } = change;
  const before = await getPinned(db, benchmarkId);
  await withTransaction(db, async (session) => {
    const runs = await listRunsToRescore(session, { benchmarkId, set, only: null });
    const { rows: unfinished } = await session.query<{ id: string }>(
      `select distinct r.id from run r join run_summary s on s.run_id = r.id
       where r.benchmark_id = $1 and s.verifier = $2 and s.version = $3 and s.policy = $4
         and s.batches_done < s.batches and r.state <> 'withdrawn'`,
      [benchmarkId, set.verifier, set.version, set.policy],
    );
    const missing = runs.filter(({ hasVerdicts }) => !hasVerdicts).length;
    if (missing + unfinished.length > 0) {
      throw new AppError(
        'conflict',
        `${String(missing)} runs have no verdicts of ${set.verifier}@${String(set.version)} and ${String(unfinished.length)} are still judged: order them with \`laconic rescore\` and switch when they are done.`,
      );
    }
    await session.query(
      `update benchmark set default_verifier = $2, verifier_version = $3, policy = $4 where id = $1`,
      [benchmarkId, set.verifier, set.version, JSON.stringify(change.policy)],
    );
    await orderRanking(session, [benchmarkId]);
    await addAudit(session, {
      actorTokenId: change.actorTokenId,
      action: 'benchmark.pin',
      subject: benchmarkId,
      detail: { from: before, to: set },
    });
  });
}

/** Which verifier and version each board with judged runs shows. */
export async function listPinnedVersions(
  db: Db,
): Promise<{ name: string; verifier: string; version: number }[]> {
  const { rows } = await db.pool.query<{ name: string; verifier: string; version: number }>(
    `select b.name, b.default_verifier as verifier, b.verifier_version as version from benchmark b
     where exists (select from run r where r.benchmark_id = b.id and r.attempts > 0)
     order by b.name, b.version`,
  );
  return rows;
}
