import type { OtherSamples } from '#lib/schemas/sample.ts';
import type { Db } from './client.ts';
import type { SampleScope } from './samples.ts';
import { RUN_IS_VISIBLE, type Viewer, viewerParams } from './visibility.ts';

/** More runs than a reader picks one from. */
const MOST_RUNS = 200;

/** The same item in the other runs that this reader sees, the first sample of each; most accurate runs first. */
export async function listOtherSamples(
  db: Db,
  scope: SampleScope,
  { itemKey, viewer }: { itemKey: string; viewer: Viewer },
): Promise<OtherSamples['others']> {
  const { rows } = await db.pool.query<OtherSamples['others'][number]>(
    `select r.id as "runId", r.label, m.name as model, a.sample_index as "sampleIndex",
            case when a.error_code is not null then 'error' else coalesce(s.outcome::text, 'unscored') end as outcome,
            s.extracted
     from run r
       join benchmark b on b.id = r.benchmark_id
       join model m on m.id = r.model_id
       join lateral (
         select sample_index, error_code from attempt
         where run_id = r.id and item_key = $3 order by sample_index limit 1) a on true
       left join score s on s.run_id = r.id and s.item_key = $3 and s.sample_index = a.sample_index
         and s.verifier = $5 and s.version = $6 and s.policy = $7
     where r.benchmark_id = $4 and r.id <> $8 and ${RUN_IS_VISIBLE}
     order by (select max((u.figures->>'accuracy')::float8) from run_summary u where u.run_id = r.id) desc nulls last, r.label
     limit ${String(MOST_RUNS)}`,
    [
      ...viewerParams(viewer),
      itemKey,
      scope.benchmarkId,
      scope.verifier,
      scope.version,
      scope.policy,
      scope.runId,
    ],
  );
  return rows;
}
