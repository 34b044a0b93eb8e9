import { z } from 'zod';
import { AppError } from '#lib/errors.ts';
import {
  SubmissionHeader,
  SubmissionState,
  RowPolicy,
  type Failure,
  type RowFinding,
} from '#lib/schemas/submission.ts';
import type { Db, Session } from './client.ts';
import { OPEN_STATES, SUBMISSION_STATES } from './submission-states.ts';
import { toStorable } from './storable.ts';

/** A session in a transaction, or a pool for a statement of its own. */
export type Queryable = Pick<Session, 'query'>;

/** What may change together with the state; what is left out stays as it is. */
export interface SubmissionPatch {
  header?: SubmissionHeader;
  contentKey?: string | null;
  rawSha256?: string | null;
  fileName?: string;
  format?: string | null;
  formatEvidence?: string | null;
  failure?: Failure | null;
}

const PATCH_COLUMNS: Readonly<Record<keyof SubmissionPatch, { name: string; isJson: boolean }>> = {
  header: { name: 'header', isJson: true },
  contentKey: { name: 'content_key', isJson: false },
  rawSha256: { name: 'raw_sha256', isJson: false },
  fileName: { name: 'file_name', isJson: false },
  format: { name: 'format', isJson: false },
  formatEvidence: { name: 'format_evidence', isJson: false },
  failure: { name: 'failure', isJson: true },
};

/** Of the move; the sequence is that of the new state. */
export interface Moved {
  state: SubmissionState;
  sequence: number;
}

/**
 * The only writer of the state. Takes the submission from one of `from` to `to`, or throws `conflict` with the state
 * that it found: of two movers of one submission the second is always told.
 */
export async function moveSubmission(
  session: Queryable,
  id: string,
  move: { from: readonly SubmissionState[]; to: SubmissionState },
  patch: SubmissionPatch = {},
): Promise<Moved> {
  const { from, to } = move;
  const wrong = from.find((state) => !SUBMISSION_STATES[state].next.includes(to));
  if (wrong !== undefined) throw new Error(`No submission goes from ${wrong} to ${to}.`);

  const minutes = SUBMISSION_STATES[to].deadlineMinutes;
  const values: unknown[] = [id, from, to, minutes];
  const assignments = Object.entries(patch).map(([key, value]) => {
    const column = PATCH_COLUMNS[key as keyof SubmissionPatch]; // a patch has no other keys by type
    values.push(column.isJson && value !== null ? JSON.stringify(value) : value);
    return `, ${column.name} = $${values.length}`;
  });
  const { rows } = await session.query(
    `update submission
     set state = $3::submission_state, sequence = sequence + 1, updated_at = now(),
         deadline = now() + make_interval(mins => $4::int),
         finished_at = case when $4::int is null then coalesce(finished_at, now()) end
         ${assignments.join('')}
     where id = $1 and state = any($2::submission_state[])
     returning state, sequence`,
    values,
  );
  const [moved] = z.array(MovedRow).parse(rows);
  if (moved !== undefined) return moved;
  throw await whyNotMoved(session, id, to);
}

const MovedRow = z.object({ state: SubmissionState, sequence: z.int() });

async function whyNotMoved(session: Queryable, id: string, to: SubmissionState): Promise<AppError> {
  const { rows } = await session.query('select state from submission where id = $1', [id]);
  const [found] = z.array(z.object({ state: SubmissionState })).parse(rows);
  if (found === undefined) return new AppError('not_found', `There is no submission ${id}.`);
  return new AppError(
    'conflict',
    `The submission is ${found.state}: from there it can not become ${to}.`,
  );
}

/**
 * Ends an open submission with a reason its submitter can read, and hides its run; one that has ended already stays
 * as it is.
 */
export async function failSubmission(
  target: Db | Queryable,
  id: string,
  failure: Failure,
): Promise<boolean> {
  const { rowCount } = await queryableOf(target).query(
    `with failed as (
       update submission
       set state = 'failed', failure = $3, content_key = null, sequence = sequence + 1,
           deadline = null, updated_at = now(), finished_at = now()
       where id = $1 and state = any($2::submission_state[])
       returning id
     ), ${HIDE_RUNS}
     select id from failed`,
    [id, OPEN_STATES, JSON.stringify(failure)],
  );
  return rowCount === 1;
}

/** Half a run must not stand on a board for ever. */
const HIDE_RUNS = `hidden as (
  update run set state = 'withdrawn' from failed where run.submission_id = failed.id)`;

/** Fails everything whose deadline has passed; returns the ids. */
export async function sweepSubmissions(db: Db, now: Date): Promise<string[]> {
  const { rows } = await db.pool.query(
    `with failed as (
       update submission
       set state = 'failed', content_key = null, sequence = sequence + 1,
           deadline = null, updated_at = $1::timestamptz, finished_at = $1::timestamptz,
           failure = jsonb_build_object(
             'stage', state, 'code', 'deadline_passed', 'retryable', raw_sha256 is not null,
             'message', case
               when state in ('draft', 'uploading')
                 then 'No file arrived for a day. Make a new submission.'
               when state = 'live'
                 then 'No rows arrived for a week, and the submission was not closed. Submit the file again.'
               else 'The submission made no progress as ' || state || ' for too long. Retry it; if it fails again, tell the operator.'
             end)
       where deadline < $1::timestamptz and state = any($2::submission_state[])
       returning id
     ), ${HIDE_RUNS}
     select id from failed`,
    [now.toISOString(), OPEN_STATES],
  );
  return z
    .array(z.object({ id: z.uuid() }))
    .parse(rows)
    .map(({ id }) => id);
}

/** What became of the rows of the file: `received` = `stored` + `rejected` + `dead`, or Postgres refuses it. */
export interface Books {
  received: number;
  stored: number;
  rejected: number;
  dead: number;
  /** Samples stored; a row may hold several. */
  attempts: number;
  warnings: Readonly<Record<string, number>>;
}

export async function setBooks(session: Queryable, id: string, books: Books): Promise<void> {
  await session.query(
    `update submission
     set received_rows = $2, stored_rows = $3, rejected_rows = $4, dead_rows = $5, attempts = $6,
         warnings = $7, rows_read = $2, sequence = sequence + 1, updated_at = now()
     where id = $1`,
    [
      id,
      books.received,
      books.stored,
      books.rejected,
      books.dead,
      books.attempts,
      JSON.stringify(books.warnings),
    ],
  );
}

/** Progress of parsing, which renews the deadline. Says nothing once the submission has left `validating`. */
export async function noteRowsRead(db: Db, id: string, rows: number): Promise<void> {
  await db.pool.query(
    `update submission
     set rows_read = $2, sequence = sequence + 1, updated_at = now(),
         deadline = now() + make_interval(mins => $3::int)
     where id = $1 and state = 'validating'`,
    [id, rows, SUBMISSION_STATES.validating.deadlineMinutes],
  );
}

/** All that the pipeline needs to know of a submission. */
export interface SubmissionForIngest {
  id: string;
  state: SubmissionState;
  header: SubmissionHeader;
  rowPolicy: z.infer<typeof RowPolicy>;
  ownerTokenId: string;
  rawSha256: string;
  fileName: string;
  bytes: number;
}

const IngestRow = z.object({
  id: z.uuid(),
  state: SubmissionState,
  header: SubmissionHeader,
  rowPolicy: RowPolicy,
  ownerTokenId: z.uuid(),
  rawSha256: z.string(),
  fileName: z.string(),
  bytes: z.coerce.number(),
});

/** Throws `not_found` when it was deleted in the meantime. Takes no lock: `moveSubmission` is the fence. */
export async function getSubmissionForIngest(
  session: Queryable,
  id: string,
): Promise<SubmissionForIngest> {
  const { rows } = await session.query(
    `select s.id, s.state, s.header, s.row_policy as "rowPolicy", s.owner_token_id as "ownerTokenId",
            s.raw_sha256 as "rawSha256", s.file_name as "fileName", f.bytes
     from submission s join raw_file f on f.sha256 = s.raw_sha256
     where s.id = $1`,
    [id],
  );
  const [found] = z.array(IngestRow).parse(rows);
  if (found !== undefined) return found;
  throw new AppError('not_found', `There is no submission ${id} with a file.`);
}

/** Findings of one row must come in one call; a call that is repeated adds nothing. */
export async function addRejectedRows(
  session: Queryable,
  id: string,
  findings: readonly RowFinding[],
): Promise<void> {
  if (findings.length === 0) return;
  const column = <K extends keyof RowFinding>(name: K): RowFinding[K][] =>
    findings.map((finding) => finding[name]);
  await session.query(
    `insert into rejected_row (submission_id, row, ordinal, line, byte_offset, pointer, code, message, hint)
     select $1, f.row, row_number() over (partition by f.row order by f.place) - 1,
            f.line, f.byte_offset, f.pointer, f.code, f.message, f.hint
     from unnest($2::int[], $3::int[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::text[])
       with ordinality as f (row, line, byte_offset, pointer, code, message, hint, place)
     on conflict do nothing`,
    [
      id,
      column('row'),
      column('line'),
      column('byteOffset'),
      column('pointer').map(toStorable),
      column('code'),
      column('message').map(toStorable),
      column('hint').map(toStorable),
    ],
  );
}

export function queryableOf(target: Db | Queryable): Queryable {
  return 'pool' in target ? target.pool : target;
}
