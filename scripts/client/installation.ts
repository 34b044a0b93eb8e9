import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { connect, disconnect, type Db } from '#lib/db/client.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '#lib/db/embedded.ts';
import { dataFolder, env } from '#lib/env.ts';
import { AppError } from '#lib/errors.ts';

const Written = z.object({ url: z.string() });

/**
 * Works on the database of the installation: that of DATABASE_URL, else of the Laconic that runs on the data folder,
 * else the cluster in the data folder, which is started for as long as the work takes.
 */
export async function withInstallation<T>(work: (db: Db) => Promise<T>): Promise<T> {
  const folder = dataFolder();
  const url = env().DATABASE_URL ?? (await runningUrl(folder));
  if (url !== null) return withDatabase(url, work);
  if (!existsSync(path.join(folder, 'pg', 'PG_VERSION'))) {
    throw new AppError(
      'unavailable',
      `There is no installation in ${folder}: start it once with \`npm start\`, or set LACONIC_DATA or DATABASE_URL to where yours is.`,
    );
  }
  const postgres: EmbeddedPostgres = await startEmbeddedPostgres({ folder });
  try {
    return await withDatabase(postgres.url, work);
  } finally {
    await postgres.stop();
  }
}

/** Null when nothing runs on the folder; what a killed Laconic left behind does not answer. */
async function runningUrl(folder: string): Promise<string | null> {
  const file = path.join(folder, 'database.json');
  if (!existsSync(file)) return null;
  const { url } = Written.parse(JSON.parse(readFileSync(file, 'utf8')));
  const db = connect(url, 1);
  try {
    await db.pool.query('select 1');
    return url;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED') return null;
    throw error;
  } finally {
    await disconnect(db);
  }
}

async function withDatabase<T>(url: string, work: (db: Db) => Promise<T>): Promise<T> {
  const db = connect(url, 2);
  try {
    return await work(db);
  } finally {
    await disconnect(db);
  }
}
