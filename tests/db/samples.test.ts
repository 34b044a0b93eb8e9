import { expect, test } from 'vitest';
import { findSample } from '#lib/db/sample.ts';
import { streamSamples } from '#lib/db/sample-download.ts';
import { findSampleScope, listSamples, type SampleScope } from '#lib/db/samples.ts';
import { SampleQuery, type SampleRow } from '#lib/schemas/sample.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { addBenchmark, addScoredRun, ITEM_KEYS, type FixtureAttempt } from './reading-fixture.ts';

const { db } = await testDatabase();
const SAMPLES = 50;
const OUTCOMES = ['correct', 'wrong', 'unparsed', 'unverifiable', 'error', 'unscored'] as const;

/** Lengths repeat, so that the order by tokens needs its second key. */
function attemptOf(position: number): FixtureAttempt {
  return {
    outcome: OUTCOMES[position % OUTCOMES.length] ?? 'correct',
    tokens: (position * 7) % 13,
    extracted: `x_${String(position)}%`,
  };
}

async function scopeOf(runId: string): Promise<SampleScope> {
  const scope = await findSampleScope(db, runId, null);
  if (scope === null) throw new Error('The run is not there.');
  return scope;
}

const runId = await addScoredRun(db, {
  ...{ benchmarkId: await addBenchmark(db, { name: 'open' }), label: 'run', samples: SAMPLES },
  attemptOf,
});
const scope = await scopeOf(runId);

async function readAll(query: Partial<Record<keyof SampleQuery, unknown>>): Promise<SampleRow[]> {
  const rows: SampleRow[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await listSamples(
      db,
      scope,
      SampleQuery.parse({ ...query, cursor: cursor ?? undefined }),
    );
    rows.push(...page.samples);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return rows;
}

test.each(['position', 'tokens', '-tokens'])(
  'pages by %s hold every sample once and in order',
  async (sort) => {
    const rows = await readAll({ sort, limit: 7 });
    const expected = Array.from({ length: SAMPLES * ITEM_KEYS.length }, (_, position) => position);
    if (sort !== 'position') {
      const direction = sort === 'tokens' ? 1 : -1;
      expected.sort((a, b) => direction * (attemptOf(a).tokens - attemptOf(b).tokens) || a - b);
    }
    expect(rows.map((row) => row.position)).toEqual(expected);
  },
);

test('filters agree with the samples', async () => {
  for (const outcome of OUTCOMES) {
    const rows = await readAll({ outcome });
    expect(rows.every((row) => row.outcome === outcome)).toBe(true);
    expect(rows).toHaveLength(
      Array.from({ length: 250 }, (_, position) => attemptOf(position)).filter(
        (one) => one.outcome === outcome,
      ).length,
    );
  }
  const between = await readAll({ minTokens: 3, maxTokens: 5, limit: 9 });
  expect(new Set(between.map((row) => row.tokens))).toEqual(new Set([3, 4, 5]));
  expect((await readAll({ q: 'x_7%' })).map((row) => row.position)).toEqual([7]);
  expect(await readAll({ q: "'; drop table run; --" })).toEqual([]);
});

test('a cursor of another order or out of the air is refused', async () => {
  for (const [sort, cursor] of [
    ['tokens', '5'],
    ['position', '5.7'],
    ['position', '5; select 1'],
  ]) {
    await expect(listSamples(db, scope, SampleQuery.parse({ sort, cursor }))).rejects.toThrow(
      'cursor',
    );
  }
});

test.each(ITEM_KEYS)(
  'the sample of item "%s" has its parts, verdict, siblings and neighbours',
  async (itemKey) => {
    const sample = await findSample(db, scope, { itemKey, sampleIndex: 1 });
    const position = ITEM_KEYS.indexOf(itemKey) * SAMPLES + 1;
    expect(sample?.position).toBe(position);
    expect(sample?.gold).toBe(`gold-${String(ITEM_KEYS.indexOf(itemKey))}`);
    expect(sample?.reasoning?.text).toBe('Wait, let me see.');
    expect(sample?.reasoning?.reflections).toEqual([{ start: 0, end: 4, label: 'wait' }]);
    expect(sample?.answer?.text).toBe('It is 1.');
    expect(sample?.split).toBe('markers');
    expect(sample?.outcome).toBe(attemptOf(position).outcome);
    expect(sample?.siblings).toHaveLength(SAMPLES);
    expect(sample?.previous).toEqual({ itemKey, sampleIndex: 0 });
    expect(sample?.next).toEqual({ itemKey, sampleIndex: 2 });
  },
);

test('a sample that is not there is null, and the first and last have one neighbour', async () => {
  expect(await findSample(db, scope, { itemKey: 'nowhere', sampleIndex: 0 })).toBeNull();
  expect(
    (await findSample(db, scope, { itemKey: ITEM_KEYS[0], sampleIndex: 0 }))?.previous,
  ).toBeNull();
  const last = await findSample(db, scope, { itemKey: ITEM_KEYS[4], sampleIndex: SAMPLES - 1 });
  expect(last?.next).toBeNull();
});

test('hidden golds leave neither by the sample, nor by its reason, nor by the download', async () => {
  const benchmarkId = await addBenchmark(db, { name: 'secret', hasHiddenGold: true });
  const hidden = await scopeOf(
    await addScoredRun(db, {
      ...{ benchmarkId, label: 'run', samples: 1 },
      attemptOf: () => ({ outcome: 'wrong', tokens: 1, extracted: '5' }),
    }),
  );
  const sample = await findSample(db, hidden, { itemKey: ITEM_KEYS[0], sampleIndex: 0 });
  const list = await listSamples(db, hidden, SampleQuery.parse({}));
  const download = [];
  for await (const row of streamSamples(db, hidden)) download.push(row);
  expect(download).toHaveLength(ITEM_KEYS.length);
  expect(sample?.isGoldHidden).toBe(true);
  expect(JSON.stringify([sample, list, download])).not.toContain('gold-');
  const shown = await findSample(db, scope, { itemKey: ITEM_KEYS[0], sampleIndex: 1 });
  expect(JSON.stringify(shown)).toContain('gold-0');
});

test('the download streams every sample in order, over several batches', async () => {
  const positions: string[] = [];
  for await (const row of streamSamples(db, scope))
    positions.push(`${row.itemKey} ${String(row.sampleIndex)}`);
  expect(positions).toHaveLength(250);
  expect(new Set(positions).size).toBe(250);
  expect(positions[60]).toBe(`${ITEM_KEYS[1]} 10`);
});
