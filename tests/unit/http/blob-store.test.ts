import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { folderBlobStore } from '#lib/ingest/blob-store.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'laconic-blobs-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function* chunksOf(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Promise.resolve(Buffer.from(text));
}

async function* cutAfter(text: string, error: Error): AsyncGenerator<Uint8Array> {
  yield Promise.resolve(Buffer.from(text));
  throw error;
}

async function textOf(source: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

test('what is put can be opened under its hash, by our user only', async () => {
  const store = folderBlobStore(folder);
  const blob = await store.put(chunksOf('one ', 'two'));
  expect(blob).toEqual({ sha256: hashOf('one two'), bytes: 7 });
  expect(await textOf(await store.open(blob.sha256))).toBe('one two');
  const { mode } = await stat(path.join(folder, blob.sha256.slice(0, 2), blob.sha256));
  expect(mode & 0o777).toBe(0o600);
});

test('a stream that breaks and a full disk leave nothing behind', async () => {
  const store = folderBlobStore(folder);
  const full = Object.assign(new Error('no space left on /secret'), { code: 'ENOSPC' });
  await expect(store.put(cutAfter('half', new Error('cut')))).rejects.toThrow('cut');
  await expect(store.put(cutAfter('half', full))).rejects.toMatchObject({
    code: 'insufficient_storage',
  });
  expect(await readdir(path.join(folder, 'incoming'))).toEqual([]);
  expect(await readdir(folder)).toEqual(['incoming']);
});

test('a name that is not a hash reaches no file', async () => {
  const store = folderBlobStore(folder);
  for (const name of ['../../etc/passwd', '', 'A'.repeat(64)]) {
    await expect(store.open(name)).rejects.toMatchObject({ code: 'not_found' });
  }
  await expect(store.open('0'.repeat(64))).rejects.toMatchObject({ code: 'not_found' });
});

test('a sweep deletes what is old and not needed', async () => {
  const store = folderBlobStore(folder);
  const [needed, old, young] = await Promise.all(
    ['needed', 'old', 'young'].map((text) => store.put(chunksOf(text))),
  );
  const longAgo = new Date(Date.now() - 86_400_000);
  for (const { sha256 } of [needed!, old!]) {
    await utimes(path.join(folder, sha256.slice(0, 2), sha256), longAgo, longAgo);
  }
  const hourAgo = new Date(Date.now() - 3_600_000);
  const deleted = await store.sweep(() => Promise.resolve(new Set([needed!.sha256])), hourAgo);
  expect(deleted).toBe(1);
  expect(await store.has(old!.sha256)).toBe(false);
  expect(await store.has(needed!.sha256)).toBe(true);
  expect(await store.has(young!.sha256)).toBe(true);
});
