import { moveSubmission } from './submissions.ts';
import type { Db, Session } from './client.ts';

/** A run as the scoring jobs need it. */
export interface RunForScoring {
  id: string;
  submissionId: string | null;
  benchmarkId: string;
  itemCount: number;
  samplesPerItem: number;
  /** The benchmark's tokenizer; null when lengths are not counted for this run. */
  tokenizer: string | null;
}

/** Null when the run was deleted or withdrawn. */
export async function getRunForScoring(db: Db, id: string): Promise<RunForScoring | null> {
  const { rows } = await db.pool.query<RunForScoring>(
    `select r.id, r.submission_id as "submissionId", r.benchmark_id as "benchmarkId",
            b.item_count as "itemCount", r.samples_per_item as "samplesPerItem",
            case when r.trace_visibility in ('hidden', 'summary') then null else b.tokenizer end as tokenizer
     from run r join benchmark b on b.id = r.benchmark_id
     where r.id = $1 and r.state <> 'withdrawn'`,
    [id],
  );
  return rows[0] ?? null;
}

/**
 * A row whose attempt breaks the verifier moves from the stored to the dead ones, once. Verdicts that are added later
 * leave the books of the finished submission alone.
 */
export async function recordDeadRows(
  session: Session,
  run: RunForScoring,
  dead: readonly { row: number; reason: string }[],
): Promise<void> {
  if (dead.length === 0 || run.submissionId === null) return;
  const { rowCount } = await session.query(
    `insert into dead_row (submission_id, row, stage, reason, tries)
     select s.id, dead.row, 'scoring', dead.reason, 3
     from submission s, unnest($2::int[], $3::text[]) as dead (row, reason)
     where s.id = $1 and s.state in ('live', 'scoring')
     on conflict do nothing`,
    [run.submissionId, dead.map(({ row }) => row), dead.map(({ reason }) => reason)],
  );
  await session.query(
    `update submission set dead_rows = dead_rows + $2, stored_rows = stored_rows - $2 where id = $1`,
    [run.submissionId, rowCount ?? 0],
  );
}

/** Tells the followers of the submission that a batch is in; after the last one its board is ranked. */
export async function noteBatch(
  session: Session,
  run: RunForScoring,
  { isLast }: { isLast: boolean },
): Promise<void> {
  if (isLast) await session.query(`update run set state = 'done' where id = $1`, [run.id]);
  if (run.submissionId === null) return;
  const state = await lockSubmission(session, run);
  // A rescoring, or a submission that was cancelled while its run is scored to the end.
  if (state !== 'scoring' && state !== 'live') return;
  await moveSubmission(session, run.submissionId, {
    from: [state],
    to: isLast ? 'aggregating' : state,
  });
}

/** Its state, or null when the run has none. Locked before the summaries of its run, by everybody. */
export async function lockSubmission(
  session: Session,
  { submissionId }: Pick<RunForScoring, 'submissionId'>,
): Promise<string | null> {
  if (submissionId === null) return null;
  const { rows } = await session.query<{ state: string }>(
    `select state from submission where id = $1 for update`,
    [submissionId],
  );
  return rows[0]?.state ?? null;
}
