import { describe, expect, test } from 'vitest';

import type { Domains, Rule } from '#lib/demo/puzzle.ts';
import { demoItems } from '#lib/demo/items.ts';
import { differentRule } from '#lib/demo/rules/different-rule.ts';
import { linearRule } from '#lib/demo/rules/linear-rule.ts';
import { relationRule } from '#lib/demo/rules/relation-rule.ts';
import { listSolutions } from '#lib/demo/solutions.ts';
import { createRng } from '#lib/rng.ts';

interface RuleCase {
  label: string;
  rule: Rule;
  holds: (values: readonly number[]) => boolean;
}

const CASES: readonly RuleCase[] = [
  {
    label: 'linear',
    rule: linearRule(
      'equation 1',
      [
        { variable: 0, factor: 2 },
        { variable: 1, factor: -3 },
        { variable: 2, factor: 1 },
      ],
      4,
    ),
    holds: ([x = 0, y = 0, z = 0]) => 2 * x - 3 * y + z === 4,
  },
  {
    label: 'different',
    rule: differentRule('row 1', [0, 1, 2]),
    holds: (values) => new Set(values).size === 3,
  },
  {
    label: 'relation',
    rule: relationRule({
      name: 'clue 1',
      scope: [2, 0],
      text: 'the third is greater than the first',
      holds: ([z = 0, x = 0]) => z > x,
    }),
    holds: ([x = 0, , z = 0]) => z > x,
  },
];

describe.each(CASES)('a $label rule', ({ rule, holds }) => {
  test('says no only when no choice is left, and is exact when all is decided', () => {
    const rng = createRng('rules');
    for (let round = 0; round < 300; round += 1) {
      const domains: Domains = [0, 1, 2].map(() =>
        rng.shuffle([1, 2, 3, 4, 5]).slice(0, rng.between(1, 3)),
      );
      const choices = product(domains);
      if (choices.some(holds)) expect(rule.canHold(domains)).toBe(true);
      for (const values of choices) {
        expect(rule.canHold(values.map((value) => [value]))).toBe(holds(values));
      }
    }
  });
});

test('objections and confirmations give the numbers that a reader can check', () => {
  const [linear, different] = CASES.map(({ rule }) => rule);
  expect(linear!.objection([[1], [1], [1]])).toBe('equation 1 gives 0, not 4');
  expect(linear!.objection([[1], [2, 3], [1]])).toBe('equation 1 gives at most -3, under 4');
  expect(linear!.objection([[5], [1], [1, 2]])).toBe('equation 1 gives at least 8, over 4');
  expect(linear!.confirmation([[3], [1], [1]])).toBe('equation 1 gives 6 - 3 + 1 = 4');
  expect(different!.objection([[3], [1, 2], [3]])).toBe('row 1 has 3 twice');
});

test('the silent search lists every solution of a puzzle whose rules are dropped', () => {
  const { puzzle } = demoItems()[0]!.question;
  const free = { ...puzzle, rules: [] };
  const count = puzzle.variables.reduce((size, variable) => size * variable.domain.length, 1);
  expect(listSolutions(free, 10_000)).toHaveLength(count);
  expect(listSolutions(free, 2)).toHaveLength(2);
});

function product(domains: Domains): number[][] {
  return domains.reduce<number[][]>(
    (before, domain) => before.flatMap((chosen) => domain.map((value) => [...chosen, value])),
    [[]],
  );
}
