import type { Benchmark, BenchmarkList, MeanGroup } from '#lib/schemas/benchmark.ts';
import type { Db } from './client.ts';
import { BENCHMARK_IS_VISIBLE, RUN_IS_VISIBLE, type Viewer, viewerParams } from './visibility.ts';

/** A benchmark with what the board needs to find its verdicts. */
export interface ReadableBenchmark extends Benchmark {
  policy: Record<string, unknown>;
}

const COLUMNS = `b.id, b.name, b.version, b.split, b.title, b.description, b.visibility,
  b.item_count as "itemCount", b.default_verifier as verifier, b.verifier_version as "verifierVersion",
  b.policy, b.tokenizer, b.has_hidden_gold as "hasHiddenGold", b.licence, b.source`;

const RUN_COUNT = `(select count(*)::int from run r
  where r.benchmark_id = b.id and r.state <> 'withdrawn' and ${RUN_IS_VISIBLE}) as runs`;

/** All that the reader may see, the most used first. */
export async function listBenchmarks(db: Db, viewer: Viewer): Promise<ReadableBenchmark[]> {
  const { rows } = await db.pool.query<ReadableBenchmark>(
    `select ${COLUMNS}, ${RUN_COUNT} from benchmark b
     where ${BENCHMARK_IS_VISIBLE}
     order by runs desc, b.item_count desc, b.name, b.version desc, b.split limit 500`,
    viewerParams(viewer),
  );
  return rows;
}

/** By id, `name@version` or `name` (then the newest version, and of its splits the most used). Null when it is not for this reader. */
export async function findReadableBenchmark(
  db: Db,
  reference: { benchmark: string; split: string | null },
  viewer: Viewer,
): Promise<ReadableBenchmark | null> {
  const versioned = /^(?<name>.+)@(?<version>\d{1,9})$/.exec(reference.benchmark)?.groups;
  const { rows } = await db.pool.query<ReadableBenchmark>(
    `select ${COLUMNS}, ${RUN_COUNT} from benchmark b
     where ${BENCHMARK_IS_VISIBLE}
       and (b.id::text = $3 or (b.name = $4 and ($5::int is null or b.version = $5)))
       and ($6::text is null or b.split = $6)
     order by b.version desc, runs desc, b.split limit 1`,
    [
      ...viewerParams(viewer),
      reference.benchmark,
      versioned?.name ?? reference.benchmark,
      versioned === undefined ? null : Number(versioned.version),
      reference.split,
    ],
  );
  return rows[0] ?? null;
}

/** What the board's menu and the API offer. */
export async function listBoards(db: Db, viewer: Viewer): Promise<BenchmarkList> {
  const [benchmarks, means] = await Promise.all([
    listBenchmarks(db, viewer),
    listMeanGroups(db, viewer),
  ]);
  return { benchmarks, means };
}

/**
 * Groups of public benchmarks with exactly the same variants (model, label, family, parameters): over those, a mean
 * leaves nothing out. At least two variants, else every lone run would pair with every other.
 */
async function listMeanGroups(db: Db, viewer: Viewer): Promise<MeanGroup[]> {
  const { rows } = await db.pool.query<{ ids: string[]; names: string[]; runs: number }>(
    `with field as (
       select b.id, b.name, count(*)::int as runs,
              md5(string_agg(md5(concat_ws('|', r.model_id, r.label, r.family, r.params)), ','
                order by r.model_id, r.label, r.family, r.params::text)) as variants
       from benchmark b join run r on r.benchmark_id = b.id
       where b.visibility = 'public' and r.state <> 'withdrawn' and ${RUN_IS_VISIBLE}
       group by b.id
     )
     select array_agg(id::text order by name, id) as ids, array_agg(name order by name, id) as names,
            min(runs) as runs
     from field where runs > 1
     group by variants having count(*) > 1
     order by runs desc, ids`,
    viewerParams(viewer),
  );
  return rows.map(({ ids, names, runs }) => ({
    id: `mean:${ids.join(',')}`,
    title: `Mean of ${ids.length}: ${[...new Set(names)].join(', ')}`,
    benchmarkIds: ids,
    runs,
  }));
}
