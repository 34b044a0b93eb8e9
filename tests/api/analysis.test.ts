import { beforeAll, expect, test } from 'vitest';
import * as compare from '#app/api/v1/compare/route.ts';
import * as boardMetric from '#app/api/v1/leaderboard/metric/route.ts';
import * as metrics from '#app/api/v1/metrics/route.ts';
import * as poolMetrics from '#app/api/v1/pool-metrics/route.ts';
import * as runMetrics from '#app/api/v1/runs/[id]/metrics/route.ts';
import { createToken } from '#lib/db/tokens.ts';
import { metrics as registry } from '#lib/metrics/index.ts';
import { BoardMetric } from '#lib/schemas/board-metric.ts';
import { ockScoreOf } from '#lib/metrics/ock-score.ts';
import { Comparison, MetricList, PoolMetrics, RunMetrics } from '#lib/schemas/analysis.ts';
import {
  addBenchmark,
  addReportedRun,
  addScoredRun,
  ITEM_KEYS,
} from '#tests/db/reading-fixture.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { call, jsonOf } from './requests.ts';

const { db } = await testDatabase();
const owner = await createToken(db, { name: 'owner', scopes: ['submit', 'read:private'] });
const ids: Record<string, string> = {};

beforeAll(async () => {
  const benchmarkId = await addBenchmark(db, { name: 'sums' });
  const elsewhere = await addBenchmark(db, { name: 'other' });
  const add = (label: string, over: object) =>
    addScoredRun(db, {
      ...{ benchmarkId, label, model: label, samples: 1, ownerTokenId: owner.id },
      attemptOf: (position) => ({
        outcome: position % 2 === 0 ? 'correct' : 'wrong',
        tokens: 100 + position,
      }),
      ...over,
    });
  ids.a = await add('a', {});
  ids.b = await add('b', {
    attemptOf: (position: number) => ({
      outcome: position === 4 ? 'wrong' : 'correct',
      tokens: 50 + position,
    }),
  });
  ids.private = await add('c', { visibility: 'private' });
  ids.scoring = await add('d', { state: 'scoring' });
  ids.elsewhere = await add('e', { benchmarkId: elsewhere });
  ids.paper = await addReportedRun(db, {
    benchmarkId,
    label: 'paper',
    accuracy: 0.3,
    tokensMean: 50,
  });
});

const compareOf = (runs: readonly (string | undefined)[], rest = '', token?: string) =>
  call(compare.GET, {
    path: `/api/v1/compare?runs=${runs.join(',')}${rest}`,
    ...(token !== undefined && { token }),
  });

test('two runs are compared item by item', async () => {
  const response = await compareOf([ids.a, ids.b]);
  expect(response.status).toBe(200);
  const found = Comparison.parse(await response.json());
  expect(found.benchmark?.title).toBe('sums');
  expect(found.runs).toMatchObject([
    { id: ids.a, accuracy: 0.6, tokens: 102, lengthColumn: 'o200k' },
    { id: ids.b, accuracy: 0.8, tokens: 52, lengthColumn: 'o200k' },
  ]);
  expect(found.comparisons).toMatchObject([
    {
      table: { both: 2, onlyA: 1, onlyB: 2, neither: 0 },
      test: { method: 'mcnemar-exact', isExact: true },
      paired: { items: 5, difference: expect.closeTo(0.2, 12) as number },
      flipCount: 3,
      family: 1,
    },
  ]);
  const again = Comparison.parse(await (await compareOf([ids.a, ids.b])).json());
  expect(again).toEqual(found);
});

test.each([
  ['one run', () => [ids.a], 400, 'at least two'],
  ['one run twice', () => [ids.a, ids.a], 400, 'once'],
  ['a private run of somebody else', () => [ids.a, ids.private], 404, 'no run'],
  ['a published figure', () => [ids.a, ids.paper], 422, 'published figure'],
  ['a run that is being judged', () => [ids.a, ids.scoring], 422, 'still being judged'],
])('%s is refused in words', async (_, runs, status, words) => {
  const response = await compareOf(runs());
  expect(response.status).toBe(status);
  expect(JSON.stringify(await jsonOf(response))).toContain(words);
});

test('its owner may compare a private run', async () => {
  expect((await compareOf([ids.a, ids.private], '', owner.token)).status).toBe(200);
});

test('runs over other items are refused unless the shared ones are asked for', async () => {
  await db.pool.query(
    `update item set key = 'elsewhere' where key = $1 and benchmark_id = (select id from benchmark where name = 'other')`,
    [ITEM_KEYS[0]],
  );
  const refused = await compareOf([ids.a, ids.elsewhere]);
  expect(refused.status).toBe(422);
  expect(JSON.stringify(await jsonOf(refused))).toContain('1 only in the first');
  const shared = Comparison.parse(
    await (await compareOf([ids.a, ids.elsewhere], '&items=intersect')).json(),
  );
  expect(shared.comparisons[0]?.paired).toMatchObject({ items: 4, onlyInA: 1, onlyInB: 1 });
  expect(shared.benchmark).toBeNull();
});

test('metrics that look at other runs take the compared ones as their pool', async () => {
  const path = `/api/v1/pool-metrics?runs=${ids.a},${ids.b}`;
  const response = await call(poolMetrics.GET, { path });
  expect(response.status).toBe(200);
  const found = PoolMetrics.parse(await response.json());
  expect(found.pool.map(({ label }) => label)).toEqual(['a', 'b']);
  const dependent = registry.all.filter(({ isPoolDependent }) => isPoolDependent);
  expect(found.metrics.map(({ metric }) => metric)).toEqual(dependent.map(({ id }) => id));
  const gap = found.metrics.find(({ metric }) => metric === 'reg');
  // b is right more often within every budget, by one item of five.
  expect(gap?.values.map(({ value }) => value)).toEqual([expect.closeTo(0.2, 12), 0]);
  const alone = await call(poolMetrics.GET, { path: `/api/v1/pool-metrics?runs=${ids.a}` });
  expect(alone.status).toBe(400);
});

const metricOfBoard = (metric: string, rest = '') =>
  call(boardMetric.GET, {
    path: `/api/v1/leaderboard/metric?benchmark=sums&metric=${encodeURIComponent(metric)}${rest}`,
  });

test('a board has a metric of every run shown, over the runs shown', async () => {
  const response = await metricOfBoard('reg');
  expect(response.status).toBe(200);
  const found = BoardMetric.parse(await response.json());
  expect(found).toMatchObject({ isPoolDependent: true, pool: 2, unit: 'share' });
  expect(found.note).toContain('over the 2 runs');
  const byRun = new Map(found.values.map((value) => [value.runId, value]));
  expect(byRun.size).toBe(4);
  expect(byRun.get(ids.a ?? '')).toMatchObject({
    value: expect.closeTo(0.2, 12) as number,
    interval: { method: 'bootstrap-items' },
  });
  expect(byRun.get(ids.b ?? '')?.value).toBe(0);
  expect(byRun.get(ids.paper ?? '')).toMatchObject({ value: null, interval: null });
  expect(byRun.get(ids.paper ?? '')?.reason).toContain('published figure');
  expect(byRun.get(ids.scoring ?? '')?.reason).toContain('all is scored');
  // Alone, the same run has nobody to fall behind.
  const alone = BoardMetric.parse(await (await metricOfBoard('reg', '&q=a')).json());
  expect(alone.values.find(({ runId }) => runId === ids.a)?.value).not.toBe(0.2);
});

test('on a board a published figure has a metric that follows from its means', async () => {
  const found = BoardMetric.parse(await (await metricOfBoard('ock-score')).json());
  const byRun = new Map(found.values.map((value) => [value.runId, value]));
  const own = RunMetrics.parse(
    await (await call(runMetrics.GET, { params: { id: ids.a ?? '' } })).json(),
  );
  const onRun = own.metrics.find(({ metric }) => metric === 'ock-score');
  expect(byRun.get(ids.a ?? '')).toMatchObject({
    value: onRun?.value,
    interval: onRun?.interval,
  });
  expect(byRun.get(ids.paper ?? '')).toMatchObject({
    value: ockScoreOf({ accuracy: 0.3, tokens: 50 }),
    interval: null,
    reason: null,
  });
  const aes = BoardMetric.parse(await (await metricOfBoard('aes')).json());
  expect(aes.values.every(({ value, reason }) => value === null && reason !== null)).toBe(true);
});

test.each([
  ['a metric that is not registered', ['no-such-metric', ''], 400, 'no metric'],
  ['an option that it does not have', ['pass-at-k?n=8', ''], 400, 'no option'],
  ['a benchmark that is not there', ['reg', '&split=no'], 404, 'no benchmark'],
])('for a column of a board, %s is refused', async (_, [metric, rest], status, words) => {
  const response = await metricOfBoard(metric ?? '', rest);
  expect(response.status).toBe(status);
  expect(JSON.stringify(await jsonOf(response))).toContain(words);
});

test('a run has every metric with a value or a reason', async () => {
  const response = await call(runMetrics.GET, { params: { id: ids.a ?? '' } });
  expect(response.status).toBe(200);
  const report = RunMetrics.parse(await response.json());
  expect(report).toMatchObject({
    items: 5,
    outcomes: { correct: 3, wrong: 2 },
    lengthColumn: 'o200k',
  });
  expect(new Set(report.metrics.map(({ metric }) => metric))).toEqual(
    new Set(registry.all.map(({ id }) => id)),
  );
  for (const { label, value, reason } of report.metrics) {
    expect(value === null, label).toBe(reason !== null);
  }
  const accuracy = report.metrics.find(({ metric }) => metric === 'avg-at-k');
  expect(accuracy).toMatchObject({ value: 0.6, interval: { method: 'wilson' } });
});

test('every metric documents itself', async () => {
  const { metrics: listed } = MetricList.parse(await (await call(metrics.GET)).json());
  expect(listed.map(({ id }) => id)).toEqual(registry.all.map(({ id }) => id));
  for (const { formula, source } of listed) expect(`${formula}${source}`).toMatch(/\w/);
});
