import { describe, expect, test } from 'vitest';
import { frontIndicators } from '#lib/analysis/family-indicators.ts';
import { frontOfRuns } from '#lib/analysis/front-of-runs.ts';
import { frontUncertainty } from '#lib/analysis/front-uncertainty.ts';
import { seriesOfRuns } from '#lib/analysis/series-of-runs.ts';
import { sharedReplicates } from '#lib/analysis/shared-replicates.ts';
import { createRng } from '#lib/rng.ts';
import { resampledMeans, resampleItems } from '#lib/stats/bootstrap.ts';
import { runOfPairs } from '../metrics/runs.ts';
import { comparable } from './runs.ts';

const RNG = createRng('front and series');
const noisy = (id: string, accuracy: number, tokens: number, items = 60) =>
  comparable(
    id,
    runOfPairs(
      Array.from(
        { length: items },
        () => [RNG.float() < accuracy ? 1 : 0, tokens + RNG.below(50)] as const,
      ),
    ),
  );

describe('uncertainty of a front', () => {
  const [short, long, beaten] = [
    noisy('short', 0.5, 100),
    noisy('long', 0.9, 500),
    noisy('bad', 0.1, 900),
  ];

  test('all runs meet the same resamples, which need not be kept', () => {
    const found = sharedReplicates([short, long], { seed: 's', draws: 20 });
    const resamples = resampleItems(60, createRng('s', 'items'), 20);
    expect(typeof found).not.toBe('string');
    if (typeof found === 'string') return;
    expect(found.map(({ accuracy }) => accuracy)).toEqual(
      [short, long].map(({ columns }) => resampledMeans(columns.accuracy, resamples)),
    );
    expect(found[0]?.tokens).toEqual(resampledMeans(short.columns.tokens, resamples));
  });

  test('the shortest is always on the front, what two others beat never', () => {
    const { probabilities, band, reason, draws } = frontUncertainty([short, long, beaten]);
    expect(reason).toBeNull();
    expect(draws).toBe(10_000);
    expect(probabilities).toEqual({ short: 1, long: expect.any(Number) as number, bad: 0 });
    expect(probabilities.long).toBeGreaterThan(0.99);
    expect(frontOfRuns([short, long, beaten]).entries.map((one) => one.probability)).toEqual(
      ['short', 'long', 'bad'].map((id) => probabilities[id]),
    );
    const medians = band.map(({ median }) => median ?? 0);
    expect(medians).toEqual([...medians].sort((a, b) => a - b));
    for (const { low, median, high } of band) {
      expect(low ?? 0).toBeLessThanOrEqual(median ?? 0);
      expect(median ?? 0).toBeLessThanOrEqual(high ?? 0);
    }
  });
});

test('indicators of two families by hand', () => {
  const at = (runId: string, tokens: number, accuracy: number, family: string) => ({
    runId,
    tokens,
    accuracy,
    family,
  });
  const found = frontIndicators(
    [at('a1', 100, 0.5, 'a'), at('a2', 400, 0.9, 'a'), at('b1', 200, 0.5, 'b')],
    { tokens: 1000, accuracy: 0 },
  );
  expect(found.front).toEqual(['a1', 'a2']);
  expect(found.dominatedBy.get('b1')).toEqual(['a1']);
  const [a, b] = found.families;
  expect(a).toMatchObject({ family: 'a', runs: 2, onFront: 2, epsilon: 0 });
  expect(a?.hypervolume.linear).toBeCloseTo(300 * 0.5 + 600 * 0.9, 10);
  expect(a?.covers).toEqual([{ family: 'b', share: 1 }]);
  expect(b?.covers).toEqual([{ family: 'a', share: 0 }]);
  // To reach a1 it must save 100 of 1,000 tokens, to reach a2 gain 0.4.
  expect(b?.epsilon).toBeCloseTo(0.4, 12);
});

describe('a series', () => {
  const of = (id: string, right: readonly number[]) =>
    comparable(id, runOfPairs(right.map((one) => [one, 10] as const)));
  const first = of('first', [1, 0, 0, 0, 0, 0, 0, 0]);
  const middle = of('middle', [1, 1, 1, 1, 1, 1, 1, 0]);
  const last = of('last', [0, 1, 1, 1, 0, 0, 0, 1]);

  test('is ordered by its value, tested against the least, and has a best', () => {
    const found = seriesOfRuns([
      { value: 800, run: last },
      { value: 0, run: first },
      { value: 400, run: middle },
    ]);
    expect(found.points.map(({ id }) => id)).toEqual(['first', 'middle', 'last']);
    expect(found).toMatchObject({ referenceId: 'first', bestId: 'middle', oracleAccuracy: 1 });
    expect(found.points[0]?.comparison).toBeNull();
    // Six items of six: 2 · 2⁻⁶, and twice that by Holm over two tests.
    expect(found.points[1]?.comparison?.test.p).toBeCloseTo(1 / 32, 12);
    expect(found.points[1]?.comparison?.adjustedP).toBeCloseTo(1 / 16, 12);
    expect(found.cochran).toMatchObject({ degrees: 2, discordant: 8 });
  });

  test('takes another reference, and refuses one that is not in it', () => {
    const runs = [first, middle].map((run, value) => ({ run, value }));
    expect(seriesOfRuns(runs, { referenceId: 'middle' }).points[1]?.comparison).toBeNull();
    expect(() => seriesOfRuns(runs, { referenceId: 'nobody' })).toThrow(/not one of the runs/);
    expect(() => seriesOfRuns(runs.slice(1))).toThrow(/at least two runs/);
  });
});
