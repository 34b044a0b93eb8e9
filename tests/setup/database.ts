import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, inject } from 'vitest';
import { db, disconnect, type Db } from '#lib/db/client.ts';
import { createDatabase } from '#lib/db/embedded.ts';
import { dropDatabase, urlOf } from './postgres.ts';

interface TestDatabase {
  url: string;
  db: Db;
  /** Empty at first; what `dataFolder()` returns in this test file. */
  dataFolder: string;
}

/**
 * A migrated database and a data folder of one's own; both are gone after the file. Call it at the top of the
 * file, `const { db } = await testDatabase();`, because a hook can not register the clean-up. It sets
 * DATABASE_URL and LACONIC_DATA, so that route handlers and `db()` use the same.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const { adminUrl, template } = inject('testServer');
  const name = `laconic_test_${randomBytes(6).toString('hex')}`;
  await createDatabase(adminUrl, name, template);
  const folder = await mkdtemp(path.join(tmpdir(), 'laconic-test-data-'));
  process.env.DATABASE_URL = urlOf(adminUrl, name);
  process.env.LACONIC_DATA = folder;
  const own = db();
  afterAll(async () => {
    await disconnect(own);
    await dropDatabase(adminUrl, name);
    await rm(folder, { recursive: true, force: true });
  });
  return { url: urlOf(adminUrl, name), db: own, dataFolder: folder };
}
