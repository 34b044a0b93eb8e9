import { describe, expect, test } from 'vitest';
import type { ItemColumns } from '#lib/analysis/item-columns.ts';
import { resampleFront } from '#lib/analysis/resample-front.ts';
import { sharedReplicates } from '#lib/analysis/shared-replicates.ts';
import { chooseReference } from '#lib/leaderboard/front-reference.ts';
import { accuracyOnCurve, isoEfficiencyCurves } from '#lib/leaderboard/iso-efficiency.ts';

const KEYS = Array.from({ length: 40 }, (_, index) => `item-${String(index)}`);

function columns(accuracyOf: (item: number) => number, tokens: number): ItemColumns {
  return {
    keys: KEYS,
    accuracy: Float64Array.from(KEYS, (_, item) => accuracyOf(item)),
    tokens: Float64Array.from(KEYS, (_, item) => tokens + item),
    isSingleSample: true,
  };
}

const good = { id: 'good', parts: [columns((item) => Number(item % 4 !== 0), 100)] };
const long = { id: 'long', parts: [columns((item) => Number(item % 4 !== 0), 200)] };
const cheap = { id: 'cheap', parts: [columns((item) => item % 2, 50)] };
const options = { groups: [], reference: { tokens: 400, accuracy: 0 }, seed: 's', draws: 500 };

describe('resampling a front', () => {
  test('who costs more for the same answers is never on it, the cheapest always', () => {
    const { probabilities, reason, draws } = resampleFront([good, long, cheap], options);
    expect(reason).toBeNull();
    expect(draws).toBe(500);
    expect(probabilities.long).toBe(0);
    expect(probabilities.cheap).toBe(1);
    expect(probabilities.good).toBeGreaterThan(0.95);
  });

  test('equal runs share every draw', () => {
    const twin = { ...good, id: 'twin' };
    const { probabilities } = resampleFront([good, twin], options);
    expect(probabilities).toEqual({ good: 1, twin: 1 });
  });

  test('the same seed gives the same front, another one another', () => {
    const runs = [good, cheap];
    expect(resampleFront(runs, options)).toEqual(resampleFront(runs, options));
    expect(resampleFront(runs, options).band).not.toEqual(
      resampleFront(runs, { ...options, seed: 't' }).band,
    );
  });

  test('the order of items in a run does not matter', () => {
    const turned = [...KEYS.keys()].reverse();
    const [part] = good.parts;
    const other: ItemColumns = {
      keys: turned.map((item) => KEYS[item] ?? ''),
      accuracy: Float64Array.from(turned, (item) => part?.accuracy[item] ?? 0),
      tokens: Float64Array.from(turned, (item) => part?.tokens[item] ?? 0),
      isSingleSample: true,
    };
    const replicates = sharedReplicates([good, { id: 'turned', parts: [other] }], options);
    if (typeof replicates === 'string') throw new Error(replicates);
    expect(replicates[1]).toEqual(replicates[0]);
  });

  test('the band rises with the tokens and holds its median between its edges', () => {
    const { band } = resampleFront([good, cheap], options);
    expect(band).toHaveLength(64);
    for (const [index, { low, median, high }] of band.entries()) {
      if (low === null || median === null || high === null) continue;
      expect(low).toBeLessThanOrEqual(median);
      expect(median).toBeLessThanOrEqual(high);
      expect(median).toBeGreaterThanOrEqual(band[index - 1]?.median ?? 0);
    }
  });

  test('the interval of a hypervolume holds the area of the means; a group with others has none', () => {
    const groups = [
      { key: 'both', runIds: ['good', 'cheap'] },
      { key: 'mixed', runIds: ['good', 'published'] },
    ];
    const { volumes } = resampleFront([good, cheap], { ...options, groups });
    expect(Object.keys(volumes)).toEqual(['both']);
    const interval = volumes.both?.linear;
    // 0.5 from 69.5 tokens, 0.75 from 119.5, to 400.
    const area = 50 * 0.5 + 280.5 * 0.75;
    expect(interval?.low).toBeLessThan(area);
    expect(interval?.high).toBeGreaterThan(area);
  });

  test('means over benchmarks resample each by itself', () => {
    const two = { id: 'two', parts: [...good.parts, ...cheap.parts] };
    const replicates = sharedReplicates([two], { seed: 's', draws: 2_000 });
    if (typeof replicates === 'string') throw new Error(replicates);
    const mean =
      Array.from(replicates[0]?.accuracy ?? []).reduce((sum, value) => sum + value, 0) / 2_000;
    expect(mean).toBeCloseTo((0.75 + 0.5) / 2, 1);
  });

  test('other items, one item and no run say why there is nothing', () => {
    const other = {
      id: 'other',
      parts: [{ ...columns(() => 1, 5), keys: KEYS.map((key) => `${key}x`) }],
    };
    expect(resampleFront([good, other], options).reason).toContain('same items');
    expect(resampleFront([], options).reason).toContain('No run');
    const single = {
      id: 'single',
      parts: [
        {
          keys: ['a'],
          accuracy: Float64Array.of(1),
          tokens: Float64Array.of(1),
          isSingleSample: true,
        },
      ],
    };
    expect(resampleFront([single], options).reason).toContain('One item');
  });

  test('unknown lengths are left out of a mean, and a run without any is not on the front', () => {
    const [part] = good.parts;
    if (part === undefined) throw new Error('The fixture has one part.');
    const partly = {
      ...part,
      tokens: part.tokens.map((value, item) => (item < 20 ? Number.NaN : value)),
    };
    const none = { ...part, tokens: part.tokens.map(() => Number.NaN) };
    const { probabilities, reason } = resampleFront(
      [good, { id: 'partly', parts: [partly] }, { id: 'none', parts: [none] }],
      options,
    );
    expect(reason).toBeNull();
    expect(probabilities.none).toBe(0);
    expect(probabilities.good).toBe(1);
  });
});

describe('the corner of hypervolumes', () => {
  const rows = [
    { runId: '2', tokens: 900, isBase: false },
    { runId: '3', tokens: 5_000, isBase: true },
    { runId: '1', tokens: 700, isBase: false },
  ];

  test('the benchmark’s own comes first, then the base model, then the first run', () => {
    expect(chooseReference(rows, { tokens: 10, accuracy: 0.4 })).toEqual({
      ...{ tokens: 10, accuracy: 0.4, source: 'benchmark' },
    });
    expect(chooseReference(rows, null)).toMatchObject({ tokens: 5_000, source: 'base-run' });
    const plain = rows.map((row) => ({ ...row, isBase: false }));
    expect(chooseReference(plain, null)).toMatchObject({ tokens: 2_048, source: 'first-run' });
    expect(chooseReference([], null)).toBeNull();
  });

  test('it stays where it is when runs join', () => {
    const later = [...rows, { runId: '4', tokens: 90_000, isBase: true }];
    expect(chooseReference(later, null)).toEqual(chooseReference(rows, null));
  });
});

test('constants of iso-efficiency curves are round and span the points', () => {
  const points = [
    { tokens: 1_000, accuracy: 0.5 },
    { tokens: 10_000, accuracy: 0.6 },
  ];
  const [perThousand, e3] = isoEfficiencyCurves(points);
  expect(perThousand?.constants).toEqual([0.05, 0.1, 0.2, 0.5, 1]);
  expect(e3?.constants.length).toBeGreaterThan(2);
  expect(accuracyOnCurve('accuracy-per-1k', 0.5, 1_000)).toBe(0.5);
  expect(accuracyOnCurve('e3', 0.00025, 1_000)).toBe(0.5);
  expect(isoEfficiencyCurves([]).every(({ constants }) => constants.length === 0)).toBe(true);
});
