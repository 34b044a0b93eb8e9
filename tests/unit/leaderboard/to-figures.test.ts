import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NullableFigures } from '#lib/leaderboard/run-figures.ts';
import { createRunState } from '#lib/leaderboard/run-state.ts';
import { toFigures } from '#lib/leaderboard/to-figures.ts';
import { attempts, stateOf } from './attempts.ts';

describe('figures of a run', () => {
  test('accuracy is over expected attempts, item means first, and every miss keeps its share', () => {
    const state = stateOf(2, [
      { itemPosition: 0, outcome: 'correct' },
      { itemPosition: 0, outcome: 'wrong' },
      { itemPosition: 0, outcome: 'unparsed' },
      { itemPosition: 0, isError: true },
      { itemPosition: 1, outcome: 'correct' },
      { itemPosition: 1, outcome: 'unverifiable' },
    ]);
    const figures = toFigures(state, { expectedAttempts: 8 });
    expect(figures.accuracy).toBeCloseTo((1 / 4 + 1 / 4) / 2, 12);
    expect(figures.answeredAccuracy).toBeCloseTo(2 / 3, 12);
    expect(figures.samplesPerItem).toBe(4);
    expect(figures).toMatchObject({
      unparsedShare: 1 / 8,
      unverifiableShare: 1 / 8,
      errorShare: 1 / 8,
      missingShare: 2 / 8,
    });
  });

  test('items with different numbers of samples weigh the same when expected so', () => {
    const state = stateOf(2, [
      { itemPosition: 0, outcome: 'correct' },
      { itemPosition: 1, outcome: 'wrong' },
      { itemPosition: 1, outcome: 'wrong' },
      { itemPosition: 1, outcome: 'wrong' },
    ]);
    expect(toFigures(state, { expectedAttempts: 4, expectedByItem: [1, 3] }).accuracy).toBe(0.5);
    expect(toFigures(state, { expectedAttempts: 4 }).accuracy).toBe(0.25);
  });

  test('one sample an item has a Wilson interval: 17 of 40', () => {
    const state = stateOf(
      40,
      Array.from({ length: 40 }, (_, i) => ({
        itemPosition: i,
        outcome: i < 17 ? 'correct' : 'wrong',
      })),
    );
    const { accuracyInterval } = toFigures(state, { expectedAttempts: 40 });
    expect(accuracyInterval?.method).toBe('wilson');
    expect(accuracyInterval?.low).toBeCloseTo(0.28509392559950375, 12);
    expect(accuracyInterval?.high).toBeCloseTo(0.5780493145800892, 12);
  });

  test('several samples an item have a t interval over item means', () => {
    const state = stateOf(3, [
      { itemPosition: 0, outcome: 'correct' },
      { itemPosition: 0, outcome: 'correct' },
      { itemPosition: 1, outcome: 'correct' },
      { itemPosition: 1, outcome: 'wrong' },
      { itemPosition: 2, outcome: 'wrong' },
      { itemPosition: 2, outcome: 'wrong' },
    ]);
    const figures = toFigures(state, { expectedAttempts: 6 });
    expect(figures.accuracyError).toBeCloseTo(0.5 / Math.sqrt(3), 12);
    expect(figures.accuracyInterval).toEqual({ low: 0, high: 1, level: 0.95, method: 't-items' });
  });

  test('all right over several samples does not claim certainty', () => {
    const state = stateOf(
      30,
      Array.from({ length: 60 }, (_, i) => ({ itemPosition: i % 30 })),
    );
    const { accuracyInterval } = toFigures(state, { expectedAttempts: 60 });
    expect(accuracyInterval?.method).toBe('wilson-items');
    expect(accuracyInterval?.low).toBeCloseTo(0.8864866068260312, 12);
    expect(accuracyInterval?.high).toBe(1);
  });

  test('lengths: macro mean, median, p90, geometric mean, by outcome, cut and stopped', () => {
    const state = stateOf(2, [
      { itemPosition: 0, tokens: 10, finishReason: 'stop', reflections: 1 },
      { itemPosition: 0, tokens: 30, finishReason: 'stop', reflections: 2 },
      { itemPosition: 1, tokens: 100, finishReason: 'length', outcome: 'wrong', reflections: 3 },
      { itemPosition: 1, tokens: null, finishReason: 'unknown', outcome: 'wrong', reflections: 4 },
    ]);
    const figures = toFigures(state, { expectedAttempts: 4 });
    expect(figures.tokensMean).toBe((20 + 100) / 2);
    expect(figures.tokensMedian).toBe(30);
    expect(figures.tokensP90).toBeCloseTo(86, 9);
    expect(figures.tokensGeometricMean).toBeCloseTo(Math.cbrt(30_000), 4);
    expect(figures.tokensMeanRight).toBe(20);
    expect(figures.tokensMeanWrong).toBe(100);
    expect(figures.clipRatio).toBeCloseTo(1 / 3, 12);
    expect(figures.stoppedTokensMean).toBe(20);
    expect(figures.lengthKnownShare).toBe(0.75);
    expect(figures.reflectionsPerResponse).toBe(2.5);
    expect(figures.reflectionsPer1kTokens).toBeCloseTo((6 / 140) * 1000, 9);
    expect(figures.tokensPerCorrect).toBeNull();
    expect(figures.reasons.tokensPerCorrect).toMatch(/unknown/);
  });

  test('equal lengths everywhere do not claim certainty', () => {
    const state = stateOf(2, [
      { itemPosition: 0, tokens: 50 },
      { itemPosition: 1, tokens: 50 },
    ]);
    const figures = toFigures(state, { expectedAttempts: 2 });
    expect(figures).toMatchObject({ tokensMean: 50, tokensError: 0, tokensInterval: null });
    expect(figures.reasons.tokensInterval).toMatch(/same mean length/);
    const single = toFigures(stateOf(1, [{ tokens: 50 }]), { expectedAttempts: 1 });
    expect(single.reasons.tokensInterval).toMatch(/at least two items/);
  });

  test('tokens per correct answer count what wrong answers cost', () => {
    const state = stateOf(1, [{ tokens: 100 }, { tokens: 300, outcome: 'wrong' }]);
    expect(toFigures(state, { expectedAttempts: 2 }).tokensPerCorrect).toBe(400);
    const wrong = toFigures(stateOf(1, [{ tokens: 5, outcome: 'wrong' }]), { expectedAttempts: 1 });
    expect(wrong.tokensPerCorrect).toBeNull();
    expect(wrong.reasons.tokensPerCorrect).toBe('No answer is correct.');
  });

  test('a run without attempts is unknown, not the worst', () => {
    const figures = toFigures(createRunState(30), { expectedAttempts: 30 });
    expect(figures.accuracy).toBeNull();
    expect(figures.reasons.accuracy).toMatch(/No attempt/);
    expect(figures.missingShare).toBe(1);
    expect(toFigures(createRunState(0), { expectedAttempts: 0 }).reasons.accuracy).toMatch(
      /no items/,
    );
  });

  test('the histogram holds every known length once', () => {
    fc.assert(
      fc.property(attempts(5), (all) => {
        const figures = toFigures(stateOf(5, all), { expectedAttempts: 50 });
        const known = all.filter((attempt) => !attempt.isError && attempt.tokens !== null);
        let counted = 0;
        for (const bar of figures.lengthHistogram) counted += bar.right + bar.wrong;
        expect(counted).toBe(known.length);
      }),
    );
  });

  test('no figure is ever NaN, fractions stay in range, and every null has its reason', () => {
    fc.assert(
      fc.property(attempts(5), fc.nat(60), (all, expectedAttempts) => {
        const figures = toFigures(stateOf(5, all), { expectedAttempts });
        expect(JSON.stringify(figures)).toBe(
          JSON.stringify(figures, (_, value: unknown) => finite(value)),
        );
        for (const [name, value] of Object.entries(figures)) {
          if (value !== null) continue;
          expect(figures.reasons[name as keyof NullableFigures]).toMatch(/\.$/);
        }
        if (figures.accuracy !== null) {
          expect(figures.accuracy).toBeGreaterThanOrEqual(0);
          expect(figures.accuracy).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

function finite(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new Error('A figure is not finite.');
  return value;
}
