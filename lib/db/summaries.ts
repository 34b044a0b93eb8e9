import { decodeRunState, encodeRunState } from '#lib/leaderboard/run-encoding.ts';
import type { RunState } from '#lib/leaderboard/run-state.ts';
import type { Session } from './client.ts';
import type { VerdictKey } from './scoring.ts';

/** A summary as the workers add to it; `tokenizer` is its length column. */
export interface StoredSummary {
  tokenizer: string;
  state: RunState;
  batchesDone: number;
  batches: number;
}

/** The summaries of one run, locked until the transaction ends: batches of a run add up one after the other. */
export async function lockSummaries(session: Session, key: VerdictKey): Promise<StoredSummary[]> {
  const { rows } = await session.query<{
    tokenizer: string;
    state: Buffer;
    batches_done: number;
    batches: number;
  }>(
    `select tokenizer, state, batches_done, batches from run_summary
     where run_id = $1 and verifier = $2 and version = $3 and policy = $4
     order by tokenizer for update`,
    [key.runId, key.verifier, key.version, key.policy],
  );
  return rows.map((row) => ({
    tokenizer: row.tokenizer,
    state: decodeRunState(row.state),
    batchesDone: row.batches_done,
    batches: row.batches,
  }));
}

/** Returns how many batches there were before. */
export async function addBatches(
  session: Session,
  key: VerdictKey,
  count: number,
): Promise<number> {
  const { rows } = await session.query<{ before: number }>(
    `update run_summary set batches = batches + $5::int
     where run_id = $1 and verifier = $2 and version = $3 and policy = $4 returning batches - $5::int as before`,
    [key.runId, key.verifier, key.version, key.policy, count],
  );
  const [first] = rows;
  if (first === undefined) throw new Error(`Run ${key.runId} has no summary.`);
  return first.before;
}

export async function writeSummary(
  session: Session,
  key: VerdictKey,
  summary: StoredSummary & { figures: object; histograms: object },
): Promise<void> {
  await session.query(
    `insert into run_summary
       (run_id, verifier, version, policy, tokenizer, state, figures, histograms, batches_done, batches, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, clock_timestamp())
     on conflict (run_id, verifier, version, policy, tokenizer) do update set
       state = excluded.state, figures = excluded.figures, histograms = excluded.histograms,
       metrics = null, batches_done = excluded.batches_done, batches = excluded.batches, updated_at = excluded.updated_at`,
    [
      key.runId,
      key.verifier,
      key.version,
      key.policy,
      summary.tokenizer,
      Buffer.from(encodeRunState(summary.state)),
      JSON.stringify(summary.figures),
      JSON.stringify(summary.histograms),
      summary.batchesDone,
      summary.batches,
    ],
  );
}

/** The summary of a published figure: nothing was judged here, so verifier and length column say `reported`. */
export async function writeReportedSummary(
  session: Session,
  runId: string,
  figures: object,
): Promise<void> {
  await session.query(
    `insert into run_summary (run_id, verifier, version, policy, tokenizer, figures)
     values ($1, 'reported', 0, 'default', 'reported', $2)`,
    [runId, JSON.stringify(figures)],
  );
}
