import { describe, expect, test } from 'vitest';

import { metrics } from '#lib/metrics/index.ts';
import type { MetricContext } from '#lib/metrics/metric.ts';
import { inefficiencyProfile } from '#lib/metrics/profile/inefficiency-profile.ts';
import { computeMetric } from '#lib/metrics/reduction/compute.ts';
import { majorityAccuracy } from '#lib/metrics/run/majority.ts';
import type { RunSamples } from '#lib/metrics/run/run-samples.ts';
import { partsByBand, partsByDifficulty } from '#lib/metrics/run/run-parts.ts';
import { createRng } from '#lib/rng.ts';
import { item, run, runOfPairs } from './runs.ts';

function compute(
  id: string,
  samples: RunSamples,
  settings: { options?: unknown; context?: Partial<MetricContext> } = {},
) {
  return computeMetric(metrics.get(id), samples, settings);
}

/** Two items of two samples: lengths 100 and 300 (right, wrong and cut), 1000 and 2000 (both right). */
const four = run([
  item('a', [
    { outcome: 'correct', tokens: 100, reasoningTokens: 60, finishReason: 'stop' },
    { outcome: 'wrong', tokens: 300, reasoningTokens: 300, finishReason: 'length' },
  ]),
  item('b', [
    { outcome: 'correct', tokens: 1000, reasoningTokens: 900, finishReason: 'stop' },
    { outcome: 'correct', tokens: 2000, reasoningTokens: 1900, finishReason: 'stop' },
  ]),
]);

describe('accuracy', () => {
  test('missing samples lack the point, and each item weighs the same', () => {
    const uneven = run([
      item('a', [{ outcome: 'correct' }]),
      item('b', [{ outcome: 'wrong' }, { outcome: 'wrong' }]),
      item('c', []),
    ]);
    expect(compute('avg-at-k', uneven).value).toBeCloseTo(1 / 3, 12);
    const expected = { ...uneven, samplesPerItem: 4 };
    expect(compute('avg-at-k', expected).value).toBeCloseTo(1 / 12, 12);
    // 1 of 4 in one of three items: one draw in two holds it when two are drawn.
    expect(compute('pass-at-k', expected, { options: { k: 2 } }).value).toBeCloseTo(1 / 6, 12);
    expect(compute('pass-at-k', expected, { options: { k: 5 } }).reason).toContain('only 4');
  });

  test('one sample an item gets a Wilson interval, and a run that is all right one that is not of zero width', () => {
    const single = compute(
      'avg-at-k',
      runOfPairs([
        [1, 1],
        [1, 1],
        [0, 1],
      ]),
    );
    expect(single.interval?.method).toBe('wilson');
    const right = run(
      ['a', 'b'].map((key) => item(key, [{ outcome: 'correct' }, { outcome: 'correct' }])),
    );
    const value = computeMetric(metrics.get('pass-at-k'), right, {
      rng: createRng('b'),
      draws: 50,
    });
    expect(value.interval?.method).toBe('wilson-items');
  });
});

test('resampled items give the interval that theory gives, and the same one for the same seed', () => {
  const rng = createRng('spread', 1);
  const many = run(
    Array.from({ length: 300 }, (_, i) => {
      const chance = rng.float();
      const outcomes = Array.from({ length: 4 }, () => rng.float() < chance);
      return item(
        `i${i}`,
        outcomes.map((right) => ({ outcome: right ? 'correct' : 'wrong' })),
      );
    }),
  );
  const byTheory = compute('avg-at-k', many).interval;
  const resample = () =>
    computeMetric(metrics.get('pass-at-k'), many, { rng: createRng('seed', 7) }).interval;
  expect(resample()).toEqual(resample());
  expect(resample()?.low).toBeCloseTo(byTheory?.low ?? 0, 2);
  expect(resample()?.high).toBeCloseTo(byTheory?.high ?? 0, 2);
});

describe('majority', () => {
  const votes = (classes: string, fields: { k?: number; emptyVotes?: boolean } = {}) =>
    compute(
      'maj-at-k',
      run([
        item(
          'a',
          Array.from(classes, (name) => ({
            outcome: name === 'R' ? ('correct' as const) : ('wrong' as const),
            answerClass: name === '-' ? null : name,
          })),
        ),
      ]),
      { options: fields },
    );

  test.each([
    ['RRx', {}, 1],
    ['Rxx', {}, 0],
    ['Rx', {}, 1 / 2],
    ['Rxy', {}, 1 / 3],
    ['R---', {}, 1],
    ['R---', { emptyVotes: true }, 0],
    ['RRxy', { k: 1 }, 1 / 2],
    // Of six pairs: RR wins, four of R with x or y tie, xy loses.
    ['RRxy', { k: 2 }, (1 + 4 / 2) / 6],
    ['R-', { k: 1 }, 1 / 2],
  ])('%s with %j', (classes, fields, value) => {
    expect(votes(classes, fields).value).toBeCloseTo(value, 12);
  });

  test('equals counting every choice of k samples', () => {
    for (let seed = 0; seed < 60; seed += 1) {
      const rng = createRng('majority', seed);
      const sizes = Array.from({ length: rng.between(1, 4) }, () => rng.between(1, 3));
      const classes = sizes.map((size, i) => ({ size, isCorrect: i === 0 }));
      const silent = rng.below(3);
      const names = sizes.flatMap((size, i) => new Array<number>(size).fill(i));
      const all = [...names, ...new Array<number>(silent).fill(-1)];
      const k = rng.between(1, all.length);
      expect(majorityAccuracy(classes, silent, k), `seed ${seed}`).toBeCloseTo(
        countedMajority(all, k),
        12,
      );
    }
  });

  test('answers that were not grouped have no majority', () => {
    expect(compute('maj-at-k', four).reason).toContain('grouped');
  });
});

function countedMajority(names: readonly number[], k: number): number {
  let [choices, wins] = [0, 0];
  for (let subset = 0; subset < 2 ** names.length; subset += 1) {
    const drawn = names.filter((_, i) => (subset >> i) & 1);
    if (drawn.length !== k) continue;
    choices += 1;
    const counts = new Map<number, number>();
    for (const name of drawn) if (name >= 0) counts.set(name, (counts.get(name) ?? 0) + 1);
    const most = Math.max(0, ...counts.values());
    const first = [...counts].filter(([, count]) => count === most);
    if (most > 0 && first.some(([name]) => name === 0)) wins += 1 / first.length;
  }
  return wins / choices;
}

test('best of n chooses by the score, and over choices of n by rank', () => {
  const scored = run([
    item('a', [
      { outcome: 'wrong', signals: { reward: 0.1 } },
      { outcome: 'correct', signals: { reward: 0.9 } },
      { outcome: 'wrong', signals: { reward: 0.5 } },
      { outcome: 'correct' },
    ]),
  ]);
  expect(compute('best-of-n', scored).value).toBe(1);
  // Of six pairs three hold the best sample; the unscored one is never chosen.
  expect(compute('best-of-n', scored, { options: { n: 2 } }).value).toBeCloseTo(0.5, 12);
  expect(compute('best-of-n', scored, { options: { signal: 'margin' } }).reason).toContain(
    'margin',
  );
});

describe('lengths', () => {
  test.each([
    ['mean-tokens', {}, (200 + 1500) / 2],
    ['mean-tokens', { outcome: 'correct' }, (100 + 1500) / 2],
    ['mean-tokens', { outcome: 'other' }, 300],
    ['mean-tokens', { part: 'reasoning' }, (180 + 1400) / 2],
    ['median-tokens', {}, 650],
    ['median-tokens', { outcome: 'correct' }, 1000],
    ['p90-tokens', {}, 1000 + 0.7 * 1000],
    ['geometric-mean-tokens', {}, Math.exp((Math.log(100 * 300) + Math.log(2e6)) / 4)],
    ['clip-ratio', {}, 0.25],
    ['average-stopped-tokens', {}, 3100 / 3],
    ['tokens-per-correct', {}, 3400 / 3],
    ['efficiency-per-1k', {}, (1000 * 0.75) / 850],
    ['efficiency-per-1k', { aggregate: 'mean-of-ratios' }, (5 + (1 + 0.5) / 2) / 2],
  ])('%s %j', (id, options, value) => {
    expect(compute(id, four, { options }).value).toBeCloseTo(value, 9);
  });

  test('a cut answer makes the mean a lower bound, and says so', () => {
    expect(compute('mean-tokens', four).notes).toEqual([
      '1 answer was cut at the token limit, so this is a lower bound.',
    ]);
  });

  test('a total of partly unknown lengths is not known', () => {
    const partly = runOfPairs([
      [1, 10],
      [0, null],
    ]);
    expect(compute('tokens-per-correct', partly).reason).toContain('not known');
    expect(compute('mean-tokens', partly)).toMatchObject({ value: 10, items: 1 });
    const none = runOfPairs([[0, 10]]);
    expect(compute('tokens-per-correct', none).reason).toBe('No answer is correct.');
  });

  test('normalised length: item ratios or means', () => {
    const base = run([item('b', [{ tokens: 3000 }]), item('a', [{ tokens: 100 }])]);
    const context = { base };
    expect(compute('normalised-tokens', four, { context }).value).toBeCloseTo(
      Math.sqrt(2 * 0.5),
      12,
    );
    expect(
      compute('normalised-tokens', four, { context, options: { aggregate: 'ratio-of-means' } })
        .value,
    ).toBeCloseTo(850 / 1550, 12);
    expect(
      compute('normalised-tokens', four, { context: { base: runOfPairs([[1, 1]]) } }).reason,
    ).toContain('same items');
  });
});

test('scores against a base read accuracy and mean length', () => {
  const base = run([
    item('a', [{ outcome: 'correct', tokens: 1700 }]),
    item('b', [{ outcome: 'wrong', tokens: 1700 }]),
  ]);
  // Half the tokens, accuracy from 0.5 to 0.75.
  expect(compute('aes', four, { context: { base } }).value).toBeCloseTo(0.5 + 3 * 0.5, 12);
  expect(compute('e3', four, { context: { base } }).value).toBeCloseTo(1 / (0.5 / 3 + 0.5 / 2), 12);
  const wrong = runOfPairs([[0, 100]]);
  const right = { ...wrong, items: [item('i0', [{ outcome: 'correct', tokens: 100 }])] };
  expect(compute('aes', right, { context: { base: wrong } }).reason).toContain('no correct');
  expect(compute('e3', right, { context: { base: wrong } }).notes).toHaveLength(1);
  expect(compute('aes', four).reason).toBe('No run is marked as the base to compare with.');
  expect(compute('ock-score', four).value).toBeCloseTo(75 - 10 * Math.log(1.085), 12);
});

test('cost of a pass: price of an attempt over the chance of success', () => {
  const priced = run([
    item('a', [{ outcome: 'correct', tokens: 1000, promptTokens: 500 }]),
    item('b', [{ outcome: 'wrong', tokens: 3000, promptTokens: 500 }]),
  ]);
  const context = { price: { prompt: 1, completion: 2 } };
  // Attempts cost 0.0025 and 0.0065 dollars, half of them pass.
  const cost = compute('cost-of-pass', priced, { context });
  expect(cost.value).toBeCloseTo(0.009, 12);
  expect(cost.notes).toEqual(['1 of 2 items were never solved.']);
  expect(compute('cost-of-pass', four, { context }).reason).toContain('tokens to pay for');
});

describe('budgets', () => {
  test('area and curve of the hard cut', () => {
    const options = { maxTokens: 2000, minTokens: 100 };
    const linear = compute('budget-area', four, { options });
    expect(linear.value).toBeCloseTo((0.95 / 2 + (0.5 + 0) / 2) / 2, 12);
    expect(linear.curves[0]?.points.slice(0, 2)).toEqual([
      [100, 0.25],
      [200, 0.25],
    ]);
    expect(linear.curves[0]?.points.at(-1)).toEqual([2000, 0.75]);
    const log = compute('budget-area', four, { options: { ...options, axis: 'log' } });
    expect(log.value).toBeCloseTo((1 / 2 + Math.log(2) / Math.log(20) / 2) / 2, 12);
  });

  test('the gap to the best of the pool', () => {
    const a = runOfPairs([
      [1, 100],
      [0, 100],
    ]);
    const b = runOfPairs([
      [1, 400],
      [1, 400],
    ]);
    const settings = (weights: string) => ({
      context: { pool: [a, b] },
      options: { budgets: [100, 200, 400], weights },
    });
    expect(compute('reg', a, settings('sum')).value).toBeCloseTo(0.5, 12);
    expect(compute('reg', b, settings('sum')).value).toBeCloseTo(1, 12);
    // Weights 1/6, 1/2 and 1/3.
    expect(compute('reg', a, settings('trapezoid')).value).toBeCloseTo(0.5 / 3, 12);
    expect(compute('reg', b, settings('trapezoid')).value).toBeCloseTo(0.5 * (2 / 3), 12);
    expect(compute('reg', a, { context: { pool: [a, four] } }).reason).toContain('same items');
    expect(compute('reg', a, { context: { pool: [a] } }).reason).toContain('no other run');
  });

  test.each([
    ['relative-error', (0.5 + 0.2) / 2],
    ['signed-error', (0.5 - 0.2) / 2],
    ['squared-error', Math.sqrt((0.25 + 0.04) / 2)],
    ['over-rate', 0.5],
    ['soft-violation', 0.5],
  ])('adherence by %s', (measure, value) => {
    const asked = run([
      item('a', [{ tokens: 150, requestedTokens: 100 }]),
      item('b', [{ tokens: 80, requestedTokens: 100 }]),
      item('c', [{ tokens: 80, requestedTokens: 0 }]),
    ]);
    expect(compute('budget-adherence', asked, { options: { measure } }).value).toBeCloseTo(
      value,
      12,
    );
  });
});

test('OptimalThinkingBench joins both subsets', () => {
  const joined = run([
    item('a', [{ outcome: 'correct', reasoningTokens: 500 }], {
      groups: { subset: 'overthinking' },
    }),
    item('b', [{ outcome: 'correct' }], { groups: { subset: 'underthinking' } }),
  ]);
  expect(compute('otb-f1', joined).value).toBeCloseTo((2 * 0.5) / 1.5, 12);
  expect(compute('otb-f1', four).reason).toContain('not grouped');
});

test('the adaptive target looks at one band', () => {
  const lengths = [100, 200, 300, 3000];
  const banded = run([
    item(
      'easy',
      lengths.map((tokens) => ({ outcome: 'correct', tokens })),
    ),
    item(
      'hard',
      lengths.map((tokens) => ({ outcome: 'wrong', tokens })),
    ),
  ]);
  const target = (band: string) => compute('adaptive-target', banded, { options: { band } });
  expect(target('easy')).toMatchObject({ value: 1024, items: 1 });
  expect(target('hard').value).toBe(3072);
  expect(target('medium').reason).toContain('medium band');
  expect(compute('adaptive-target', four).reason).toContain('at least four samples');
});

test('parts of a run answer for themselves', () => {
  const graded = run([
    item('a', [{ outcome: 'correct' }], { difficulty: '1' }),
    item('b', [{ outcome: 'wrong' }], { difficulty: '2' }),
    item('c', [{ outcome: 'correct' }]),
  ]);
  const parts = [...partsByDifficulty(graded)].map(([level, part]) => [
    level,
    compute('avg-at-k', part).value,
  ]);
  expect(parts).toEqual([
    ['1', 1],
    ['2', 0],
  ]);
  expect(partsByBand(graded).hard.items.map(({ key }) => key)).toEqual(['b']);
});

describe('what was measured in the texts', () => {
  const measured = run([
    item('a', [
      { outcome: 'correct', tokens: 500, signals: { switches: 1, redundant: 0.25 } },
      { outcome: 'correct', tokens: null, signals: { switches: 5, redundant: 0.75 } },
    ]),
    item('b', [
      { outcome: 'wrong', tokens: 1500, signals: { switches: 3 } },
      { outcome: 'wrong', tokens: 900 },
    ]),
  ]);

  test.each([
    [{}, 3],
    [{ outcome: 'correct' }, 3],
    [{ per: '1k-tokens' }, 2],
    [{ per: '1k-tokens', outcome: 'correct' }, 2],
  ])('rate with %j', (options, value) => {
    const signal = { signal: 'switches', ...options };
    expect(compute('signal-rate', measured, { options: signal }).value).toBeCloseTo(value, 12);
  });

  test('the share of a behaviour is of all labels of its source, whatever the responses', () => {
    const label = (back: number, check: number, other = 9) => ({
      'behaviour:judge:backtracking': back,
      'behaviour:judge:verification': check,
      'behaviour:other judge:backtracking': other,
      reflections: 40,
    });
    const labelled = run([
      item('a', [{ signals: label(3, 1) }, { signals: label(0, 2) }]),
      item('b', [{ signals: label(0, 0) }, { signals: {} }]),
    ]);
    const ratio = (as: string, signal = 'behaviour:judge:backtracking') =>
      compute('signal-rate', labelled, { options: { signal, as } });
    // Three of six labels, and one of three labelled responses.
    expect(ratio('share').value).toBeCloseTo(1 / 2, 12);
    expect(ratio('presence').value).toBeCloseTo(1 / 3, 12);
    const none = run([item('a', [{ signals: label(0, 0) }])]);
    const options = { signal: 'behaviour:judge:backtracking', as: 'share' };
    expect(compute('signal-rate', none, { options }).reason).toBe('No behaviour was seen.');
  });

  test('the profile has a row for the run and for each band, with reasons where it is empty', () => {
    const rows = inefficiencyProfile(measured, { redundant: 'redundant', switches: 'switches' });
    expect(rows.map(({ part, accuracy }) => [part, accuracy.value])).toEqual([
      ['all', 0.5],
      ['easy', 1],
      ['medium', null],
      ['hard', 0],
    ]);
    expect(rows[0]).toMatchObject({
      redundant: { value: 0.5 },
      switchesOther: { value: 2 },
      switchesCorrect: { value: 2 },
      underthinking: { reason: 'No wrong response was analysed for a correct thought.' },
    });
    expect(rows[1]?.underthinking.reason).toBe('No response is wrong.');
    expect(rows[2]?.tokens.reason).toBe('The run has no items.');
  });
});

test('unknown options are refused with their place', () => {
  expect(() => compute('pass-at-k', four, { options: { k: 0 } })).toThrow('pass-at-k');
});
