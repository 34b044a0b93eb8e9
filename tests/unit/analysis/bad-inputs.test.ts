import { describe, expect, test } from 'vitest';
import { compareRuns } from '#lib/analysis/compare-runs.ts';
import { frontIndicators } from '#lib/analysis/family-indicators.ts';
import { frontOfRuns } from '#lib/analysis/front-of-runs.ts';
import { frontUncertainty } from '#lib/analysis/front-uncertainty.ts';
import { seriesOfRuns } from '#lib/analysis/series-of-runs.ts';
import { metrics } from '#lib/metrics/index.ts';
import { computeMetric } from '#lib/metrics/reduction/compute.ts';
import { createRng } from '#lib/rng.ts';
import type { RunSamples } from '#lib/metrics/run/run-samples.ts';
import { item, run, runOfPairs, sample } from '../metrics/runs.ts';
import { comparable } from './runs.ts';

const times = <T>(count: number, value: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => value(i));
const pairs = (correct: 0 | 1, tokens: number | null, items = 6) =>
  runOfPairs(times(items, () => [correct, tokens] as const));
const mixed = runOfPairs(times(6, (i) => [i % 2 === 0 ? 1 : 0, 100 + i] as const));

const BAD: Record<string, RunSamples> = {
  'no item': run([]),
  'one item': pairs(1, 10, 1),
  'all right': pairs(1, 10),
  'all wrong': pairs(0, 10),
  'zero tokens': pairs(1, 0),
  'no tokens': pairs(1, null),
  'missing samples': run(
    [item('i0', []), item('i1', [{ outcome: 'correct', tokens: 5 }]), item('i2', [])],
    { samplesPerItem: 4 },
  ),
  'other numbers of samples by item': run(
    times(5, (i) =>
      item(
        `i${i}`,
        times(i + 1, () => sample({ outcome: i % 2 === 0 ? 'correct' : 'wrong', tokens: 9 })),
      ),
    ),
  ),
  'hidden traces': { ...mixed, traceVisibility: 'hidden' },
};
const BASES: Record<string, RunSamples | null> = {
  'no base': null,
  'a base that is never right': pairs(0, 50),
  'a base of zero tokens': pairs(1, 0),
  'itself as base': mixed,
};

describe.each(Object.entries(BAD))('%s', (_, samples) => {
  test.each(Object.entries(BASES))('every metric is finite or says why, with %s', (__, base) => {
    for (const metric of metrics.all) {
      const found = computeMetric(metric, samples, {
        context: { base, pool: [samples], price: { prompt: 1, completion: 2 } },
        rng: createRng(metric.id),
        draws: 50,
      });
      if (found.value === null) expect(found.reason?.endsWith('.'), metric.id).toBe(true);
      else expect(Number.isFinite(found.value), metric.id).toBe(true);
      expect(found.value === null, metric.id).toBe(found.reason !== null);
      if (found.value !== null)
        expect(found.interval === null, metric.id).toBe(found.intervalReason !== null);
    }
  });

  test('front and series hold only finite numbers and nulls', () => {
    const runs = [comparable('a', samples), comparable('b', samples)];
    const front = frontOfRuns(runs, { draws: 50 });
    const sure = frontUncertainty(runs, { draws: 50 });
    expect(front.reason === null).toBe(front.entries.every((one) => one.probability !== null));
    expect(sure.reason === null).toBe(sure.band.length > 0 || samples.items.length > 1);
    expectFinite(front);
    expectFinite(sure);
    if (samples.items.length === 0) return;
    const series = seriesOfRuns(
      runs.map((one, value) => ({ run: one, value })),
      { draws: 50 },
    );
    expect(series.cochran).toBeNull();
    expect(series.cochranReason).not.toBeNull();
    expectFinite(series);
  });
});

test('identical runs: no difference, p = 1, and no invented interval', () => {
  const [found] = compareRuns([comparable('a', mixed), comparable('b', mixed)], { draws: 50 });
  expect(found?.paired).toMatchObject({ difference: 0, interval: null, betterA: 0, betterB: 0 });
  expect(found?.test.p).toBe(1);
  expect(found?.tokens).toMatchObject({ ratio: 1, interval: null });
  expect(found?.flips).toEqual([]);
});

test('other items are refused, or intersected with the count told', () => {
  const [a, b] = [comparable('a', pairs(1, 10, 6)), comparable('b', pairs(0, 10, 4))];
  expect(() => compareRuns([a, b])).toThrow(/2 only in the first, 0 only in the second, 4 in both/);
  const [found] = compareRuns([a, b], { items: 'intersect', draws: 50 });
  expect(found?.paired).toMatchObject({ items: 4, onlyInA: 2, onlyInB: 0 });
  expect(frontUncertainty([a, b]).reason).toMatch(/do not answer the same items/);
});

test('lengths of two counters are never divided', () => {
  const [found] = compareRuns(
    [comparable('a', mixed, 'o200k'), comparable('b', mixed, 'reported')],
    { draws: 50 },
  );
  expect(found?.tokens).toBeNull();
  expect(found?.tokensReason).not.toBeNull();
});

test('no run has no front, and a reference of zero tokens no scale', () => {
  expect(frontIndicators([], { tokens: 0, accuracy: 0 })).toMatchObject({
    front: [],
    families: [],
    hypervolume: { linear: 0, points: 0 },
  });
  const free = [{ runId: 'a', tokens: 0, accuracy: 1, family: 'f' }];
  expect(frontIndicators(free, { tokens: 0, accuracy: 0 }).families[0]?.epsilon).toBeNull();
});

function expectFinite(value: unknown): void {
  for (const text of JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'number' && !Number.isFinite(one) ? `not finite: ${String(one)}` : one,
  ).matchAll(/not finite: \S+/g))
    throw new Error(text[0]);
}
