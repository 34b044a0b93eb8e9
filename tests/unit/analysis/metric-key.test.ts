import { expect, test } from 'vitest';
import { metricKey, parseMetricKey } from '#lib/analysis/metric-key.ts';
import { viewsOf } from '#lib/analysis/metric-views.ts';

test('a key holds the options that are not the defaults, and says them again', () => {
  expect(metricKey('clip-ratio', {})).toBe('clip-ratio');
  expect(metricKey('pass-at-k', { k: 8 })).toBe('pass-at-k?k=8');
  expect(parseMetricKey('pass-at-k?k=8').options).toMatchObject({ k: 8 });
  const signal = { signal: 'behaviour:a judge, v1:verification', as: 'presence' };
  const key = metricKey('signal-rate', signal);
  expect(parseMetricKey(key).options).toMatchObject(signal);
  expect(metricKey('signal-rate', { ...signal, per: 'response' })).toBe(key);
  const budgets = metricKey('reg', { budgets: [10, 20] });
  expect(parseMetricKey(budgets).options).toMatchObject({ budgets: [10, 20] });
});

test('every view of a run has a key of its own', () => {
  const keys = viewsOf(16).map(({ metric, options }) => metricKey(metric, options));
  expect(new Set(keys).size).toBe(keys.length);
  for (const key of keys) {
    const { metric, options } = parseMetricKey(key);
    expect(metricKey(metric, options)).toBe(key);
  }
});

test.each([
  ['nonsense', 'no metric "nonsense"'],
  ['pass-at-k?k=0', 'k'],
  ['pass-at-k?j=1', 'j'],
])('%s is refused in words', (key, words) => {
  expect(() => parseMetricKey(key)).toThrow(words);
});
