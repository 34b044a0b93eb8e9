import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { databaseUrl } from '../env.ts';
import { PrismaClient } from './generated/client.ts';

/** Everyday queries go through `prisma`; bulk, locks and transactions over both through `pool`. */
export interface Db {
  readonly prisma: PrismaClient;
  readonly pool: pg.Pool;
}

/** A session inside `withTransaction`. */
export type Session = pg.PoolClient;

const holder = globalThis as typeof globalThis & { laconicDb?: { url: string; db: Db } };

/** One pool a process; kept on the global object because the development server loads modules again. */
export function db(): Db {
  const url = databaseUrl();
  if (holder.laconicDb?.url !== url) holder.laconicDb = { url, db: connect(url) };
  return holder.laconicDb.db;
}

/** A pool of its own, for tests and commands; end it with `disconnect`. */
export function connect(url: string, connections = 10): Db {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    // Postgres may be away for a minute: a request then fails fast and a job is tried again.
    connectionTimeoutMillis: 10_000,
    application_name: 'laconic',
  });
  // A connection that breaks is replaced by the pool, and its query fails by itself; without listeners on both the
  // pool and its connections the break would end the process.
  const ignore = () => undefined;
  pool.on('error', ignore);
  pool.on('connect', (client) => client.on('error', ignore));
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  return { prisma, pool };
}

export async function disconnect(db: Db): Promise<void> {
  await db.prisma.$disconnect();
  await db.pool.end();
}

/** Commits what `work` returns from, rolls back what it throws out of. */
export async function withTransaction<T>(
  db: Db,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await db.pool.connect();
  let failure: Error | undefined;
  try {
    await session.query('begin');
    const result = await work(session);
    await session.query('commit');
    return result;
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    try {
      await session.query('rollback');
      failure = undefined;
    } catch {
      // The session itself is broken: releasing it with the error below closes it, which rolls back.
    }
    throw error;
  } finally {
    session.release(failure);
  }
}
