'use client';

import { Submission, UploadReceipt } from '#lib/schemas/submission.ts';
import { ApiError, callApi, toApiError } from '../submissions/api-call.client.ts';

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

/** Packs, creates, sends and finalizes; the result is the submission to follow, perhaps an earlier one. */
export async function sendFile({
  file,
  header,
  signal,
  onProgress,
}: SendOptions): Promise<Submission> {
  onProgress({ stage: 'packing', share: null });
  const packed = await pack(file);
  signal.throwIfAborted();
  const draft = Submission.parse(await createDraft(header));
  onProgress({ stage: 'sending', share: 0 });
  const receipt = await upload(`/api/v1/submissions/${draft.id}/files/${fileNameOf(file)}`, {
    ...packed,
    signal,
    onShare: (share) => onProgress({ stage: 'sending', share }),
  });
  if (receipt.bytes !== packed.body.size) {
    throw new ApiError(
      `Of ${packed.body.size} bytes ${receipt.bytes} arrived. Send the file again.`,
      null,
    );
  }
  onProgress({ stage: 'closing', share: null });
  const json = { bytes: receipt.bytes, sha256: receipt.sha256 };
  return Submission.parse(
    await callApi(`/api/v1/submissions/${draft.id}/finalize`, { method: 'POST', json }),
  );
}

async function createDraft(header: Record<string, unknown>): Promise<unknown> {
  const response = await fetch('/api/v1/submissions', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': newKey() },
    body: JSON.stringify(header),
  });
  if (!response.ok) throw toApiError(response.status, await response.text());
  return response.json();
}

/** `crypto.randomUUID` exists on secure pages only; this one is everywhere. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}

/** One step of an address: what a file system allows and an address does not is replaced. */
function fileNameOf(file: File): string {
  const name = file.name
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}/\\]/gu, '_')
    .trim()
    .slice(0, 200);
  return encodeURIComponent(name === '' || name === '.' || name === '..' ? 'results.jsonl' : name);
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

/** XMLHttpRequest, because `fetch` does not say how much of a body has been sent. */
async function upload(
  path: string,
  options: { body: Blob; encoding: string; signal: AbortSignal; onShare: (share: number) => void },
): Promise<UploadReceipt> {
  const { body, encoding, signal } = options;
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', path);
    request.setRequestHeader('content-type', 'application/octet-stream');
    if (encoding !== 'identity') request.setRequestHeader('content-encoding', encoding);
    request.upload.onprogress = (event) => options.onShare(event.loaded / Math.max(1, body.size));
    request.onerror = () =>
      reject(new ApiError('The connection broke while the file was sent. Send it again.', null));
    request.onabort = () => reject(new ApiError('Sending was stopped.', null));
    request.onload = () => {
      if (request.status !== 200) reject(toApiError(request.status, request.responseText));
      else resolve(UploadReceipt.parse(JSON.parse(request.responseText)));
    };
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(body);
  });
}
