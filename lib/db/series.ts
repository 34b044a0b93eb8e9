import { behaviourSignal } from '#lib/analysis/behaviour-signals.ts';
import { BEHAVIOURS } from '#lib/audit/behaviour-prompt.ts';
import { TRACE_VERSION } from '#lib/redundancy/trace/measure-trace.ts';
import type { Db } from './client.ts';

/** Sums of one item over its answered samples. */
export interface ItemSums {
  runId: string;
  /** Samples whose end is known, and of those the ones cut at the limit. */
  finished: number;
  clipped: number;
  /** Over the samples that have both. */
  reflections: number;
  tokens: number;
}

/** By run and item. The caller has checked who may see the runs. */
export async function listItemSums(
  db: Db,
  { runIds, column }: { runIds: readonly string[]; column: string | null },
): Promise<ItemSums[]> {
  const length = column === null || column === 'reported' ? 'a.output_tokens' : 'c.output';
  const { rows } = await db.pool.query<ItemSums>(
    `select a.run_id as "runId",
            count(*) filter (where a.finish_reason <> 'unknown')::int as finished,
            count(*) filter (where a.finish_reason = 'length')::int as clipped,
            coalesce(sum(t.reflections) filter (where ${length} is not null), 0)::float8 as reflections,
            coalesce(sum(${length}) filter (where t.reflections is not null), 0)::float8 as tokens
     from attempt a
     left join (
       select distinct on (run_id, item_key, sample_index) * from token_count
       where run_id = any($1::uuid[]) and tokenizer = $2 order by run_id, item_key, sample_index, version desc) c
       on c.run_id = a.run_id and c.item_key = a.item_key and c.sample_index = a.sample_index
     left join trace t on t.run_id = a.run_id and t.item_key = a.item_key
       and t.sample_index = a.sample_index and t.version = $3
     where a.run_id = any($1::uuid[]) and a.error_code is null
     group by a.run_id, a.item_key order by a.run_id, a.item_key`,
    [runIds, column ?? 'reported', TRACE_VERSION],
  );
  return rows;
}

/** What the runs can be asked for: the most samples an item, and behaviours of the sources that labelled them. */
export async function listCurveSources(
  db: Db,
  runIds: readonly string[],
): Promise<{ samples: number; behaviours: string[] }> {
  const [runs, labels] = await Promise.all([
    db.pool.query<{ samples: number }>(
      `select max(samples_per_item)::int as samples from run where id = any($1::uuid[])`,
      [runIds],
    ),
    db.pool.query<{ source: string }>(
      `select distinct source from label where run_id = any($1::uuid[]) and kind = 'behaviours' order by source`,
      [runIds],
    ),
  ]);
  return {
    samples: runs.rows[0]?.samples ?? 1,
    behaviours: labels.rows.flatMap(({ source }) =>
      BEHAVIOURS.map((behaviour) => behaviourSignal(source, behaviour)),
    ),
  };
}
