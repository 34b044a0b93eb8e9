import { expect, test } from 'vitest';
import { metrics } from '#lib/metrics/index.ts';
import { computeMetrics } from '#lib/metrics/reduction/compute.ts';
import { metricDifference } from '#lib/metrics/reduction/difference.ts';
import { reduceToQuantile } from '#lib/metrics/reduction/pooled-quantile.ts';
import { reduceToColumns } from '#lib/metrics/reduction/reduction.ts';
import { replicate } from '#lib/metrics/reduction/replicates.ts';
import { createRng } from '#lib/rng.ts';
import { createFiller, drawSeed } from '#lib/stats/bootstrap.ts';
import { item, run } from './runs.ts';

const NO_CONTEXT = { base: null, pool: [], price: null };
const DRAWS = 300;

test('replicates are the figure over the resampled items, however they are computed', () => {
  const rng = createRng('columns');
  const columns = Array.from({ length: 11 }, () =>
    Float64Array.from({ length: 40 }, () => rng.float()),
  );
  const quantile = reduceToQuantile(
    Array.from(columns[0]!, (value) => [value, value * 2]),
    0.9,
  );
  const reductions = [
    reduceToColumns(columns, (means) => means.reduce((a, b) => a + b, 0)),
    reduceToColumns([columns[3]!.slice()], ([mean = 0]) => mean * 2),
    reduceToColumns([columns[0]!.slice(0, 7)], ([mean = 0]) => (mean < 0.5 ? null : mean)),
    quantile,
  ];
  const seed = drawSeed(createRng('seed'));
  const found = replicate(reductions, seed, DRAWS);
  reductions.forEach((reduction, index) => {
    const fill = createFiller(reduction.items, seed);
    const positions = new Uint32Array(reduction.items);
    for (let draw = 0; draw < DRAWS; draw += 1) {
      fill(positions);
      const expected = reduction.evaluate(positions);
      if (expected === null) expect(found[index]![draw]).toBeNaN();
      else expect(found[index]![draw]).toBeCloseTo(expected, 12);
    }
  });
  expect(found[2]!.some(Number.isNaN)).toBe(true);
});

test.each([0, 0.1, 0.5, 0.9, 1])('quantile %d of resampled items by sorting them all', (q) => {
  const rng = createRng('quantile', q);
  const values = Array.from({ length: 9 }, () =>
    Array.from({ length: rng.below(4) }, () => rng.below(6)),
  );
  const reduction = reduceToQuantile(values, q);
  const fill = createFiller(values.length, drawSeed(rng));
  const positions = new Uint32Array(values.length);
  for (let draw = 0; draw < 200; draw += 1) {
    fill(positions);
    const all = Array.from(positions, (item) => values[item]!)
      .flat()
      .sort((a, b) => a - b);
    const at = q * (all.length - 1);
    const low = all[Math.floor(at)];
    const high = all[Math.ceil(at)];
    const expected = low === undefined ? null : low + (at - Math.floor(at)) * (high! - low);
    const found = reduction.evaluate(positions);
    if (expected === null) expect(found).toBeNull();
    else expect(found).toBeCloseTo(expected, 12);
  }
});

const ASKED = ['avg-at-k', 'mean-tokens', 'ock-score', 'median-tokens'].map((id) => ({
  metric: metrics.get(id),
}));

function answers(solved: number, tokens: number) {
  return run(
    Array.from({ length: 20 }, (_, i) =>
      item(`i${i}`, [
        { outcome: i < solved ? 'correct' : 'wrong', tokens: tokens + 10 * ((i * 7) % 20) },
      ]),
    ),
  );
}

test('metrics asked for together have the intervals that each has alone', () => {
  const together = computeMetrics(ASKED, answers(8, 100), { rng: createRng('x'), draws: 400 });
  ASKED.forEach((asked, index) => {
    const [alone] = computeMetrics([asked], answers(8, 100), { rng: createRng('x'), draws: 400 });
    expect(together[index]).toEqual(alone);
  });
});

test('a difference keeps the pairing: 50 tokens more on every item are so in every resample', () => {
  const settings = { context: NO_CONTEXT, rng: createRng('d'), draws: 400 };
  const runs = { run: answers(8, 150), reference: answers(8, 100) };
  const tokens = metricDifference({ metric: metrics.get('mean-tokens') }, runs, settings);
  expect(tokens.value).toBeCloseTo(50, 10);
  // The same in every resample: no spread, so no interval is made up.
  expect(tokens.interval === null || tokens.interval.high - tokens.interval.low < 1e-9).toBe(true);
  const more = metricDifference(
    { metric: metrics.get('avg-at-k') },
    { run: answers(12, 100), reference: answers(8, 100) },
    { ...settings, rng: createRng('d') },
  );
  expect(more.value).toBeCloseTo(0.2, 12);
  expect(more.interval!.low).toBeGreaterThanOrEqual(0);
  expect(more.interval!.high).toBeLessThan(0.5);
});

test('a difference that can not be says why', () => {
  const settings = { context: NO_CONTEXT, rng: createRng('d'), draws: 50 };
  const asked = { metric: metrics.get('aes') };
  const same = { run: answers(8, 100), reference: answers(8, 100) };
  expect(metricDifference(asked, same, settings)).toMatchObject({ value: null });
  expect(metricDifference(asked, same, settings).reason).toMatch(/base/);
  const other = { run: answers(8, 100), reference: run([item('elsewhere', [{}])]) };
  expect(metricDifference({ metric: metrics.get('avg-at-k') }, other, settings).reason).toContain(
    'same items',
  );
});
