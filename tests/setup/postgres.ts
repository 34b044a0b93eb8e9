import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { createDatabase, startEmbeddedPostgres } from '#lib/db/embedded.ts';
import { migrateQueue } from '#lib/db/queue.ts';
import { applyMigrations } from '#lib/db/schema-engine.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A server where databases may be created, and the migrated database that they are copied from. */
    testServer: { adminUrl: string; template: string };
  }
}

/**
 * One server for the whole test run: TEST_DATABASE_URL, else a throw-away embedded one. The template is
 * migrated once; copying it costs a fraction of migrating, and no test sees the rows of another.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  return provideServer(project, await startServer());
}

/** Migrates a template on the server and tells the tests where it is; returns what ends both. */
export async function provideServer(
  project: TestProject,
  server: { adminUrl: string; stop(): Promise<void> },
): Promise<() => Promise<void>> {
  const template = `laconic_template_${randomBytes(4).toString('hex')}`;
  await createDatabase(server.adminUrl, template);
  const templateUrl = urlOf(server.adminUrl, template);
  await applyMigrations(templateUrl);
  await migrateQueue(templateUrl);
  project.provide('testServer', { adminUrl: server.adminUrl, template });

  return async () => {
    await dropDatabase(server.adminUrl, template);
    await server.stop();
  };
}

export function urlOf(adminUrl: string, database: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  return url.href;
}

export async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`);
  } finally {
    await client.end();
  }
}

async function startServer(): Promise<{ adminUrl: string; stop(): Promise<void> }> {
  const given = process.env.TEST_DATABASE_URL;
  if (given !== undefined && given !== '') {
    return { adminUrl: given, stop: () => Promise.resolve() };
  }
  return startThrowAway();
}

/** A cluster for one run, with the binaries of another PostgreSQL where they are given. */
export async function startThrowAway(
  binaries?: string,
): Promise<{ adminUrl: string; stop(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'laconic-test-postgres-'));
  // Started by root, the server runs as another user, who must be able to enter its folder.
  await chmod(folder, 0o755);
  const postgres = await startEmbeddedPostgres({
    folder,
    isThrowAway: true,
    ...(binaries !== undefined && { binaries }),
  });
  return {
    adminUrl: postgres.url,
    async stop() {
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
