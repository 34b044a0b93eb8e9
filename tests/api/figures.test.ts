import { expect, test } from 'vitest';
import * as figureFile from '#app/api/v1/figures/[file]/route.ts';
import * as figures from '#app/api/v1/figures/route.ts';
import * as leaderboard from '#app/api/v1/leaderboard/route.ts';
import * as run from '#app/api/v1/runs/[id]/route.ts';
import { createToken } from '#lib/db/tokens.ts';
import { parseSpec } from '#lib/figures/resolve.ts';
import { figureHash } from '#lib/paper/figure-store.ts';
import { Board } from '#lib/schemas/board.ts';
import { Figure } from '#lib/schemas/figure.ts';
import { Run } from '#lib/schemas/run.ts';
import { addBenchmark, addReportedRun, addScoredRun } from '#tests/db/reading-fixture.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { call, jsonOf } from './requests.ts';

const { db } = await testDatabase();
const owner = await createToken(db, { name: 'owner', scopes: ['submit'] });
const benchmarkId = await addBenchmark(db, { name: 'sums' });
const outcomes = ['correct', 'wrong', 'unparsed'] as const;
const runs: Record<string, string> = {};
for (const [index, label] of ['brief', 'steady', 'long'].entries()) {
  runs[label] = await addScoredRun(db, {
    ...{ benchmarkId, label, model: 'tiny', family: 'family', params: { step: index }, samples: 3 },
    attemptOf: (position) => ({
      outcome: outcomes[(position * (index + 2)) % 3] ?? 'wrong',
      tokens: 37 * (index + 1) + ((position * 13) % 29),
    }),
  });
}
runs.hidden = await addScoredRun(db, {
  ...{ benchmarkId, label: 'hidden', samples: 3, visibility: 'private', ownerTokenId: owner.id },
  attemptOf: () => ({ outcome: 'correct', tokens: 5 }),
});
for (const [index, label] of ['a', 'b'].entries()) {
  await addReportedRun(db, {
    benchmarkId: await addBenchmark(db, { name: `printed-${label}` }),
    label,
    accuracy: 0.25 + index / 3,
    tokensMean: 1000 / 3,
  });
}

const FRONT = { kind: 'pareto', data: { boards: [{ benchmark: 'sums' }] } };
const make = (spec: unknown, token?: string) =>
  call(figures.POST, { method: 'POST', json: spec, ...(token === undefined ? {} : { token }) });
const read = (
  file: string,
  options: { query?: string; headers?: Record<string, string>; token?: string } = {},
) =>
  call(figureFile.GET, {
    ...options,
    path: `/api/v1/figures/${file}${options.query ?? ''}`,
    params: { file },
  });

async function made(spec: unknown): Promise<Figure> {
  const response = await make(spec);
  expect(response.status).toBe(201);
  return Figure.parse(await response.json());
}

function valuesOf({ data }: Figure, column: string): unknown[] {
  const place = data.columns.findIndex(({ id }) => id === column);
  return data.rows.map((row) => row[place]);
}

test('a front holds the numbers of the board of the API', async () => {
  const figure = await made(FRONT);
  const response = await call(leaderboard.GET, { path: '/api/v1/leaderboard?benchmark=sums' });
  const board = Board.parse(await response.json());
  expect(valuesOf(figure, 'run_id').toSorted()).toEqual(
    board.rows.map(({ runId }) => runId).toSorted(),
  );
  for (const [row, runId] of valuesOf(figure, 'run_id').entries()) {
    const found = board.rows.find((one) => one.runId === runId);
    expect(valuesOf(figure, 'accuracy')[row]).toBe(found?.figures.accuracy);
    expect(valuesOf(figure, 'tokens')[row]).toBe(found?.figures.tokensMean);
    expect(valuesOf(figure, 'accuracy_high')[row]).toBe(found?.figures.accuracyInterval?.high);
  }
  const svg = await (await read(`${figure.hash}.svg`)).text();
  for (const { figures: numbers } of board.rows) {
    expect(svg).toContain(`data-accuracy="${String(numbers.accuracy)}"`);
    expect(svg).toContain(`data-tokens="${String(numbers.tokensMean)}"`);
  }
});

test('a histogram holds the lengths of the run of the API', async () => {
  const figure = await made({ kind: 'length-histogram', data: { runs: [runs.brief] } });
  const response = await call(run.GET, { params: { id: runs.brief ?? '' } });
  const { lengths } = Run.parse(await response.json());
  expect(valuesOf(figure, 'from')).toEqual(lengths.map(({ from }) => from));
  expect(valuesOf(figure, 'right')).toEqual(lengths.map(({ right }) => right));
});

test.each([
  { kind: 'series', data: { board: { benchmark: 'sums' } } },
  {
    kind: 'budget-curve',
    data: {
      runs: [
        { benchmark: 'sums', label: 'brief' },
        { benchmark: 'sums', label: 'long' },
      ],
    },
  },
  {
    kind: 'paired-forest',
    data: {
      baseline: { benchmark: 'sums', label: 'brief' },
      runs: [{ benchmark: 'sums', label: 'long' }],
    },
  },
  {
    kind: 'paired-forest',
    data: {
      measure: 'tokens',
      baseline: { benchmark: 'sums', label: 'brief' },
      runs: [{ benchmark: 'sums', label: 'long' }],
    },
  },
  { kind: 'reward-shapes', data: { rewards: [{ id: 'laser' }] } },
  { kind: 'verifier-audit', data: { show: 'attacks', golds: 2, perAttack: 1 } },
  { kind: 'leaderboard-table', data: { boards: [{ benchmark: 'sums' }] } },
])('$kind is drawn from stored results', async (spec) => {
  const figure = await made(spec);
  expect(figure.data.rows.length).toBeGreaterThan(0);
  expect(figure.drawing === null).toBe(spec.kind === 'leaderboard-table');
  expect(figure.caption.text).toContain(figure.dataHash.slice(0, 12));
  for (const file of Object.values(figure.files)) {
    const response = await read(file.replace('/api/v1/figures/', ''));
    expect(response.status, file).toBe(200);
    expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(30);
  }
});

test('the differences of a forest are those of the accuracies', async () => {
  const figure = await made({
    kind: 'paired-forest',
    data: { baseline: runs.brief, runs: [runs.steady, runs.long] },
  });
  const board = Board.parse(
    await (await call(leaderboard.GET, { path: '/api/v1/leaderboard?benchmark=sums' })).json(),
  );
  const accuracy = (id: unknown) =>
    board.rows.find(({ runId }) => runId === id)?.figures.accuracy ?? Number.NaN;
  valuesOf(figure, 'run_id').forEach((id, row) => {
    expect(valuesOf(figure, 'difference')[row]).toBeCloseTo(
      accuracy(id) - accuracy(runs.brief),
      12,
    );
  });
});

test('an equal spec has one hash, whatever the order of its keys', async () => {
  const first = await made(FRONT);
  const second = await made({
    data: { boards: [{ benchmark: 'sums' }], by: 'auto' },
    venue: 'neurips',
    kind: 'pareto',
  });
  expect(second.hash).toBe(first.hash);
  const { rows } = await db.pool.query<{ count: number }>(
    'select count(*)::int as count from figure where hash = $1',
    [first.hash],
  );
  expect(rows[0]?.count).toBe(1);
});

test('the ETag answers 304 until the numbers change', async () => {
  const { hash } = await made({ kind: 'pareto', data: { boards: [{ benchmark: 'printed-a' }] } });
  const first = await read(`${hash}.pdf`);
  const etag = first.headers.get('etag') ?? '';
  expect(first.headers.get('content-type')).toBe('application/pdf');
  const again = await read(`${hash}.pdf`, { headers: { 'if-none-match': etag } });
  expect(again.status).toBe(304);
  await db.pool.query(
    `update run_summary s set figures = jsonb_set(s.figures, '{accuracy}', '0.5'), updated_at = clock_timestamp()
     from run r where r.id = s.run_id and r.label = 'a'`,
  );
  const changed = await read(`${hash}.pdf`, { headers: { 'if-none-match': etag } });
  expect(changed.status).toBe(200);
  expect(changed.headers.get('etag')).not.toBe(etag);
});

test('what a reader may not see is in no figure of theirs', async () => {
  const figure = await made(FRONT);
  expect(valuesOf(figure, 'run')).not.toContain('hidden');
  const spec = { kind: 'budget-curve', data: { runs: [runs.hidden] } };
  expect((await make(spec)).status).toBe(404);
  const response = await make(spec, owner.token);
  expect(response.status).toBe(201);
  const { hash } = Figure.parse(await response.json());
  expect((await read(`${hash}.svg`)).status).toBe(404);
  expect((await read(`${hash}.svg`, { token: owner.token })).status).toBe(200);
});

test.each([
  ['no-hash.svg', /64 digits/],
  [`${'a'.repeat(64)}.svg`, /POST its spec/],
  [`${'a'.repeat(64)}.exe`, /one of \.svg/],
])('%s is a 404 that says why', async (file, reason) => {
  const response = await read(file);
  expect(response.status).toBe(404);
  expect((await jsonOf(response)).detail).toMatch(reason);
});

test.each([
  [{ kind: 'pie' }, 400, /Known: /],
  [{ kind: 'pareto', data: {} }, 400, /boards/],
  [{ kind: 'pareto', venue: 'vogue' }, 400, /venue/],
  [{ kind: 'pareto', data: { boards: [{ benchmark: 'nope' }] } }, 404, /nope/],
  [
    { kind: 'pareto', data: { boards: [{ benchmark: 'sums' }], labels: ['brif'] } },
    404,
    /Known: .*brief/,
  ],
  [
    { kind: 'pareto', data: { boards: [{ benchmark: 'sums' }], model: ['nobody'] } },
    422,
    /passes the filters/,
  ],
  [{ kind: 'reward-shapes', data: { rewards: [{ id: 'bribe' }] } }, 404, /bribe/],
  [
    {
      kind: 'redundancy-bars',
      data: { by: 'behaviour', runs: [{ benchmark: 'sums', label: 'brief' }] },
    },
    422,
    /no stored behaviour labels/,
  ],
  [
    {
      kind: 'paired-forest',
      data: {
        baseline: { benchmark: 'printed-b', label: 'b' },
        runs: [{ benchmark: 'sums', label: 'brief' }],
      },
    },
    422,
    /no scored outputs/,
  ],
])('%j is refused', async (spec, status, reason) => {
  const response = await make(spec);
  expect(response.status).toBe(status);
  expect(JSON.stringify(await jsonOf(response))).toMatch(reason);
});

test('a resolution outside the range, or a format that a kind does not have, is refused', async () => {
  const { hash } = await made(FRONT);
  expect((await read(`${hash}.png`, { query: '?dpi=1200' })).status).toBe(400);
  expect((await read(`${hash}.md`)).status).toBe(422);
});

test('the hash is that of the parsed spec', async () => {
  expect((await made(FRONT)).hash).toBe(figureHash(parseSpec(FRONT)));
});
