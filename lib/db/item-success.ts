import { decodeRunState } from '#lib/leaderboard/run-encoding.ts';
import { bandOf, type Band, type ItemSuccess } from '#lib/redundancy/profile/difficulty-bands.ts';
import type { Db } from './client.ts';
import type { SampleScope } from './samples.ts';

/** Enough to tell easy from hard; each state of a run has some 20 bytes an item. */
const MOST_RUNS = 60;

/**
 * How often each item was solved, over the newest public runs on the benchmark and this one, by the board's verifier: by the
 * position of the item.
 */
export async function listItemSuccess(db: Db, scope: SampleScope): Promise<ItemSuccess[]> {
  const { rows } = await db.pool.query<{ state: Buffer }>(
    `select state from (
       select distinct on (r.id) r.id, r.created_at, s.state
       from run r join run_summary s on s.run_id = r.id
       where r.benchmark_id = $1 and r.state = 'done' and (r.visibility = 'public' or r.id = $5)
         and s.verifier = $2 and s.version = $3 and s.policy = $4 and s.state is not null
       order by r.id, s.tokenizer) as newest
     order by id = $5 desc, created_at desc limit ${String(MOST_RUNS)}`,
    [scope.benchmarkId, scope.verifier, scope.version, scope.policy, scope.runId],
  );
  const items: ItemSuccess[] = [];
  for (const { state } of rows) {
    const { itemCount, itemAttempts, itemCorrect } = decodeRunState(state);
    for (let position = 0; position < itemCount; position += 1) {
      const item = (items[position] ??= { attempts: 0, correct: 0 });
      item.attempts += itemAttempts[position] ?? 0;
      item.correct += itemCorrect[position] ?? 0;
    }
  }
  return items;
}

/** The band of each item by its position; null where too few attempts were made on it. */
export async function listItemBands(db: Db, scope: SampleScope): Promise<(Band | null)[]> {
  return (await listItemSuccess(db, scope)).map(bandOf);
}
