import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect, disconnect, type Db } from '#lib/db/client.ts';
import { freePort, startEmbeddedPostgres, type EmbeddedPostgres } from '#lib/db/embedded.ts';
import { migrateQueue } from '#lib/db/queue.ts';
import { applyMigrations } from '#lib/db/schema-engine.ts';
import { createToken } from '#lib/db/tokens.ts';
import { ROOT } from '#lib/env.ts';
import { folderBlobStore, type BlobStore } from '#lib/ingest/blob-store.ts';
import { booksOf, submitText } from '../setup/pipeline.ts';

/** A database that can be stopped and worker processes that can be killed, with nothing else depending on them. */
export interface FaultBench {
  db: Db;
  blobs: BlobStore;
  /** Unsupervised: a kill ends the very process that works. */
  startWorker(options?: { isSupervised: boolean }): ChildProcess;
  workers: ReadonlySet<ChildProcess>;
  /** Ends the database at once, as a crash does, and starts it again on the same port after a while. */
  interruptDatabase(seconds: number): Promise<void>;
  submit(text: string, benchmark: string): Promise<string>;
  close(): Promise<void>;
}

export async function startFaultBench(): Promise<FaultBench> {
  const folder = await mkdtemp(path.join(tmpdir(), 'laconic-faults-'));
  await chmod(folder, 0o755);
  const port = await freePort();
  let postgres: EmbeddedPostgres = await startEmbeddedPostgres({ folder, port });
  await applyMigrations(postgres.url);
  await migrateQueue(postgres.url);
  const db = connect(postgres.url, 4);
  const blobs = folderBlobStore(path.join(folder, 'blobs'));
  const workers = new Set<ChildProcess>();
  const owner = await createToken(db, { name: 'owner', scopes: ['submit'] });
  return {
    db,
    blobs,
    workers,
    startWorker({ isSupervised } = { isSupervised: false }) {
      const script = path.join(ROOT, 'scripts', 'laconic.ts');
      const flags = isSupervised ? [] : ['--unsupervised'];
      const child = spawn(process.execPath, [script, 'worker', ...flags], {
        cwd: ROOT,
        // Its complaints about a database that is away are expected here.
        stdio: 'ignore',
        env: { ...process.env, DATABASE_URL: postgres.url, LACONIC_DATA: folder },
      });
      workers.add(child);
      child.once('exit', () => workers.delete(child));
      return child;
    },
    async interruptDatabase(seconds) {
      await postgres.stop();
      await pause(seconds * 1000);
      postgres = await startEmbeddedPostgres({ folder, port });
    },
    submit: (text, benchmark) =>
      submitText(db, blobs, { text, header: { benchmark }, tokenId: owner.id }),
    async close() {
      await Promise.all([...workers].map(endWorker));
      await disconnect(db);
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Waits until every submission has come to its end, over outages too. */
export async function untilAllEnded(
  db: Db,
  ids: readonly string[],
  seconds: number,
): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const states = await statesOf(db, ids);
    if (states?.every((state) => ['done', 'failed', 'cancelled'].includes(state)) === true) return;
    if (Date.now() > deadline) {
      throw new Error(
        `After ${String(seconds)} s the states are ${states?.join(', ') ?? 'unknown'}.`,
      );
    }
    await pause(200);
  }
}

/** Null while the database is away. */
async function statesOf(db: Db, ids: readonly string[]): Promise<string[] | null> {
  try {
    return await Promise.all(ids.map(async (id) => (await booksOf(db, id)).state));
  } catch {
    return null;
  }
}

/** Every number that a reader could see of a submission's run, and its books. */
export async function resultOf(db: Db, submissionId: string) {
  const books = await booksOf(db, submissionId);
  const { rows: scores } = await db.pool.query(
    `select s.item_key, s.sample_index, s.outcome, s.extracted, s.reason
     from score s join run r on r.id = s.run_id where r.submission_id = $1 order by 1, 2`,
    [submissionId],
  );
  const { rows: summaries } = await db.pool.query(
    `select s.tokenizer, s.state, s.figures, s.batches_done, s.batches
     from run_summary s join run r on r.id = s.run_id where r.submission_id = $1 order by 1`,
    [submissionId],
  );
  const { run_id: _, ...counts } = books;
  return { counts, scores, summaries };
}

/** Asked first, since a supervisor that is killed leaves its child for a moment. */
async function endWorker(worker: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => worker.once('exit', resolve));
  worker.kill('SIGTERM');
  await Promise.race([ended, pause(10_000)]);
  worker.kill('SIGKILL');
}
