import { describe, expect, test } from 'vitest';
import { toRunSamples, type AnalysedAttempt } from '#lib/analysis/analysed-attempt.ts';
import { reportRun } from '#lib/analysis/run-report.ts';
import type { RunSamples } from '#lib/metrics/run/run-samples.ts';

function attempt(itemKey: string, over: Partial<AnalysedAttempt> = {}): AnalysedAttempt {
  return {
    itemKey,
    sampleIndex: 0,
    outcome: 'wrong',
    extracted: null,
    promptTokens: null,
    tokens: 100,
    reasoningTokens: null,
    answerTokens: null,
    finishReason: 'stop',
    signals: {},
    trace: null,
    isSearched: false,
    firstCorrectTokens: null,
    answerClass: null,
    ...over,
  };
}

function report(
  items: readonly string[],
  attempts: readonly AnalysedAttempt[],
  over: Partial<Pick<RunSamples, 'samplesPerItem' | 'traceVisibility'>> = {},
) {
  const samples = toRunSamples(
    items.map((key) => ({ key, difficulty: null, groups: {} })),
    attempts,
    { samplesPerItem: 1, traceVisibility: 'full', ...over },
  );
  const run = { id: 'r', label: 'r', samples, lengthColumn: 'o200k', verifier: 'math@1' };
  return reportRun(run, { draws: 200 });
}

const CASES: Record<string, ReturnType<typeof report>> = {
  'one item': report(['a'], [attempt('a', { outcome: 'correct' })]),
  'all right': report(
    ['a', 'b'],
    ['a', 'b'].map((key) => attempt(key, { outcome: 'correct' })),
  ),
  'all wrong': report(
    ['a', 'b'],
    ['a', 'b'].map((key) => attempt(key)),
  ),
  'zero tokens': report(
    ['a', 'b'],
    ['a', 'b'].map((key) => attempt(key, { tokens: 0 })),
  ),
  'missing samples': report(['a', 'b', 'c'], [attempt('a', { outcome: 'correct' })], {
    samplesPerItem: 4,
  }),
  'K differing by item': report(
    ['a', 'b'],
    [attempt('a'), attempt('a', { sampleIndex: 1, outcome: 'correct' }), attempt('b')],
    { samplesPerItem: 2 },
  ),
  'hidden traces': report(
    ['a', 'b'],
    ['a', 'b'].map((key) => attempt(key, { tokens: null })),
    {
      traceVisibility: 'hidden',
    },
  ),
  'no item at all': report([], []),
};

describe.each(Object.entries(CASES))('%s', (_, { metrics, profile }) => {
  test('gives every metric a finite value or a reason, never both', () => {
    expect(metrics.length).toBeGreaterThan(30);
    for (const { label, value, reason, interval } of metrics) {
      if (value === null) expect(reason, label).toMatch(/\w/);
      else {
        expect(reason, label).toBeNull();
        expect(Number.isFinite(value), label).toBe(true);
      }
      if (interval !== null) expect(interval.low, label).toBeLessThanOrEqual(interval.high);
    }
  });

  test('keeps its profile whole', () => {
    expect(profile.map(({ part }) => part)).toEqual(['all', 'easy', 'medium', 'hard']);
  });
});

test('missing samples lack their points and are no unknowns', () => {
  const accuracy = CASES['missing samples']?.metrics.find(({ metric }) => metric === 'avg-at-k');
  expect(accuracy?.value).toBeCloseTo(1 / 12, 12);
});

test('hidden traces have no lengths, and no zero stands for them', () => {
  const tokens = CASES['hidden traces']?.metrics.find(({ label }) => label === 'Mean tokens');
  expect(tokens).toMatchObject({ value: null });
});

test('a trace that nobody searched for an answer is not one without an answer', () => {
  const found = (over: object) =>
    report(['a', 'b'], [attempt('a', { outcome: 'correct', ...over }), attempt('b', over)]);
  const valueOf = ({ metrics }: ReturnType<typeof report>, id: string) =>
    metrics.find(({ metric }) => metric === id);
  for (const id of ['outcome-efficiency', 'valid-thinking', 'thinking-efficiency', 'underthinking'])
    expect(valueOf(found({}), id), id).toMatchObject({ value: null });
  expect(valueOf(found({ isSearched: true }), 'outcome-efficiency')?.value).toBe(0);
});
