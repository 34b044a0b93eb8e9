import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { listPrintedMeans, parseLaserResults } from '#lib/demo/published.ts';
import { dominates, listDominators, paretoFront, type FrontPoint } from '#lib/leaderboard/front.ts';
import { hypervolume, normalisedHypervolume } from '#lib/leaderboard/hypervolume.ts';
import { goldenMetrics } from '#tests/fixtures/golden-metrics.ts';

const LASER_CSV = readFileSync(
  new URL('../../../lib/demo/published/laser.csv', import.meta.url),
  'utf8',
);
const MODEL = 'DeepSeek-R1-Distill-Qwen-1.5B';
const REFERENCE = { tokens: 10_177, accuracy: 40 };
const HYPERVOLUMES = goldenMetrics['hv_1.5B_avg_ref_tokens10177_acc40'];

/** Accuracy in percent, as printed, since the reference values are in points times tokens. */
function printedPoints(): (FrontPoint & { family: string })[] {
  const families = new Map(
    parseLaserResults(LASER_CSV).map(({ method, family }) => [method, family]),
  );
  return listPrintedMeans(LASER_CSV)
    .filter((mean) => mean.baseModel === MODEL)
    .map(({ method, accuracy, meanTokens }) => ({
      runId: method,
      tokens: meanTokens,
      accuracy: Math.round(accuracy * 1e6) / 1e4,
      family: families.get(method)!,
    }));
}

const point = fc.record({
  runId: fc.uuid(),
  tokens: fc.nat(30),
  accuracy: fc.nat(10).map((tenths) => tenths / 10),
});

describe('the front of the 22 published variants, by their printed means', () => {
  test('nine are not dominated', () => {
    const points = printedPoints();
    expect(points).toHaveLength(22);
    const front = paretoFront(points).map(({ tokens, accuracy }) => [tokens, accuracy]);
    expect(front).toEqual(goldenMetrics['front_all_1.5B_avg']);
  });

  test.each(Object.entries(HYPERVOLUMES).map(([family, golden]) => ({ family, golden })))(
    'the hypervolume of $family',
    ({ family, golden }) => {
      const points = printedPoints().filter((row) => family === 'all' || row.family === family);
      expect(points.length).toBeGreaterThan(0);
      expect(hypervolume(points, REFERENCE)).toBeCloseTo(golden.hv, 6);
      expect(hypervolume(points, REFERENCE, 'log')).toBeCloseTo(golden.hv_log, 10);
      if (golden.hv_norm === undefined) return;
      const share = normalisedHypervolume(points, REFERENCE, { tokens: 0, accuracy: 100 });
      expect(share).toBeCloseTo(golden.hv_norm, 10);
    },
  );
});

describe('fronts of any points', () => {
  test('a point is on the front exactly when nothing dominates it', () => {
    fc.assert(
      fc.property(fc.array(point, { maxLength: 30 }), (points) => {
        const front = paretoFront(points);
        for (const candidate of points) {
          const isBeaten = points.some((other) => dominates(other, candidate));
          expect(front.includes(candidate)).toBe(!isBeaten);
          expect(listDominators(candidate, front).length > 0).toBe(isBeaten);
        }
      }),
    );
  });

  test('equal points are all kept', () => {
    const twins = ['a', 'b'].map((runId) => ({ runId, tokens: 5, accuracy: 0.5 }));
    expect(paretoFront([...twins, { runId: 'c', tokens: 5, accuracy: 0.4 }])).toEqual(twins);
  });

  test('more points never lower the hypervolume, dominated ones never change it', () => {
    const reference = { tokens: 25, accuracy: 0.1 };
    fc.assert(
      fc.property(fc.array(point, { maxLength: 20 }), point, (points, added) => {
        const before = hypervolume(points, reference)!;
        const after = hypervolume([...points, added], reference)!;
        expect(after).toBeGreaterThanOrEqual(before - 1e-12);
        if (points.some((other) => dominates(other, added))) expect(after).toBeCloseTo(before, 12);
      }),
    );
  });

  test('no points have no volume, and zero tokens have no logarithm', () => {
    expect(paretoFront([])).toEqual([]);
    expect(hypervolume([], REFERENCE)).toBe(0);
    const free = [{ runId: 'a', tokens: 0, accuracy: 50 }];
    expect(hypervolume(free, REFERENCE)).toBe(10_177 * 10);
    expect(hypervolume(free, REFERENCE, 'log')).toBeNull();
    expect(normalisedHypervolume(free, REFERENCE, REFERENCE)).toBeNull();
  });
});
