import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ROOT } from '#lib/env.ts';
import { folderBlobStore } from '#lib/ingest/blob-store.ts';
import { testDatabase } from '../setup/database.ts';
import { additionRow, submitText, toJsonl, untilEnded } from '../setup/pipeline.ts';

const { db, dataFolder } = await testDatabase();
const blobs = folderBlobStore(path.join(dataFolder, 'blobs'));
const workers = new Set<ChildProcess>();

afterAll(() => {
  for (const worker of workers) worker.kill('SIGKILL');
});

function startProcess(): ChildProcess {
  const script = path.join(ROOT, 'scripts', 'laconic.ts');
  const child = spawn(process.execPath, [script, 'worker', '--unsupervised'], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  workers.add(child);
  child.once('exit', () => workers.delete(child));
  return child;
}

async function scored(runId: string): Promise<number> {
  const { rows } = await db.pool.query<{ count: number }>(
    `select count(*)::int from score where run_id = $1`,
    [runId],
  );
  return rows[0]?.count ?? 0;
}

/** Every number a reader could see of a run. */
async function resultOf(submissionId: string) {
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
  return { scores, summaries };
}

test('a worker killed in the middle loses and doubles nothing, and the next one goes on by itself', async () => {
  const rows = Array.from({ length: 700 }, (_, index) =>
    [0, 1, 2, 3].map((sample) => additionRow(index, sample)),
  ).flat();
  const text = toJsonl(rows);
  const calm = await submitText(db, blobs, { text, header: { benchmark: 'calm' } });
  const first = startProcess();
  expect((await untilEnded(db, calm)).state).toBe('done');

  const disturbed = await submitText(db, blobs, { text, header: { benchmark: 'disturbed' } });
  const runId = await untilScored(disturbed, 200);
  first.kill('SIGKILL');
  const before = await scored(runId);
  expect(before, 'the worker was killed in the middle').toBeLessThan(rows.length);

  startProcess();
  const books = await untilEnded(db, disturbed, 180);
  expect(books).toMatchObject({
    state: 'done',
    received_rows: 2800,
    stored_rows: 2800,
    attempts: 2800,
  });
  expect(await resultOf(disturbed)).toEqual(await resultOf(calm));
}, 400_000);

async function untilScored(submissionId: string, least: number): Promise<string> {
  for (;;) {
    const run = await db.prisma.run.findFirst({ where: { submissionId }, select: { id: true } });
    if (run !== null && (await scored(run.id)) >= least) return run.id;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
