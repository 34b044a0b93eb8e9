import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { connect, disconnect } from '#lib/db/client.ts';
import { databaseUrl, ROOT } from '#lib/env.ts';
import { blobStore } from '#lib/ingest/blob-store.ts';
import { fileParts } from '#lib/ingest/file-parts.ts';
import { runWorker } from '#lib/jobs/run-worker.ts';
import { checkTokenizerFiles } from '#lib/known-tokenizers.ts';
import type { Command } from '../command.ts';
import type { ExitCode } from '../run-script.ts';

const RESTART_MS = 1_000;

export const command: Command = {
  summary: 'Work off the queue of the database at DATABASE_URL',
  usage: `Usage: DATABASE_URL=postgresql://… laconic worker [--unsupervised]

Reads and scores submissions until it is stopped. \`laconic start\` runs one; more of them, on any machine that sees the
data folder, share the work. The work is done in a process that is started again when it ends: the queue gives up its
process when the database goes away while a job is being marked.

  --unsupervised   be that process, for those who restart it themselves`,
  run: worker,
};

async function worker(args: readonly string[]): Promise<ExitCode> {
  const { values } = parseArgs({
    args: [...args],
    options: { unsupervised: { type: 'boolean', default: false } },
  });
  databaseUrl();
  if (!values.unsupervised) await checkTokenizerFiles();
  return values.unsupervised ? work() : supervise();
}

async function work(): Promise<ExitCode> {
  const db = connect(databaseUrl(), 12);
  const running = await runWorker({
    db,
    blobs: blobStore(),
    parts: fileParts(),
    log: (message) => process.stderr.write(`worker: ${message}\n`),
  });
  process.stdout.write('The worker is ready.\n');
  const stop = () => void running.stop();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  // A worker whose supervisor was killed must not live on against a database that is going away.
  process.once('disconnect', stop);
  await running.ended;
  await disconnect(db);
  // Listened to, the channel to the supervisor alone would keep this process alive.
  process.channel?.unref();
  return 0;
}

/** Runs the work in a child for as long as nobody asks to stop. */
async function supervise(): Promise<ExitCode> {
  let child: ChildProcess | null = null;
  const stopping = new AbortController();
  const isStopping = () => stopping.signal.aborted;
  const stop = () => {
    stopping.abort();
    child?.kill('SIGTERM');
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  process.once('disconnect', stop);
  while (!isStopping()) {
    child = spawn(
      process.execPath,
      [...process.execArgv, path.join(ROOT, 'scripts', 'laconic.ts'), 'worker', '--unsupervised'],
      // A group of its own: Ctrl-C reaches the supervisor, which ends its child.
      { cwd: ROOT, detached: true, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
    );
    const ended = child;
    const how = await new Promise<string>((resolve) => {
      ended.once('error', (error) => resolve(error.message));
      ended.once('exit', (code, signal) => resolve(signal ?? `exit code ${String(code)}`));
    });
    if (isStopping()) break;
    process.stderr.write(`The worker ended (${how}) and is started again.\n`);
    await new Promise((resolve) => setTimeout(resolve, RESTART_MS));
  }
  return 0;
}
