import { describe, expect, test } from 'vitest';
import { findBoxes } from '#lib/text/boxes.ts';
import { answerCandidates } from '#lib/text/final-answer.ts';
import { numberFromWords, spelledNumber } from '#lib/text/number-words.ts';

function first(text: string): { text: string; rule: string } | null {
  const [candidate] = answerCandidates(text).take(1);
  return candidate === undefined ? null : { text: candidate.text, rule: candidate.rule };
}

describe('the first candidate names its rule', () => {
  test.each([
    ['It is \\boxed{3}, no, \\boxed{4}.', '4', 'box'],
    ['\\boxed{1} and \\boxed{2}', '1, 2', 'boxes joined'],
    ['\\boxed{1} or \\boxed{2}', '1 \\text{ or } 2', 'boxes joined'],
    ['\\boxed{1} and again \\boxed{1}', '1', 'box'],
    ['The answer is 7. Done.', '7', 'announced'],
    ['Answer: $x^2$', '$x^2$', 'announced'],
    ['#### 42', '42', 'announced'],
    ['x = 5', 'x = 5', 'whole text'],
  ])('%s', (text, answer, rule) => {
    expect(first(text)).toEqual({ text: answer, rule });
  });
});

test('the span of a candidate is where its text stands', () => {
  const text = 'We get \\boxed{\\frac{1}{2}} in the end.';
  const [candidate] = answerCandidates(text).take(1);
  expect(text.slice(candidate!.start, candidate!.end)).toBe('\\frac{1}{2}');
});

test('a correction in words after the box comes first', () => {
  const [candidate] = answerCandidates('\\boxed{3}. Sorry, the answer is $4$.').take(1);
  expect(candidate).toMatchObject({ text: '4', rule: 'announced formula' });
});

test('boxes far apart are not joined', () => {
  expect(first(`\\boxed{1}${' and so on'.repeat(20)} \\boxed{2}`)?.text).toBe('2');
});

test('a box keeps its inner braces, and an unclosed one runs to the end of its line', () => {
  expect(findBoxes('\\boxed{\\sqrt{2}}').at(-1)?.content.text).toBe('\\sqrt{2}');
  expect(findBoxes('\\boxed{\\sqrt{2}').at(-1)).toMatchObject({ isClosed: false });
});

describe('spelled numbers', () => {
  test.each([
    ['seven', 7],
    ['twenty-one', 21],
    ['one hundred and five', 105],
    ['two thousand three hundred', 2300],
    ['three million', 3_000_000],
  ])('%s is %d', (words, value) => expect(numberFromWords(words)).toBe(value));
  test.each([
    ['fifteen hundred', 1500],
    ['two million, three hundred thousand and five', 2_300_005],
    ['two dozen', 24],
  ])('%s is %d', (words, value) => expect(numberFromWords(words)).toBe(value));
  test.each([
    '',
    'seven apples',
    'often',
    'one, two',
    'one and two',
    'one two three',
    'twenty, one',
    'one thousand two million',
  ])('"%s" is none', (words) => expect(numberFromWords(words)).toBeNull());
  test.each([
    ['three quarters', 3, 4],
    ['two and a half million', 5_000_000, 2],
    ['minus one third', -1, 3],
    ['two over seven', 2, 7],
  ])('%s is %d/%d', (words, top, bottom) =>
    expect(spelledNumber(words)).toEqual({ top, bottom, isPercent: false }),
  );
  test.each(['third', 'twenty third', 'two third', 'a mother'])('"%s" is no fraction', (words) =>
    expect(spelledNumber(words)).toBeNull(),
  );
});
