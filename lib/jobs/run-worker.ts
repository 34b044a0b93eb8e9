import { EventEmitter } from 'node:events';
import { availableParallelism, hostname } from 'node:os';
import { Logger, run, type TaskList, type WorkerEvents } from 'graphile-worker';
import type { Db } from '#lib/db/client.ts';
import { unlockJobs } from '#lib/db/queue.ts';
import { sweepSubmissions } from '#lib/db/submissions.ts';
import { deleteWorkers, listSilentWorkers, noteHeartbeat } from '#lib/db/workers.ts';
import type { BlobStore } from '#lib/ingest/blob-store.ts';
import type { FileParts } from '#lib/ingest/file-parts.ts';
import { sweepParts } from '#lib/ingest/receive-part.ts';
import { sweepBlobs } from '#lib/ingest/receive.ts';
import { jobKinds } from './kinds/index.ts';
import { ScoringPool } from './scoring-pool.ts';

const HEARTBEAT_MS = 5_000;
const SWEEP_MS = 10_000;
const BLOB_SWEEP_MS = 60 * 60 * 1_000;
/** A worker silent for this long is taken for dead, and its jobs go back to the queue. */
export const SILENT_SECONDS = 30;

export interface WorkerOptions {
  db: Db;
  blobs: BlobStore;
  parts: FileParts;
  concurrency?: number;
  log: (message: string) => void;
}

export interface RunningWorker {
  /** Resolves when the worker has ended, whoever ended it. */
  ended: Promise<void>;
  /** Lets the running jobs end or be released, then ends. */
  stop(): Promise<void>;
}

/**
 * One process that works off the queue. The queue locks jobs by the id of the process's pool; it is written down with a
 * heartbeat, so that whoever is left can free the jobs of a process that was killed.
 */
export async function runWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { db, blobs, parts, log } = options;
  const concurrency = options.concurrency ?? Math.max(2, availableParallelism());
  const scoring = new ScoringPool(concurrency);
  const pools = new Set<string>();
  const events: WorkerEvents = new EventEmitter();
  events.on('pool:create', ({ workerPool }) => pools.add(workerPool.id));
  const stopping = new AbortController();
  const place = { host: hostname(), pid: process.pid };

  const taskList: TaskList = {};
  for (const kind of jobKinds.all) {
    taskList[kind.id] = async (payload, { job, abortSignal }) => {
      const signal = AbortSignal.any([stopping.signal, abortSignal]);
      const isLastTry = job.attempts >= job.max_attempts;
      await kind.run(payload, { db, blobs, scoring, signal, isLastTry });
    };
  }
  const runner = await run({
    pgPool: db.pool,
    concurrency,
    pollInterval: 1_000,
    noHandleSignals: true,
    gracefulShutdownAbortTimeout: 10_000,
    events,
    taskList,
    parsedCronItems: [],
    logger: new Logger(() => (level, message, meta) => {
      if (level !== 'error' && level !== 'warning') return;
      const { error } = meta;
      const cause = error instanceof Error ? ` ${error.stack ?? ''}` : '';
      log(`${message}${cause}`);
    }),
  });

  const timers = [
    every(
      HEARTBEAT_MS,
      () => Promise.all([...pools].map((id) => noteHeartbeat(db, { id, ...place }))),
      log,
    ),
    every(
      SWEEP_MS,
      async () => {
        const silent = await listSilentWorkers(db, SILENT_SECONDS);
        if (silent.length > 0) {
          await unlockJobs(db.pool, silent);
          await deleteWorkers(db, silent);
        }
        await sweepSubmissions(db, new Date());
      },
      log,
    ),
  ];
  timers.push(every(BLOB_SWEEP_MS, () => sweepBlobs(db, blobs, new Date()), log));
  timers.push(every(BLOB_SWEEP_MS, () => sweepParts(db, parts, new Date()), log));
  const ended = runner.promise.finally(async () => {
    for (const timer of timers) clearInterval(timer);
    await scoring.close();
    await deleteWorkers(db, [...pools]);
  });
  return {
    ended,
    async stop() {
      if (!stopping.signal.aborted) {
        stopping.abort(new Error('The worker was asked to stop.'));
        await runner.stop();
      }
      await ended;
    },
  };
}

/** At once and then regularly; a run that fails is reported and does not end the next ones. */
function every(
  milliseconds: number,
  work: () => Promise<unknown>,
  log: (message: string) => void,
): NodeJS.Timeout {
  let isRunning = false;
  const tick = () => {
    if (isRunning) return;
    isRunning = true;
    work()
      .catch((error: unknown) => log(error instanceof Error ? error.message : String(error)))
      .finally(() => (isRunning = false));
  };
  tick();
  return setInterval(tick, milliseconds);
}
