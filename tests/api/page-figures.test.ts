import { expect, test } from 'vitest';
import * as compare from '#app/api/v1/compare/route.ts';
import * as figureFile from '#app/api/v1/figures/[file]/route.ts';
import * as figures from '#app/api/v1/figures/route.ts';
import * as front from '#app/api/v1/front/route.ts';
import * as methods from '#app/api/v1/methods/route.ts';
import * as rewards from '#app/api/v1/rewards/route.ts';
import * as levels from '#app/api/v1/runs/[id]/levels/route.ts';
import * as runMetrics from '#app/api/v1/runs/[id]/metrics/route.ts';
import * as redundancy from '#app/api/v1/runs/[id]/redundancy/route.ts';
import * as series from '#app/api/v1/series/route.ts';
import * as verdicts from '#app/api/v1/benchmarks/[id]/verdicts/route.ts';
import { createToken } from '#lib/db/tokens.ts';
import { Comparison, RunMetrics } from '#lib/schemas/analysis.ts';
import { MethodList } from '#lib/schemas/catalogue.ts';
import { Figure } from '#lib/schemas/figure.ts';
import { Front } from '#lib/schemas/front.ts';
import { RunLevels } from '#lib/schemas/levels.ts';
import { RunRedundancy } from '#lib/schemas/redundancy.ts';
import { VerdictDiff } from '#lib/schemas/rescore.ts';
import { RewardsResponse } from '#lib/schemas/rewards.ts';
import { Series } from '#lib/schemas/series.ts';
import { addBenchmark, addScoredRun } from '#tests/db/reading-fixture.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { call } from './requests.ts';

const { db } = await testDatabase();
const owner = await createToken(db, { name: 'owner', scopes: ['submit', 'read:private'] });
const benchmarkId = await addBenchmark(db, { name: 'sums' });
const outcomes = ['correct', 'wrong', 'unparsed'] as const;
const ids: string[] = [];
for (let step = 1; step <= 4; step += 1) {
  ids.push(
    await addScoredRun(db, {
      ...{ benchmarkId, label: `step-${String(step)}`, model: 'tiny', family: 'steps' },
      ...{ params: { step }, samples: 3 },
      attemptOf: (position) => ({
        outcome: outcomes[(position * (step + 1)) % (step === 4 ? 2 : 3)] ?? 'wrong',
        tokens: 37 * step + ((position * 13) % 29),
      }),
    }),
  );
}
const hidden = await addScoredRun(db, {
  ...{ benchmarkId, label: 'hidden', samples: 3, visibility: 'private', ownerTokenId: owner.id },
  attemptOf: () => ({ outcome: 'correct', tokens: 5 }),
});

await db.pool.query(
  `insert into method (id, name, stage, arxiv) values
     (gen_random_uuid(), 'brief', 'inference', null), (gen_random_uuid(), 'LASER', 'RL', '2505.15612')`,
);

const ask = (kind: string, data: Record<string, unknown>, token?: string) =>
  call(figures.POST, {
    method: 'POST',
    json: { kind, data },
    ...(token !== undefined && { token }),
  });

/** The rows of a table of a page, and its LaTeX, Markdown and CSV. */
async function tableOf(view: string, of: Record<string, unknown>) {
  const response = await ask('page-table', { view, of });
  const body: unknown = await response.json();
  expect(response.status, JSON.stringify(body)).toBe(201);
  const { data, hash, files } = Figure.parse(body);
  expect(Object.keys(files)).toEqual(['tex', 'md', 'csv']);
  const csv = await call(figureFile.GET, {
    path: `/api/v1/figures/${hash}.csv`,
    params: { file: `${hash}.csv` },
  });
  const lines = (await csv.text()).trimEnd().split('\r\n');
  const rows = data.rows.map((row) =>
    Object.fromEntries(data.columns.map(({ id }, place) => [id, row[place] ?? null])),
  );
  expect(lines[0]).toBe(data.columns.map(({ id }) => id).join(','));
  expect(lines).toHaveLength(rows.length + 1);
  data.rows.forEach((row, index) => {
    for (const cell of row)
      if (typeof cell === 'number')
        expect(`,${lines[index + 1] ?? ''},`).toContain(`,${String(cell)},`);
  });
  return rows;
}

const SERIES = { benchmark: 'sums', family: 'steps', metric: ['pass-at-k?k=2'] };
const readSeries = async () =>
  Series.parse(
    await (
      await call(series.GET, {
        path: '/api/v1/series?benchmark=sums&family=steps&metric=pass-at-k%3Fk%3D2',
      })
    ).json(),
  );

test('the points of a series and any metric are those of the API, in the table and in the curve', async () => {
  const found = await readSeries();
  const rows = await tableOf('series', SERIES);
  expect(rows.map(({ run_id }) => run_id)).toEqual(found.points.map(({ runId }) => runId));
  for (const [index, point] of found.points.entries()) {
    expect(rows[index]).toMatchObject({
      ...{ value: point.value, accuracy: point.accuracy.value, tokens: point.tokens.value },
      ...{ accuracy_low: point.accuracy.interval?.low, clip: point.clipRatio.value },
      pass_at_k_k_2: found.curves[0]?.points[index]?.figure.value,
    });
  }
  const y = ['accuracy', 'pass_at_k_k_2'];
  const drawn = await ask('page-lines', { view: 'series', of: SERIES, x: 'value', y: y.slice(1) });
  const { hash } = Figure.parse(await drawn.json());
  const svg = await (
    await call(figureFile.GET, {
      path: `/api/v1/figures/${hash}.svg`,
      params: { file: `${hash}.svg` },
    })
  ).text();
  for (const { figure } of found.curves[0]?.points ?? [])
    expect(svg).toContain(`data-pass-at-k-k-2="${String(figure.value)}"`);
});

test('tests and metrics against the reference are those of the API', async () => {
  const found = await readSeries();
  const tests = await tableOf('series-tests', SERIES);
  expect(
    tests.map(({ run_id, difference, p_holm, gained }) => [run_id, difference, p_holm, gained]),
  ).toEqual(
    found.comparisons.map(({ b, paired, adjustedP }) => [
      ...[b.id, paired.difference, adjustedP, paired.betterB],
    ]),
  );
  const metrics = await tableOf('series-metrics', SERIES);
  expect(metrics.map(({ value, difference }) => [value, difference])).toEqual(
    found.curves[0]?.points.map(({ figure, difference }) => [
      ...[figure.value, difference?.value ?? null],
    ]),
  );
});

test('the metrics of a run are those of the API', async () => {
  const [run = ''] = ids;
  const response = await call(runMetrics.GET, { params: { id: run } });
  const { metrics } = RunMetrics.parse(await response.json());
  const rows = await tableOf('run-metrics', { run });
  expect(rows.map(({ metric, value, value_high }) => [metric, value, value_high])).toEqual(
    metrics
      .filter(({ value }) => value !== null)
      .map(({ label, value, interval }) => [label, value, interval?.high ?? null]),
  );
});

test('a comparison is that of the API: runs, tests and items', async () => {
  const runs = ids.slice(0, 3);
  const response = await call(compare.GET, { path: `/api/v1/compare?runs=${runs.join(',')}` });
  const found = Comparison.parse(await response.json());
  const shown = await tableOf('compare-runs', { runs });
  expect(shown.map(({ run_id, accuracy, tokens }) => [run_id, accuracy, tokens])).toEqual(
    found.runs.map(({ id, accuracy, tokens }) => [id, accuracy, tokens]),
  );
  const tests = await tableOf('compare-tests', { runs });
  expect(tests.map(({ difference, p, detectable }) => [difference, p, detectable])).toEqual(
    found.comparisons.map(({ paired, test: { p }, smallestDetectable }) => [
      ...[paired.difference, p, smallestDetectable],
    ]),
  );
  const items = await tableOf('compare-items', { runs });
  expect(items.map(({ item }) => item)).toEqual(
    found.comparisons.flatMap(({ flips }) => flips.map(({ itemKey }) => itemKey)),
  );
  const refused = await ask('page-table', { view: 'compare-counts', of: { runs } });
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain('several samples');
});

test('methods, front, families and verdict sets are those of the API', async () => {
  const listed = MethodList.parse(await (await call(methods.GET, {})).json());
  const catalogue = await tableOf('methods', {});
  expect(catalogue.map(({ method, runs }) => [method, runs])).toEqual(
    listed.methods.map(({ name, runs }) => [name, runs]),
  );
  const found = Front.parse(
    await (await call(front.GET, { path: '/api/v1/front?benchmark=sums' })).json(),
  );
  const runs = await tableOf('front', { board: { benchmark: 'sums' } });
  expect(runs.map(({ run_id, probability }) => [run_id, probability])).toEqual(
    found.runs.map(({ runId, probability }) => [runId, probability]),
  );
  const families = await tableOf('front-families', { board: { benchmark: 'sums' } });
  expect(families.map(({ linear }) => linear)).toEqual(
    found.families.map(({ hypervolume }) => hypervolume?.linear),
  );
  const diff = VerdictDiff.parse(
    await (await call(verdicts.GET, { params: { id: 'sums' } })).json(),
  );
  const sets = await tableOf('verdict-sets', { benchmark: 'sums' });
  expect(sets.map(({ runs: count }) => count)).toEqual(diff.sets.map((set) => set.runs));
});

test('what rewards pay over a run is that of the API', async () => {
  const [run = ''] = ids;
  const chosen = [{ id: 'laser' }, { id: 'l1-max' }];
  const response = await call(rewards.POST, { method: 'POST', json: { run, rewards: chosen } });
  const found = RewardsResponse.parse(await response.json());
  const rows = await tableOf('run-rewards', { run, rewards: chosen });
  expect(rows.map(({ right, wrong, valued }) => [right, wrong, valued])).toEqual(
    found.methods.map(({ meanRight, meanWrong, valued }) => [meanRight, meanWrong, valued]),
  );
  const correlations = await tableOf('reward-correlations', { run, rewards: chosen });
  expect(correlations.map(({ laser, l1_max }) => [laser, l1_max])).toEqual(found.correlations);
});

test('bands of difficulty are those of the API, or refused in words', async () => {
  const [run = ''] = ids;
  const response = await call(redundancy.GET, { params: { id: run } });
  const { rows } = RunRedundancy.parse(await response.json());
  const figure = await ask('page-table', { view: 'run-bands', of: { run } });
  expect(figure.status).toBe(rows.length === 0 ? 422 : 201);
});

test.each([
  { slice: [], items: 5 },
  { slice: ['task:sudoku'], items: 3 },
])('levels over $slice are those of the API', async ({ slice, items }) => {
  await db.pool.query(
    `update item set groups = jsonb_build_object('task', case when position < 3 then 'sudoku' else 'norinori' end,
       'level', (position % 2 + 1)::text) where benchmark_id = $1`,
    [benchmarkId],
  );
  const [run = ''] = ids;
  const path = `/api/v1/runs/${run}/levels?slice=${slice.join(',')}`;
  const { points } = RunLevels.parse(
    await (await call(levels.GET, { path, params: { id: run } })).json(),
  );
  expect(points.reduce((sum, point) => sum + point.items, 0)).toBe(items);
  const rows = await tableOf('run-levels', { run, slice });
  expect(rows).toEqual(
    points.map(({ tokensMean, ...point }) => ({ ...point, tokens: tokensMean })),
  );
});

test.each([
  ['run-metrics', { run: hidden }],
  ['run-outcomes', { run: hidden }],
  ['compare-runs', { runs: [ids[0], hidden] }],
  ['run-rewards', { run: hidden, rewards: [{ id: 'laser' }] }],
  ['run-bands', { run: hidden }],
])('%s of a private run is for its owner alone', async (view, of) => {
  expect((await ask('page-table', { view, of })).status).toBe(404);
  expect([201, 422]).toContain((await ask('page-table', { view, of }, owner.token)).status);
});

test('an unknown table and an unknown column are refused with the known ones', async () => {
  const view = await ask('page-table', { view: 'run-metric', of: {} });
  expect(view.status).toBe(400);
  expect(await view.text()).toMatch(/run-metric.*Known: .*run-metrics/);
  const lines = { view: 'series', of: SERIES, x: 'value', y: ['acuracy'] };
  const column = await ask('page-lines', lines);
  expect(column.status).toBe(422);
  expect(await column.text()).toMatch(/acuracy.*It has .*accuracy/);
});
