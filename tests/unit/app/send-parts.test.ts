import { createHash, randomBytes } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { toApiError, ApiError } from '#app/submissions/api-call.client.ts';
import type { sendBody } from '#app/submit/send-body.client.ts';
import { sendParts } from '#app/submit/send-parts.client.ts';
import { SubmissionHeader } from '#lib/schemas/submission.ts';
import { BoardServer } from '../cli/board-server.ts';

/** Node has no XMLHttpRequest; what it does here is one request. */
vi.mock('#app/submit/send-body.client.ts', () => ({
  sendBody: (async (path, { method, headers, body, onSent }) => {
    const answer = await fetch(path, { method, headers, body }).catch((cause: unknown) => {
      throw new ApiError('The connection broke while the file was sent.', null, cause);
    });
    if (!answer.ok) throw toApiError(answer.status, await answer.text());
    onSent(body.size);
    return (await answer.json()) as unknown;
  }) satisfies typeof sendBody,
}));

/** More than one part, of bytes that do not pack. */
const CONTENT = randomBytes(18_000_000).toString('latin1');
const PACKED = gzipSync(Buffer.from(CONTENT, 'utf8'), { level: 1 });
const BODY = new Blob([Uint8Array.from(PACKED)]);
const sha256 = createHash('sha256').update(PACKED).digest('hex');

let server: BoardServer;
let submissionId: string;
let shares: number[];

beforeEach(async () => {
  server = new BoardServer();
  const origin = await server.listen();
  const real = fetch;
  // A page asks its own server.
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) => real(`${origin}${path}`, init));
  const made = await fetch('/api/v1/submissions', {
    method: 'POST',
    headers: { 'idempotency-key': 'k' },
    body: JSON.stringify(SubmissionHeader.parse({ benchmark: 'sums', model: 'm' })),
  });
  submissionId = String(((await made.json()) as { id: unknown }).id);
  shares = [];
});

afterEach(async () => {
  vi.unstubAllGlobals();
  await server.close();
});

const send = (signal = new AbortController().signal): Promise<void> =>
  sendParts({
    ...{ submissionId, name: 'r.jsonl', body: BODY, encoding: 'gzip', sha256, signal },
    onShare: (share) => shares.push(share),
  });

const sentAt = (): number => server.calls.filter((made) => made.startsWith('PATCH')).length;

test('goes on where each cut left it', async () => {
  server.failNext(/PATCH/, 'cut-midway');
  server.failNext(/PATCH/, 'cut-after');
  await send();
  expect(server.files.get(submissionId)).toBe(gunzipSync(PACKED).toString('latin1'));
  expect(Math.max(...shares)).toBe(1);
}, 30_000);

test('what was stopped is kept, and the same file goes on there', async () => {
  // Whether it is stopped while a part is sent or while it waits for the next try.
  for (let cuts = 0; cuts < 3; cuts += 1) server.failNext(/PATCH/, 'cut-midway');
  const stopped = new AbortController();
  const first = send(stopped.signal);
  await expect.poll(sentAt).toBeGreaterThan(0);
  stopped.abort();
  await expect(first).rejects.toThrow(/The connection broke|Sending was stopped/);
  server.failNext(/PATCH/, 'gone');
  // Refused for good: what has arrived is told.
  await expect(send()).rejects.toThrow(/of \d+\.\d MB have arrived and are kept for a day/);
  shares.length = 0;
  await send();
  expect(shares[0]).toBeGreaterThan(0.3);
  expect(server.files.get(submissionId)).toBe(gunzipSync(PACKED).toString('latin1'));
}, 30_000);
