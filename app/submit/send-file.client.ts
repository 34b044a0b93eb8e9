'use client';

import { Submission, UploadReceipt } from '#lib/schemas/submission.ts';
import { ApiError, callApi, toApiError } from '../submissions/api-call.client.ts';
import { isFinal } from '../submissions/use-submission.client.ts';
import { sendBody } from './send-body.client.ts';
import { sendParts } from './send-parts.client.ts';

export type SendStage = 'packing' | 'sending' | 'closing';

export interface SendProgress {
  stage: SendStage;
  /** Of the file as it is sent; null while that is not known. */
  share: number | null;
}

interface SendOptions {
  file: File;
  header: Record<string, unknown>;
  signal: AbortSignal;
  onProgress: (progress: SendProgress) => void;
}

/**
 * Packs, creates, sends and finalizes; the result is the submission to follow, perhaps an earlier one. A large file that
 * is sent again goes on where the server has it.
 */
export async function sendFile(options: SendOptions): Promise<Submission> {
  const { file, header, signal, onProgress } = options;
  onProgress({ stage: 'packing', share: null });
  const packed = await pack(file);
  const sha256 = packed.body.size < IN_PARTS_BYTES ? null : await sha256Of(packed.body);
  signal.throwIfAborted();
  const draft = await openDraft(header, sha256);
  if (draft.state !== 'draft' && draft.state !== 'uploading') return draft;
  const onShare = (share: number) => onProgress({ stage: 'sending', share });
  onShare(0);
  const sending = { ...packed, submissionId: draft.id, name: nameOf(file), signal, onShare };
  const sent = sha256 === null ? await sendWhole(sending) : { bytes: packed.body.size, sha256 };
  if (sha256 !== null) await sendParts({ ...sending, sha256 });
  onProgress({ stage: 'closing', share: null });
  return Submission.parse(
    await callApi(`/api/v1/submissions/${draft.id}/finalize`, { method: 'POST', json: sent }),
  );
}

/** What is smaller is sent again from its beginning after a cut. */
const IN_PARTS_BYTES = 8 * 1024 * 1024;
const MAX_EARLIER_TRIES = 50;

/** The same file with the same header is the same draft, so that its sending goes on; what failed is begun anew. */
async function openDraft(
  header: Record<string, unknown>,
  sha256: string | null,
): Promise<Submission> {
  for (let earlier = 0; earlier < MAX_EARLIER_TRIES; earlier += 1) {
    const key = sha256 === null ? newKey() : await keyOf([sha256, header, earlier]);
    const draft = Submission.parse(await createDraft(header, key));
    if (!isFinal(draft.state) || draft.state === 'done') return draft;
  }
  throw new ApiError('This file failed too often with these values: change one of them.', null);
}

async function createDraft(header: Record<string, unknown>, key: string): Promise<unknown> {
  const response = await fetch('/api/v1/submissions', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(header),
  });
  if (!response.ok) throw toApiError(response.status, await response.text());
  return response.json();
}

async function keyOf(content: unknown): Promise<string> {
  const hash = await sha256Of(new Blob([JSON.stringify(content)]));
  return `web-${hash ?? newKey()}`;
}

/** Null where the browser can not tell: on a page without TLS, and for more than its memory holds. */
async function sha256Of(body: Blob): Promise<string | null> {
  // The types of the browser do not know pages that are not secure.
  const subtle = (crypto as { subtle?: SubtleCrypto }).subtle;
  if (subtle === undefined) return null;
  try {
    const hash = await subtle.digest('SHA-256', await body.arrayBuffer());
    return toHex(new Uint8Array(hash));
  } catch {
    // Sent in one piece then, which needs no hash.
    return null;
  }
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** `crypto.randomUUID` exists on secure pages only; this one is everywhere. */
function newKey(): string {
  return toHex(crypto.getRandomValues(new Uint8Array(16)));
}

/** One step of an address: what a file system allows and an address does not is replaced. */
function nameOf(file: File): string {
  const name = file.name
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}/\\]/gu, '_')
    .trim()
    .slice(0, 200);
  return name === '' || name === '.' || name === '..' ? 'results.jsonl' : name;
}

/** Results pack about five to one; what is packed already is sent as it is. */
async function pack(file: File): Promise<{ body: Blob; encoding: string }> {
  const head = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  if (head[0] === 0x1f && head[1] === 0x8b) return { body: file, encoding: 'gzip' };
  if (head[0] === 0x28 && head[1] === 0xb5) return { body: file, encoding: 'zstd' };
  if (typeof CompressionStream === 'undefined') return { body: file, encoding: 'identity' };
  const stream = file.stream().pipeThrough(new CompressionStream('gzip'));
  return { body: await new Response(stream).blob(), encoding: 'gzip' };
}

async function sendWhole(options: {
  submissionId: string;
  name: string;
  body: Blob;
  encoding: string;
  signal: AbortSignal;
  onShare: (share: number) => void;
}): Promise<{ bytes: number; sha256: string }> {
  const { submissionId, name, body, encoding, signal, onShare } = options;
  const path = `/api/v1/submissions/${submissionId}/files/${encodeURIComponent(name)}`;
  const answer = await sendBody(path, {
    method: 'PUT',
    headers: {
      'content-type': 'application/octet-stream',
      ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
    },
    body,
    signal,
    onSent: (bytes) => onShare(bytes / Math.max(1, body.size)),
  });
  const { bytes, sha256 } = UploadReceipt.parse(answer);
  if (bytes === body.size) return { bytes, sha256 };
  throw new ApiError(`Of ${body.size} bytes ${bytes} arrived. Send the file again.`, null);
}
