import { describe, expect, test } from 'vitest';

import { groupAdvantages } from '#lib/rewards/group/advantage.ts';
import { rewardCurve } from '#lib/rewards/group/reward-curve.ts';
import { cosineOf } from '#lib/rewards/cosine.ts';
import { rewards } from '#lib/rewards/index.ts';
import type { RewardSample, RewardTerm } from '#lib/rewards/reward.ts';
import { golden } from '#tests/unit/metrics/golden.ts';

function answer(
  tokens: number,
  isCorrect: boolean,
  fields: Partial<RewardSample> = {},
): RewardSample {
  return {
    tokens,
    isCorrect,
    hasAnswer: true,
    isCut: false,
    isLoop: false,
    firstCorrectTokens: null,
    ...fields,
  };
}

function evaluate(
  id: string,
  group: readonly RewardSample[],
  parameters: object = {},
): (RewardTerm | null)[] {
  const reward = rewards.get(id);
  return reward.evaluate(group, reward.parameters.parse(parameters));
}

const rewardsOf = (...args: Parameters<typeof evaluate>): (number | null)[] =>
  evaluate(...args).map((term) => term?.reward ?? null);

function expectClose(actual: readonly (number | null)[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, i) => expect(actual[i]).toBeCloseTo(value, 9));
}

const groupOf = ({ L, correct }: { L: number[]; correct: number[] }): RewardSample[] =>
  L.map((tokens, i) => answer(tokens, correct[i] === 1));

describe('golden vectors', () => {
  test('Arora and Zanette, as their programme computes it', () => {
    const vector = golden.reward_efficient_reasoning_original;
    expectClose(rewardsOf('arora-zanette', groupOf(vector), { alpha: vector.alpha }), vector.value);
  });

  test('the length term of Kimi', () => {
    const vector = golden.reward_kimi_length_term;
    const terms = evaluate('kimi', groupOf(vector));
    expectClose(
      terms.map((term) => term?.length ?? null),
      vector.value,
    );
  });

  test.each(golden.reward_l1_exact)('L1-Exact at $L of $target', (vector) => {
    const { alpha, target } = vector;
    const group = [answer(vector.L, vector.correct === 1)];
    expectClose(rewardsOf('l1-exact', group, { alpha, target }), [vector.value]);
  });

  test.each(golden.reward_l1_max)('L1-Max at $L of $target', (vector) => {
    const { alpha, delta, target } = vector;
    const group = [answer(vector.L, vector.correct === 1)];
    expectClose(rewardsOf('l1-max', group, { alpha, delta, target }), [vector.value]);
  });

  test.each(golden.reward_laser)('$kind at $L, correct $correct, boxed $boxed', (vector) => {
    const { alpha, target } = vector;
    const group = [answer(vector.L, vector.correct === 1, { hasAnswer: vector.boxed === 1 })];
    const adaptive = { alpha, targets: { easy: target, medium: target, hard: target } };
    const parameters = vector.kind === 'laser' ? { alpha, target } : adaptive;
    expectClose(rewardsOf(vector.kind, group, parameters), [vector.value]);
    if (vector.kind === 'laser') expectClose(rewardsOf('laser-d', group, adaptive), [vector.value]);
  });

  test.each(golden.cosine_reward)('cosine at $L from $r0 to $rL', ({ L, Lmax, r0, rL, value }) => {
    expect(cosineOf(L, { maxTokens: Lmax, atZero: r0, atMax: rL })).toBeCloseTo(value, 9);
  });
});

describe('by hand', () => {
  const group = [answer(100, true), answer(400, true), answer(250, false)];

  test('truncation and ThinkPrune cut at their target, which is still within', () => {
    const edge = [answer(2048, true), answer(2049, true), answer(10, false)];
    expectClose(rewardsOf('truncation', edge, { target: 2048 }), [1, 0, -0.5]);
    expectClose(rewardsOf('think-prune', edge, { stage: 2 }), [1, 0, 0]);
    expectClose(rewardsOf('think-prune', edge), [1, 1, 0]);
    expect(() => rewardsOf('think-prune', edge, { stage: 3 })).toThrow('no such stage');
  });

  test('LASER-D takes its target from the success of the group', () => {
    const targets = { easy: 200, medium: 300, hard: 500 };
    expectClose(rewardsOf('laser-d', group, { targets }), [1.5, 1, -0.5]);
    const rarely = [answer(400, true), ...group.slice(2), ...group.slice(2), ...group.slice(2)];
    expectClose(rewardsOf('laser-d', rarely, { targets }).slice(0, 1), [1.5]);
    expectClose(rewardsOf('laser-d', group, { targets, band: 'hard' }), [1.5, 1.5, -0.5]);
  });

  test('a wrong answer in a loop is not paid for its length', () => {
    const long = [answer(9000, false), answer(9000, false, { isLoop: true })];
    expectClose(rewardsOf('laser-de', long, { band: 'easy' }), [0, -0.5]);
  });

  test('ShorterBetter aims at the shortest correct answer, else at the mean', () => {
    expectClose(rewardsOf('shorter-better', group), [2, 1.7, -0.15]);
    expectClose(
      rewardsOf('shorter-better', [answer(100, false), answer(300, false)]),
      [-0.1, -0.1],
    );
  });

  test('O1-Pruner against a reference', () => {
    const reference = { tokens: 200, accuracy: 0.5 };
    expectClose(rewardsOf('o1-pruner', group, { reference }), [2, 0.5, -1.2]);
    expect(rewardsOf('o1-pruner', [answer(0, true)], { reference })).toEqual([null]);
  });

  test('LC-R1 pays for brevity and for what follows the first correct answer', () => {
    const traced = [
      answer(100, true, { firstCorrectTokens: 75 }),
      answer(400, true, { firstCorrectTokens: 100 }),
      answer(250, false),
      answer(200, true),
    ];
    const [first, second, wrong, unknown] = rewardsOf('lc-r1', traced);
    expectClose([first ?? null, second ?? null, wrong ?? null], [1 + 0.75 + 0.25, 1 + 0.75, 0]);
    expect(unknown).toBeNull();
  });

  test('a lone correct answer: half the penalty for the authors, all of it in the other programme', () => {
    const lone = [answer(1000, true)];
    expectClose(rewardsOf('arora-zanette', lone, { alpha: 0.4 }), [0.8]);
    expectClose(rewardsOf('arora-zanette', lone, { alpha: 0.4, deviation: 'sample' }), [0.6]);
  });

  test('a correct answer that was cut earns nothing from Arora and Zanette', () => {
    expectClose(rewardsOf('arora-zanette', [answer(1000, true, { isCut: true })]), [0]);
  });

  test('both forms of L1-Max agree at the budget only', () => {
    const near = [answer(1000, true), answer(960, true)];
    expectClose(rewardsOf('l1-max', near, { target: 1000 }), [0.5, 0.9]);
    expectClose(rewardsOf('l1-max', near, { target: 1000, form: 'code' }), [0.5, 0.7]);
  });

  test('answers at the limit have exceeded the cosine', () => {
    expectClose(rewardsOf('cosine', [answer(14_336, true), answer(0, true)]), [-10, 2]);
  });
});

test('advantages are centred, and scaled by the deviation of the sample', () => {
  const advantages = groupAdvantages([1, 0, null, 0.5]);
  expect(advantages[0]).toBeCloseTo(1, 5);
  expect(advantages[1]).toBeCloseTo(-1, 5);
  expect(advantages[2]).toBeNull();
  expect(advantages[3]).toBeCloseTo(0, 12);
  expect(groupAdvantages([1, 0], { scale: 'none' })).toEqual([0.5, -0.5]);
  expect(groupAdvantages([0.1, 0.1, 0.1])).toEqual([0, 0, 0]);
  expect(groupAdvantages([3])).toEqual([0]);
  expect(groupAdvantages([null])).toEqual([null]);
});

test('a curve shows the step of LASER', () => {
  const curve = rewardCurve(
    rewards.get('laser'),
    { target: 10 },
    {
      lengths: [5, 10, 11],
      answer: answer(0, true),
    },
  );
  expect(curve).toEqual([
    [5, 1.5],
    [10, 1.5],
    [11, 1],
  ]);
});
