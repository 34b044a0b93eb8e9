import type { ItemLine } from '#lib/schemas/benchmark-file.ts';
import type { Db, Session } from './client.ts';

const COLUMNS = `i.key, i.prompt, g.answer as gold, i.choices, i.difficulty, i.groups`;

const FROM = `from item i left join gold g on g.benchmark_id = i.benchmark_id and g.item_key = i.key
  where i.benchmark_id = $1`;

/** Every item of a benchmark with its gold, in order. */
export async function listBenchmarkItems(
  session: Pick<Session, 'query'>,
  benchmarkId: string,
): Promise<ItemLine[]> {
  const { rows } = await session.query<ItemLine>(`select ${COLUMNS} ${FROM} order by i.position`, [
    benchmarkId,
  ]);
  return rows;
}

const PAGE = 1_000;

/** The same, a page at a time, for a reader who may be slow; golds only where they are not hidden. */
export async function* streamBenchmarkItems(
  db: Db,
  { benchmarkId, hasHiddenGold }: { benchmarkId: string; hasHiddenGold: boolean },
): AsyncGenerator<ItemLine> {
  for (let from = 0; ; from += PAGE) {
    const { rows } = await db.pool.query<ItemLine>(
      `select ${COLUMNS} ${FROM} and i.position >= $2 and i.position < $3 order by i.position`,
      [benchmarkId, from, from + PAGE],
    );
    if (rows.length === 0) return;
    for (const row of rows) yield hasHiddenGold ? { ...row, gold: null } : row;
  }
}

export async function setHiddenGold(session: Session, benchmarkId: string): Promise<void> {
  await session.query('update benchmark set has_hidden_gold = true where id = $1', [benchmarkId]);
}
