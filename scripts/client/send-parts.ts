import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { AppError } from '#lib/errors.ts';
import { PartialUpload } from '#lib/schemas/submission.ts';
import type { Connection } from './connection.ts';
import type { PackedFile } from './packed-file.ts';
import type { Progress } from './progress.ts';
import { request, RETRY_POLICY, type RetryPolicy } from './request.ts';

/** One request: what proxies on the way let through, and what is sent again at most when its answer is lost. */
const PART_BYTES = 32 * 1024 * 1024;

/**
 * Sends a file in parts, from where the server has it: after a cut, after the server or this command was killed. Tries
 * again as long as something arrives in between, else as often as any request.
 */
export async function sendParts(
  connection: Connection,
  upload: { submissionId: string; name: string; packed: PackedFile },
  progress: Progress,
  policy: RetryPolicy = RETRY_POLICY,
): Promise<void> {
  const { bytes } = upload.packed;
  const retry = { ...policy, onWait: progress.note };
  let state = await begin(connection, upload, retry);
  if (state.offset > 0 && !state.isComplete) {
    progress.note(`The server has ${megabytes(state.offset)} of ${megabytes(bytes)} MB: going on.`);
  }
  let failures = 0;
  while (!state.isComplete) {
    progress.sending(state.offset, bytes);
    try {
      state = await sendPart(connection, upload.packed, state, progress);
      failures = 0;
    } catch (error) {
      if (!(error instanceof AppError) || !PASSING.has(error.code)) throw error;
      const before = state.offset;
      // Asks until the server answers, and says how far it is.
      state = await begin(connection, upload, retry);
      failures = state.offset > before ? 0 : failures + 1;
      if (failures >= policy.tries) throw giveUp(error, state);
      const waitMs =
        error.retryAfterSeconds === null
          ? policy.firstWaitMs * 2 ** Math.min(failures, 4)
          : error.retryAfterSeconds * 1000;
      progress.note(
        `${error.message} ${megabytes(state.offset)} of ${megabytes(bytes)} MB have arrived; going on in ${(waitMs / 1000).toFixed(1)} s.`,
      );
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
  progress.sending(bytes, bytes);
}

/** Faults of the way and of the moment; a wrong offset is one, when two commands send the same file. */
const PASSING: ReadonlySet<string> = new Set([
  'unavailable',
  'conflict',
  'request_timeout',
  'too_many_requests',
  'insufficient_storage',
]);

function begin(
  connection: Connection,
  { submissionId, name, packed }: { submissionId: string; name: string; packed: PackedFile },
  retry: RetryPolicy,
): Promise<PartialUpload> {
  const { bytes, sha256, encoding } = packed;
  const path = `/api/v1/submissions/${submissionId}/uploads`;
  const json = { name, bytes, sha256, encoding };
  return request(connection, { method: 'POST', path, json }, PartialUpload, retry);
}

function sendPart(
  connection: Connection,
  packed: PackedFile,
  { submissionId, id, offset, bytes }: PartialUpload,
  progress: Progress,
): Promise<PartialUpload> {
  const end = Math.min(offset + PART_BYTES, bytes);
  return request(
    connection,
    {
      method: 'PATCH',
      path: `/api/v1/submissions/${submissionId}/uploads/${id}`,
      headers: {
        'content-type': 'application/offset+octet-stream',
        'upload-offset': String(offset),
      },
      // The end of the file may be all that is missing, and then there is nothing to send.
      ...(end > offset && {
        body: () => streamPart(packed.path, { offset, end }, (at) => progress.sending(at, bytes)),
      }),
    },
    PartialUpload,
    // Another try begins at another byte.
    { ...RETRY_POLICY, tries: 1 },
  );
}

function streamPart(
  file: string,
  { offset, end }: { offset: number; end: number },
  onSent: (at: number) => void,
): ReadableStream<Uint8Array> {
  const source = createReadStream(file, { start: offset, end: end - 1, highWaterMark: 1 << 17 });
  let at = offset;
  source.on('data', (chunk) => onSent((at += chunk.length)));
  return Readable.toWeb(source) as ReadableStream<Uint8Array>;
}

function giveUp(cause: AppError, { offset, bytes }: PartialUpload): AppError {
  return new AppError(
    cause.code,
    `${cause.message} ${megabytes(offset)} of ${megabytes(bytes)} MB have arrived and are kept for a day: give the same command again to go on from there.`,
    { cause },
  );
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
