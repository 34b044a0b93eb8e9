import { z } from 'zod';
import type { Viewer } from './visibility.ts';
import { BENCHMARK_IS_VISIBLE, RUN_IS_VISIBLE, viewerParams } from './visibility.ts';
import type { Db } from './client.ts';

/** Names that a submitter may mean; only of what this viewer may see. */
export interface NameSuggestions {
  benchmarks: string[];
  models: string[];
  methods: string[];
}

const LIMIT = 300;

export async function listNameSuggestions(db: Db, viewer: Viewer): Promise<NameSuggestions> {
  const params = [...viewerParams(viewer), LIMIT];
  const list = async (sql: string, values: unknown[]): Promise<string[]> => {
    const { rows } = await db.pool.query(sql, values);
    return z
      .array(z.object({ name: z.string() }))
      .parse(rows)
      .map(({ name }) => name);
  };
  const [benchmarks, models, methods] = await Promise.all([
    list(
      `select distinct b.name from benchmark b where ${BENCHMARK_IS_VISIBLE} order by 1 limit $3`,
      params,
    ),
    list(
      `select m.name from model m where exists (
         select from run r join benchmark b on b.id = r.benchmark_id
         where r.model_id = m.id and ${RUN_IS_VISIBLE}) order by 1 limit $3`,
      params,
    ),
    list('select name from method order by 1 limit $1', [LIMIT]),
  ]);
  return { benchmarks, models, methods };
}
