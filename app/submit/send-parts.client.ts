'use client';

import { PartialUpload } from '#lib/schemas/submission.ts';
import { ApiError, callApi } from '../submissions/api-call.client.ts';
import { sendBody } from './send-body.client.ts';

/** What is sent again at most when a connection breaks. */
const PART_BYTES = 16 * 1024 * 1024;
const WAITS_MS = [500, 1_000, 2_000, 4_000, 8_000];

interface Parts {
  submissionId: string;
  name: string;
  body: Blob;
  encoding: string;
  sha256: string;
  signal: AbortSignal;
  onShare: (share: number) => void;
}

/**
 * Sends a file in parts, from where the server has it: after a cut, and when the page was closed and the same file is
 * sent again. Gives up when nothing arrives any more.
 */
export async function sendParts(parts: Parts): Promise<void> {
  const { body, signal, onShare } = parts;
  const isStopped = (): boolean => signal.aborted;
  let state = await begin(parts);
  let failures = 0;
  while (!state.isComplete) {
    if (isStopped()) throw interrupted(new ApiError('Sending was stopped.', null), state);
    onShare(state.offset / body.size);
    try {
      state = await sendPart(parts, state);
      failures = 0;
    } catch (error) {
      const waitMs = WAITS_MS[failures];
      if (!isPassing(error) || isStopped() || waitMs === undefined) throw interrupted(error, state);
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      const before = state.offset;
      // The server may still be away; then the next part fails too, and the wait is longer.
      state = await begin(parts).catch(() => state);
      failures = state.offset > before ? 0 : failures + 1;
    }
  }
  onShare(1);
}

async function begin({
  submissionId,
  name,
  body,
  encoding,
  sha256,
}: Parts): Promise<PartialUpload> {
  const json = { name, bytes: body.size, sha256, encoding };
  const path = `/api/v1/submissions/${submissionId}/uploads`;
  return PartialUpload.parse(await callApi(path, { method: 'POST', json }));
}

async function sendPart(parts: Parts, { id, offset }: PartialUpload): Promise<PartialUpload> {
  const { body, signal, submissionId } = parts;
  const part = body.slice(offset, offset + PART_BYTES);
  const answer = await sendBody(`/api/v1/submissions/${submissionId}/uploads/${id}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) },
    body: part,
    signal,
    onSent: (bytes) => parts.onShare((offset + bytes) / body.size),
  });
  return PartialUpload.parse(answer);
}

/** No answer at all, or one that another try may not get; a wrong offset is asked for anew. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  const status = error.problem?.status;
  return status === undefined || status === 408 || status === 409 || status >= 500;
}

function interrupted(error: unknown, { offset, bytes }: PartialUpload): unknown {
  if (!(error instanceof ApiError) || offset === 0) return error;
  const megabytes = (count: number): string => (count / 1e6).toFixed(1);
  return new ApiError(
    `${error.message} ${megabytes(offset)} of ${megabytes(bytes)} MB have arrived and are kept for a day: send the same file again, and it goes on from there.`,
    error.problem,
    error,
  );
}
