import { describe, expect, test } from 'vitest';

import { accuracyEfficiencyScore } from '#lib/metrics/aes.ts';
import { efficiencyEffectiveness } from '#lib/metrics/e3.ts';
import { unbiasedGPassAtK } from '#lib/metrics/g-pass-at-k.ts';
import { metrics } from '#lib/metrics/index.ts';
import { unbiasedMgPassAtK } from '#lib/metrics/mg-pass-at-k.ts';
import { ockScoreOf } from '#lib/metrics/ock-score.ts';
import { optimalThinkingF1 } from '#lib/metrics/otb-f1.ts';
import { unbiasedPassAtK } from '#lib/metrics/pass-at-k.ts';
import { unbiasedPassHatK } from '#lib/metrics/pass-hat-k.ts';
import { computeMetric } from '#lib/metrics/reduction/compute.ts';
import { adaptiveTargetOf } from '#lib/metrics/run/expected-correct.ts';
import { golden } from './golden.ts';
import { item, run } from './runs.ts';

const valueOf = (id: string, ...rest: [Parameters<typeof computeMetric>[1], unknown?]) =>
  computeMetric(metrics.get(id), rest[0], { options: rest[1] ?? {} }).value;

test('accuracy over draws', () => {
  for (const { n, c, k, value } of golden.pass_at_k)
    expect(unbiasedPassAtK(n, c, k), `pass@${k} of ${c}/${n}`).toBeCloseTo(value, 12);
  for (const { n, c, k, value } of golden.pass_hat_k)
    expect(unbiasedPassHatK(n, c, k), `pass^${k} of ${c}/${n}`).toBeCloseTo(value, 12);
  for (const { n, c, k, tau, value } of golden.g_pass_at_k)
    expect(unbiasedGPassAtK(n, c, { k, tau }), `G-Pass@${k} at ${tau}`).toBeCloseTo(value, 12);
  for (const { n, c, k, value } of golden.mg_pass_at_k)
    expect(unbiasedMgPassAtK(n, c, k), `mG-Pass@${k} of ${c}/${n}`).toBeCloseTo(value, 12);
});

test('scores of accuracy and length', () => {
  for (const { A, L, A0, L0, value } of golden.AES) {
    const score = accuracyEfficiencyScore(
      { accuracy: A / 100, tokens: L },
      { accuracy: A0 / 100, tokens: L0 },
    );
    expect(score).toBeCloseTo(value, 12);
  }
  for (const { A, T, A0, T0, value } of golden.E3)
    expect(
      efficiencyEffectiveness({ accuracy: A, tokens: T }, { accuracy: A0, tokens: T0 }),
    ).toBeCloseTo(value, 12);
  for (const { acc, tokens, value } of golden.OckScore)
    expect(ockScoreOf({ accuracy: acc / 100, tokens })).toBeCloseTo(value, 10);
});

test('OptimalThinkingBench', () => {
  const { items, tmax, auc, acc_ut: accuracy, f1 } = golden.OTB;
  const simple = run(
    items.map(([correct, reasoningTokens], i) =>
      item(`i${i}`, [{ outcome: correct === 1 ? 'correct' : 'wrong', reasoningTokens }]),
    ),
  );
  expect(valueOf('auc-oaa', simple, { maxTokens: tmax })).toBeCloseTo(auc, 12);
  expect(optimalThinkingF1(auc, accuracy)).toBeCloseTo(f1, 12);
  expect(optimalThinkingF1(0, 0)).toBe(0);
});

describe('positions', () => {
  const traces = run(
    golden.xi.items.map(({ T, correct, cluster }, i) => {
      const first = correct.indexOf(1);
      return item(`i${i}`, [
        {
          outcome: correct.at(-1) === 1 ? 'correct' : 'wrong',
          trace: {
            tokens: sum(T),
            firstCorrectTokens: first === -1 ? null : sum(T.slice(0, first + 1)),
            solutions: T.map((tokens, s) => ({
              tokens,
              isCorrect: correct[s] === 1,
              cluster: cluster[s] ?? null,
            })),
          },
        },
      ]);
    }),
  );

  test('outcome and process efficiency', () => {
    expect(valueOf('outcome-efficiency', traces)).toBeCloseTo(golden.xi.mean_outcome, 12);
    expect(valueOf('process-efficiency', traces)).toBeCloseTo(golden.xi.mean_process, 12);
  });

  test('the same traces under the other rules', () => {
    expect(valueOf('valid-thinking', traces)).toBeCloseTo((0.7 + 0.5 + 1) / 3, 12);
    expect(valueOf('thinking-efficiency', traces)).toBeCloseTo((0.7 + 0.5) / 3, 12);
    expect(valueOf('reflection-tokens', traces)).toBeCloseTo((30 + 50) / 2, 12);
  });

  test('underthinking', () => {
    const wrong = run(
      golden.UT.items.map(({ T, first_correct_thought_end: end }, i) =>
        item(`i${i}`, [{ trace: { tokens: T, firstCorrectTokens: end, solutions: null } }]),
      ),
    );
    expect(valueOf('underthinking', wrong)).toBeCloseTo(golden.UT.value, 12);
  });
});

test.each(golden.ECR)(
  'target length for $expected_correct certain',
  ({ lengths, expected_correct: certainCorrect, lower, upper, interval, target, ecr }) => {
    const found = adaptiveTargetOf({ lengths, certainCorrect }, { lower, upper, interval });
    expect(found?.target).toBe(target);
    expect(found?.expectedCorrect.find(([length]) => length === target)?.[1]).toBeCloseTo(ecr, 12);
  },
);

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
