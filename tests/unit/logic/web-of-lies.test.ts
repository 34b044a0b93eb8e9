import { describe, expect, test } from 'vitest';
import {
  fits,
  holds,
  solveStatements,
  type ClaimKind,
  type Statement,
} from '#lib/logic/lie-statements.ts';
import { findYesNo, publishedYesNo, readYesNo } from '#lib/logic/yes-or-no.ts';
import { createRng, type Rng } from '#lib/rng.ts';

const CLAIMS: readonly ClaimKind[] = [
  'honest',
  'liar',
  'same',
  'different',
  'some-honest',
  'some-liar',
];

function drawStatement(rng: Rng, people: number): Statement {
  const claim = rng.pick(CLAIMS);
  const a = rng.below(people);
  const b = (a + 1 + rng.below(people - 1)) % people;
  const of = claim === 'honest' || claim === 'liar' ? [a] : [a, b];
  return { speaker: rng.below(6) === 0 ? null : rng.below(people), claim, of };
}

function countByHand(people: number, statements: readonly Statement[]): number {
  let count = 0;
  for (let mask = 0; mask < 2 ** people; mask += 1) {
    const honest = Array.from({ length: people }, (_, at) => ((mask >> at) & 1) === 1);
    if (statements.every((statement) => fits(statement, honest))) count += 1;
  }
  return count;
}

describe('statements of liars', () => {
  test('a claim holds as it reads', () => {
    const honest = [true, false, true];
    const held = (claim: ClaimKind, ...of: number[]) => holds({ claim, of }, honest);
    expect([held('honest', 0), held('liar', 0), held('liar', 1)]).toEqual([true, false, true]);
    expect([held('same', 0, 2), held('same', 0, 1)]).toEqual([true, false]);
    expect([held('some-honest', 0, 1), held('some-liar', 0, 2)]).toEqual([true, false]);
  });

  test('elimination and trying count the same ways as going through all of them', () => {
    const rng = createRng('web-of-lies-count');
    const seen = new Set<number>();
    for (let round = 0; round < 400; round += 1) {
      const people = rng.between(2, 9);
      const statements = Array.from({ length: rng.between(1, 2 * people) }, () =>
        drawStatement(rng, people),
      );
      const { count, first } = solveStatements(people, statements, 1000);
      expect(count).toBe(countByHand(people, statements));
      if (first !== null)
        expect(statements.every((statement) => fits(statement, first))).toBe(true);
      seen.add(Math.min(count, 2));
    }
    expect([...seen].sort()).toEqual([0, 1, 2]);
  });

  test('people in the second word are held apart from those in the first', () => {
    const chain = Array.from({ length: 59 }, (_, at): Statement => ({
      speaker: at,
      claim: at % 2 === 0 ? 'liar' : 'honest',
      of: [at + 1],
    }));
    expect(solveStatements(60, chain, 5).count).toBe(2);
    const told: Statement = { speaker: null, claim: 'liar', of: [59] };
    const { count, first } = solveStatements(60, [...chain, told], 5);
    expect(count).toBe(1);
    expect([...chain, told].every((statement) => fits(statement, first ?? []))).toBe(true);
  });
});

describe('lists of yes and no', () => {
  test.each([
    ['yes, no', [true, false]],
    ['Yes and No', [true, false]],
    ['yes no yes', [true, false, true]],
    ['是，不是、否', [true, false, false]],
    ['1. yes, 2. no', [true, false]],
    ['Ada: yes; Bo: no.', [true, false]],
    ['yes, not sure', [true, null]],
    ['yes, unknown', [true, null]],
    ['', []],
  ])('%s', (text, list) => {
    expect(readYesNo(text)).toEqual(list);
  });

  test.each([
    ['The answer is **yes, no**.', [true, false]],
    ['The answer is: **yes**, **no**.', [true, false]],
    ['The answer is \\boxed{yes, no}', [true, false]],
    ['The answer is \\boxed{\\text{yes, no}}.', [true, false]],
    ['The answer is yes, no. I am certain of it, no doubt.', [true, false]],
    ['答案是：**是、否**', [true, false]],
    [
      'The answer is **no, no**.\nWait.\nThe answer is **yes, no**.\n\nI hope that is clear.',
      [true, false],
    ],
    ['**Ada** lies.\nyes, no', [true, false]],
    ['The answer is **yes, yes**.\nNo: The answer is **yes, not sure**.', [true, null]],
    ['I cannot say.', null],
    ['So Ada tells the truth and Bo does not.', null],
  ])('%s', (text, list) => {
    expect(findYesNo(text)).toEqual(list);
  });

  test('the published reader sees words inside others', () => {
    expect(publishedYesNo('The answer is **yes, not sure**.')).toEqual([true, false]);
    expect(publishedYesNo('答案是 **不是, 否**。')).toEqual([true, false]);
  });
});
