import { z } from 'zod';
import { AppError } from '#lib/errors.ts';
import { Visibility } from '#lib/schemas/identifiers.ts';
import { addAudit } from './audit.ts';
import { withTransaction, type Db } from './client.ts';
import { orderRanking } from './ranking.ts';

const BenchmarkRow = z.object({
  id: z.uuid(),
  name: z.string(),
  version: z.int(),
  split: z.string(),
  visibility: Visibility,
  itemCount: z.int(),
  runs: z.int(),
});
export type AdminBenchmark = z.infer<typeof BenchmarkRow>;

/** All benchmarks, also those that are not public, for the admin page. */
export async function listAllBenchmarks(db: Db, limit = 500): Promise<AdminBenchmark[]> {
  const { rows } = await db.pool.query(
    `select b.id, b.name, b.version, b.split, b.visibility, b.item_count as "itemCount",
            (select count(*)::int from run r where r.benchmark_id = b.id) as runs
     from benchmark b order by b.created_at desc, b.id limit $1`,
    [limit],
  );
  return z.array(BenchmarkRow).parse(rows);
}

/** Shows a benchmark to everybody, or takes it off the public pages. */
export async function setBenchmarkVisibility(
  db: Db,
  change: { benchmarkId: string; visibility: Visibility; actorTokenId: string },
): Promise<void> {
  const { benchmarkId, visibility, actorTokenId } = change;
  await withTransaction(db, async (session) => {
    const { rowCount } = await session.query(
      'update benchmark set visibility = $2::visibility where id = $1',
      [benchmarkId, visibility],
    );
    if (rowCount !== 1) throw new AppError('not_found', `There is no benchmark ${benchmarkId}.`);
    await orderRanking(session, [benchmarkId]);
    await addAudit(session, {
      actorTokenId,
      action: visibility === 'public' ? 'benchmark.publish' : 'benchmark.unlist',
      subject: benchmarkId,
      detail: { visibility },
    });
  });
}
