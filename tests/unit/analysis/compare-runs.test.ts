import { describe, expect, test } from 'vitest';
import { comparePairs, compareRuns } from '#lib/analysis/compare-runs.ts';
import { frontOfRuns } from '#lib/analysis/front-of-runs.ts';
import type { ComparableRun } from '#lib/analysis/item-columns.ts';
import { AppError } from '#lib/errors.ts';

const DRAWS = { draws: 500 };

function runOf(
  id: string,
  items: readonly (readonly [accuracy: number, tokens: number | null])[],
  over: Partial<ComparableRun> & { keys?: readonly string[]; isSingleSample?: boolean } = {},
): ComparableRun {
  const { keys, isSingleSample = true, ...rest } = over;
  return {
    id,
    label: id,
    lengthColumn: 'o200k',
    columns: {
      keys: keys ?? items.map((_, index) => `i${String(index)}`),
      accuracy: Float64Array.from(items, ([accuracy]) => accuracy),
      tokens: Float64Array.from(items, ([, tokens]) => tokens ?? Number.NaN),
      isSingleSample,
    },
    ...rest,
  };
}

const A = runOf('a', [
  [1, 100],
  [0, 200],
  [1, 300],
  [0, 400],
]);

describe('a comparison', () => {
  test('tells both tables, the exact test and the flips by their saving', () => {
    const b = runOf('b', [
      [1, 50],
      [1, 100],
      [0, 900],
      [1, 100],
    ]);
    const [found] = compareRuns([A, b], DRAWS);
    expect(found).toMatchObject({
      table: { both: 1, onlyA: 1, onlyB: 2, neither: 0 },
      test: { method: 'mcnemar-exact', p: expect.closeTo(1, 12) as number },
      paired: { items: 4, difference: 0.25, onlyInA: 0, onlyInB: 0 },
      family: 1,
    });
    expect(found?.flips.map(({ itemKey }) => itemKey)).toEqual(['i3', 'i1', 'i2']);
    expect(found?.tokens?.ratio).toBeCloseTo((0.5 * 0.5 * 3 * 0.25) ** 0.25, 12);
  });

  test('of identical runs finds nothing, and no interval is made up', () => {
    const [found] = compareRuns([A, { ...A, id: 'b' }], DRAWS);
    expect(found).toMatchObject({
      paired: { difference: 0, interval: null, standardError: 0 },
      test: { p: 1 },
      flips: [],
      tokens: { ratio: 1, interval: null },
    });
  });

  test('of one item has no error, no interval and no power', () => {
    const [found] = compareRuns([runOf('a', [[0, 10]]), runOf('b', [[1, 20]])], DRAWS);
    expect(found).toMatchObject({
      paired: { standardError: null, interval: null, difference: 1 },
      smallestDetectable: null,
      tokens: { ratio: 2, interval: null },
    });
  });

  test('of several samples an item flips signs instead of counting pairs', () => {
    const more = { isSingleSample: false };
    const items = Array.from({ length: 6 }, (): [number, number] => [0.25, 10]);
    const better = items.map(([accuracy, tokens]): [number, number] => [accuracy + 0.5, tokens]);
    const [found] = compareRuns([runOf('a', items, more), runOf('b', better, more)], DRAWS);
    expect(found).toMatchObject({ table: null, test: { method: 'sign-flip', isExact: true } });
    expect(found?.test.p).toBeCloseTo(2 / 64, 12);
  });

  test('over other items is refused, and over the shared ones says what it leaves out', () => {
    const other = runOf(
      'b',
      [
        [1, 1],
        [1, 1],
      ],
      { keys: ['i0', 'new'] },
    );
    expect(() => compareRuns([A, other], DRAWS)).toThrow(AppError);
    const [found] = compareRuns([A, other], { ...DRAWS, items: 'intersect' });
    expect(found?.paired).toMatchObject({ items: 1, onlyInA: 3, onlyInB: 1 });
  });

  test('of runs without a common item is refused also then', () => {
    const other = runOf('b', [[1, 1]], { keys: ['elsewhere'] });
    expect(() => compareRuns([A, other], { items: 'intersect' })).toThrow(/no item in common/);
  });

  test.each([
    ['hidden traces', { lengthColumn: null }, /no lengths/],
    ['another counter', { lengthColumn: 'reported' }, /different counters: o200k and reported/],
  ])('with %s has no ratio of lengths and says why', (_, over, reason) => {
    const [found] = compareRuns([A, { ...A, id: 'b', ...over }], DRAWS);
    expect(found?.tokens).toBeNull();
    expect(found?.tokensReason).toMatch(reason);
  });

  test('with lengths of zero or unknown leaves these items out of the ratio', () => {
    const b = runOf('b', [
      [1, 0],
      [0, null],
      [1, 600],
      [0, 800],
    ]);
    const [found] = compareRuns([A, b], DRAWS);
    expect(found?.tokens).toMatchObject({ items: 2, excluded: 2, ratio: 2 });
  });

  test('of pairs is one family for Holm', () => {
    const b = runOf('b', [
      [1, 1],
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
    const found = comparePairs([A, b, A, b], DRAWS);
    expect(found.map(({ family }) => family)).toEqual([2, 2]);
    expect(found[0]?.adjustedP).toBe(Math.min(1, 2 * (found[0]?.test.p ?? 0)));
  });

  test('is the same to the last bit for the same seed', () => {
    const b = runOf('b', [
      [1, 51],
      [1, 102],
      [0, 903],
      [1, 104],
    ]);
    expect(compareRuns([A, b], DRAWS)).toEqual(compareRuns([A, b], DRAWS));
  });
});

describe('a front', () => {
  test('keeps runs of another counter out, and names who dominates', () => {
    const cheap = runOf('cheap', [
      [1, 10],
      [0, 10],
      [1, 10],
      [1, 10],
    ]);
    const foreign = { ...A, id: 'foreign', label: 'foreign', lengthColumn: 'reported' };
    const { entries, lengthColumn, reason } = frontOfRuns([A, cheap, foreign], DRAWS);
    expect({ lengthColumn, reason }).toEqual({ lengthColumn: 'o200k', reason: null });
    expect(
      entries.map(({ id, isOnFront, dominatedBy }) => ({ id, isOnFront, dominatedBy })),
    ).toEqual([
      { id: 'a', isOnFront: false, dominatedBy: ['cheap'] },
      { id: 'cheap', isOnFront: true, dominatedBy: [] },
      { id: 'foreign', isOnFront: false, dominatedBy: [] },
    ]);
    expect(entries[1]?.probability).toBe(1);
    expect(entries[2]).toMatchObject({ tokens: null, probability: null });
  });

  test('over different items has no probabilities and says why', () => {
    const other = runOf('b', [[1, 1]], { keys: ['elsewhere'] });
    expect(frontOfRuns([A, other], DRAWS).reason).toMatch(/same items/);
  });

  test('of one item has none either', () => {
    expect(frontOfRuns([runOf('a', [[1, 1]])], DRAWS).reason).toMatch(/One item/);
  });
});
