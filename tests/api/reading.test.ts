import { gunzipSync } from 'node:zlib';
import { beforeAll, expect, test, vi } from 'vitest';
import * as benchmarks from '#app/api/v1/benchmarks/route.ts';
import * as leaderboard from '#app/api/v1/leaderboard/route.ts';
import * as methods from '#app/api/v1/methods/route.ts';
import * as models from '#app/api/v1/models/route.ts';
import * as download from '#app/api/v1/runs/[id]/download/route.ts';
import * as run from '#app/api/v1/runs/[id]/route.ts';
import * as sample from '#app/api/v1/runs/[id]/samples/[item]/[k]/route.ts';
import * as samples from '#app/api/v1/runs/[id]/samples/route.ts';
import { createToken } from '#lib/db/tokens.ts';
import { MethodList } from '#lib/schemas/catalogue.ts';
import {
  addBenchmark,
  addReportedRun,
  addScoredRun,
  ITEM_KEYS,
} from '#tests/db/reading-fixture.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { call, jsonOf } from './requests.ts';

const { db } = await testDatabase();
const owner = await createToken(db, { name: 'owner', scopes: ['submit'] });
const stranger = await createToken(db, { name: 'stranger', scopes: ['submit', 'read:private'] });
const admin = await createToken(db, { name: 'admin', scopes: ['admin'] });
const ids: Record<string, string> = {};

beforeAll(async () => {
  const benchmarkId = await addBenchmark(db, { name: 'open' });
  const options = { benchmarkId, samples: 2, ownerTokenId: owner.id };
  const attemptOf = () => ({ outcome: 'correct', tokens: 9, extracted: '=1+1' }) as const;
  ids.public = await addScoredRun(db, {
    ...options,
    label: '=HYPERLINK("x")',
    model: 'open-model',
    attemptOf,
  });
  ids.private = await addScoredRun(db, {
    ...{
      ...options,
      label: 'private-label',
      model: 'private-model',
      visibility: 'private' as const,
    },
    attemptOf,
  });
  await addReportedRun(db, { benchmarkId, label: 'paper', accuracy: 0.3, tokensMean: 50 });
});

const READS = [
  ['run', (id: string) => ({ handler: run.GET, params: { id } })],
  ['samples', (id: string) => ({ handler: samples.GET, params: { id } })],
  ['sample', (id: string) => ({ handler: sample.GET, params: { id, item: ITEM_KEYS[2], k: '1' } })],
  ['download', (id: string) => ({ handler: download.GET, params: { id } })],
] as const;

test.each(READS)('%s of a private run is 404 for all but its owner and admins', async (_, read) => {
  const statusFor = async (name: string, token?: string) => {
    const { handler, params } = read(ids[name] ?? '');
    return (await call(handler, { params, ...(token === undefined ? {} : { token }) })).status;
  };
  expect(await statusFor('public')).toBe(200);
  expect(await statusFor('private')).toBe(404);
  expect(await statusFor('private', stranger.token)).toBe(404);
  expect(await statusFor('private', owner.token)).toBe(200);
  expect(await statusFor('private', admin.token)).toBe(200);
});

test.each(READS)(
  '%s: an id that is none and one of nobody get the same answer',
  async (_, read) => {
    for (const id of ['nonsense', crypto.randomUUID(), "'; drop table run; --"]) {
      const { handler, params } = read(id);
      const response = await call(handler, { params });
      expect(response.status).toBe(404);
      expect((await jsonOf(response)).code).toBe('not_found');
    }
  },
);

test('nothing of a private run shows in any list', async () => {
  for (const handler of [leaderboard.GET, benchmarks.GET, models.GET, methods.GET]) {
    for (const token of [undefined, stranger.token]) {
      const response = await call(handler, token === undefined ? {} : { token });
      expect(response.status).toBe(200);
      expect(await response.text()).not.toContain('private-');
    }
  }
  const own = await call(leaderboard.GET, { token: owner.token });
  expect(await own.text()).toContain('private-label');
});

test('a method names the boards that its runs are on, and how many are published', async () => {
  const benchmarkId = await addBenchmark(db, { name: 'shelf' });
  const methodId = crypto.randomUUID();
  await db.pool.query(`insert into method (id, name) values ($1, 'brief')`, [methodId]);
  const attemptOf = () => ({ outcome: 'correct', tokens: 9 }) as const;
  const scored = { benchmarkId, samples: 1, attemptOf };
  const runs = [
    await addReportedRun(db, { benchmarkId, label: 'of the paper', accuracy: 0.3, tokensMean: 5 }),
    await addScoredRun(db, { ...scored, label: 'of a file' }),
    await addScoredRun(db, {
      ...{ ...scored, label: 'hidden', visibility: 'private', ownerTokenId: owner.id },
    }),
  ];
  await db.pool.query(`update run set method_id = $1 where id = any($2)`, [methodId, runs]);
  const list = MethodList.parse(await (await call(methods.GET)).json());
  expect(list.methods.find(({ name }) => name === 'brief')).toMatchObject({
    runs: 2,
    boards: [{ benchmarkId, title: 'shelf', runs: 2, published: 1 }],
  });
});

test('what depends on the viewer is not stored; what is public has an ETag that answers 304', async () => {
  const open = await call(leaderboard.GET);
  const etag = open.headers.get('etag') ?? '';
  expect(etag).not.toBe('');
  expect(open.headers.get('cache-control')).toBe('no-cache');
  const again = await call(leaderboard.GET, { headers: { 'if-none-match': etag } });
  expect(again.status).toBe(304);
  const own = await call(leaderboard.GET, { token: owner.token });
  expect(own.headers.get('cache-control')).toBe('private, no-store');
  expect(own.headers.get('etag')).toBeNull();

  await db.pool.query(`update run set label = 'renamed' where label = 'paper'`);
  const changed = await call(leaderboard.GET, { headers: { 'if-none-match': etag } });
  expect(changed.status).toBe(200);
});

test('U+0000 in an address is the fault of the address', async () => {
  const board = await call(leaderboard.GET, { path: '/api/v1/leaderboard?benchmark=a%00b' });
  expect(board.status).toBe(400);
  const page = await call(samples.GET, {
    path: '/api/v1/runs/x/samples?q=%00',
    params: { id: ids.public ?? '' },
  });
  expect(page.status).toBe(400);
  const one = await call(sample.GET, { params: { id: ids.public ?? '', item: '\0', k: '0' } });
  expect(one.status).toBe(404);
});

test('two readers in turn never get each other’s board', async () => {
  for (let turn = 0; turn < 50; turn += 1) {
    const isOwner = turn % 2 === 0;
    const response = await call(leaderboard.GET, isOwner ? { token: owner.token } : {});
    expect((await response.text()).includes('private-label')).toBe(isOwner);
  }
});

test('a bad query is a 400 that names the field', async () => {
  for (const [handler, path, field] of [
    [leaderboard.GET, '/api/v1/leaderboard?trust=sworn', 'trust'],
    [leaderboard.GET, '/api/v1/leaderboard?colour=red', 'colour'],
    [leaderboard.GET, '/api/v1/leaderboard?q=a&q=b', 'q'],
    [samples.GET, '/api/v1/runs/x/samples?limit=0', 'limit'],
    [samples.GET, '/api/v1/runs/x/samples?minTokens=-1', 'minTokens'],
    [samples.GET, '/api/v1/runs/x/samples?cursor=abc', 'cursor'],
  ] as const) {
    const response = await call(handler, { path, params: { id: ids.public ?? '' } });
    expect(response.status, path).toBe(400);
    expect(JSON.stringify(await jsonOf(response)), path).toContain(field);
  }
});

test('hostile values change no result and fail nothing', async () => {
  const hostile = [
    "' or 1=1 --",
    '%',
    '_',
    '\\',
    '"; select pg_sleep(9)',
    '\u202e',
    '{"$ne":1}',
    '../../etc',
  ];
  for (const text of hostile) {
    for (const name of ['benchmark', 'split', 'model', 'family', 'q', 'column']) {
      const path = `/api/v1/leaderboard?${name}=${encodeURIComponent(text)}`;
      const response = await call(leaderboard.GET, { path });
      expect([200, 404], path).toContain(response.status);
      if (response.status === 200 && name !== 'column') {
        expect((await jsonOf(response)).rows, path).toEqual([]);
      }
    }
  }
});

test('a spreadsheet gets text where a cell looks like a formula', async () => {
  const board = await call(leaderboard.GET, { path: '/api/v1/leaderboard?format=csv' });
  expect(board.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  const text = await board.text();
  expect(text.split('\r\n')[0]).toMatch(/^rank,is_tied,label,/);
  expect(text).toContain(`"'=HYPERLINK(""x"")"`);
  const file = await call(download.GET, {
    path: '/api/v1/runs/x/download?format=csv',
    params: { id: ids.public ?? '' },
  });
  expect(await file.text()).toContain(",'=1+1,");
});

test('the JSONL holds every sample with its texts, as an attachment', async () => {
  const response = await call(download.GET, { params: { id: ids.public ?? '' } });
  expect(response.headers.get('content-disposition')).toContain('attachment');
  expect(response.headers.get('content-security-policy')).toBe('sandbox');
  const lines = (await response.text()).trimEnd().split('\n');
  expect(lines).toHaveLength(10);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ itemKey: ITEM_KEYS[0], outcome: 'correct' });
});

test('a board goes out packed to whoever takes it so, with the same content and a tag of its own', async () => {
  const plain = await call(leaderboard.GET);
  vi.stubEnv('LACONIC_SENDS_PACKED', '1');
  try {
    const packed = await call(leaderboard.GET, { headers: { 'accept-encoding': 'br, gzip' } });
    expect(packed.headers.get('x-laconic-packed')).toBe('gzip');
    expect(packed.headers.get('vary')).toContain('Accept-Encoding');
    const unpacked = gunzipSync(Buffer.from(await packed.arrayBuffer())).toString('utf8');
    expect(unpacked).toBe(await plain.text());
    const etag = packed.headers.get('etag') ?? '';
    expect(etag).not.toBe(plain.headers.get('etag'));
    const again = await call(leaderboard.GET, {
      headers: { 'accept-encoding': 'gzip', 'if-none-match': etag },
    });
    expect(again.status).toBe(304);
    expect(again.headers.has('x-laconic-packed')).toBe(false);
    const refusing = await call(leaderboard.GET, { headers: { 'accept-encoding': 'gzip;q=0' } });
    expect(refusing.headers.has('x-laconic-packed')).toBe(false);
  } finally {
    vi.unstubAllEnvs();
  }
});
