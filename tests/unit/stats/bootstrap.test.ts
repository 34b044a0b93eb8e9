import { describe, expect, test } from 'vitest';
import { createRng } from '#lib/rng.ts';
import {
  bootstrapMeans,
  percentileInterval,
  resampledMeans,
  resampleItems,
} from '#lib/stats/bootstrap.ts';
import { meanAndError } from '#lib/stats/item-interval.ts';

const VALUES = Array.from({ length: 200 }, (_, i) => (i % 3 === 0 ? 1 : i % 5 === 0 ? 0.5 : 0));

describe('item bootstrap', () => {
  test('the spread of the replicates is the standard error', () => {
    const means = bootstrapMeans(VALUES, createRng('bootstrap', 1));
    const { mean, standardError } = meanAndError(VALUES)!;
    const replicates = meanAndError(means)!;
    expect(means.length).toBe(10_000);
    expect(Math.abs(replicates.mean - mean)).toBeLessThan(0.002);
    const spread = replicates.standardError! * Math.sqrt(means.length);
    expect(Math.abs(spread / standardError! - 1)).toBeLessThan(0.03);
    const interval = percentileInterval(means)!;
    expect(Math.abs(interval.low - (mean - 1.96 * standardError!))).toBeLessThan(0.005);
    expect(Math.abs(interval.high - (mean + 1.96 * standardError!))).toBeLessThan(0.005);
  });

  test('a seed repeats, another seed differs', () => {
    const draw = (seed: number) => bootstrapMeans(VALUES, createRng('b', seed), 50);
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });

  test('shared resamples keep the pairing: a run that is 0.1 better is so in every draw', () => {
    const resamples = resampleItems(VALUES.length, createRng('shared'), 100);
    const base = resampledMeans(VALUES, resamples);
    const better = resampledMeans(
      VALUES.map((value) => value + 0.1),
      resamples,
    );
    better.forEach((mean, draw) => expect(mean - base[draw]!).toBeCloseTo(0.1, 12));
  });

  test('nothing to draw from gives nothing', () => {
    expect(percentileInterval(bootstrapMeans([], createRng('x')))).toBeNull();
    expect(() => resampleItems(0, createRng('x'))).toThrow(RangeError);
    expect(percentileInterval(Float64Array.of(4))).toMatchObject({ low: 4, high: 4 });
  });
});
