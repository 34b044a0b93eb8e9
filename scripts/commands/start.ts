import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { connect, disconnect, type Db } from '#lib/db/client.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '#lib/db/embedded.ts';
import { migrate } from '#lib/db/migrate.ts';
import { checkTokenizerFiles } from '#lib/known-tokenizers.ts';
import { createSetupLink } from '#lib/db/setup-links.ts';
import { assertUsableFolder, dataFolder, env, ROOT } from '#lib/env.ts';
import { listPinnedVersions } from '#lib/db/rescoring.ts';
import { AppError } from '#lib/errors.ts';
import { blobStore } from '#lib/ingest/blob-store.ts';
import { addDemoContent } from '#lib/ingest/demo-content.ts';
import { addPublishedResults } from '#lib/ingest/published-content.ts';
import { buildWeb, isBuildStale } from '../build-web.ts';
import { webServerArguments } from '../web-server.ts';
import type { Command } from '../command.ts';
import { verifiers } from '#lib/verifiers/index.ts';
import type { ExitCode } from '../run-script.ts';

export const command: Command = {
  summary: 'Start everything: database, worker and web pages',
  usage: `Usage: laconic start [--empty] [--port N]

Starts the embedded PostgreSQL (or uses DATABASE_URL), brings its tables up to date, adds the demo content,
builds the web pages when they are missing or stale, and runs one worker and the web server until Ctrl-C.

  --empty     leave the demo content out
  --port N    the port of the web pages (default: PORT, else 3000)

LACONIC_DATA chooses the data folder (default: .laconic in the clone).`,
  run: start,
};

async function start(args: readonly string[]): Promise<ExitCode> {
  const { values } = parseArgs({
    args: [...args],
    options: { empty: { type: 'boolean', default: false }, port: { type: 'string' } },
  });
  if (values.port !== undefined) process.env.PORT = values.port;
  const supervisor = new Supervisor();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => supervisor.requestStop());
  }
  try {
    await supervisor.start({ isEmpty: values.empty });
    return await supervisor.untilStopped();
  } finally {
    await supervisor.stop();
  }
}

/**
 * A small nursery: reading a gigabyte peaks 100 MB lower and takes a tenth longer. A heap that at most doubles before it is
 * cleaned: 90 MB lower (311 instead of 400), and no slower. Measured with tests/bench/ingest.ts.
 */
export const WORKER_FLAGS = ['--max-semi-space-size=8', '--heap-growing-percent=100'];

/** Owns the database, the worker and the web server, and ends them in the opposite order. */
class Supervisor {
  private readonly startedAt = performance.now();
  private postgres: EmbeddedPostgres | null = null;
  private lock: string | null = null;
  private readonly children = new Map<string, ChildProcess>();
  private isStopping = false;
  private readonly stopRequests: ((code: ExitCode) => void)[] = [];

  async start({ isEmpty }: { isEmpty: boolean }): Promise<void> {
    const { PORT: port, DATABASE_URL: given } = env();
    const folder = dataFolder();
    await checkTokenizerFiles();
    assertUsableFolder(folder);
    await assertPortFree(port);
    mkdirSync(folder, { recursive: true });
    this.takeLock(path.join(folder, 'laconic.pid'));

    let url = given;
    if (url === undefined) {
      say('Starting PostgreSQL');
      this.postgres = await startEmbeddedPostgres({ folder, onProgress: say });
      url = this.postgres.url;
      void this.postgres.died.then((reason) =>
        this.requestStop(1, `The database ended. ${reason}`),
      );
    } else say('Using the PostgreSQL of DATABASE_URL');
    Object.assign(process.env, { DATABASE_URL: url, LACONIC_DATA: folder });
    // Where `laconic token` finds a running installation.
    writeFileSync(path.join(folder, 'database.json'), JSON.stringify({ url }), { mode: 0o600 });

    const applied = await migrate(url);
    if (applied.length > 0) say(`Applied ${String(applied.length)} migration(s)`);
    const db = connect(url, 4);
    try {
      if (!isEmpty) await addContent(db);
      await tellOldVersions(db);
      this.startChild('worker', [
        ...WORKER_FLAGS,
        path.join(ROOT, 'scripts', 'laconic.ts'),
        'worker',
        '--unsupervised',
      ]);
      if (isBuildStale()) {
        say('Building the web pages (once, about half a minute)');
        await buildWeb();
      }
      this.throwIfStopping();
      this.startChild('web', webServerArguments(port));
      await this.untilReady(`http://127.0.0.1:${String(port)}/api/readyz`);
      await this.announce(db, port);
    } finally {
      await disconnect(db);
    }
  }

  /** Resolves with the exit code when somebody asks to stop. */
  untilStopped(): Promise<ExitCode> {
    return new Promise((resolve) => {
      this.stopRequests.push(resolve);
      if (this.isStopping) resolve(0);
    });
  }

  requestStop(code: ExitCode = 0, reason?: string): void {
    if (this.isStopping) return;
    this.isStopping = true;
    if (reason !== undefined) process.stderr.write(`${reason}\n`);
    for (const resolve of this.stopRequests) resolve(code);
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    if (this.children.size > 0 || this.postgres !== null) say('Stopping');
    await Promise.all([...this.children.values()].map(endChild));
    await this.postgres?.stop();
    if (this.lock === null) return;
    rmSync(path.join(path.dirname(this.lock), 'database.json'), { force: true });
    rmSync(this.lock, { force: true });
  }

  /** One Laconic a data folder: two would write to the same cluster. */
  private takeLock(file: string): void {
    if (existsSync(file)) {
      const pid = Number(readFileSync(file, 'utf8'));
      if (isRunning(pid)) {
        throw new AppError(
          'conflict',
          `Laconic already runs on this data folder (process ${String(pid)}); stop it, or set LACONIC_DATA to another folder.`,
        );
      }
    }
    writeFileSync(file, String(process.pid));
    this.lock = file;
  }

  private startChild(name: string, args: readonly string[]): void {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      // Ctrl-C in a terminal reaches a whole group: in groups of their own the children are ended by us, in order.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    });
    child.stderr?.on('data', (chunk: Buffer) => process.stderr.write(chunk));
    child.stdout?.resume();
    this.children.set(name, child);
    child.once('exit', (code, signal) => {
      if (this.children.get(name) === child) this.children.delete(name);
      if (this.isStopping) return;
      say(`The ${name} ended (${signal ?? String(code)}) and is started again`);
      setTimeout(() => {
        if (!this.isStopping) this.startChild(name, args);
      }, 1_000);
    });
  }

  private async untilReady(url: string): Promise<void> {
    const deadline = Date.now() + 120_000;
    while (Date.now() < deadline) {
      this.throwIfStopping();
      const isReady = await fetch(url).then(
        (response) => response.ok,
        () => false,
      );
      if (isReady) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new AppError('unavailable', 'The web server did not get ready within two minutes.');
  }

  private async announce(db: Db, port: number): Promise<void> {
    const base = env().LACONIC_URL ?? `http://localhost:${String(port)}`;
    const hasAdmin = await db.prisma.apiToken.count({
      where: { scopes: { has: 'admin' }, revokedAt: null },
    });
    if (hasAdmin === 0) {
      const { code } = await createSetupLink(db);
      process.stdout.write(
        `\nBecome the admin of this installation (once, within 7 days):\n  ${base}/setup?code=${code}\n`,
      );
    }
    const seconds = ((performance.now() - this.startedAt) / 1000).toFixed(1);
    process.stdout.write(`\nReady after ${seconds} s. Ctrl-C stops it.\n${base}\n`);
  }

  private throwIfStopping(): void {
    if (this.isStopping) throw new AppError('unavailable', 'Stopped before everything was up.');
  }
}

/** A board keeps the verdicts that it is pinned to; that this release judges otherwise has to be said. */
async function tellOldVersions(db: Db): Promise<void> {
  const old = (await listPinnedVersions(db)).filter(
    ({ verifier, version }) =>
      verifiers.has(verifier) && verifiers.get(verifier).version !== version,
  );
  for (const { name, verifier, version } of old) {
    say(
      `The board of ${name} shows ${verifier}@${String(version)}, and this release judges with version ${String(verifiers.get(verifier).version)}: \`laconic rescore --verifier ${verifier} --benchmark ${name}\`, then \`laconic benchmark pin ${name} --verifier ${verifier}\``,
    );
  }
}

async function addContent(db: Db): Promise<void> {
  const published = await addPublishedResults(db);
  if (published > 0) say(`Added ${String(published)} published results`);
  const submissions = await addDemoContent(db, blobStore());
  if (submissions > 0)
    say(`Added the demo benchmark; its ${String(submissions)} runs are scored in the background`);
}

function say(message: string): void {
  process.stdout.write(`· ${message}\n`);
}

async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await ended;
  clearTimeout(timer);
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 1 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function assertPortFree(port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EACCES' ? 'may not be opened by this user' : 'is in use';
      reject(
        new AppError('unavailable', `Port ${String(port)} ${why}; set PORT to another one.`, {
          cause,
        }),
      );
    });
    probe.listen(port, () => probe.close(() => resolve()));
  });
}
