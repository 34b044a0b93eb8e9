import { z } from 'zod';
import { withTransaction, type Db } from './client.ts';
import { moveSubmission } from './submissions.ts';
import { uuidv7 } from './uuid.ts';

/** The file of a submission as it arrived. */
export interface UploadRow {
  name: string;
  sha256: string;
  bytes: number;
}

/** Refuses a file when the submission is past uploading, and renews its deadline otherwise. */
export async function openUpload(db: Db, submissionId: string): Promise<void> {
  await moveSubmission(db.pool, submissionId, { from: ['draft', 'uploading'], to: 'uploading' });
}

/** Writes down a file that is in the blob store; it takes the place of one sent before. */
export async function recordUpload(
  db: Db,
  submissionId: string,
  file: UploadRow & { encoding: string },
): Promise<void> {
  await withTransaction(db, async (session) => {
    // The move locks the submission, so that a finalize sees either the old file or the new one.
    await moveSubmission(session, submissionId, { from: ['uploading'], to: 'uploading' });
    await session.query(
      'insert into raw_file (sha256, bytes) values ($1, $2) on conflict (sha256) do nothing',
      [file.sha256, file.bytes],
    );
    await session.query('delete from upload where submission_id = $1', [submissionId]);
    await session.query(
      `insert into upload (id, submission_id, name, encoding, bytes, "offset", sha256, is_complete)
       values ($1, $2, $3, $4, $5, $5, $6, true)`,
      [uuidv7(), submissionId, file.name, file.encoding, file.bytes, file.sha256],
    );
  });
}

const StoredUpload = z.object({ name: z.string(), sha256: z.string(), bytes: z.coerce.number() });

/** Null before a file has arrived completely. */
export async function getUpload(db: Db, submissionId: string): Promise<UploadRow | null> {
  const { rows } = await db.pool.query(
    `select name, sha256, "offset" as bytes from upload where submission_id = $1 and is_complete`,
    [submissionId],
  );
  return z.array(StoredUpload).parse(rows)[0] ?? null;
}

/** Of these raw files the ones that a submission or an open upload points at. */
export async function findNeededFiles(
  db: Db,
  sha256s: readonly string[],
): Promise<ReadonlySet<string>> {
  if (sha256s.length === 0) return new Set();
  const { rows } = await db.pool.query(
    `select raw_sha256 as sha256 from submission where raw_sha256 = any($1::text[])
     union
     select u.sha256 from upload u join submission s on s.id = u.submission_id
     where u.sha256 = any($1::text[]) and s.state in ('draft', 'uploading')`,
    [sha256s],
  );
  return new Set(
    z
      .array(z.object({ sha256: z.string() }))
      .parse(rows)
      .map(({ sha256 }) => sha256),
  );
}

/** Forgets raw files that nothing points at; returns those that may be deleted from the blob store. */
export async function forgetFiles(db: Db, sha256s: readonly string[]): Promise<string[]> {
  const needed = await findNeededFiles(db, sha256s);
  const unneeded = sha256s.filter((sha256) => !needed.has(sha256));
  await db.pool.query('delete from raw_file where sha256 = any($1::text[])', [unneeded]);
  return unneeded;
}
