import { parseSlice, toItemGroups, type ItemGroups } from '#lib/leaderboard/item-slice.ts';
import type { Db } from './client.ts';

/** Beyond it reading all labels would hold up the first reader of a board. */
const MOST_ITEMS = 200_000;

const LIMIT = 64;
const known = new Map<string, readonly ItemGroups[]>();

/** The labels by which the items of a benchmark can be told apart; read once a process and version of the benchmark. */
export async function listItemGroups(
  db: Db,
  { id, itemCount }: { id: string; itemCount: number },
): Promise<readonly ItemGroups[]> {
  if (itemCount > MOST_ITEMS) return [];
  const key = `${id} ${String(itemCount)}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const { rows } = await db.pool.query<{ label: string; value: string; items: number }>(
    `select own.label, own.value, count(*)::int as items
     from item i, lateral (
       select key as label, value from jsonb_each_text(i.groups) where key <> 'difficulty' or i.difficulty is null
       union all select 'difficulty', i.difficulty where i.difficulty is not null) own
     where i.benchmark_id = $1 group by own.label, own.value order by min(i.position)`,
    [id],
  );
  const groups = toItemGroups(rows);
  known.set(key, groups);
  const oldest = known.keys().next().value;
  if (known.size > LIMIT && oldest !== undefined) known.delete(oldest);
  return groups;
}

/** The places in the item list of the items that have one of the values asked for in every label asked for. */
export async function findSlicePositions(
  db: Db,
  benchmarkId: string,
  pairs: readonly string[],
): Promise<Uint32Array> {
  const wanted = [...parseSlice(pairs)].map(([label, values]) => ({ label, values: [...values] }));
  const { rows } = await db.pool.query<[position: number]>({
    text: `select i.position from item i
       where i.benchmark_id = $1 and not exists (
         select from jsonb_to_recordset($2::jsonb) as want (label text, "values" jsonb)
         where not coalesce(want."values" ? case
           when want.label = 'difficulty' and i.difficulty is not null then i.difficulty
           else i.groups->>want.label end, false))
       order by i.position`,
    values: [benchmarkId, JSON.stringify(wanted)],
    rowMode: 'array',
  });
  return Uint32Array.from(rows, ([position]) => position);
}
