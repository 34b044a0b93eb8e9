import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  clusteredError,
  itemInterval,
  meanAndError,
  meanInterval,
} from '#lib/stats/item-interval.ts';
import { wilsonInterval } from '#lib/stats/wilson.ts';
import { goldenMetrics } from '#tests/fixtures/golden-metrics.ts';

describe('Wilson intervals', () => {
  test.each(goldenMetrics.wilson95)('$k of $n', ({ k, n, lo, hi }) => {
    const interval = wilsonInterval(k, n);
    expect(interval?.low).toBeCloseTo(lo, 12);
    expect(interval?.high).toBeCloseTo(hi, 12);
  });

  test('nothing tried has no interval', () => expect(wilsonInterval(0, 0)).toBeNull());

  test('the interval holds the share and stays within 0 and 1', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat(), (n, seed) => {
        const k = seed % (n + 1);
        const interval = wilsonInterval(k, n);
        expect(interval!.low).toBeGreaterThanOrEqual(0);
        expect(interval!.low).toBeLessThanOrEqual(k / n);
        expect(interval!.high).toBeGreaterThanOrEqual(k / n);
        expect(interval!.high).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('errors of item means', () => {
  test('worked by hand: 1, 2, 3, 4', () => {
    const summary = meanAndError([1, 2, 3, 4]);
    expect(summary?.mean).toBe(2.5);
    expect(summary?.standardError).toBeCloseTo(Math.sqrt(5 / 12), 14);
    expect(meanInterval([1, 2, 3, 4])?.low).toBeCloseTo(
      2.5 - 3.182446305284263 * Math.sqrt(5 / 12),
      9,
    );
  });

  test('one or no item has no error', () => {
    expect(meanAndError([])).toBeNull();
    expect(meanAndError([0.4])?.standardError).toBeNull();
    expect(itemInterval([], { isSingleSample: true })).toBeNull();
    expect(itemInterval([0.4], { isSingleSample: false })).toBeNull();
    expect(meanInterval([7])).toBeNull();
  });

  test('with equal samples an item, the clustered error is the item error', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 12 }),
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.nat(1), { minLength: 72, maxLength: 72 }),
        (items, samples, bits) => {
          const values: number[] = [];
          const clusters: number[] = [];
          const means: number[] = [];
          for (let item = 0; item < items; item += 1) {
            const drawn = bits.slice(item * samples, (item + 1) * samples);
            values.push(...drawn);
            clusters.push(...drawn.map(() => item));
            means.push(drawn.reduce((sum, value) => sum + value, 0) / samples);
          }
          const itemError = meanAndError(means)!.standardError!;
          expect(clusteredError(values, clusters, 'small-sample')).toBeCloseTo(itemError, 12);
          const miller = clusteredError(values, clusters)! * Math.sqrt(items / (items - 1));
          expect(miller).toBeCloseTo(itemError, 12);
        },
      ),
    );
  });

  test('the published relation between the two clustered errors holds', () => {
    for (const run of Object.values(goldenMetrics.rg_llama3b_repeats)) {
      const factor = Math.sqrt(run.n_items / (run.n_items - 1));
      expect(run.clustered_se * factor).toBeCloseTo(run.clustered_se_inspect, 12);
    }
  });

  test('one cluster has no clustered error', () =>
    expect(clusteredError([0, 1], [5, 5])).toBeNull());
});
