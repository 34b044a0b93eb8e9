import type { GradingRole, GradingTally, GradingView } from '#lib/leaderboard/grading-plan.ts';
import { Grading } from '#lib/schemas/run.ts';
import type { Outcome } from '#lib/verifiers/verifier.ts';
import type { Db, Session } from './client.ts';
import { enqueue } from './queue.ts';
import type { VerdictKey } from './scoring.ts';
import { RUN_IS_VISIBLE, type Viewer, viewerParams } from './visibility.ts';

/** How the run's own verifier judged its attempts, from position `from` to before `to`, in order; null where it has no score. */
export async function listOwnOutcomes(
  db: Db,
  key: VerdictKey,
  { from, to }: { from: number; to: number },
): Promise<(Outcome | null)[]> {
  const { rows } = await db.pool.query<{ outcome: Outcome | null }>(
    `select s.outcome from attempt a
     left join score s on s.run_id = a.run_id and s.item_key = a.item_key and s.sample_index = a.sample_index
       and s.verifier = $2 and s.version = $3 and s.policy = $4
     where a.run_id = $1 and a.position >= $5 and a.position < $6 order by a.position`,
    [key.runId, key.verifier, key.version, key.policy, from, to],
  );
  return rows.map(({ outcome }) => outcome);
}

/** The latest grading of a view replaces the one before. */
export async function writeGrading(
  session: Session,
  runId: string,
  { view, tally }: { view: GradingView; tally: GradingTally },
): Promise<void> {
  await session.query(
    `insert into grading
       (run_id, verifier, version, policy, role, attempts, accepted, only_here, only_own, disputed, graded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, clock_timestamp())
     on conflict (run_id, verifier, version, policy) do update set
       role = excluded.role, attempts = excluded.attempts, accepted = excluded.accepted,
       only_here = excluded.only_here, only_own = excluded.only_own, disputed = excluded.disputed,
       graded_at = excluded.graded_at`,
    [
      runId,
      view.verifier,
      view.version,
      view.policyKey,
      view.role,
      tally.attempts,
      tally.accepted,
      tally.onlyHere,
      tally.onlyOwn,
      JSON.stringify(tally.disputed),
    ],
  );
}

/** Behind all that somebody waits for. */
const PRIORITY = 10;

/** Orders the other gradings of a run; one order a run waits at a time. */
export async function orderGrading(
  session: Pick<Session, 'query'>,
  key: VerdictKey,
  progress: { from: number; tallies: readonly GradingTally[] } = { from: 0, tallies: [] },
): Promise<void> {
  await enqueue(session, [
    {
      kind: 'grade-run',
      payload: { ...key, ...progress },
      key: `grade-run:${key.runId}:${String(progress.from)}`,
      priority: PRIORITY,
      maxAttempts: 5,
    },
  ]);
}

/** The gradings of a run, the extremes of its own verifier first. */
export async function listGradings(db: Db, runId: string): Promise<Grading[]> {
  const { rows } = await db.pool.query(
    `select verifier, version, policy, role, attempts, accepted, only_here as "onlyHere", only_own as "onlyOwn",
            disputed
     from grading where run_id = $1
     order by array_position(array['strictest', 'lenient', 'other'], role), verifier, version desc`,
    [runId],
  );
  return rows.map((row) => Grading.parse(row));
}

/** A finished run with what each verifier accepts of it, its own verdicts among them. */
export interface GradedRun {
  runId: string;
  label: string;
  model: string;
  family: string | null;
  params: Record<string, unknown>;
  gradings: {
    verifier: string;
    role: GradingRole | 'own';
    attempts: number;
    accepted: number;
    onlyHere: number;
    onlyOwn: number;
  }[];
}

/** The graded runs of a benchmark that the reader may see; those whose other gradings are not there yet are left out. */
export async function listGradedRuns(
  db: Db,
  benchmarkId: string,
  viewer: Viewer,
): Promise<GradedRun[]> {
  const { rows } = await db.pool.query<GradedRun>(
    `select r.id as "runId", r.label, m.name as model, r.family, r.params,
       json_agg(json_build_object('verifier', g.verifier, 'role', g.role, 'attempts', g.attempts,
         'accepted', g.accepted, 'onlyHere', g.only_here, 'onlyOwn', g.only_own)
         order by array_position(array['strictest', 'lenient', 'other'], g.role), g.verifier) as gradings
     from run r join benchmark b on b.id = r.benchmark_id join model m on m.id = r.model_id
       join grading g on g.run_id = r.id
     where r.benchmark_id = $3 and r.state = 'done' and ${RUN_IS_VISIBLE}
     group by r.id, m.name order by r.created_at, r.id limit 500`,
    [...viewerParams(viewer), benchmarkId],
  );
  return rows;
}

/** Orders the gradings of every finished run of a benchmark that has none yet, or all of them; returns how many. */
export async function orderBoardGradings(
  db: Db,
  benchmarkId: string,
  { isAgain }: { isAgain: boolean },
): Promise<number> {
  const { rows } = await db.pool.query<VerdictKey>(
    `select distinct s.run_id as "runId", s.verifier, s.version, s.policy
     from run r join benchmark b on b.id = r.benchmark_id
       join run_summary s on s.run_id = r.id and s.verifier = b.default_verifier
         and s.version = b.verifier_version
     where r.benchmark_id = $1 and r.state = 'done'
       and ($2 or not exists (select from grading g where g.run_id = r.id))`,
    [benchmarkId, isAgain],
  );
  for (const key of rows) await orderGrading(db.pool, key);
  return rows.length;
}
