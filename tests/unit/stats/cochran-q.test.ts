import { expect, test } from 'vitest';
import { chiSquareTail } from '#lib/stats/chi-square.ts';
import { cochranQ } from '#lib/stats/cochran-q.ts';

test('the tail of χ² at its tabled points', () => {
  // The 5 % and 1 % points of every table of χ².
  for (const [x, degrees, p] of [
    [3.841459, 1, 0.05],
    [5.991465, 2, 0.05],
    [18.307038, 10, 0.05],
    [6.634897, 1, 0.01],
    [124.342113, 100, 0.05],
  ] as const)
    expect(chiSquareTail(x, degrees), `${x} with ${degrees}`).toBeCloseTo(p, 6);
  expect(chiSquareTail(0, 3)).toBe(1);
  for (const x of [0.1, 2, 9, 40]) expect(chiSquareTail(x, 2)).toBeCloseTo(Math.exp(-x / 2), 14);
});

test('for two runs Q is the square of the discordant difference over their sum', () => {
  const a = [1, 1, 1, 1, 0, 0, 1, 0];
  const b = [0, 0, 0, 1, 1, 0, 1, 0];
  expect(cochranQ([a, b])).toMatchObject({ q: (3 - 1) ** 2 / (3 + 1), degrees: 1, discordant: 4 });
});

test('three runs by hand', () => {
  // Columns sum to 3, 2 and 0, rows to 2, 2, 1 and 0: Q = 2 (3 · 13 − 25) ÷ (15 − 9).
  const found = cochranQ([
    [1, 1, 1, 0],
    [1, 1, 0, 0],
    [0, 0, 0, 0],
  ]);
  expect(found?.q).toBeCloseTo(28 / 6, 12);
  expect(found?.p).toBeCloseTo(Math.exp(-28 / 12), 12);
});

test('runs that agree on every item have no Q', () => {
  expect(cochranQ([[1, 0, 1]])).toBeNull();
  expect(
    cochranQ([
      [1, 0],
      [1, 0],
    ]),
  ).toBeNull();
  expect(() => cochranQ([[1], [1, 0]])).toThrow(RangeError);
});
