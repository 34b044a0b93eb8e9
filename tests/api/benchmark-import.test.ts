import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import * as items from '#app/api/v1/benchmarks/[id]/items/route.ts';
import * as benchmarks from '#app/api/v1/benchmarks/route.ts';
import { createToken } from '#lib/db/tokens.ts';
import type { BenchmarkReceipt } from '#lib/schemas/benchmark-file.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { call } from './requests.ts';

const { db } = await testDatabase();
const admin = await createToken(db, { name: 'admin', scopes: ['admin'] });
const owner = await createToken(db, { name: 'owner', scopes: ['submit'] });

const ITEMS = [
  { key: 'a', prompt: 'What is 1 + 1?', gold: 2, groups: { subject: 'sums' }, difficulty: 'easy' },
  { key: 'b', prompt: 'What is 2 + 2?', gold: '4' },
];

async function send(
  header: object,
  rows: readonly object[],
  token = admin.token,
): Promise<{
  status: number;
  body: BenchmarkReceipt & { detail?: string; errors?: { line: number }[] };
}> {
  const text = [{ laconic_benchmark: 1, ...header }, ...rows].map(
    (row) => `${JSON.stringify(row)}\n`,
  );
  const response = await call(benchmarks.POST, {
    method: 'POST',
    token,
    body: gzipSync(text.join('')),
  });
  return { status: response.status, body: (await response.json()) as BenchmarkReceipt };
}

async function readItems(id: string): Promise<Record<string, unknown>[]> {
  const response = await call(items.GET, { params: { id }, token: admin.token });
  expect(response.status).toBe(200);
  const text = await response.text();
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

test('the same items are one version, other items need a new one', async () => {
  const first = await send({ name: 'tiny' }, ITEMS);
  expect(first).toMatchObject({
    status: 201,
    body: { version: 1, items: 2, isNew: true, verifier: 'math', visibility: 'public' },
  });
  const again = await send({ name: 'tiny' }, ITEMS);
  expect(again.body).toMatchObject({ id: first.body.id, isNew: false });

  const changed = [ITEMS[0] ?? {}, { ...ITEMS[1], gold: '5' }, { prompt: 'New?', gold: '1' }];
  const refused = await send({ name: 'tiny' }, changed);
  expect(refused.status).toBe(409);
  expect(refused.body.detail).toContain('1 are new, 1 changed, 0 are gone');
  const second = await send({ name: 'tiny', newVersion: true }, changed);
  expect(second.body).toMatchObject({ version: 2, items: 3, isNew: true });
  expect(second.body.contentHash).not.toBe(first.body.contentHash);

  expect(await readItems('tiny@1')).toEqual([
    {
      key: 'a',
      prompt: 'What is 1 + 1?',
      gold: '2',
      choices: null,
      difficulty: 'easy',
      groups: { subject: 'sums' },
    },
    { key: 'b', prompt: 'What is 2 + 2?', gold: '4', choices: null, difficulty: null, groups: {} },
  ]);
});

test('questions that stand there twice are told, with whether their answers agree', async () => {
  const { body } = await send({ name: 'twice' }, [
    ...ITEMS,
    { key: 'c', prompt: ' What  is 1 + 1? ', gold: '2' },
    { key: 'd', prompt: 'What is 2 + 2?', gold: '22' },
  ]);
  expect(body.duplicates).toEqual([
    { key: 'c', firstKey: 'a', isSameGold: true },
    { key: 'd', firstKey: 'b', isSameGold: false },
  ]);
});

test('hidden golds never leave', async () => {
  await send({ name: 'secret', hiddenGold: true }, ITEMS);
  expect((await readItems('secret')).map(({ gold }) => gold)).toEqual([null, null]);
});

test('a faulty file names its lines and leaves nothing behind', async () => {
  const { status, body } = await send({ name: 'broken' }, [
    ITEMS[0] ?? {},
    { prompt: 'No gold?' },
    { ...ITEMS[0], prompt: 'Another question with the same key' },
  ]);
  expect(status).toBe(400);
  expect(body.errors?.map(({ line }) => line)).toEqual([3, 4]);
  const missing = await call(items.GET, { params: { id: 'broken' }, token: admin.token });
  expect(missing.status).toBe(404);
});

test('what a submitter imports is unlisted, and a new version of what another one made is refused', async () => {
  const own = await send({ name: 'own' }, ITEMS, owner.token);
  expect(own.body.visibility).toBe('unlisted');
  const theirs = await send({ name: 'tiny', newVersion: true }, ITEMS, owner.token);
  expect(theirs.status).toBe(403);
});
