import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect, type Db } from '#lib/db/client.ts';
import { freePort } from '#lib/db/embedded.ts';
import { ROOT } from '#lib/env.ts';

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
  seconds: number;
}

/** A running `laconic start`, as a person at a terminal has it. */
export interface Installation {
  url: string;
  folder: string;
  pid: number;
  readySeconds: number;
  /** Everything on standard output so far. */
  output(): string;
  /** The link of the first start; null when it was not printed. */
  setupLink(): string | null;
  /** A pool of its own; the caller ends it. */
  connect(): Promise<Db>;
  /** Sends the signal and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<Finished>;
}

/** A data folder that the Postgres of another user can enter. */
export async function createDataFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'laconic-e2e-'));
  await chmod(folder, 0o755);
  return folder;
}

export async function removeDataFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

/** Runs a command of the command line to its end. */
export async function laconic(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  return finish(launch(args, env));
}

export async function startInstallation(options: {
  folder: string;
  args?: readonly string[];
}): Promise<Installation> {
  const port = await freePort();
  const run = launch(['start', ...(options.args ?? []), '--port', String(port)], {
    LACONIC_DATA: options.folder,
  });
  const url = `http://localhost:${String(port)}`;
  await Promise.race([
    run.until(/^Ready after .*\n.*\n/m),
    finish(run).then(({ code, stdout, stderr }) => {
      throw new Error(`It ended with ${String(code)} before it was ready.\n${stdout}${stderr}`);
    }),
  ]);
  return {
    url,
    folder: options.folder,
    pid: run.child.pid!,
    readySeconds: run.seconds(),
    output: run.stdout,
    setupLink: () =>
      /^ *(?<link>http\S+\/setup\?code=\w+)$/m.exec(run.stdout())?.groups?.link ?? null,
    async connect() {
      const file = await readFile(path.join(options.folder, 'database.json'), 'utf8');
      return connect((JSON.parse(file) as { url: string }).url, 3);
    },
    stop(signal = 'SIGINT') {
      run.child.kill(signal);
      return finish(run);
    },
  };
}

interface Run {
  child: ChildProcess;
  stdout: () => string;
  stderr: () => string;
  seconds(): number;
  until(pattern: RegExp): Promise<void>;
  ended: Promise<number | null>;
}

function launch(args: readonly string[], env: Readonly<Record<string, string>>): Run {
  const startedAt = performance.now();
  const { DATABASE_URL: _ours, NODE_ENV: _test, VITEST: _vitest, ...inherited } = process.env;
  const child = spawn(process.execPath, ['scripts/bin.js', ...args], {
    cwd: ROOT,
    env: { ...inherited, ...env } as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const watchers = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    for (const watch of watchers) watch();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return {
    child,
    stdout: () => stdout,
    stderr: () => stderr,
    seconds: () => (performance.now() - startedAt) / 1000,
    until: (pattern) =>
      new Promise((resolve) => {
        const watch = () => {
          if (!pattern.test(stdout)) return;
          watchers.delete(watch);
          resolve();
        };
        watchers.add(watch);
        watch();
      }),
    ended,
  };
}

async function finish(run: Run): Promise<Finished> {
  const code = await run.ended;
  return { code, stdout: run.stdout(), stderr: run.stderr(), seconds: run.seconds() };
}
