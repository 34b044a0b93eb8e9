import pg from 'pg';
import { AppError } from '../errors.ts';
import { migrateQueue } from './queue.ts';
import { applyMigrations, migrationNames } from './schema-engine.ts';

const OLDEST_POSTGRES = 15;

/** Brings a database up to this version of Laconic; returns the names of the migrations applied. */
export async function migrate(url: string): Promise<string[]> {
  await assertUsable(url);
  const applied = await applyMigrations(url);
  await migrateQueue(url);
  return applied;
}

/** Refuses an old server, and a database that a newer Laconic has written: its tables may mean something else. */
async function assertUsable(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 15_000 });
  try {
    await client.connect();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AppError(
      'unavailable',
      `The database can not be reached: ${reason || 'no connection'}. Check DATABASE_URL.`,
      { cause },
    );
  }
  try {
    const version = await client.query<{ version: number }>(
      `select current_setting('server_version_num')::int / 10000 as version`,
    );
    const major = version.rows[0]?.version ?? 0;
    if (major < OLDEST_POSTGRES) {
      throw new AppError(
        'unavailable',
        `PostgreSQL ${major} is too old: Laconic needs ${OLDEST_POSTGRES} or newer.`,
      );
    }
    const table = await client.query<{ exists: boolean }>(
      `select to_regclass('_prisma_migrations') is not null as exists`,
    );
    if (table.rows[0]?.exists !== true) return;
    const { rows } = await client.query<{ name: string }>(
      `select migration_name as name from _prisma_migrations where finished_at is not null`,
    );
    const known = new Set(await migrationNames());
    const unknown = rows.map(({ name }) => name).filter((name) => !known.has(name));
    if (unknown.length > 0) {
      throw new AppError(
        'unavailable',
        `The database was written by a newer Laconic (it has ${unknown.join(', ')}); update this one, or use another database.`,
      );
    }
  } finally {
    await client.end();
  }
}
