import { z } from 'zod';
import { AppError } from '#lib/errors.ts';
import { SubmissionHeader } from '#lib/schemas/submission.ts';
import type { Session } from './client.ts';
import type { VerdictKey } from './scoring.ts';
import { moveSubmission } from './submissions.ts';
import { uuidv7 } from './uuid.ts';

/** A file that still grows, and what has become of it so far. */
export interface LiveSubmission {
  id: string;
  header: SubmissionHeader;
  format: string | null;
  received: number;
  rejected: number;
  attempts: number;
  uploadId: string;
  fileName: string;
  /** Bytes that have arrived and are taken. */
  offset: number;
  /** Null before the first rows. */
  run: { id: string; benchmarkId: string } | null;
}

/** One that has taken its first rows. */
export type LiveRun = LiveSubmission & { run: NonNullable<LiveSubmission['run']> };

export function hasRun(live: LiveSubmission): live is LiveRun {
  return live.run !== null;
}

const LiveRow = z
  .object({
    id: z.uuid(),
    header: SubmissionHeader,
    format: z.string().nullable(),
    received: z.int(),
    rejected: z.int(),
    attempts: z.int(),
    uploadId: z.uuid(),
    fileName: z.string(),
    offset: z.coerce.number(),
    runId: z.uuid().nullable(),
    benchmarkId: z.uuid().nullable(),
  })
  .transform(({ runId, benchmarkId, ...live }): LiveSubmission => ({
    ...live,
    run: runId === null || benchmarkId === null ? null : { id: runId, benchmarkId },
  }));

/** Null when it takes no rows: a draft, or one that is closed. */
export async function findLive(
  session: Pick<Session, 'query'>,
  id: string,
): Promise<LiveSubmission | null> {
  const { rows } = await session.query(
    `select s.id, s.header, s.format, s.received_rows as received, s.rejected_rows as rejected, s.attempts,
            u.id as "uploadId", u.name as "fileName", u."offset", r.id as "runId", r.benchmark_id as "benchmarkId"
     from submission s join upload u on u.submission_id = s.id left join run r on r.submission_id = s.id
     where s.id = $1 and s.state = 'live'`,
    [id],
  );
  return z.array(LiveRow).parse(rows)[0] ?? null;
}

/**
 * Makes a draft live, or renews the deadline of a live one. Locks the submission until the transaction ends: appends
 * come one after the other, in whatever process.
 */
export async function openLive(
  session: Session,
  id: string,
  fileName: string,
): Promise<LiveSubmission> {
  await moveSubmission(session, id, { from: ['draft', 'live'], to: 'live' });
  const known = await findLive(session, id);
  if (known !== null) return known;
  await session.query(
    `insert into upload (id, submission_id, name, bytes) values ($1, $2, $3, 0)`,
    [uuidv7(), id, fileName],
  );
  const made = await findLive(session, id);
  if (made === null) throw new Error('A live submission has no upload.');
  return made;
}

/** What all rows so far came to; rows that scoring gave up in the meantime stay given up. */
export async function extendLive(
  session: Session,
  live: Pick<LiveSubmission, 'id' | 'uploadId' | 'offset' | 'received' | 'rejected' | 'attempts'>,
  read: { format: string; evidence: string; warnings: Readonly<Record<string, number>> },
): Promise<void> {
  await session.query('update upload set "offset" = $2, bytes = $2 where id = $1', [
    live.uploadId,
    live.offset,
  ]);
  await session.query(
    `update submission
     set received_rows = $2::int, rejected_rows = $3::int, stored_rows = $2::int - $3::int - dead_rows, attempts = $4,
         rows_read = $2::int,
         format = $5, format_evidence = coalesce(format_evidence, $6), warnings = $7
     where id = $1`,
    [
      live.id,
      live.received,
      live.rejected,
      live.attempts,
      read.format,
      read.evidence,
      JSON.stringify(read.warnings),
    ],
  );
}

/** The verdicts that a run gets while it is live: those it began with. */
export async function getLiveVerdicts(session: Session, runId: string): Promise<VerdictKey> {
  const { rows } = await session.query<VerdictKey>(
    `select distinct run_id as "runId", verifier, version, policy from run_summary where run_id = $1`,
    [runId],
  );
  const [key] = rows;
  if (key === undefined || rows.length > 1) throw new Error('A live run has one set of verdicts.');
  return key;
}

/**
 * The file is complete and in the blob store. Throws `conflict` when rows came since it was read; of two files with the
 * same content and header the database lets one through.
 */
export async function sealLive(
  session: Session,
  live: LiveSubmission,
  file: { sha256: string; header: SubmissionHeader; contentKey: string },
): Promise<void> {
  await session.query(
    'insert into raw_file (sha256, bytes) values ($1, $2) on conflict (sha256) do nothing',
    [file.sha256, live.offset],
  );
  await moveSubmission(
    session,
    live.id,
    { from: ['live'], to: 'scoring' },
    {
      header: file.header,
      rawSha256: file.sha256,
      fileName: live.fileName,
      contentKey: file.contentKey,
    },
  );
  const { rowCount } = await session.query(
    `update upload set sha256 = $2, is_complete = true where id = $1 and "offset" = $3`,
    [live.uploadId, file.sha256, live.offset],
  );
  if (rowCount === 0) {
    throw new AppError('conflict', 'Rows came while the submission was closed: close it again.');
  }
  await session.query(`update run set state = 'scoring' where submission_id = $1`, [live.id]);
}

/** Length columns were kept for whatever might come; those that nothing came for go. */
export async function dropEmptyColumns(
  session: Session,
  runId: string,
  isNeeded: (facts: { hasReportedTokens: boolean; hasText: boolean }) => readonly string[],
): Promise<void> {
  const { rows } = await session.query<{ hasReportedTokens: boolean; hasText: boolean }>(
    `select r.token_source <> 'unknown' as "hasReportedTokens",
            exists (select from attempt_text t where t.run_id = r.id
                    and coalesce(t.output, t.reasoning, t.answer) is not null) as "hasText"
     from run r where r.id = $1`,
    [runId],
  );
  const [facts] = rows;
  if (facts === undefined) return;
  await session.query(
    'delete from run_summary where run_id = $1 and tokenizer <> all($2::text[])',
    [runId, isNeeded(facts)],
  );
}
