import type { MethodList, ModelList } from '#lib/schemas/catalogue.ts';
import type { Db } from './client.ts';
import { RUN_IS_VISIBLE, type Viewer, viewerParams } from './visibility.ts';

/** Runs of others that are not public must not show, and neither may a model that only they use. */
export async function listModels(db: Db, viewer: Viewer): Promise<ModelList> {
  const { rows } = await db.pool.query<ModelList['models'][number]>(
    `select m.name, m.is_program as "isProgram", m.base_name as "baseName", count(*)::int as runs
     from model m join run r on r.model_id = m.id join benchmark b on b.id = r.benchmark_id
     where r.state <> 'withdrawn' and ${RUN_IS_VISIBLE}
     group by m.id order by runs desc, m.name limit 2000`,
    viewerParams(viewer),
  );
  return { models: rows };
}

/** The catalogue: methods with an arXiv id are shipped, the others show when a visible run uses them. */
export async function listMethods(db: Db, viewer: Viewer): Promise<MethodList> {
  const { rows } = await db.pool.query<MethodList['methods'][number]>(
    `select h.name, h.stage, h.substage, h.arxiv, h.mechanism, coalesce(used.runs, 0)::int as runs,
            coalesce(used.boards, '[]') as boards
     from method h left join (
       select method_id, sum(runs) as runs,
              jsonb_agg(jsonb_build_object('benchmarkId', id, 'title', title, 'runs', runs, 'published', published)
                        order by runs desc, title, id) as boards
       from (
         select r.method_id, b.id, b.title, count(*) as runs,
                count(*) filter (where r.trust_level = 'reported') as published
         from run r join benchmark b on b.id = r.benchmark_id
         where r.state <> 'withdrawn' and r.method_id is not null and ${RUN_IS_VISIBLE}
         group by r.method_id, b.id
       ) board group by method_id
     ) used on used.method_id = h.id
     where h.arxiv is not null or used.runs > 0
     order by h.stage nulls last, h.substage nulls last, h.name limit 2000`,
    viewerParams(viewer),
  );
  return { methods: rows };
}
