import { beforeAll, expect, test } from 'vitest';
import * as front from '#app/api/v1/front/route.ts';
import * as series from '#app/api/v1/series/route.ts';
import { createToken } from '#lib/db/tokens.ts';
import { Front } from '#lib/schemas/front.ts';
import { Series } from '#lib/schemas/series.ts';
import { addBenchmark, addReportedRun, addScoredRun } from '#tests/db/reading-fixture.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { call, jsonOf } from './requests.ts';

const { db } = await testDatabase();
const owner = await createToken(db, { name: 'owner', scopes: ['submit'] });
const ids: Record<string, string> = {};
const ADDRESS = '/api/v1/front?benchmark=planes';
const LINE = '/api/v1/series?benchmark=planes';

beforeAll(async () => {
  const benchmarkId = await addBenchmark(db, { name: 'planes' });
  const add = (label: string, solved: number, tokens: number, more = {}) =>
    addScoredRun(db, {
      ...{ benchmarkId, label, samples: 1, ...more },
      attemptOf: (position) => ({ outcome: position < solved ? 'correct' : 'wrong', tokens }),
    });
  ids.early = await add('early', 2, 10, { family: 'steps', params: { step: 100 } });
  ids.late = await add('late', 4, 20, { family: 'steps', params: { step: 200 } });
  ids.worse = await add('worse', 1, 30, { family: 'mixed', params: { a: 1, b: 1 } });
  ids.mixed = await add('mixed', 1, 31, { family: 'mixed', params: { a: 2, b: 2 } });
  ids.hidden = await add('hidden', 5, 5);
  await db.pool.query(`update run set trace_visibility = 'hidden' where id = $1`, [ids.hidden]);
  ids.private = await add('private', 5, 1, { visibility: 'private', ownerTokenId: owner.id });
  ids.paper = await addReportedRun(db, {
    ...{ benchmarkId, label: 'paper', accuracy: 0.9, tokensMean: 15 },
  });
  const printed = { benchmarkId, family: 'printed', accuracy: 0.5, tokensMean: 40 };
  await addReportedRun(db, { ...printed, label: 'p1', params: { L: 1 } });
  await addReportedRun(db, { ...printed, label: 'p2', params: { L: 2 }, accuracy: 0.6 });
});

const read = async (path: string, token?: string): Promise<Front> => {
  const response = await call(front.GET, { path, ...(token === undefined ? {} : { token }) });
  expect(response.status).toBe(200);
  return Front.parse(await response.json());
};

test('the front says who is on it, how often, and who beats whom', async () => {
  const found = await read(ADDRESS);
  const of = (name: string) => found.runs.find(({ runId }) => runId === ids[name]);
  expect(found.front).toEqual([ids.early, ids.late]);
  expect(of('early')).toMatchObject({ isOnFront: true, probability: 1, mark: null });
  expect(of('worse')).toMatchObject({
    isOnFront: false,
    dominatedBy: [{ label: 'early' }, { label: 'late' }],
  });
  expect(of('worse')?.probability).toBeLessThan(0.5);
  expect(found.resampling).toMatchObject({ draws: 10_000, runs: 4, reason: null });
  expect(found.band.length).toBeGreaterThan(0);
});

test('runs with hidden traces or lengths of another counter are marked and stay out until asked for', async () => {
  const closed = await read(ADDRESS);
  const open = await read(`${ADDRESS}&include=foreign`);
  const of = (found: Front, name: string) => found.runs.find(({ runId }) => runId === ids[name]);
  expect(of(closed, 'hidden')).toMatchObject({
    isIncluded: false,
    isOnFront: null,
    probability: null,
  });
  expect(of(closed, 'hidden')?.mark).toContain('hidden');
  expect(of(closed, 'paper')?.mark).toContain('reported');
  expect(of(open, 'hidden')).toMatchObject({ isIncluded: true, isOnFront: true, probability: 1 });
  // Published: on the front of the points, without a part in the resampling.
  expect(of(open, 'paper')).toMatchObject({ isIncluded: true, probability: null });
  expect(of(open, 'paper')?.probabilityReason).toContain('published');
});

test('a hypervolume tells its reference and its points; another corner can be asked for', async () => {
  const found = await read(`${ADDRESS}&referenceTokens=100&referenceAccuracy=0.1`);
  expect(found.reference).toEqual({ tokens: 100, accuracy: 0.1, source: 'asked' });
  const family = found.families.find((one) => one.family === 'steps');
  expect(family?.points).toBe(2);
  // 0.4 from 10 tokens, 0.8 from 20, above 0.1.
  expect(family?.hypervolume?.linear).toBeCloseTo(10 * 0.3 + 80 * 0.7, 10);
  expect(family?.interval?.linear).not.toBeNull();
  const pair = found.pairs.find(({ a, b }) => a === 'mixed' && b === 'steps');
  expect(pair?.coverage).toEqual({ ab: 0, ba: 1 });
  const usual = await read(ADDRESS);
  expect(usual.reference?.source).toBe('first-run');
  expect((await read(`${ADDRESS}&family=mixed`)).reference).toEqual(usual.reference);
});

test('a private run is on nobody else’s front and moves nobody’s corner', async () => {
  const mine = await read(ADDRESS, owner.token);
  const theirs = await read(ADDRESS);
  expect(mine.runs.some(({ runId }) => runId === ids.private)).toBe(true);
  expect(theirs.runs.some(({ runId }) => runId === ids.private)).toBe(false);
  expect(mine.reference).toEqual(theirs.reference);
  expect((await call(front.GET, { path: '/api/v1/front?benchmark=nowhere' })).status).toBe(404);
  expect((await call(front.GET, { path: `${ADDRESS}&include=all` })).status).toBe(400);
});

test('a family over its steps, tested against a reference', async () => {
  const response = await call(series.GET, { path: `${LINE}&family=steps` });
  expect(response.status).toBe(200);
  const found = Series.parse(await response.json());
  expect(found.parameter).toBe('step');
  expect(found.points.map(({ value, accuracy }) => [value, accuracy.value])).toEqual([
    [100, 0.4],
    [200, 0.8],
  ]);
  expect(found.points[0]?.accuracy.interval).not.toBeNull();
  expect(found.referenceRunId).toBe(ids.early);
  // Two items changed, both for the better.
  expect(found.comparisons).toMatchObject([
    { b: { label: 'late' }, test: { method: 'mcnemar-exact' }, family: 1 },
  ]);
  expect(found.comparisons[0]?.adjustedP).toBeCloseTo(0.5, 10);
  expect(found.cochran?.q).toBeCloseTo(2, 10);
  expect(found.best).toEqual({ runId: ids.late, value: 200, notSeparated: [100] });
});

test('any metric is drawn over the parameter, with its difference from the reference', async () => {
  const keys = ['mean-tokens', 'pass-at-k?k=1', 'aes', 'best-of-n', 'reg'];
  const asked = encodeURIComponent(keys.join(','));
  const response = await call(series.GET, { path: `${LINE}&family=steps&metric=${asked}` });
  expect(response.status).toBe(200);
  const { curves, metrics } = Series.parse(await response.json());
  expect(curves.map(({ key }) => key)).toEqual(keys);
  const [tokens, pass, aes, best, gap] = curves;
  expect(tokens?.points.map(({ value, figure }) => [value, figure.value])).toEqual([
    [100, 10],
    [200, 20],
  ]);
  expect(tokens?.points.map(({ difference }) => difference?.value ?? null)).toEqual([null, 10]);
  expect(pass?.points[1]?.figure).toMatchObject({ value: 0.8 });
  expect(pass?.points[1]?.difference?.value).toBeCloseTo(0.4, 12);
  expect(pass?.points[1]?.difference?.interval?.low).toBeGreaterThanOrEqual(0);
  // Without a base run, and without a score to choose by.
  expect(aes?.points[0]).toMatchObject({ figure: { value: null }, difference: null });
  expect(aes?.points[0]?.reason).toContain('base');
  expect(best?.points[0]?.reason).toContain('reward');
  // The points are the pool: the later one is right more often within every budget.
  expect(gap?.points.map(({ figure }) => figure.value)).toEqual([expect.closeTo(0.4, 12), 0]);
  expect(metrics.map(({ key }) => key)).toEqual(expect.arrayContaining(['reg', 'clip-ratio']));
});

test.each([
  ['nothing-known', 'no metric'],
  ['pass-at-k%3Fk%3Dmany', 'k'],
])('the metric %s is refused in words', async (key, words) => {
  const response = await call(series.GET, { path: `${LINE}&family=steps&metric=${key}` });
  expect(response.status).toBe(400);
  expect(JSON.stringify(await jsonOf(response))).toContain(words);
});

test('published points have no interval and no test, and say so', async () => {
  const response = await call(series.GET, { path: `${LINE}&family=printed` });
  const found = Series.parse(await response.json());
  expect(found.points.every(({ accuracy }) => accuracy.interval === null)).toBe(true);
  expect(found.testReason).toContain('published');
  expect(found.best).toMatchObject({ value: 2, notSeparated: null });
});

test('runs that differ in two parameters are refused with what to do', async () => {
  const response = await call(series.GET, { path: `${LINE}&family=mixed` });
  expect(response.status).toBe(422);
  expect((await jsonOf(response)).detail).toContain('hold=');
  const held = await call(series.GET, { path: `${LINE}&family=mixed&parameter=a&hold=b:1` });
  expect(held.status).toBe(200);
  expect((await call(series.GET, { path: `${LINE}&family=nobody` })).status).toBe(404);
});
