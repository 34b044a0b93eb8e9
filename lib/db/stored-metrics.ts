import { KnownMetrics } from '#lib/analysis/known-metrics.ts';
import type { AnalysableRun } from './analysis.ts';
import type { Db } from './client.ts';

/** What is stored of a run's metrics, and the state of the summary that it belongs to. */
export interface StoredMetrics {
  known: KnownMetrics;
  /** Null while the run has no finished summary: then nothing is stored. */
  place: { tokenizer: string; updatedAt: string } | null;
}

/** Metrics of a run that were computed before. What can not be read counts as not computed. */
export async function readStoredMetrics(db: Db, run: AnalysableRun): Promise<StoredMetrics> {
  const { rows } = await db.pool.query<{ tokenizer: string; at: string; metrics: unknown }>(
    `select tokenizer, updated_at::text as at, metrics from run_summary
     where run_id = $1 and verifier = $2 and version = $3 and policy = $4
       and batches_done = batches and ($5::text is null or tokenizer = $5)
     order by tokenizer limit 1`,
    [run.id, run.verifier, run.version, run.policy, run.column],
  );
  const [row] = rows;
  if (row === undefined) return { known: {}, place: null };
  const known = KnownMetrics.safeParse(row.metrics);
  return {
    known: known.success ? known.data : {},
    place: { tokenizer: row.tokenizer, updatedAt: row.at },
  };
}

/** Stores metrics beside the summary that they were computed from; nothing where that has changed meanwhile. */
export async function saveStoredMetrics(
  db: Db,
  run: AnalysableRun,
  { known, place }: StoredMetrics,
): Promise<void> {
  if (place === null) return;
  await db.pool.query(
    `update run_summary set metrics = $7
     where run_id = $1 and verifier = $2 and version = $3 and policy = $4 and tokenizer = $5
       and updated_at = $6::timestamptz`,
    [
      ...[run.id, run.verifier, run.version, run.policy, place.tokenizer],
      ...[place.updatedAt, JSON.stringify(known)],
    ],
  );
}
