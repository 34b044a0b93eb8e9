import { describe, expect, test } from 'vitest';
import { splitThinking } from '#lib/text/think-split.ts';

describe('every family of markers parts thinking and answer', () => {
  test.each([
    ['think', '<think>a</think>b'],
    ['kimi', '◁think▷a◁/think▷b'],
    ['thinking', '<thinking>a</thinking>b'],
    ['seed', '<seed:think>a</seed:think>b'],
    ['magistral', '[THINK]a[/THINK]b'],
    ['begin-of-thought', '<|begin_of_thought|>a<|end_of_thought|>b'],
    ['channel', '<|channel|>analysis<|message|>a<|channel|>final<|message|>b'],
  ])('%s', (family, text) => {
    const split = splitThinking(text);
    expect(split).toMatchObject({ family, isClosed: true });
    expect(split.thinking?.text).toBe('a');
    expect(split.answer.text).toBe('b');
    expect(text.slice(split.answer.start, split.answer.end)).toBe('b');
  });
});

test('a closing marker alone is enough', () => {
  const split = splitThinking('a</think>b');
  expect([split.thinking?.text, split.answer.text, split.isClosed]).toEqual(['a', 'b', true]);
});

test('a block that was never closed leaves no answer', () => {
  const split = splitThinking('<think>a and b');
  expect([split.thinking?.text, split.answer.text, split.isClosed]).toEqual(['a and b', '', false]);
});

test('a block that was opened again leaves no answer', () => {
  expect(splitThinking('<think>a</think>b<think>c').isClosed).toBe(false);
});

test('a text without markers is all answer', () => {
  const split = splitThinking('just b');
  expect([split.thinking, split.answer.text, split.family]).toEqual([null, 'just b', null]);
});
