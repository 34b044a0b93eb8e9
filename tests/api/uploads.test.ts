import { readdir, readFile, utimes } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import * as file from '#app/api/v1/submissions/[id]/files/[name]/route.ts';
import * as finalize from '#app/api/v1/submissions/[id]/finalize/route.ts';
import * as one from '#app/api/v1/submissions/[id]/route.ts';
import * as upload from '#app/api/v1/submissions/[id]/uploads/[upload]/route.ts';
import * as uploads from '#app/api/v1/submissions/[id]/uploads/route.ts';
import * as submissions from '#app/api/v1/submissions/route.ts';
import { sweepSubmissions } from '#lib/db/submissions.ts';
import { createToken } from '#lib/db/tokens.ts';
import { blobStore } from '#lib/ingest/blob-store.ts';
import { fileParts } from '#lib/ingest/file-parts.ts';
import { sweepParts } from '#lib/ingest/receive-part.ts';
import { createRng } from '#lib/rng.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { call, HEADER, jsonOf, newKey, sha256Of } from './requests.ts';

const { db, dataFolder } = await testDatabase();
const { token } = await createToken(db, { name: 'owner', scopes: ['submit'] });
const { token: foreign } = await createToken(db, { name: 'other', scopes: ['submit'] });

/** Larger than what is written down at once, and of bytes that tell their place. */
function content(seed: string, bytes = 3_500_000): Buffer<ArrayBuffer> {
  const rng = createRng('upload', seed);
  const made = Buffer.alloc(bytes);
  for (let at = 0; at + 4 <= bytes; at += 4) made.writeUInt32LE(rng.uint32(), at);
  made.write('{"a":1}\n');
  return made;
}

async function draft(): Promise<string> {
  const json = { ...HEADER, model: crypto.randomUUID() };
  const made = await call(submissions.POST, { method: 'POST', token, headers: newKey(), json });
  return String((await jsonOf(made)).id);
}

interface Begun {
  id: string;
  uploadId: string;
  offset: number;
  status: number;
}

async function begin(id: string, bytes: Buffer, change: object = {}): Promise<Begun> {
  const json = { name: 'r.jsonl', bytes: bytes.length, sha256: sha256Of(bytes), ...change };
  const response = await call(uploads.POST, { method: 'POST', token, params: { id }, json });
  const body = await jsonOf(response);
  return {
    id,
    uploadId: String(body.id),
    offset: Number(body.offset),
    status: response.status,
  };
}

function patch(
  { id, uploadId }: Begun,
  offset: number,
  body: BodyInit,
  options: { as?: string; headers?: Record<string, string> } = {},
): Promise<Response> {
  return call(upload.PATCH, {
    method: 'PATCH',
    token: options.as ?? token,
    params: { id, upload: uploadId },
    headers: { 'upload-offset': String(offset), ...options.headers },
    body,
  });
}

/** Breaks off after these bytes, in chunks of uneven length. */
function cutAfter(bytes: Buffer): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= bytes.length) {
        controller.error(new Error('socket hang up'));
        return;
      }
      const next = Math.min(bytes.length, at + 65_521);
      controller.enqueue(bytes.subarray(at, next));
      at = next;
    },
  });
}

const read = async (id: string): Promise<Record<string, unknown>> =>
  jsonOf(await call(one.GET, { token, params: { id } }));

function close(id: string, bytes: Buffer): Promise<Response> {
  const json = { bytes: bytes.length, sha256: sha256Of(bytes) };
  return call(finalize.POST, { method: 'POST', token, params: { id }, json });
}

async function stored(bytes: Buffer): Promise<Buffer> {
  const sha256 = sha256Of(bytes);
  return readFile(path.join(dataFolder, 'blobs', sha256.slice(0, 2), sha256));
}

test('a file cut at random places arrives whole, each byte once, and is finalized', async () => {
  const bytes = content('cuts');
  const rng = createRng('cuts');
  const id = await draft();
  let begun = await begin(id, bytes);
  expect(begun).toMatchObject({ status: 201, offset: 0 });
  let sent = 0;
  for (let cuts = 0; cuts < 12; cuts += 1) {
    const length = rng.between(0, Math.floor((bytes.length - begun.offset) / 2));
    const part = bytes.subarray(begun.offset, begun.offset + length);
    expect((await patch(begun, begun.offset, cutAfter(part))).status).toBe(422);
    sent += length;
    // A client that was started anew asks how far the server is.
    begun = await begin(id, bytes);
    expect(begun).toMatchObject({ status: 200, offset: sent });
  }
  expect((await close(id, bytes)).status).toBe(422);
  const last = await patch(begun, sent, bytes.subarray(sent));
  expect(last.headers.get('upload-offset')).toBe(String(bytes.length));
  expect(await jsonOf(last)).toMatchObject({ isComplete: true, offset: bytes.length });
  // The answer to the last part was lost, and the part is sent again.
  expect((await patch(begun, bytes.length, '')).status).toBe(200);
  expect((await stored(bytes)).equals(bytes)).toBe(true);
  expect(await readdir(path.join(dataFolder, 'blobs', 'parts'))).not.toContain(begun.uploadId);
  expect(await read(id)).toMatchObject({ file: { bytes: bytes.length } });
  expect((await close(id, bytes)).status).toBe(202);
});

test('a part that does not begin where the upload ends is told where it does', async () => {
  const bytes = content('offsets', 1000);
  const begun = await begin(await draft(), bytes);
  await patch(begun, 0, bytes.subarray(0, 400));
  for (const wrong of [0, 399, 401, 1000, 5000]) {
    const refused = await patch(begun, wrong, bytes.subarray(0, 10));
    expect(refused.status).toBe(409);
    expect(refused.headers.get('upload-offset')).toBe('400');
    expect(await jsonOf(refused)).toMatchObject({ errors: [{ code: 'offset_mismatch' }] });
  }
  const { uploadId, id } = begun;
  const asked = await call(upload.GET, { token, params: { id, upload: uploadId } });
  expect(asked.headers.get('upload-offset')).toBe('400');
  expect(asked.headers.get('upload-length')).toBe('1000');
  for (const offset of ['', '-1', '1.5', 'x', '9'.repeat(30)]) {
    const headers = { 'upload-offset': offset };
    expect((await patch(begun, 0, 'x', { headers })).status).toBe(400);
  }
});

test('two clients at once send one file: no byte twice, and both may end it', async () => {
  const bytes = content('twins');
  const id = await draft();
  const sendAll = async (): Promise<void> => {
    for (;;) {
      const begun = await begin(id, bytes);
      const answer = await patch(begun, begun.offset, bytes.subarray(begun.offset));
      if (answer.status === 200) return;
      expect(answer.status).toBe(409);
    }
  };
  await Promise.all([sendAll(), sendAll(), sendAll()]);
  expect((await stored(bytes)).equals(bytes)).toBe(true);
  const { rows } = await db.pool.query(
    'select is_complete, "offset"::int from upload where submission_id = $1',
    [id],
  );
  expect(rows).toEqual([{ is_complete: true, offset: bytes.length }]);
  expect((await close(id, bytes)).status).toBe(202);
});

test('more than was announced is refused, and nothing beyond the end is kept', async () => {
  const bytes = content('long', 1000);
  const longer = Buffer.concat([bytes, Buffer.from('more')]);
  const begun = await begin(await draft(), bytes);
  const headers = { 'content-length': String(longer.length) };
  expect((await patch(begun, 0, longer, { headers })).status).toBe(413);
  expect((await begin(begun.id, bytes)).offset).toBe(0);
  expect((await patch(begun, 0, longer)).status).toBe(413);
  const huge = await begin(await draft(), bytes, { bytes: 9 * 1024 ** 3 });
  expect(huge.status).toBe(400);
});

test('a file that is not the announced one begins again; another file takes its place', async () => {
  const bytes = content('changed', 1000);
  const begun = await begin(await draft(), bytes);
  const other = content('another', 1000);
  const refused = await patch(begun, 0, other);
  expect(refused.status).toBe(422);
  expect(await jsonOf(refused)).toMatchObject({ errors: [{ code: 'hash_mismatch' }] });
  expect(await begin(begun.id, bytes)).toMatchObject({ uploadId: begun.uploadId, offset: 0 });
  await patch(begun, 0, bytes.subarray(0, 500));

  const next = await begin(begun.id, other);
  expect(next).toMatchObject({ status: 201, offset: 0 });
  expect((await patch(begun, 500, bytes.subarray(500))).status).toBe(404);
  expect((await patch(next, 0, other)).status).toBe(200);
  expect((await stored(other)).equals(other)).toBe(true);

  const pdf = await begin(await draft(), Buffer.from('%PDF-1.7 and more'));
  expect((await patch(pdf, 0, '%PDF-1.7 and more')).status).toBe(415);
});

test('a server killed between the last byte and its own note of it goes on where it was', async () => {
  const bytes = content('killed', 2_000_000);
  const id = await draft();
  const begun = await begin(id, bytes);
  // The bytes of a piece are on the disk, and the note that they count is not.
  await fileParts().write(begun.uploadId, 0, [Buffer.from('of a writer that was killed')]);
  await patch(begun, 0, cutAfter(bytes.subarray(0, 1_500_000)));
  await fileParts().write(begun.uploadId, 1_500_000, [bytes.subarray(0, 100_000)]);
  const now = await begin(id, bytes);
  expect(now.offset).toBe(1_500_000);
  await db.pool.query('update upload set "offset" = bytes where id = $1', [begun.uploadId]);
  await fileParts().write(begun.uploadId, 1_500_000, [bytes.subarray(1_500_000)]);
  await blobStore().adopt(fileParts().pathOf(begun.uploadId), () => undefined);
  expect(await jsonOf(await patch(begun, bytes.length, ''))).toMatchObject({ isComplete: true });
  expect((await close(id, bytes)).status).toBe(202);
});

test('to another token there is no upload, and a whole file sent with PUT ends it', async () => {
  const bytes = content('foreign', 1000);
  const begun = await begin(await draft(), bytes);
  expect((await patch(begun, 0, bytes, { as: foreign })).status).toBe(404);
  const elsewhere = { ...begun, id: await draft() };
  expect((await patch(elsewhere, 0, bytes)).status).toBe(404);
  const params = { id: begun.id, name: 'r.jsonl' };
  await call(file.PUT, { method: 'PUT', token, params, body: bytes });
  expect((await patch(begun, 0, bytes)).status).toBe(404);
  expect((await close(begun.id, bytes)).status).toBe(202);
});

test('what nobody goes on with expires, and its bytes are deleted; what is under way stays', async () => {
  const bytes = content('expires', 1000);
  const [expired, open] = [await begin(await draft(), bytes), await begin(await draft(), bytes)];
  for (const begun of [expired, open]) await patch(begun, 0, bytes.subarray(0, 500));
  const hours = (count: number) => new Date(Date.now() + count * 3_600_000);
  await db.pool.query(`update submission set deadline = now() - interval '1 s' where id = $1`, [
    expired.id,
  ]);
  expect(await sweepSubmissions(db, new Date())).toContain(expired.id);
  const refused = await patch(expired, 500, bytes.subarray(500));
  expect(refused.status).toBe(409);
  expect((await jsonOf(refused)).detail).toContain('The submission is failed');

  const parts = () => readdir(path.join(dataFolder, 'blobs', 'parts'));
  expect(await sweepParts(db, fileParts(), new Date())).toBe(0);
  const anHourAgo = hours(-2);
  for (const { uploadId } of [expired, open]) {
    await utimes(fileParts().pathOf(uploadId), anHourAgo, anHourAgo);
  }
  await sweepParts(db, fileParts(), new Date());
  expect(await parts()).toContain(open.uploadId);
  expect(await parts()).not.toContain(expired.uploadId);
  // Those of raw files are another sweep's business.
  await blobStore().sweep(() => Promise.resolve(new Set()), hours(1));
  expect(await parts()).toContain(open.uploadId);
  expect((await patch(open, 500, bytes.subarray(500))).status).toBe(200);
});
