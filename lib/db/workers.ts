import { z } from 'zod';
import type { Db } from './client.ts';

const WorkerRow = z.object({
  id: z.string(),
  host: z.string(),
  pid: z.int(),
  startedAt: z.date(),
  heartbeatAt: z.date(),
});
export type WorkerRow = z.infer<typeof WorkerRow>;

/** Says that a worker slot lives. Times are the database's, since clocks of machines differ. */
export async function noteHeartbeat(
  db: Db,
  worker: { id: string; host: string; pid: number },
): Promise<void> {
  await db.pool.query(
    `insert into worker (id, host, pid, started_at, heartbeat_at) values ($1, $2, $3, now(), now())
     on conflict (id) do update set heartbeat_at = now()`,
    [worker.id, worker.host, worker.pid],
  );
}

export async function listWorkers(db: Db): Promise<WorkerRow[]> {
  const { rows } = await db.pool.query(
    `select id, host, pid, started_at as "startedAt", heartbeat_at as "heartbeatAt"
     from worker order by started_at, id limit 500`,
  );
  return z.array(WorkerRow).parse(rows);
}

/**
 * Ids of workers whose jobs must be given to others. Delete them after their jobs are unlocked: whoever dies in
 * between leaves the work to the next who asks.
 */
export async function listSilentWorkers(db: Db, silentSeconds: number): Promise<string[]> {
  const { rows } = await db.pool.query(
    'select id from worker where heartbeat_at < now() - make_interval(secs => $1) order by id',
    [silentSeconds],
  );
  return z
    .array(z.object({ id: z.string() }))
    .parse(rows)
    .map(({ id }) => id);
}

export async function deleteWorkers(db: Db, ids: readonly string[]): Promise<void> {
  await db.pool.query('delete from worker where id = any($1::text[])', [ids]);
}

const QueueDepth = z.object({
  kind: z.string(),
  waiting: z.int(),
  running: z.int(),
  /** Tried as often as allowed. */
  dead: z.int(),
});
export type QueueDepth = z.infer<typeof QueueDepth>;

/** Jobs by kind, for the admin page. */
export async function listQueueDepths(db: Db): Promise<QueueDepth[]> {
  const { rows } = await db.pool.query(
    `select task_identifier as kind,
            count(*) filter (where locked_at is null and attempts < max_attempts)::int as waiting,
            count(*) filter (where locked_at is not null)::int as running,
            count(*) filter (where locked_at is null and attempts >= max_attempts)::int as dead
     from graphile_worker.jobs group by 1 order by 1 limit 100`,
  );
  return z.array(QueueDepth).parse(rows);
}
