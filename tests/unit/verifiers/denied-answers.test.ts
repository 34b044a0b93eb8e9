import { describe, expect, test } from 'vitest';
import { verifiers } from '#lib/verifiers/index.ts';

/** Ways to name an answer without giving it; `#` is the answer. */
const NOT_GIVEN = [
  'not #',
  'It is not #.',
  'The answer is not #.',
  'The answer is never #.',
  'The answer cannot be #.',
  '# is not the answer.',
  '# is wrong.',
  "# isn't right.",
  '# cannot be correct.',
  '# was clearly incorrect.',
];

const GIVEN = [
  'The answer is #.',
  '#',
  'There is no doubt: the answer is #.',
  'It is not difficult to see that the answer is #.',
  'The answer is #. It is not the only way to see it.',
];

const ANSWERS: readonly (readonly [id: string, gold: string, answer: string])[] = [
  ['numeric', '42', '42'],
  ['math', '42', '42'],
  ['json', '{"a": 1}', '{"a": 1}'],
  ['multiple-choice', 'B', 'B'],
  ['multiple-choice', 'B', '(B)'],
  ['expression-target', '4 6 -> 24', '4*6'],
];

function statusOf(id: string, gold: string, response: string): string {
  const verifier = verifiers.get(id);
  return verifier.verify({ gold, response }, verifier.policy.parse({})).status;
}

describe.each(ANSWERS)('%s, %s', (id, gold, answer) => {
  test.each(NOT_GIVEN)('"%s" gives no answer', (form) => {
    expect(statusOf(id, gold, form.replace('#', answer))).not.toBe('correct');
  });

  test.each(GIVEN)('"%s" gives one', (form) => {
    expect(statusOf(id, gold, form.replace('#', answer))).toBe('correct');
  });
});

test.each(['at least #', 'at most #', 'more than #', 'no more than #', 'twice #', 'half of #'])(
  'numeric: "%s" is another number, in a box and as a reference too',
  (form) => {
    const changed = form.replace('#', '42');
    expect(statusOf('numeric', '42', changed)).not.toBe('correct');
    expect(statusOf('numeric', '42', `\\boxed{${changed}}`)).not.toBe('correct');
    expect(statusOf('numeric', changed, '\\boxed{42}')).toBe('unverifiable');
  },
);

test.each([
  '[1,∞)',
  '[1, \\infty)',
  '[1, \\infty',
  'x \\ge 1',
  '1 or 2',
  '(1, 2)',
  'x_{1}^{2}',
  '\\frac{\\pi}{1}',
  'x + 1',
  'not 1',
])('numeric: a number inside of %s is not that reference', (gold) => {
  expect(statusOf('numeric', gold, '\\boxed{1}')).toBe('unverifiable');
});

test.each([
  '1,000',
  '\\$1{,}000',
  '#### 1000',
  '\\boxed{1000}',
  '1000 apples',
  '1000^\\circ',
  'x = 1000',
])('numeric: %s is a number', (gold) => {
  expect(statusOf('numeric', gold, '\\boxed{1000}')).toBe('correct');
});

test.each([
  'Either {"a": 2} or {"a": 1}',
  'maybe {"a": 1}',
  'Is it {"a": 1}?',
  '{"a": 1}\nNo, that is wrong.',
  '```json\n{"a": 1}\n```\nSorry, I made a mistake.',
  '{"a": 2}, not {"a": 1}',
])('json: %j does not settle on it', (response) => {
  expect(statusOf('json', '{"a": 1}', response)).not.toBe('correct');
});

test.each([
  'It is {"a": 1}, not {"a": 2}.',
  'Do not add anything.\n```json\n{"a": 1}\n```',
  '{"a": 2}\nWait, correction: {"a": 1}',
  '{"a": 1}\n\nThis is not the place for more.',
])('json: %j settles on it', (response) => {
  expect(statusOf('json', '{"a": 1}', response)).toBe('correct');
});

test('multiple choice: a letter that is taken back is none, and the one behind it counts', () => {
  expect(statusOf('multiple-choice', 'B', 'The answer is B. Wait, I made a mistake.')).toBe(
    'unparsed',
  );
  expect(statusOf('multiple-choice', 'A', '\\boxed{A}. Wait, that is wrong.')).toBe('unparsed');
  const revised = '\\boxed{A}. Wait, that is wrong. The answer is C.';
  expect(statusOf('multiple-choice', 'C', revised)).toBe('correct');
  expect(statusOf('multiple-choice', 'B', 'It is anything but B.')).toBe('unparsed');
  const checked = 'The answer is B. Wait, let me check. Yes, B is right.';
  expect(statusOf('multiple-choice', 'B', checked)).toBe('correct');
});
