import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError, type ErrorDetail } from '#lib/errors.ts';
import { canonicalJson } from '#lib/schemas/canonical-json.ts';
import {
  SubmissionHeader,
  SubmissionState,
  type FinalizeRequest,
} from '#lib/schemas/submission.ts';
import { withTransaction, type Db, type Session } from './client.ts';
import { enqueue } from './queue.ts';
import { SUBMISSION_STATES } from './submission-states.ts';
import { moveSubmission } from './submissions.ts';
import { getUpload, type UploadRow } from './uploads.ts';
import { uuidv7 } from './uuid.ts';

interface NewSubmission {
  ownerTokenId: string;
  header: SubmissionHeader;
  idempotencyKey: string;
  /** SHA-256 of the body that the key came with. */
  bodyHash: string;
}

/** One row for a key and owner, decided by the unique constraint however many requests arrive at once. */
export async function createSubmission(
  db: Db,
  submission: NewSubmission,
): Promise<{ id: string; isReplay: boolean }> {
  const id = await insertDraft(db.pool, submission);
  if (id !== null) return { id, isReplay: false };
  const { rows } = await db.pool.query(
    `select id, idempotency_body_hash as "bodyHash" from submission
     where owner_token_id = $1 and idempotency_key = $2`,
    [submission.ownerTokenId, submission.idempotencyKey],
  );
  const [first] = z.array(z.object({ id: z.uuid(), bodyHash: z.string() })).parse(rows);
  if (first === undefined) {
    throw new AppError(
      'conflict',
      'The submission of this Idempotency-Key was deleted a moment ago.',
    );
  }
  if (first.bodyHash === submission.bodyHash) return { id: first.id, isReplay: true };
  throw new AppError(
    'idempotency_mismatch',
    'This Idempotency-Key was used with another body. Use a new key for a new submission.',
  );
}

async function insertDraft(
  session: Pick<Session, 'query'>,
  submission: Omit<NewSubmission, 'idempotencyKey' | 'bodyHash'> & Partial<NewSubmission>,
): Promise<string | null> {
  const { rows } = await session.query(
    `insert into submission
       (id, state, header, row_policy, owner_token_id, idempotency_key, idempotency_body_hash, deadline)
     values ($1, 'draft', $2, $3::row_policy, $4, $5, $6, now() + make_interval(mins => $7::int))
     on conflict (owner_token_id, idempotency_key) do nothing
     returning id`,
    [
      uuidv7(),
      JSON.stringify(submission.header),
      submission.header.rowPolicy,
      submission.ownerTokenId,
      submission.idempotencyKey ?? null,
      submission.bodyHash ?? null,
      SUBMISSION_STATES.draft.deadlineMinutes,
    ],
  );
  return z.array(z.object({ id: z.uuid() })).parse(rows)[0]?.id ?? null;
}

/** What became of a finalize: `earlier` is the submission that already holds the same header and file. */
export type Finalized = { kind: 'accepted' } | { kind: 'earlier'; id: string };

/**
 * Closes the upload and hands the submission to the workers, in one transaction: it is accepted exactly when its job
 * exists. Repeating it changes nothing.
 */
export async function finalizeSubmission(
  db: Db,
  submission: { id: string; ownerTokenId: string },
  request: z.infer<typeof FinalizeRequest>,
): Promise<Finalized> {
  const repeated = await findRepeated(db, submission, request);
  if (repeated !== null) return repeated;
  try {
    return await finalizeOnce(db, submission, request);
  } catch (error) {
    // Of several equal requests at once the first one moves the state; the others are repetitions of it.
    if (!(error instanceof AppError && error.code === 'conflict')) throw error;
    const result = await findRepeated(db, submission, request);
    if (result === null) throw error;
    return result;
  }
}

/** The answer to a finalize that came before; null while the upload is open. */
async function findRepeated(
  db: Db,
  submission: { id: string; ownerTokenId: string },
  request: z.infer<typeof FinalizeRequest>,
): Promise<Finalized | null> {
  const now = await readIntake(db.pool, submission.id);
  if (now.state === 'uploading' || now.rawSha256 === null) return null;
  requireSame(request, { sha256: now.rawSha256, bytes: now.bytes });
  return now.failureCode === DUPLICATE ? findEarlier(db, submission, now) : { kind: 'accepted' };
}

async function finalizeOnce(
  db: Db,
  submission: { id: string; ownerTokenId: string },
  request: z.infer<typeof FinalizeRequest>,
): Promise<Finalized> {
  const { id } = submission;
  const now = await readIntake(db.pool, id);
  const upload = await getUpload(db, id);
  if (upload === null) {
    throw new AppError(
      'conflict',
      `The submission is ${now.state} and has no complete file: send one with PUT …/files/{name} first.`,
    );
  }
  requireSame(request, upload);
  requireExpected(now.header, request);
  const header = withExpectedRows(now.header, request.rows);
  try {
    await withTransaction(db, (session) =>
      acceptUpload(session, { ...submission, header }, upload),
    );
    return { kind: 'accepted' };
  } catch (error) {
    if (!isSameContent(error)) throw error;
    const earlier = await findEarlier(db, submission, { header, rawSha256: upload.sha256 });
    await closeAsDuplicate(db, id, upload, earlier.id);
    return earlier;
  }
}

/** Draft, file and job in one transaction: after a failure there is nothing. */
export async function submitWhole(
  db: Db,
  submission: { ownerTokenId: string; header: SubmissionHeader },
  file: UploadRow,
): Promise<{ kind: 'accepted' | 'earlier'; id: string }> {
  requireExpected(submission.header, file);
  try {
    const id = await withTransaction(db, async (session) => {
      await session.query(
        'insert into raw_file (sha256, bytes) values ($1, $2) on conflict (sha256) do nothing',
        [file.sha256, file.bytes],
      );
      const draft = await insertDraft(session, submission);
      if (draft === null) throw new Error('A draft without a key met another one.');
      await moveSubmission(session, draft, { from: ['draft'], to: 'uploading' });
      await acceptUpload(session, { ...submission, id: draft }, file);
      return draft;
    });
    return { kind: 'accepted', id };
  } catch (error) {
    if (!isSameContent(error)) throw error;
    return findEarlier(db, submission, { header: submission.header, rawSha256: file.sha256 });
  }
}

/** Sends what failed through the pipeline again, from the stored file. */
export async function retrySubmission(
  db: Db,
  submission: { id: string; ownerTokenId: string },
  during: (session: Session) => Promise<void>,
): Promise<void> {
  const { id } = submission;
  const { header, rawSha256, state, isRetryable } = await readIntake(db.pool, id);
  if (state !== 'failed' || rawSha256 === null || !isRetryable) {
    throw new AppError(
      'conflict',
      state === 'failed'
        ? 'Trying again would fail again: correct the file and make a new submission.'
        : `The submission is ${state}: only one that failed can be tried again.`,
    );
  }
  const patch = { contentKey: contentKeyOf({ ...submission, header }, rawSha256), failure: null };
  try {
    await withTransaction(db, async (session) => {
      await moveSubmission(session, id, { from: ['failed'], to: 'received' }, patch);
      await session.query(
        `update submission set received_rows = 0, stored_rows = 0, rejected_rows = 0, dead_rows = 0,
                               rows_read = 0, attempts = 0, warnings = '{}' where id = $1`,
        [id],
      );
      await session.query('delete from rejected_row where submission_id = $1', [id]);
      // What a first try stored is read again from the file, into a run of its own.
      await session.query('delete from run where submission_id = $1', [id]);
      await session.query('delete from dead_row where submission_id = $1', [id]);
      await startPipeline(session, id);
      await during(session);
    });
  } catch (error) {
    if (!isSameContent(error)) throw error;
    const earlier = await findEarlier(db, submission, { header, rawSha256 });
    throw new AppError(
      'conflict',
      `The same file was sent again meanwhile, as submission ${earlier.id}.`,
      {
        cause: error,
      },
    );
  }
}

async function acceptUpload(
  session: Session,
  submission: { id: string; ownerTokenId: string; header: SubmissionHeader },
  upload: UploadRow,
): Promise<void> {
  const { id, header } = submission;
  await moveSubmission(
    session,
    id,
    { from: ['uploading'], to: 'received' },
    {
      header,
      rawSha256: upload.sha256,
      fileName: upload.name,
      contentKey: contentKeyOf(submission, upload.sha256),
    },
  );
  await startPipeline(session, id);
}

async function startPipeline(session: Session, id: string): Promise<void> {
  await moveSubmission(session, id, { from: ['received'], to: 'validating' });
  await enqueue(session, [
    { kind: 'ingest-submission', payload: { submissionId: id }, key: `ingest-submission:${id}` },
  ]);
}

const DUPLICATE = 'duplicate';

/** Ends a submission whose content is here already; what a live one has stored is hidden. */
export async function closeAsDuplicate(
  db: Db,
  id: string,
  upload: UploadRow,
  earlier: string,
): Promise<void> {
  await withTransaction(db, async (session) => {
    await moveSubmission(
      session,
      id,
      { from: ['uploading', 'live'], to: 'cancelled' },
      {
        rawSha256: upload.sha256,
        fileName: upload.name,
        failure: {
          stage: 'finalize',
          code: DUPLICATE,
          message: `The same file with the same header is submission ${earlier}.`,
          retryable: false,
        },
      },
    );
    await session.query(`update run set state = 'withdrawn' where submission_id = $1`, [id]);
  });
}

export async function findEarlier(
  db: Db,
  submission: { ownerTokenId: string },
  content: { header: SubmissionHeader; rawSha256: string | null },
): Promise<{ kind: 'earlier'; id: string }> {
  const key = contentKeyOf({ ...submission, header: content.header }, content.rawSha256 ?? '');
  const { rows } = await db.pool.query('select id from submission where content_key = $1', [key]);
  const [earlier] = z.array(z.object({ id: z.uuid() })).parse(rows);
  if (earlier !== undefined) return { kind: 'earlier', id: earlier.id };
  throw new AppError(
    'conflict',
    'The same file was being worked on and has just ended. Make a new submission.',
  );
}

/**
 * The owner is part of it: that somebody else has sent the same file is not for others to know. What is expected of
 * the file is not: it says nothing that the file does not say itself.
 */
export function contentKeyOf(
  submission: { ownerTokenId: string; header: SubmissionHeader },
  sha256: string,
): string {
  const { expected: _expected, ...content } = submission.header;
  const text = canonicalJson([submission.ownerTokenId, sha256, content]);
  return createHash('sha256').update(text).digest('hex');
}

export function isSameContent(error: unknown): boolean {
  return (
    error instanceof Error &&
    'constraint' in error &&
    error.constraint === 'submission_content_key_key'
  );
}

function requireSame(
  request: z.infer<typeof FinalizeRequest>,
  file: { sha256: string; bytes: number },
): void {
  const details: ErrorDetail[] = [];
  if (request.bytes !== file.bytes) {
    details.push({
      pointer: '/bytes',
      code: 'length_mismatch',
      message: `${file.bytes} bytes arrived.`,
    });
  }
  if (request.sha256 !== file.sha256) {
    details.push({
      pointer: '/sha256',
      code: 'hash_mismatch',
      message: `What arrived has ${file.sha256}.`,
    });
  }
  if (details.length === 0) return;
  throw new AppError(
    'length_mismatch',
    'The file that arrived is not the one announced. Send it again with PUT, then finalize.',
    { details },
  );
}

function requireExpected(header: SubmissionHeader, file: { sha256: string; bytes: number }): void {
  const { bytes, sha256 } = header.expected;
  requireSame({ bytes: bytes ?? file.bytes, sha256: sha256 ?? file.sha256 }, file);
}

/** Rows are counted while the file is parsed; the pipeline compares them with what the header expects. */
export function withExpectedRows(
  header: SubmissionHeader,
  rows: number | undefined,
): SubmissionHeader {
  if (rows === undefined) return header;
  const expected = header.expected.rows;
  if (expected !== undefined && expected !== rows) {
    throw new AppError(
      'length_mismatch',
      `The header expects ${expected} rows and finalize says ${rows}.`,
      { details: [{ pointer: '/rows', code: 'rows_mismatch', message: `must be ${expected}` }] },
    );
  }
  return { ...header, expected: { ...header.expected, rows } };
}

const IntakeRow = z.object({
  state: SubmissionState,
  header: SubmissionHeader,
  rawSha256: z.string().nullable(),
  bytes: z.coerce.number(),
  failureCode: z.string().nullable(),
  isRetryable: z.boolean(),
});

async function readIntake(
  session: Pick<Session, 'query'>,
  id: string,
): Promise<z.infer<typeof IntakeRow>> {
  const { rows } = await session.query(
    `select s.state, s.header, s.raw_sha256 as "rawSha256", coalesce(f.bytes, 0) as bytes,
            s.failure ->> 'code' as "failureCode",
            coalesce((s.failure ->> 'retryable')::boolean, false) as "isRetryable"
     from submission s left join raw_file f on f.sha256 = s.raw_sha256 where s.id = $1`,
    [id],
  );
  const [found] = z.array(IntakeRow).parse(rows);
  if (found === undefined) throw new AppError('not_found', `There is no submission ${id}.`);
  return found;
}
