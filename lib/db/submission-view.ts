import { z } from 'zod';
import { AppError } from '#lib/errors.ts';
import { decodeRunState } from '#lib/leaderboard/run-encoding.ts';
import { Visibility } from '#lib/schemas/identifiers.ts';
import {
  Failure,
  SubmissionHeader,
  SubmissionState,
  type Submission,
} from '#lib/schemas/submission.ts';
import type { Db } from './client.ts';

const Time = z.date().transform((date) => date.toISOString());
const Figures = z.object({ accuracy: z.number().nullable(), tokensMean: z.number().nullable() });

const ViewRow = z.object({
  id: z.uuid(),
  ownerTokenId: z.uuid(),
  state: SubmissionState,
  sequence: z.int(),
  header: SubmissionHeader,
  format: z.string().nullable(),
  formatEvidence: z.string().nullable(),
  fileName: z.string().nullable(),
  fileSha256: z.string().nullable(),
  fileBytes: z.coerce.number(),
  received: z.int(),
  stored: z.int(),
  rejected: z.int(),
  dead: z.int(),
  read: z.int(),
  attempts: z.int(),
  expected: z.int().nullable(),
  warnings: z.record(z.string(), z.int()),
  failure: Failure.nullable(),
  runId: z.uuid().nullable(),
  benchmarkId: z.uuid().nullable(),
  benchmarkName: z.string().nullable(),
  benchmarkVersion: z.int().nullable(),
  benchmarkVisibility: Visibility.nullable(),
  isNewBenchmark: z.boolean(),
  runState: z.instanceof(Uint8Array).nullable(),
  figures: Figures.nullable(),
  rank: z.int().nullable(),
  deadline: Time.nullable(),
  createdAt: Time,
  updatedAt: Time,
  finishedAt: Time.nullable(),
});

/** A run has a summary for every length column; the one on the board is ranked, and all hold the same verdicts. */
const SELECT = `
  select s.id, s.owner_token_id as "ownerTokenId", s.state, s.sequence, s.header, s.format,
         s.format_evidence as "formatEvidence",
         coalesce(s.file_name, u.name) as "fileName",
         coalesce(s.raw_sha256, u.sha256) as "fileSha256",
         coalesce(f.bytes, u."offset", 0) as "fileBytes",
         s.received_rows as received, s.stored_rows as stored, s.rejected_rows as rejected,
         s.dead_rows as dead, s.rows_read as read, s.attempts,
         b.item_count * r.samples_per_item as expected, s.warnings, s.failure,
         r.id as "runId", b.id as "benchmarkId", b.name as "benchmarkName",
         b.version as "benchmarkVersion", b.visibility as "benchmarkVisibility",
         coalesce(b.owner_token_id = s.owner_token_id and b.created_at >= s.created_at, false)
           as "isNewBenchmark",
         m.state as "runState", m.figures, m.rank,
         s.deadline, s.created_at as "createdAt", s.updated_at as "updatedAt",
         s.finished_at as "finishedAt"
  from submission s
  left join upload u on u.submission_id = s.id and (u.is_complete or s.state = 'live')
  left join raw_file f on f.sha256 = s.raw_sha256
  left join run r on r.submission_id = s.id
  left join benchmark b on b.id = r.benchmark_id
  left join lateral (
    select state, figures, rank from run_summary
    where run_id = r.id and verifier = b.default_verifier and version = b.verifier_version
    order by (rank is null), batches_done desc, tokenizer
    limit 1
  ) m on true`;

export interface OwnedSubmission {
  ownerTokenId: string;
  submission: Submission;
}

/** Null when there is none of this id. */
export async function findSubmission(db: Db, id: string): Promise<OwnedSubmission | null> {
  const { rows } = await db.pool.query(`${SELECT} where s.id = $1`, [id]);
  const [row] = z.array(ViewRow).parse(rows);
  return row === undefined
    ? null
    : { ownerTokenId: row.ownerTokenId, submission: toSubmission(row) };
}

/** Throws `not_found`. */
export async function getSubmission(db: Db, id: string): Promise<Submission> {
  const found = await findSubmission(db, id);
  if (found !== null) return found.submission;
  throw new AppError('not_found', `There is no submission ${id}.`);
}

/** The newest first; `after` is the id of the last one of the page before. */
export async function listSubmissions(
  db: Db,
  page: { ownerTokenId: string; after: string | null; limit: number },
): Promise<{ submissions: Submission[]; nextCursor: string | null }> {
  const { rows } = await db.pool.query(
    `${SELECT}
     where s.owner_token_id = $1
       and ($2::uuid is null
            or (s.created_at, s.id) < (select created_at, id from submission where id = $2))
     order by s.created_at desc, s.id desc limit $3`,
    [page.ownerTokenId, page.after, page.limit + 1],
  );
  const submissions = z.array(ViewRow).parse(rows).map(toSubmission);
  const shown = submissions.slice(0, page.limit);
  const hasMore = submissions.length > page.limit;
  return { submissions: shown, nextCursor: hasMore ? (shown.at(-1)?.id ?? null) : null };
}

function toSubmission(row: z.infer<typeof ViewRow>): Submission {
  const outcomes = toOutcomes(row.runState);
  const scored =
    outcomes === null ? 0 : Object.values(outcomes).reduce((sum, count) => sum + count, 0);
  const { id, state, sequence, header, format, formatEvidence, failure, warnings, runId } = row;
  return {
    id,
    state,
    sequence,
    header,
    format,
    formatEvidence,
    file:
      row.fileName === null
        ? null
        : { name: row.fileName, sha256: row.fileSha256, bytes: row.fileBytes },
    rows: {
      received: row.received,
      stored: row.stored,
      rejected: row.rejected,
      dead: row.dead,
      read: row.read,
    },
    attempts: { stored: row.attempts, scored, expected: row.expected },
    outcomes,
    warnings,
    failure,
    runId,
    benchmark: toBenchmark(row),
    position: toPosition(row),
    deadline: row.deadline,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    finishedAt: row.finishedAt,
  };
}

function toPosition({ figures, rank }: z.infer<typeof ViewRow>): Submission['position'] {
  const accuracy = figures?.accuracy ?? null;
  return accuracy === null ? null : { accuracy, tokensMean: figures?.tokensMean ?? null, rank };
}

function toBenchmark(row: z.infer<typeof ViewRow>): Submission['benchmark'] {
  const { benchmarkId: id, benchmarkName: name, benchmarkVersion: version } = row;
  const { benchmarkVisibility: visibility, isNewBenchmark: isNew } = row;
  if (id === null || name === null || version === null || visibility === null) return null;
  return { id, name, version, isNew, visibility };
}

function toOutcomes(state: Uint8Array | null): Submission['outcomes'] {
  if (state === null) return null;
  const { outcomes, errors } = decodeRunState(state);
  return { ...outcomes, error: errors };
}
