import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '#lib/errors.ts';
import {
  RowReport,
  Submission,
  UploadReceipt,
  type SubmissionHeader,
  type SubmissionState,
} from '#lib/schemas/submission.ts';
import type { Connection } from './connection.ts';
import type { Progress } from './progress.ts';
import { request, RETRY_POLICY } from './request.ts';
import { packFile } from './packed-file.ts';
import { streamFile, type ResultFile, type Sent } from './result-file.ts';
import { sendParts } from './send-parts.ts';

const FINAL: ReadonlySet<SubmissionState> = new Set(['done', 'failed', 'cancelled', 'withdrawn']);
const MAX_EARLIER_TRIES = 50;
const POLL_MS = { first: 400, most: 3_000 };

export function isFinal({ state }: Submission): boolean {
  return FINAL.has(state);
}

/**
 * Brings the file to the server: create, send, finalize. The same file with the same header has the same key, so that
 * a command that was cut and is given again goes on where the server is; what failed or was cancelled is begun anew.
 */
export async function submitFile(
  connection: Connection,
  upload: { header: SubmissionHeader; file: ResultFile },
  progress: Progress,
): Promise<Submission> {
  for (let earlier = 0; earlier < MAX_EARLIER_TRIES; earlier += 1) {
    const submission = await create(connection, { ...upload, earlier }, progress);
    if (submission.state === 'done') {
      progress.note('The server has this file with this header already.');
      return submission;
    }
    if (isFinal(submission)) continue;
    if (submission.state !== 'draft' && submission.state !== 'uploading') return submission;
    return finalize(connection, { ...upload, id: submission.id }, progress);
  }
  throw new AppError(
    'conflict',
    `This file with this header failed ${String(MAX_EARLIER_TRIES)} times: change the file or the header.`,
  );
}

function create(
  connection: Connection,
  { header, file, earlier }: { header: SubmissionHeader; file: ResultFile; earlier: number },
  progress: Progress,
): Promise<Submission> {
  const key = createHash('sha256')
    .update(JSON.stringify([file.sha256, header, earlier]))
    .digest('hex');
  return request(
    connection,
    {
      method: 'POST',
      path: '/api/v1/submissions',
      headers: { 'idempotency-key': `cli-${key}` },
      json: header,
    },
    Submission,
    { ...RETRY_POLICY, onWait: progress.note },
  );
}

async function finalize(
  connection: Connection,
  { id, file }: { id: string; file: ResultFile },
  progress: Progress,
): Promise<Submission> {
  const retry = { ...RETRY_POLICY, onWait: progress.note };
  const sent = await (file.bytes < IN_PARTS_BYTES
    ? sendWhole(connection, { id, file }, progress)
    : sendInParts(connection, { id, file }, progress));
  return request(
    connection,
    { method: 'POST', path: `/api/v1/submissions/${id}/finalize`, json: sent },
    Submission,
    retry,
  );
}

/** What is smaller is sent again from its beginning after a cut. */
const IN_PARTS_BYTES = 8 * 1024 * 1024;

async function sendInParts(
  connection: Connection,
  { id, file }: { id: string; file: ResultFile },
  progress: Progress,
): Promise<Sent> {
  if (file.packing === 'identity') progress.note('Packing the file.');
  const packed = await packFile(file);
  await sendParts(connection, { submissionId: id, name: nameOf(file), packed }, progress);
  await packed.discard();
  return { bytes: packed.bytes, sha256: packed.sha256 };
}

/** One step of an address. */
function nameOf(file: ResultFile): string {
  return file.name.replace(/[^\w.@+-]+/g, '_').slice(-150);
}

async function sendWhole(
  connection: Connection,
  { id, file }: { id: string; file: ResultFile },
  progress: Progress,
): Promise<Sent> {
  const retry = { ...RETRY_POLICY, onWait: progress.note };
  const first = streamFile(file, (read) => progress.sending(read, file.bytes));
  let sending = first;
  let isFirst = true;
  await request(
    connection,
    {
      method: 'PUT',
      path: `/api/v1/submissions/${id}/files/${encodeURIComponent(nameOf(file))}`,
      headers: { 'content-type': 'application/x-ndjson', 'content-encoding': first.encoding },
      body() {
        if (!isFirst) sending = streamFile(file, (read) => progress.sending(read, file.bytes));
        isFirst = false;
        return sending.stream;
      },
    },
    UploadReceipt,
    retry,
  );
  return sending.sent;
}

export function getSubmission(connection: Connection, id: string): Promise<Submission> {
  const path = `/api/v1/submissions/${encodeURIComponent(id)}`;
  return request(connection, { method: 'GET', path }, Submission);
}

/** Asks again until the state is final; slower while nothing changes. */
export async function followSubmission(
  connection: Connection,
  submission: Submission,
  progress: Progress,
): Promise<Submission> {
  let current = submission;
  let waitMs = POLL_MS.first;
  for (;;) {
    progress.following(current);
    if (isFinal(current)) return current;
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    const next = await getSubmission(connection, current.id);
    const hasMoved = next.sequence !== current.sequence || next.rows.read !== current.rows.read;
    waitMs = hasMoved ? POLL_MS.first : Math.min(waitMs * 1.5, POLL_MS.most);
    current = next;
  }
}

/** The first findings about rows that are not stored. */
export async function getFirstFindings(
  connection: Connection,
  id: string,
  limit: number,
): Promise<Pick<z.infer<typeof RowReport>, 'rejected' | 'dead'>> {
  const path = `/api/v1/submissions/${encodeURIComponent(id)}/report?limit=${String(limit)}`;
  return request(connection, { method: 'GET', path }, RowReport);
}
