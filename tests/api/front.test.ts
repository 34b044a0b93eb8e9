import { beforeAll, expect, test } from 'vitest';
import * as front from '#app/api/v1/front/route.ts';
import * as series from '#app/api/v1/series/route.ts';
import { Front, Series } from '#lib/schemas/front.ts';
import { addBenchmark, addReportedRun, addScoredRun } from '#tests/db/reading-fixture.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { call, jsonOf } from './requests.ts';

const { db } = await testDatabase();
const ids: Record<string, string> = {};

beforeAll(async () => {
  const benchmarkId = await addBenchmark(db, { name: 'fronted' });
  const add = (label: string, step: number, options: { right: number; tokens: number }) =>
    addScoredRun(db, {
      benchmarkId,
      label,
      family: 'steps',
      params: { step },
      samples: 1,
      attemptOf: (position) => ({
        outcome: position < options.right ? 'correct' : 'wrong',
        tokens: options.tokens + position,
      }),
    });
  ids.early = await add('early', 100, { right: 1, tokens: 900 });
  ids.late = await add('late', 200, { right: 4, tokens: 300 });
  ids.paper = await addReportedRun(db, {
    benchmarkId,
    label: 'paper',
    accuracy: 0.99,
    tokensMean: 5000,
  });
  ids.own = await addScoredRun(db, {
    benchmarkId,
    label: 'secret',
    family: 'steps',
    params: { step: 300 },
    samples: 1,
    visibility: 'private',
    attemptOf: () => ({ outcome: 'correct', tokens: 1 }),
  });
});

const read = async (address: string, handler = front.GET) => {
  const response = await call(handler, { path: address });
  return { status: response.status, body: await jsonOf(response) };
};

test('the front tells who beats whom, how sure it is, and whose length is another', async () => {
  const { status, body } = await read('/api/v1/front?benchmark=fronted');
  expect(status, JSON.stringify(body)).toBe(200);
  const found = Front.parse(body);
  const by = (id: string | undefined) => found.runs.find(({ runId }) => runId === id);
  expect(by(ids.late)).toMatchObject({ isOnFront: true, probability: 1, dominatedBy: [] });
  expect(by(ids.early)).toMatchObject({ isOnFront: false, dominatedBy: [ids.late] });
  expect(by(ids.early)?.probability).toBe(0);
  expect(by(ids.paper)).toMatchObject({ isOnFront: false, probability: null });
  expect(by(ids.paper)?.excluded).toMatch(/reported by the source/);
  expect(by(ids.own)).toBeUndefined();
  expect(found.reference).toMatchObject({ source: 'longest run', accuracy: 0 });
  expect(found.hypervolume).toMatchObject({ points: 2 });
  expect(found.band.length).toBeGreaterThan(5);
  expect(await read('/api/v1/front?benchmark=fronted')).toEqual({ status, body });
});

test('a published figure joins when it is asked for, without a probability', async () => {
  const { body } = await read(
    '/api/v1/front?benchmark=fronted&include=foreign&referenceTokens=8000&referenceAccuracy=0.1',
  );
  const found = Front.parse(body);
  expect(found.reference).toEqual({ tokens: 8000, accuracy: 0.1, source: 'asked' });
  const paper = found.runs.find(({ runId }) => runId === ids.paper);
  expect(paper).toMatchObject({ isOnFront: true, excluded: null, probability: null });
  expect(paper?.probabilityReason).toMatch(/published figure/);
});

test('a series is tested against its first step', async () => {
  const { status, body } = await read('/api/v1/series?benchmark=fronted&family=steps', series.GET);
  expect(status, JSON.stringify(body)).toBe(200);
  const found = Series.parse(body);
  expect(found).toMatchObject({ parameter: 'step', oracleAccuracy: 0.8 });
  expect(found.points.map(({ value, accuracy }) => [value, accuracy])).toEqual([
    [100, 0.2],
    [200, 0.8],
  ]);
  expect(found.points[1]?.comparison?.test.method).toBe('mcnemar-exact');
  expect(found.points[1]?.comparison?.test.p).toBeCloseTo(0.25, 12);
  expect(found.points[1]).toMatchObject({ isBest: true, isReference: false });
  expect(found.cochran).toMatchObject({ q: 3, degrees: 1, discordant: 3 });
});

test.each([
  ['/api/v1/front?benchmark=nowhere', 404, front.GET],
  ['/api/v1/front?benchmark=fronted&referenceTokens=-1', 400, front.GET],
  ['/api/v1/series?benchmark=fronted&family=nobody', 404, series.GET],
  ['/api/v1/series?benchmark=fronted&family=steps&parameter=alpha', 422, series.GET],
  ['/api/v1/series?benchmark=fronted', 400, series.GET],
])('%s is %i', async (address, status, handler) => {
  expect((await read(address, handler)).status).toBe(status);
});
