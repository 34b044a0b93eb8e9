import { Logger, runMigrations } from 'graphile-worker';
import type { Session } from './client.ts';

export interface QueuedJob {
  kind: string;
  payload: unknown;
  /** A job with the same key that has not begun is replaced instead of doubled. */
  key?: string;
  /** Jobs of one queue run one after the other. */
  queue?: string;
  runAt?: Date;
  maxAttempts?: number;
  priority?: number;
}

/** The queue's own tables, in the schema `graphile_worker` of the same database. */
export async function migrateQueue(url: string): Promise<void> {
  await runMigrations({ connectionString: url, logger: new Logger(() => () => undefined) });
}

/** Enqueued in the session's transaction: the jobs exist exactly when its data does. */
export async function enqueue(
  session: Pick<Session, 'query'>,
  jobs: readonly QueuedJob[],
): Promise<void> {
  if (jobs.length === 0) return;
  const specs = jobs.map((job) => ({
    identifier: job.kind,
    payload: job.payload,
    queue_name: job.queue ?? null,
    run_at: job.runAt?.toISOString() ?? null,
    max_attempts: job.maxAttempts ?? 3,
    job_key: job.key ?? null,
    priority: job.priority ?? 0,
  }));
  await session.query(
    `select graphile_worker.add_jobs(array(
       select json_populate_record(null::graphile_worker.job_spec, spec)
       from json_array_elements($1::json) as spec))`,
    [JSON.stringify(specs)],
  );
}

/** Gives the jobs of workers that are gone back to the queue. */
export async function unlockJobs(
  session: Pick<Session, 'query'>,
  workerIds: readonly string[],
): Promise<void> {
  await session.query('select graphile_worker.force_unlock_workers($1::text[])', [workerIds]);
}
