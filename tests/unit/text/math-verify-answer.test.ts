import { expect, test } from 'vitest';
import { mathVerifyCandidates } from '#lib/text/math-verify-answer.ts';

function first(text: string): string | undefined {
  const [candidate] = mathVerifyCandidates(text);
  return candidate;
}

test.each([
  ['The final answer is 12. I hope it is correct.', '12'],
  ['We have \\boxed{3} apples.', '3'],
  ['First \\boxed{3}, and then a long way to something else entirely: \\boxed{4}', '4'],
  ['Either \\boxed{3} or \\boxed{4}', '3, 4'],
  ['The roots are \\boxed{3}\n\n\\boxed{3}', '3'],
  ['\\boxed{\\boxed{7}}', '7'],
  [
    'The value is $a$, the answer: $b$, as $c$ is not wanted here since it stands too far away',
    'b',
  ],
  ['So my answer would be $5$.', '5'],
  ['First $5$, then $6$', '6'],
  ['It is 25 percent of $40$ percent', '40\\%'],
  ['It costs 1,250 in all', '1,250'],
  ['AB2C', undefined],
])('%j gives %j', (text, expected) => {
  expect(first(text)).toBe(expected);
});

test('formulas need their delimiters', () => {
  expect([...mathVerifyCandidates('The line 3x + 4y = 0')]).toEqual(['0']);
});

test('a long text is read from its end, and only some of its values are tried', () => {
  expect([...mathVerifyCandidates('7 '.repeat(50_000))]).toHaveLength(40);
});
