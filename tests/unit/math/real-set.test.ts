import { describe, expect, test } from 'vitest';
import { parseAnswer } from '#lib/math/parse.ts';
import { sameSets, toRealSet } from '#lib/math/real-set.ts';
import { matchUp } from '#lib/math/matching.ts';
import { different, equal, unknown } from '#lib/math/judgement.ts';

function judge(a: string, b: string): string | null {
  const [left, right] = [toRealSet(parseAnswer(a)), toRealSet(parseAnswer(b))];
  return left === null || right === null ? null : sameSets(left, right).result;
}

describe('sets of reals in different writings', () => {
  test.each([
    ['(0,2)\\cup(1,3)', '(0,3)'],
    ['[0,1]\\cup(1,2)', '[0,2)'],
    ['(-\\infty,0)\\cup(0,\\infty)', 'x \\ne 0'],
    ['\\mathbb{R} \\setminus [0,1)', 'x < 0 \\text{ or } x \\ge 1'],
    ['(0,5)\\cap[3,9]', '3 \\le x < 5'],
    ['1 \\le |x| \\le 2', '[-2,-1]\\cup[1,2]'],
    ['\\{x \\mid x > 1, x < 4\\}', '(1,4)'],
    ['5 > x', '(-\\infty,5)'],
  ])('%s is %s', (a, b) => expect(judge(a, b)).toBe('equal'));

  test.each([
    ['(0,1)\\cup(1,2)', '(0,2)'],
    ['[0,1)', '(0,1]'],
    ['x > 1.4142', 'x > \\sqrt{2}'],
    ['x < 1', 'x \\le 1'],
  ])('%s is not %s', (a, b) => expect(judge(a, b)).toBe('different'));

  test('ends with letters are not ordered by a guess', () => {
    expect(toRealSet(parseAnswer('a < x < b'))).toBeNull();
  });
});

describe('matching pairs every value once', () => {
  const judgeNumbers = (a: number, b: number) =>
    Math.abs(a - b) < 1 ? equal('near') : different('far');

  test('a pairing that a greedy search would miss is found', () => {
    expect(matchUp([1, 1.6], [1.7, 0.4], judgeNumbers).result).toBe('equal');
  });

  test('one value does not count twice', () => {
    expect(matchUp([1, 1], [1, 5], judgeNumbers).result).toBe('different');
  });

  test('an undecided pair leaves the whole undecided', () => {
    expect(matchUp([1], [2], () => unknown('no idea')).result).toBe('unknown');
  });
});
