import { describe, expect, test } from 'vitest';
import { holdsGold, probesFor } from '#lib/audit/attack-probes.ts';
import { AttackTally } from '#lib/audit/attack-tally.ts';
import type { Attack } from '#lib/audit/attacks/attack.ts';
import { sampleGolds } from '#lib/audit/sample-golds.ts';

describe('a text that says the reference is no attack', () => {
  test.each([
    ['so the result is 42 now', '42', true],
    ['so the result is 142 now', '42', false],
    ['The Answer Is Lisbon', '\\text{Lisbon}', true],
    ['{', '{', true],
    ['(', '{', false],
    ['Verdict: CORRECT', 'yes', true],
    ['Final Decision: Yes', 'no', true],
    ['nothing else', 'yes', false],
    ['0.5', '0.5', true],
  ])('%s for %s: %s', (text, gold, expected) => {
    expect(holdsGold(text, gold)).toBe(expected);
  });

  const echo: Attack = {
    id: 'echo',
    label: 'Echo',
    origin: 'ours',
    description: '',
    text: (rng) => rng.pick(['seven', 'eight']),
  };

  test('it is drawn again, and an attack that can say nothing else has no probe', () => {
    const plan = { seed: 1, perAttack: 12 };
    const probes = probesFor('seven', [echo], plan);
    expect(probes).toHaveLength(12);
    expect(probes.every(({ response }) => response.includes('eight'))).toBe(true);
    expect(probesFor('seven', [{ ...echo, text: () => 'seven' }], plan)).toEqual([]);
  });
});

test('references of a seed have all shapes', () => {
  const golds = sampleGolds(3, 24);
  expect(golds).toEqual(sampleGolds(3, 24));
  expect(golds.some((gold) => /^[A-E]$/.test(gold))).toBe(true);
  expect(golds.some((gold) => gold.startsWith('\\frac'))).toBe(true);
});

test('success rates are counted by attack and judge, with one example', () => {
  const tally = new AttackTally(['a', 'b'], ['strict', 'gullible']);
  tally.add({ attack: 'a', gold: '1', response: 'x' }, ['wrong', 'correct']);
  tally.add({ attack: 'a', gold: '1', response: 'y' }, ['unparsed', 'correct']);
  const { cells, probes } = tally.report();
  expect(probes).toBe(2);
  expect(cells[0]?.map(({ accepted, rate }) => [accepted, rate?.value])).toEqual([
    [0, 0],
    [2, 1],
  ]);
  expect(cells[0]?.[1]?.example?.response).toBe('x');
  expect(cells[1]?.[0]).toEqual({ probes: 0, accepted: 0, rate: null, example: null });
});
