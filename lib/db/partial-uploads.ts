import { z } from 'zod';
import { AppError } from '#lib/errors.ts';
import type { PartialUpload } from '#lib/schemas/submission.ts';
import { withTransaction, type Db, type Session } from './client.ts';
import { moveSubmission } from './submissions.ts';
import { uuidv7 } from './uuid.ts';

/** A part that does not begin where the upload ends; a client goes on from `offset`. */
export class WrongOffset extends AppError {
  readonly offset: number;

  constructor(offset: number) {
    const at = String(offset);
    super(
      'conflict',
      `The upload is at byte ${at}: send from there, with the header Upload-Offset: ${at}.`,
      { details: [{ code: 'offset_mismatch', message: `Upload-Offset must be ${at}.` }] },
    );
    this.offset = offset;
  }
}

const UPLOAD = `select id, submission_id as "submissionId", name, encoding, bytes, "offset", sha256,
                       is_complete as "isComplete" from upload`;

const UploadRow = z.object({
  id: z.uuid(),
  submissionId: z.uuid(),
  name: z.string(),
  encoding: z.string(),
  bytes: z.coerce.number(),
  offset: z.coerce.number(),
  sha256: z.string(),
  isComplete: z.boolean(),
}) satisfies z.ZodType<PartialUpload>;

/**
 * The upload of this file to this submission: the one that was begun before, else a new one. Another file that is only
 * partly here gives way to it; one that is here completely stays until this one is. Renews the deadline.
 */
export async function beginUpload(
  db: Db,
  submissionId: string,
  file: Pick<PartialUpload, 'name' | 'encoding' | 'bytes' | 'sha256'>,
): Promise<{ upload: PartialUpload; isNew: boolean }> {
  return withTransaction(db, async (session) => {
    // Locks the submission, so that of equal requests at once the second finds what the first made.
    await moveSubmission(session, submissionId, { from: ['draft', 'uploading'], to: 'uploading' });
    const values = [submissionId, file.name, file.encoding, file.bytes, file.sha256];
    const found = await session.query(
      `${UPLOAD} where submission_id = $1 and name = $2 and encoding = $3 and bytes = $4 and sha256 = $5`,
      values,
    );
    const [before] = z.array(UploadRow).parse(found.rows);
    if (before !== undefined) return { upload: before, isNew: false };
    await session.query('delete from upload where submission_id = $1 and not is_complete', [
      submissionId,
    ]);
    const id = uuidv7();
    await session.query(
      `insert into upload (submission_id, name, encoding, bytes, sha256, id) values ($1, $2, $3, $4, $5, $6)`,
      [...values, id],
    );
    return { upload: { id, submissionId, ...file, offset: 0, isComplete: false }, isNew: true };
  });
}

/** Throws `not_found` also for an upload of another submission, or one that gave way to another file. */
export async function getPartialUpload(
  db: Db,
  { submissionId, uploadId }: { submissionId: string; uploadId: string },
): Promise<PartialUpload> {
  const { rows } = await db.pool.query(`${UPLOAD} where id = $1 and submission_id = $2`, [
    uploadId,
    submissionId,
  ]);
  const [found] = z.array(UploadRow).parse(rows);
  if (found !== undefined) return found;
  throw missing(uploadId);
}

/**
 * Counts the bytes from `from` to `to` as arrived once `write` has put them on the disk. The lock lets one writer
 * through at a time, in whatever process: a twin that was slower throws `WrongOffset`, and nothing arrives twice.
 */
export async function extendUpload(
  db: Db,
  id: string,
  part: { from: number; to: number; write: () => Promise<void> },
): Promise<void> {
  await withTransaction(db, async (session) => {
    const { offset } = await lockUpload(session, id);
    if (offset !== part.from) throw new WrongOffset(offset);
    await part.write();
    await session.query('update upload set "offset" = $2 where id = $1', [id, part.to]);
  });
}

/** Begins again at byte 0, unless somebody else has done so already; `forget` removes what had arrived. */
export async function restartUpload(
  db: Db,
  id: string,
  forget: () => Promise<void>,
): Promise<void> {
  await withTransaction(db, async (session) => {
    const { offset, bytes, isComplete } = await lockUpload(session, id);
    if (isComplete || offset < bytes) return;
    await forget();
    await session.query('update upload set "offset" = 0 where id = $1', [id]);
  });
}

/** Makes it the file of its submission, in place of any other; the bytes are in the blob store. */
export async function completeUpload(db: Db, upload: PartialUpload): Promise<void> {
  const { id, submissionId, sha256, bytes } = upload;
  await withTransaction(db, async (session) => {
    // Locks the submission, so that a finalize sees either the old file or the new one.
    await moveSubmission(session, submissionId, { from: ['uploading'], to: 'uploading' });
    await session.query(
      'insert into raw_file (sha256, bytes) values ($1, $2) on conflict (sha256) do nothing',
      [sha256, bytes],
    );
    await session.query('delete from upload where submission_id = $1 and id <> $2', [
      submissionId,
      id,
    ]);
    const { rowCount } = await session.query('update upload set is_complete = true where id = $1', [
      id,
    ]);
    if (rowCount === 0) throw missing(id);
  });
}

/** Of these ids the uploads that somebody may still go on with. */
export async function findOpenUploads(
  db: Db,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const { rows } = await db.pool.query(
    `select u.id from upload u join submission s on s.id = u.submission_id
     where u.id::text = any($1::text[]) and not u.is_complete and s.state in ('draft', 'uploading', 'live')`,
    [ids],
  );
  return new Set(
    z
      .array(z.object({ id: z.uuid() }))
      .parse(rows)
      .map(({ id }) => id),
  );
}

async function lockUpload(session: Session, id: string): Promise<PartialUpload> {
  const { rows } = await session.query(`${UPLOAD} where id = $1 for update`, [id]);
  const [found] = z.array(UploadRow).parse(rows);
  if (found !== undefined) return found;
  throw missing(id);
}

function missing(id: string): AppError {
  return new AppError('not_found', `There is no upload ${id}: begin one for the submission.`);
}
