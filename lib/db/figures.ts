import type { Db } from './client.ts';

/** Keeps a spec under the hash of its canonical JSON. Safe to run twice: equal hashes are equal specs. */
export async function saveFigure(db: Db, figure: { hash: string; spec: unknown }): Promise<void> {
  await db.pool.query(
    'insert into figure (hash, spec) values ($1, $2) on conflict (hash) do nothing',
    [figure.hash, JSON.stringify(figure.spec)],
  );
}

/** Null when no figure has this hash. */
export async function findFigureSpec(db: Db, hash: string): Promise<unknown> {
  const row = await db.prisma.figure.findUnique({ where: { hash }, select: { spec: true } });
  return row?.spec ?? null;
}
