import { expect, test } from 'vitest';

import { attainmentBand, frontProbabilities } from '#lib/stats/front-replicates.ts';
import { coverage, epsilonIndicator } from '#lib/stats/front-indicators.ts';

const runs = [
  { tokens: Float64Array.of(100, 100, 100, 100), accuracy: Float64Array.of(0.5, 0.5, 0.5, 0.5) },
  { tokens: Float64Array.of(200, 200, 200, 50), accuracy: Float64Array.of(0.7, 0.4, 0.5, 0.6) },
  { tokens: Float64Array.of(200, 100, 300, 50), accuracy: Float64Array.of(0.7, 0.5, 0.2, 0.6) },
];

test('a run is on the front as often as nothing dominates it, equal points together', () => {
  expect(frontProbabilities(runs)).toEqual([0.75, 0.5, 0.75]);
  expect(frontProbabilities([])).toEqual([]);
});

test('the band says what the front attains in most and in few replicates', () => {
  expect(attainmentBand(runs, [100, 10, 200], 0.5)).toEqual([
    { tokens: 10, low: null, median: null, high: null },
    { tokens: 100, low: 0.5, median: 0.5, high: 0.6 },
    { tokens: 200, low: 0.5, median: 0.6, high: 0.7 },
  ]);
});

test('runs of different replicates are refused', () => {
  expect(() =>
    frontProbabilities([...runs, { tokens: new Float64Array(3), accuracy: new Float64Array(3) }]),
  ).toThrow(RangeError);
});

test('epsilon is the worst distance to the reference, coverage the share reached', () => {
  const a = [
    { tokens: 100, accuracy: 0.5 },
    { tokens: 300, accuracy: 0.8 },
  ];
  const b = [
    { tokens: 200, accuracy: 0.5 },
    { tokens: 250, accuracy: 0.9 },
  ];
  const scale = { tokens: 1000, accuracy: 1 };
  expect(epsilonIndicator(a, b, scale)).toBeCloseTo(0.1, 12);
  expect(epsilonIndicator(a, a, scale)).toBe(0);
  expect(epsilonIndicator([], b, scale)).toBeNull();
  expect(() => epsilonIndicator(a, b, { tokens: 0, accuracy: 1 })).toThrow(RangeError);
  expect(coverage(a, b)).toBe(0.5);
  expect(coverage(b, a)).toBe(0.5);
  expect(coverage(a, [])).toBeNull();
});
