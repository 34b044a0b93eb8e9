import { expect, test } from 'vitest';
import { excerptOf } from '#lib/judge/answer-excerpt.ts';

test('a short text is shown whole, with the answer apart', () => {
  expect(excerptOf('It is 42, I think.', { start: 6, end: 8 })).toEqual({
    before: 'It is ',
    answer: '42',
    after: ', I think.',
  });
});

test('of a long text only what stands around the answer is shown', () => {
  const text = `${'a'.repeat(5_000)}42${'b'.repeat(5_000)}`;
  const { before, answer, after } = excerptOf(text, { start: 5_000, end: 5_002 });
  expect(before).toMatch(/^…a{240}$/);
  expect(answer).toBe('42');
  expect(after).toMatch(/^b{120}…$/);
});

test('an endless answer is cut too', () => {
  const { before, answer, after } = excerptOf('7'.repeat(100_000), { start: 0, end: 100_000 });
  expect([before, after]).toEqual(['', '']);
  expect(answer).toMatch(/^7{2000}…$/);
});

test('no cut parts the halves of a character', () => {
  for (const shift of ['', 'a']) {
    const text = `${shift}${'😀'.repeat(400)}42${'😀'.repeat(400)}`;
    const start = text.indexOf('42');
    const { before, answer, after } = excerptOf(text, { start, end: start + 2 });
    expect(answer).toBe('42');
    expect(before.isWellFormed() && after.isWellFormed()).toBe(true);
  }
  const faces = `a${'😀'.repeat(3_000)}`;
  expect(excerptOf(faces, { start: 0, end: faces.length }).answer.isWellFormed()).toBe(true);
});
