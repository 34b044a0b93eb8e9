import { afterAll, beforeAll, expect, test } from 'vitest';
import { GET } from '#app/api/v1/runs/[id]/samples/[item]/[k]/explanation/route.ts';
import { insertScores } from '#lib/db/scoring.ts';
import { withTransaction } from '#lib/db/client.ts';
import { createToken } from '#lib/db/tokens.ts';
import { explanationPool } from '#lib/judge/sample-explanation.ts';
import {
  addBenchmark,
  addScoredRun,
  ITEM_KEYS,
  type BenchmarkOptions,
} from '#tests/db/reading-fixture.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { call, jsonOf } from './requests.ts';

const { db } = await testDatabase();
const owner = await createToken(db, { name: 'owner', scopes: ['submit'] });
const stranger = await createToken(db, { name: 'stranger', scopes: ['submit', 'read:private'] });
const ids: Record<string, string> = {};
const OUTPUT = '<think>Hm, \\boxed{3}?</think>So it is \\boxed{0.333}.';

async function addMathBenchmark(options: BenchmarkOptions): Promise<string> {
  const id = await addBenchmark(db, options);
  await db.pool.query(
    `update benchmark set default_verifier = 'math', policy = '{"rounding":"gold-places"}' where id = $1`,
    [id],
  );
  await db.pool.query(`update gold set answer = '0.3331' where benchmark_id = $1`, [id]);
  await db.pool.query(`update gold set answer = '1/3' where benchmark_id = $1 and item_key = $2`, [
    id,
    ITEM_KEYS[2],
  ]);
  return id;
}

beforeAll(async () => {
  const attemptOf = () => ({ outcome: 'wrong', tokens: 9, output: OUTPUT }) as const;
  const open = await addMathBenchmark({ name: 'open' });
  const hidden = await addMathBenchmark({ name: 'hidden', hasHiddenGold: true });
  const plain = await addBenchmark(db, { name: 'plain' });
  const options = { label: 'run', samples: 1, ownerTokenId: owner.id, attemptOf };
  ids.public = await addScoredRun(db, { ...options, benchmarkId: open });
  ids.private = await addScoredRun(db, {
    ...{ ...options, benchmarkId: open, visibility: 'private' as const },
  });
  ids.hidden = await addScoredRun(db, { ...options, benchmarkId: hidden });
  ids.plain = await addScoredRun(db, { ...options, benchmarkId: plain });
});

afterAll(() => explanationPool().close());

const explain = (name: string, more: { item?: string; k?: string; token?: string } = {}) => {
  const { item = ITEM_KEYS[2], k = '0', token } = more;
  const params = { id: ids[name] ?? name, item, k };
  return call(GET, { params, ...(token === undefined ? {} : { token }) });
};

test('it tells what was found where, how both were read, and by which policy', async () => {
  const response = await explain('public');
  expect(response.status).toBe(200);
  expect(await jsonOf(response)).toMatchObject({
    verifier: 'math',
    policy: { rounding: 'gold-places', order: expect.any(String) as string },
    outcome: 'wrong',
    extracted: '0.333',
    explanation: {
      rule: 'box',
      gold: { text: '1/3', canonical: '1/3' },
      answer: { text: '0.333', canonical: '333/1000' },
      step: expect.stringMatching(/\w/) as string,
    },
    excerpt: {
      before: '<think>Hm, \\boxed{3}?</think>So it is \\boxed{',
      answer: '0.333',
      after: '}.',
    },
    counted: null,
  });
});

test('what the board counts stands beside it, of the same verifier, version and policy only', async () => {
  const place = { itemKey: ITEM_KEYS[2], sampleIndex: 0, outcome: 'correct' as const };
  const score = { ...place, extracted: null, reason: null };
  const key = { runId: ids.public ?? '', verifier: 'math', version: 1 };
  const insert = (policy: string) =>
    withTransaction(db, (session) => insertScores(session, { ...key, policy }, [score]));
  await insert('default');
  expect(await jsonOf(await explain('public'))).toMatchObject({ counted: null });
  await insert('{"rounding":"gold-places"}');
  expect(await jsonOf(await explain('public'))).toMatchObject({
    outcome: 'wrong',
    counted: { version: 1, outcome: 'correct' },
  });
});

test('a verifier with no more to tell than its reason says so', async () => {
  expect(await jsonOf(await explain('plain'))).toMatchObject({
    verifier: 'string',
    outcome: 'wrong',
    explanation: null,
    excerpt: null,
    counted: { outcome: 'wrong' },
  });
});

test('an item without a reference answer is unverifiable', async () => {
  await db.pool.query(`delete from gold where item_key = $1`, [ITEM_KEYS[4]]);
  expect(await jsonOf(await explain('public', { item: ITEM_KEYS[4] }))).toMatchObject({
    outcome: 'unverifiable',
    reason: 'The item has no reference answer.',
    explanation: null,
  });
});

test('it is visible exactly as the sample is', async () => {
  expect((await explain('private')).status).toBe(404);
  expect((await explain('private', { token: stranger.token })).status).toBe(404);
  expect((await explain('private', { token: owner.token })).status).toBe(200);
  for (const id of ['nonsense', crypto.randomUUID()]) expect((await explain(id)).status).toBe(404);
  expect((await explain('public', { item: 'none' })).status).toBe(404);
  expect((await explain('public', { k: '1' })).status).toBe(404);
});

test('a hidden reference answer can not be asked out, not even by the owner of the run', async () => {
  for (const token of [undefined, owner.token]) {
    const response = await explain('hidden', token === undefined ? {} : { token });
    expect(response.status).toBe(404);
    const body = JSON.stringify(await jsonOf(response));
    expect(body).toContain('hidden');
    expect(body).not.toMatch(/1\/3|0\.333/);
  }
});
