import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRng } from '#lib/rng.ts';
import { SubmissionHeader } from '#lib/schemas/submission.ts';
import { packFile, type PackedFile } from '#scripts/client/packed-file.ts';
import type { Progress } from '#scripts/client/progress.ts';
import { readResultFile } from '#scripts/client/result-file.ts';
import { sendParts } from '#scripts/client/send-parts.ts';
import { BoardServer } from './board-server.ts';

const rng = createRng('parts');
const CONTENT = Array.from({ length: 60_000 }, () => String(rng.uint32())).join('\n');
const POLICY = { tries: 3, firstWaitMs: 1 };

let server: BoardServer;
let connection: { server: string; token: string };
let folder: string;
let file: string;
let submissionId: string;
const notes: string[] = [];
const progress: Progress = {
  sending: () => undefined,
  following: () => undefined,
  note: (message) => notes.push(message),
  end: () => undefined,
};

beforeEach(async () => {
  server = new BoardServer();
  connection = { server: await server.listen(), token: 'lac_test' };
  folder = await mkdtemp(path.join(tmpdir(), 'laconic-parts-'));
  file = path.join(folder, 'results.jsonl');
  await writeFile(file, CONTENT);
  notes.length = 0;
  const made = await fetch(`${connection.server}/api/v1/submissions`, {
    method: 'POST',
    headers: { 'idempotency-key': 'k' },
    body: JSON.stringify(SubmissionHeader.parse({ benchmark: 'sums', model: 'm' })),
  });
  submissionId = String(((await made.json()) as { id: unknown }).id);
});

afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const pack = async (from = file): Promise<PackedFile> =>
  packFile(await readResultFile(from), path.join(folder, 'packed'));

const send = (packed: PackedFile): Promise<void> =>
  sendParts(connection, { submissionId, name: 'r.jsonl', packed }, progress, POLICY);

const patches = (): number => server.calls.filter((made) => made.startsWith('PATCH')).length;

test('goes on where each cut left it, and says how much has arrived', async () => {
  for (let cuts = 0; cuts < 5; cuts += 1) server.failNext(/PATCH/, 'cut-midway');
  server.failNext(/PATCH/, 'cut-after');
  await send(await pack());
  expect(server.files.get(submissionId)).toBe(CONTENT);
  expect(notes.filter((note) => note.includes('have arrived; going on in'))).toHaveLength(6);
});

test('another command that sends the same file is met half-way', async () => {
  const packed = await pack();
  await Promise.all([send(packed), send(packed)]);
  expect(server.files.get(submissionId)).toBe(CONTENT);
});

test('gives up when nothing arrives any more, and the same command goes on later', async () => {
  server.failNext(/PATCH/, 'cut-midway');
  for (let cuts = 0; cuts < 3; cuts += 1) server.failNext(/PATCH/, 'cut');
  await expect(send(await pack())).rejects.toThrow(
    /MB have arrived and are kept for a day: give the same command again to go on/,
  );
  const tried = patches();
  await send(await pack());
  expect(patches()).toBe(tried + 1);
  expect(notes.some((note) => note.startsWith('The server has'))).toBe(true);
  expect(server.files.get(submissionId)).toBe(CONTENT);
});

test('a refusal that no second try would change ends it at once', async () => {
  server.failNext(/PATCH/, 'gone');
  await expect(send(await pack())).rejects.toMatchObject({ code: 'not_found' });
  expect(patches()).toBe(1);
});

test('a copy is packed once, is the same after a restart, and is gone when it is discarded', async () => {
  const first = await pack();
  const second = await pack();
  expect(second.sha256).toBe(first.sha256);
  const bytes = await readFile(first.path);
  expect(first).toMatchObject({
    encoding: 'zstd',
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  });
  await first.discard();
  expect(await readdir(path.join(folder, 'packed'))).toEqual([]);

  const packed = path.join(folder, 'results.jsonl.gz');
  await writeFile(packed, gzipSync(CONTENT));
  const asItIs = await pack(packed);
  expect(asItIs).toMatchObject({ path: packed, encoding: 'gzip' });
  await asItIs.discard();
  await send(asItIs);
  expect(server.files.get(submissionId)).toBe(CONTENT);
});

test('copies that nobody sent are removed after a week', async () => {
  const old = await pack();
  const longAgo = new Date(Date.now() - 8 * 86_400_000);
  await utimes(old.path, longAgo, longAgo);
  const other = path.join(folder, 'other.jsonl');
  await writeFile(other, 'x');
  const young = await pack(other);
  expect(await readdir(path.join(folder, 'packed'))).toEqual([path.basename(young.path)]);
});
