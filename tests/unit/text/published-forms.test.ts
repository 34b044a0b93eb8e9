import { describe, expect, test } from 'vitest';
import { toMathDatasetForm } from '#lib/text/math-dataset-form.ts';
import { toMinervaForm } from '#lib/text/minerva-form.ts';
import { extractQwenAnswer, toQwenForm } from '#lib/text/qwen-answer.ts';

describe('the string form of the MATH dataset', () => {
  test.each([
    ['\\dfrac12', '\\frac{1}{2}'],
    ['3/4', '\\frac{3}{4}'],
    ['.5', '\\frac{1}{2}'],
    ['12\\text{ cm}', '12'],
    ['k=7', '7'],
    ['\\sqrt3', '\\sqrt{3}'],
    ['50\\%', '50'],
    ['90^\\circ', '90'],
  ])('%s becomes %s', (answer, form) => expect(toMathDatasetForm(answer)).toBe(form));

  test('two units in one answer make the published code give up', () => {
    expect(toMathDatasetForm('1\\text{ ft} 2\\text{ in}')).toBeNull();
  });
});

describe('the form of Minerva', () => {
  test.each([
    ['x = 1,234', '1234'],
    ['\\text{odd}', 'odd'],
    ['5 dollars', '5'],
    ['\\frac34', '\\frac{3}{4}'],
    ['$7$', '7'],
  ])('%s becomes %s', (answer, form) => expect(toMinervaForm(answer)).toBe(form));
});

describe('the harness of Qwen2.5-Math', () => {
  test.each([
    ['The final answer is $12$. I hope it is right.', '12'],
    ['\\boxed{3} and \\boxed{\\frac{1}{4}}', '\\frac{1}{4}'],
    ['So the answer is 9.', '9.'],
    ['we count 1,204 of them', '1204'],
    ['nothing here', null],
  ])('%s gives %s', (response, answer) => expect(extractQwenAnswer(response)).toBe(answer));

  test('single letters are units by default and variables where units are kept', () => {
    expect(toQwenForm('e^{t}')).toBe('e^{}');
    expect(toQwenForm('e^{t}', false)).toBe('e^{t}');
  });
});
