import { describe, expect, test } from 'vitest';

import { createRng } from '#lib/rng.ts';
import { clusteredInterval } from '#lib/stats/clustered-interval.ts';
import { lengthRatio } from '#lib/stats/length-ratio.ts';
import { requiredItems, smallestDetectableDifference, varianceParts } from '#lib/stats/power.ts';
import { rankIntervals } from '#lib/stats/rank-interval.ts';

describe('power', () => {
  test('80 % power at 5 % needs 2.80 standard errors', () => {
    expect(smallestDetectableDifference(1)).toBeCloseTo(2.8016, 4);
    expect(smallestDetectableDifference(null)).toBeNull();
  });

  test('the items needed follow the formula, and the difference found with them is the one planned', () => {
    const variance = { between: 0.1, withinA: 0.16, withinB: 0.16, samplesA: 4, samplesB: 4 };
    const items = requiredItems(0.05, variance);
    // 7.849 × (0.1 + 0.04 + 0.04) / 0.0025
    expect(items).toBe(566);
    expect(smallestDetectableDifference(Math.sqrt(0.18 / 565.12))).toBeCloseTo(0.05, 4);
    expect(requiredItems(0, variance)).toBeNull();
  });

  test('a variance splits into between and within', () => {
    const parts = varianceParts([0.5, 0.5, 0.5], 10);
    expect(parts?.within).toBeCloseTo(0.25 * (10 / 9), 12);
    expect(parts?.between).toBe(0);
    expect(varianceParts([0, 1], 5)).toMatchObject({ within: 0, between: 0.5 });
    expect(varianceParts([0.5], 10)).toBeNull();
    expect(varianceParts([0, 1], 1)).toBeNull();
  });
});

describe('rank intervals', () => {
  test('ranks come from each replicate, and equal values share the better rank', () => {
    const ranks = rankIntervals(
      [Float64Array.of(3, 3, 1, 2), Float64Array.of(2, 3, 2, 2), Float64Array.of(1, 1, 0, 0)],
      { better: 'higher', level: 0.5 },
    );
    expect(ranks).toEqual([
      { low: 1, median: 1, high: 1, level: 0.5, bestShare: 0.75 },
      { low: 1, median: 1, high: 1, level: 0.5, bestShare: 0.75 },
      { low: 3, median: 3, high: 3, level: 0.5, bestShare: 0 },
    ]);
  });

  test('a lower value can be the better one, and no replicate gives no rank', () => {
    const lower = rankIntervals([Float64Array.of(5, 5), Float64Array.of(4, 6)], {
      better: 'lower',
    });
    expect(lower.map(({ low, high }) => [low, high])).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(rankIntervals([], { better: 'lower' })).toEqual([]);
  });
});

describe('ratio of lengths', () => {
  test('halving and doubling cancel', () => {
    const ratio = lengthRatio([100, 100, 400], [50, 200, 400], { rng: createRng('ratio', 1) });
    expect(ratio?.ratio).toBeCloseTo(1, 12);
    expect(ratio?.median).toBeCloseTo(1, 12);
    expect(ratio?.interval?.low).toBeCloseTo(0.5, 6);
    expect(ratio?.interval?.high).toBeCloseTo(2, 6);
  });

  test('unknown and zero lengths are left out and counted', () => {
    const ratio = lengthRatio([100, null, 0, 10], [50, 5, 5, 5], { rng: createRng('ratio', 2) });
    expect(ratio).toMatchObject({ items: 2, excluded: 2, interval: null });
    expect(ratio?.ratio).toBeCloseTo(0.5, 12);
    expect(lengthRatio([null], [1], { rng: createRng('ratio', 3) })).toBeNull();
  });
});

test('two values a cluster that agree count as one draw each', () => {
  const interval = clusteredInterval([1, 1, 0, 0, 1, 1], [1, 1, 2, 2, 3, 3]);
  // Three independent values 1, 0, 1: standard error √(1/3 ÷ 3), t with 2 degrees of freedom 4.3027.
  expect(interval?.standardError).toBeCloseTo(1 / 3, 12);
  expect(interval?.high).toBeCloseTo(2 / 3 + 4.302653 / 3, 5);
  expect(clusteredInterval([1, 0], [1, 1])).toBeNull();
  expect(clusteredInterval([], [])).toBeNull();
});
