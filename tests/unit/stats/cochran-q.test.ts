import { expect, test } from 'vitest';
import { chiSquaredTail } from '#lib/stats/chi-squared.ts';
import { cochranQ } from '#lib/stats/cochran-q.ts';
import { ratioInterval } from '#lib/stats/ratio-interval.ts';

test('the tail of χ² is that of the tables, on both sides of the mean', () => {
  expect(chiSquaredTail(3.841458820694124, 1)).toBeCloseTo(0.05, 12);
  expect(chiSquaredTail(5.991464547107979, 2)).toBeCloseTo(0.05, 12);
  expect(chiSquaredTail(18.307038053275146, 10)).toBeCloseTo(0.05, 12);
  // With two degrees of freedom it is e^(−x/2).
  for (const x of [0.01, 1, 2, 7, 40])
    expect(chiSquaredTail(x, 2)).toBeCloseTo(Math.exp(-x / 2), 14);
  expect(chiSquaredTail(0, 3)).toBe(1);
});

test('Q of three runs by hand', () => {
  // Columns 4, 2, 1; rows 3, 2, 1, 1, 0: Q = 2 (3 · 21 − 49) / (3 · 7 − 15) = 28 / 6.
  const found = cochranQ([
    [1, 1, 1, 1, 0],
    [1, 1, 0, 0, 0],
    [1, 0, 0, 0, 0],
  ]);
  expect(found?.q).toBeCloseTo(28 / 6, 12);
  expect(found).toMatchObject({ degreesOfFreedom: 2, informativeItems: 3 });
  expect(found?.p).toBeCloseTo(Math.exp(-28 / 12), 12);
});

test('for two runs Q is McNemar’s χ² without a correction', () => {
  const a = [1, 1, 1, 1, 1, 0, 0, 1];
  const b = [0, 0, 0, 1, 1, 1, 0, 0];
  // Four items only A solves, one only B: (4 − 1)² / 5.
  expect(cochranQ([a, b])?.q).toBeCloseTo(9 / 5, 12);
});

test('one run, or items that all answer alike, have no Q', () => {
  expect(cochranQ([[1, 0, 1]])).toBeNull();
  expect(
    cochranQ([
      [1, 0],
      [1, 0],
      [1, 0],
    ]),
  ).toBeNull();
  expect(cochranQ([])).toBeNull();
  expect(() => cochranQ([[1], [1, 0]])).toThrow(RangeError);
});

test('a ratio with equal denominators has the interval of a mean', () => {
  const values = [1, 3, 2, 6];
  const found = ratioInterval(
    values.map((value) => value * 10),
    values.map(() => 10),
  );
  // Mean 3, standard error √(14 / 3 / 4), t(3) at 97.5 % 3.182446.
  const half = 3.182446305284263 * Math.sqrt(14 / 12);
  expect(found?.low).toBe(0);
  expect(found?.high).toBeCloseTo(3 + half, 8);
});

test('a ratio without spread, items or denominators has no interval', () => {
  expect(ratioInterval([2, 4], [1, 2])).toBeNull();
  expect(ratioInterval([1], [1])).toBeNull();
  expect(ratioInterval([0, 0], [0, 0])).toBeNull();
  expect(ratioInterval([], [])).toBeNull();
});
