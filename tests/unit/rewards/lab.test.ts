import { describe, expect, test } from 'vitest';

import { rewards } from '#lib/rewards/index.ts';
import { evaluateRun, type LabSample } from '#lib/rewards/lab/evaluate-run.ts';
import {
  parameterAt,
  parameterControls,
  withParameter,
} from '#lib/rewards/lab/parameter-controls.ts';
import { rankCorrelation } from '#lib/rewards/lab/rank-correlation.ts';

describe.each(rewards.all)('the controls of $id', (reward) => {
  test('stand at their defaults, and every end of theirs is a valid parameter', () => {
    const controls = parameterControls(reward);
    expect(controls.length).toBeGreaterThan(0);
    const defaults = reward.parameters.parse({}) as Record<string, unknown>;
    for (const control of controls) {
      expect(parameterAt(defaults, control.path)).toBe(control.value);
      const ends = control.kind === 'number' ? [control.low, control.high] : control.choices;
      for (const end of ends) {
        const parsed = reward.parameters.safeParse(withParameter(defaults, control.path, end));
        expect(parsed.error, `${control.label} ${String(end)}`).toBeUndefined();
      }
      if (control.kind !== 'number') continue;
      expect(control.low).toBeLessThanOrEqual(control.value);
      expect(control.high).toBeGreaterThan(control.value);
      expect(control.step).toBeGreaterThan(0);
    }
  });
});

test('a parameter is changed alone', () => {
  const before = { alpha: 1, outcomes: { correct: 1, wrong: 0 } };
  const after = withParameter(before, ['outcomes', 'wrong'], -1);
  expect(after).toEqual({ alpha: 1, outcomes: { correct: 1, wrong: -1 } });
  expect(before.outcomes.wrong).toBe(0);
});

test('rank correlation, checked by hand', () => {
  expect(rankCorrelation([1, 2, 3, 4], [10, 20, 30, 40])).toBe(1);
  expect(rankCorrelation([1, 2, 3, 4], [4, 3, 2, 1])).toBe(-1);
  // Ranks 0.5 0.5 2 3 against 0 1 2 3: sums of products 4.5, of squares 4.5 and 5.
  expect(rankCorrelation([1, 1, 2, 3], [1, 2, 3, 4])).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 12);
  expect(rankCorrelation([1, null, 2, 3], [5, 9, null, 7])).toBeNull();
  expect(rankCorrelation([1, 1, 1], [1, 2, 3])).toBeNull();
});

function sample(itemKey: string, sampleIndex: number, fields: Partial<LabSample>): LabSample {
  const outcome = fields.isCorrect === true ? 'correct' : 'wrong';
  return {
    ...{ itemKey, sampleIndex, outcome, tokens: 1000 },
    ...{ isCorrect: false, hasAnswer: true, isCut: false, isLoop: false, firstCorrectTokens: null },
    ...fields,
  };
}

const chosen = (...ids: string[]) =>
  ids.map((id) => ({ reward: rewards.get(id), parameters: rewards.get(id).parameters.parse({}) }));

describe('rewards over the samples of a run', () => {
  const group = [
    sample('a', 0, { tokens: 1000, isCorrect: true }),
    sample('a', 1, { tokens: 9000, isCorrect: true }),
    sample('a', 2, { tokens: 2000 }),
    sample('a', 3, { tokens: 3000 }),
  ];

  test('are those of the registry, with the advantages of the group', () => {
    const { samples, methods } = evaluateRun([group], chosen('laser', 'truncation'));
    // LASER pays 1.5 within 4,096 tokens and 1 beyond; truncation at 8,192 pays nothing for the long one.
    expect(samples.map((one) => one.rewards)).toEqual([
      [1.5, 1],
      [1, 0],
      [-0.5, -0.5],
      [-0.5, -0.5],
    ]);
    // Mean 0.375, deviation with n − 1.
    const deviation = Math.sqrt((1.125 ** 2 + 0.625 ** 2 + 2 * 0.875 ** 2) / 3);
    expect(samples[0]?.advantages[0]).toBeCloseTo(1.125 / (deviation + 1e-6), 12);
    expect(methods[0]).toMatchObject({ meanRight: 1.25, meanWrong: -0.5, rightRewarded: 1 });
    // The long right answer stands at the mean of its group under truncation: neither paid nor punished.
    expect(methods[1]).toMatchObject({ rightRewarded: 1, wrongPunished: 1, tokensPull: -1500 });
  });

  test('tell how differently two methods order the samples', () => {
    const { correlations, correlatedBy } = evaluateRun([group], chosen('laser', 'laser', 'cosine'));
    expect(correlatedBy).toBe('advantages');
    expect(correlations[0]?.[1]).toBe(1);
    expect(correlations[0]?.[2]).toBe(correlations[2]?.[0]);
    expect(Math.abs(correlations[0]?.[2] ?? 2)).toBeLessThan(1);
  });

  test('of one sample an item are compared by what they pay', () => {
    const singles = group.map((one, index) => [{ ...one, itemKey: String(index) }]);
    const result = evaluateRun(singles, chosen('laser'));
    expect(result.correlatedBy).toBe('rewards');
    expect(result.targets).toEqual([]);
    expect(result.methods[0]).toMatchObject({ rightRewarded: null, tokensPull: null });
  });

  test('choose the targets that ECR chooses', () => {
    const easy = Array.from({ length: 8 }, (_, index) =>
      sample('easy', index, { tokens: 500 * (index + 1), isCorrect: index < 7 }),
    );
    const { targets } = evaluateRun([easy], chosen('laser'));
    // |C| = 6: a sixth of 8 responses are two, and the second has 1,000 tokens.
    expect(targets.map(({ band, items, target }) => [band, items, target])).toEqual([
      ['easy', 1, 1024],
      ['medium', 0, null],
      ['hard', 0, null],
    ]);
  });

  test('of nothing are nothing', () => {
    expect(evaluateRun([], chosen('laser'))).toMatchObject({ samples: [], targets: [] });
  });
});
