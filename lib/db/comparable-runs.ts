import type { Db } from './client.ts';
import { COLUMN_ORDER } from './samples.ts';
import { RUN_IS_VISIBLE, viewerParams, type Viewer } from './visibility.ts';

export interface RunChoice {
  id: string;
  label: string;
  model: string;
  accuracy: number | null;
  tokens: number | null;
}

/** Judged runs on the benchmark of a run, the best first, itself among them; empty when it is not there for this reader. */
export async function listRunChoices(db: Db, runId: string, viewer: Viewer): Promise<RunChoice[]> {
  const { rows } = await db.pool.query<RunChoice>(
    `select distinct on (r.id) r.id, r.label, m.name as model,
            (s.figures->>'accuracy')::float8 as accuracy, (s.figures->>'tokensMean')::float8 as tokens
     from run own join run r on r.benchmark_id = own.benchmark_id
       join benchmark b on b.id = r.benchmark_id join model m on m.id = r.model_id
       join run_summary s on s.run_id = r.id and s.verifier = b.default_verifier and s.version = b.verifier_version
     where own.id = $3 and r.state = 'done' and r.trust_level <> 'reported' and ${RUN_IS_VISIBLE}
     order by r.id, s.figures->>'tokensMean' is null, ${COLUMN_ORDER}
     limit 500`,
    [...viewerParams(viewer), runId],
  );
  return rows.sort((a, b) => (b.accuracy ?? 0) - (a.accuracy ?? 0));
}
