import { readdirSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { metrics } from '#lib/metrics/index.ts';
import { computeMetric, type MetricValue } from '#lib/metrics/reduction/compute.ts';
import type { MetricContext } from '#lib/metrics/metric.ts';
import type { RunSamples } from '#lib/metrics/run/run-samples.ts';
import { createRng, type Rng } from '#lib/rng.ts';
import { item, randomRun, run } from '#tests/unit/metrics/runs.ts';

test('every file in lib/metrics is registered under its own name', () => {
  const files = readdirSync('lib/metrics', { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name.replace(/\.ts$/, ''))
    .filter((name) => !['metric', 'all', 'index'].includes(name));
  expect(metrics.all.map((metric) => metric.id)).toEqual(files.sort());
});

/** A run with its base and pool, which answer the same items. */
function situation(seed: number, isComplete: boolean): { run: RunSamples; context: MetricContext } {
  const rng = createRng('metrics', seed);
  const items = rng.pick([1, 2, 12]);
  const [own, base] = [
    randomRun(rng, { items, isComplete }),
    randomRun(rng, { items, isComplete }),
  ];
  const context = { base, pool: [own, base], price: { prompt: 1, completion: 2 } };
  return { run: own, context };
}

const EXTREMES: Record<string, RunSamples> = {
  'no samples at all': run([item('a', []), item('b', [])]),
  'all samples missing': run([item('a', []), item('b', [])], { samplesPerItem: 4 }),
  'one item, right': run([item('a', [{ outcome: 'correct', tokens: 5, answerClass: 'x' }])]),
  'all wrong': run(['a', 'b'].map((key) => item(key, [{ tokens: 5 }, { tokens: 5 }]))),
  'zero tokens': run(
    ['a', 'b'].map((key) =>
      item(key, [{ outcome: 'correct', tokens: 0, reasoningTokens: 0, answerClass: 'x' }]),
    ),
  ),
  'every request failed': run([item('a', [{ outcome: 'error', finishReason: 'error' }])]),
};

function checkShape(value: MetricValue): void {
  if (value.value === null) {
    expect(value.reason).toMatch(/^[A-Z0-9].*\.$/);
    expect(value.interval).toBeNull();
    return;
  }
  expect(Number.isFinite(value.value)).toBe(true);
  expect(value.reason).toBeNull();
  expect(value.interval === null).toBe(value.intervalReason !== null);
  if (value.interval !== null) {
    expect(Number.isFinite(value.interval.low) && Number.isFinite(value.interval.high)).toBe(true);
    expect(value.interval.low).toBeLessThanOrEqual(value.interval.high);
  }
  for (const { points } of value.curves)
    expect(points.flat().every((number) => Number.isFinite(number))).toBe(true);
}

function shuffleSamples(samples: RunSamples, rng: Rng): RunSamples {
  const items = rng
    .shuffle(samples.items)
    .map((entry) => ({ ...entry, samples: rng.shuffle(entry.samples) }));
  return { ...samples, items };
}

describe.each(metrics.all)('metric $id', (metric) => {
  test('documents itself, with defaults for every option', () => {
    for (const text of [metric.label, metric.description, metric.formula, metric.source])
      expect(text.length).toBeGreaterThan(1);
    expect(metric.options.safeParse({}).success).toBe(true);
    expect(metric.options.safeParse({ noSuchOption: 1 }).success).toBe(false);
    expect(metric.isPoolDependent).toBe(metric.needs.includes('pool'));
  });

  test('says why an empty run has no value', () => {
    const value = computeMetric(metric, run([]));
    expect(value.value).toBeNull();
    expect(value.reason).toBe('The run has no items.');
  });

  test.each(Object.entries(EXTREMES))('%s: a finite value or a reason', (_why, extreme) => {
    const context = { base: extreme, pool: [extreme], price: { prompt: 0, completion: 1 } };
    checkShape(computeMetric(metric, extreme, { context, rng: createRng('x'), draws: 20 }));
  });

  test('any run: a finite value or a reason, the same in any order', () => {
    let values = 0;
    for (let seed = 0; seed < 120; seed += 1) {
      const { run: own, context } = situation(seed, seed % 2 === 0);
      const rng = createRng('order', seed);
      const value = computeMetric(metric, own, { context, rng, draws: 20 });
      checkShape(value);
      const shuffled = shuffleSamples(own, rng);
      const pool = context.pool.map((other) => (other === own ? shuffled : other));
      const again = computeMetric(metric, shuffled, { context: { ...context, pool } });
      expect(again.reason, `seed ${seed}`).toBe(value.reason);
      if (value.value === null) continue;
      values += 1;
      expect(again.value, `seed ${seed}`).toBeCloseTo(value.value, 9);
    }
    expect(values, 'a metric that never has a value tests nothing').toBeGreaterThan(5);
  });

  test('changes with the pool only when it says so', () => {
    let changes = 0;
    for (let seed = 0; seed < 40; seed += 2) {
      const { run: own, context } = situation(seed, true);
      const alone = computeMetric(metric, own, { context: { ...context, pool: [own] } });
      const together = computeMetric(metric, own, { context });
      if (alone.value !== together.value) changes += 1;
    }
    expect(changes > 0).toBe(metric.isPoolDependent);
  });

  test('a hidden trace is refused where the trace is needed', () => {
    const { run: own, context } = situation(0, true);
    const hidden = computeMetric(
      metric,
      { ...own, traceVisibility: 'summary' },
      { context: { ...context, pool: [] } },
    );
    if (metric.needs.includes('trace')) expect(hidden.reason).toContain('hidden');
    else expect(hidden.reason ?? '').not.toContain('hidden');
  });
});
