import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { disconnect } from '#lib/db/client.ts';
import { freePort } from '#lib/db/embedded.ts';
import { listWorkers } from '#lib/db/workers.ts';
import {
  createDataFolder,
  laconic,
  removeDataFolder,
  startInstallation,
  type Finished,
} from './installation.ts';

const folder = await createDataFolder();
afterAll(() => removeDataFolder(folder));

/** One sentence on standard error and exit code 1: no stack, nothing to scroll. */
function expectOneSentence(run: Finished, sentence: RegExp): void {
  expect(run.stderr).toMatch(sentence);
  expect(run.stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(run.code).toBe(1);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('starting and stopping', () => {
  test('Ctrl-C ends every process and gives the port and the database back', async () => {
    const installation = await startInstallation({ folder, args: ['--empty'] });
    expect(installation.setupLink()).toContain(installation.url);
    const db = await installation.connect();
    const workers = await listWorkers(db);
    await db.pool.query("insert into model (id, name) values (gen_random_uuid(), 'kept')");
    const { rows } = await db.pool.query<{ pid: number }>(
      "select pid from pg_stat_activity where backend_type = 'checkpointer'",
    );
    await disconnect(db);
    const pids = [...new Set([...workers.map(({ pid }) => pid), ...rows.map(({ pid }) => pid)])];
    expect(pids.length).toBeGreaterThanOrEqual(2);
    expect(pids.every(isAlive)).toBe(true);

    const asked = performance.now();
    const { code, stdout } = await installation.stop('SIGINT');
    expect(code).toBe(0);
    expect(stdout).toContain('Stopping');
    // Nobody had to be killed: that comes after 15 s.
    expect(performance.now() - asked).toBeLessThan(10_000);
    expect(pids.filter(isAlive)).toEqual([]);
    await expect(fetch(installation.url)).rejects.toThrow();
  });

  test('a token is made while Laconic is stopped, and printed once', async () => {
    const made = await laconic(['token', 'create', 'offline', '--scope', 'submit,admin'], {
      LACONIC_DATA: folder,
    });
    expect(made.stderr).toContain('shown this once');
    expect(made.stdout).toMatch(/^lac_\w+\n$/);
    expect(made.code).toBe(0);
  });

  test('the second start takes under ten seconds, keeps the data and has an admin', async () => {
    const installation = await startInstallation({ folder, args: ['--empty'] });
    process.stdout.write(`second start: ${installation.readySeconds.toFixed(1)} s\n`);
    const db = await installation.connect();
    try {
      const { rows } = await db.pool.query("select name from model where name = 'kept'");
      expect(rows).toEqual([{ name: 'kept' }]);
      expect(installation.setupLink()).toBeNull();
      const tokens = await laconic(['token', 'list'], { LACONIC_DATA: folder });
      expect(tokens.stdout).toContain('submit,admin');
      const [id] = tokens.stdout.split(' ');
      const revoked = await laconic(['token', 'revoke', id!], { LACONIC_DATA: folder });
      expect(revoked.stdout).toContain('revoked');
      expect(revoked.code).toBe(0);

      const twin = await laconic(['start', '--empty', '--port', String(await freePort())], {
        LACONIC_DATA: folder,
      });
      expectOneSentence(twin, /already runs on this data folder/);
      expect((await fetch(`${installation.url}/api/readyz`)).status).toBe(200);
    } finally {
      await disconnect(db);
      const { code } = await installation.stop('SIGTERM');
      expect(code).toBe(0);
    }
    expect(installation.readySeconds).toBeLessThan(10);
  });
});

describe('what keeps it from starting is one clear sentence', () => {
  test('a port in use', async () => {
    const blocker = createServer();
    const port = await new Promise<number>((resolve) => {
      blocker.listen(0, () => resolve((blocker.address() as { port: number }).port));
    });
    try {
      const run = await laconic(['start', '--empty', '--port', String(port)], {
        LACONIC_DATA: folder,
      });
      expectOneSentence(run, new RegExp(`^Port ${String(port)} is in use; set PORT`));
    } finally {
      await new Promise((resolve) => blocker.close(resolve));
    }
  });

  test('a data folder that is a file, or that can not be entered', async () => {
    const place = await mkdtemp(path.join(tmpdir(), 'laconic-e2e-'));
    try {
      const file = path.join(place, 'file');
      await writeFile(file, '');
      const port = ['--port', String(await freePort())];
      const onFile = await laconic(['start', '--empty', ...port], { LACONIC_DATA: file });
      expectOneSentence(onFile, /is a file; set LACONIC_DATA/);
      // Root may enter everything, but the Postgres that it starts may not.
      await chmod(place, process.getuid?.() === 0 ? 0o700 : 0o000);
      const inside = process.getuid?.() === 0 ? path.join(place, 'data') : place;
      const closed = await laconic(['start', '--empty', ...port], { LACONIC_DATA: inside });
      expectOneSentence(closed, /LACONIC_DATA/);
    } finally {
      await chmod(place, 0o700);
      await rm(place, { recursive: true, force: true });
    }
  });

  test('a database that a newer Laconic has changed', async () => {
    const installation = await startInstallation({ folder, args: ['--empty'] });
    const db = await installation.connect();
    await db.pool.query(
      `insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       values (gen_random_uuid(), 'none', '29990101000000_of_the_future', now(), now(), 1)`,
    );
    await disconnect(db);
    await installation.stop();
    const run = await laconic(['start', '--empty', '--port', String(await freePort())], {
      LACONIC_DATA: folder,
    });
    expectOneSentence(run, /newer/);
  });
});
