import { expect, test } from 'vitest';

import type { Steps } from '#lib/demo/strategies/strategy.ts';
import { writeTrace } from '#lib/demo/trace.ts';

const WHOLE = '<think>\none two three\nfour\n</think>\nThe answer is \\boxed{7}.';

function* steps(onStep?: (step: string) => void): Steps {
  for (const step of ['one two three', 'four']) {
    onStep?.(step);
    yield step;
  }
  return '7';
}

test('without a limit, and with one that just suffices, the trace is whole', () => {
  expect(writeTrace(steps(), null)).toEqual({ output: WHOLE, finishReason: 'stop' });
  expect(writeTrace(steps(), 10)).toEqual({ output: WHOLE, finishReason: 'stop' });
});

test.each([
  [9, '<think>\none two three\nfour\n</think>\nThe answer is'],
  [6, '<think>\none two three\nfour\n</think>'],
  [5, '<think>\none two three\nfour'],
  [3, '<think>\none two'],
  [1, '<think>'],
])('a budget of %i words cuts after exactly as many', (budget, output) => {
  expect(writeTrace(steps(), budget)).toEqual({ output, finishReason: 'length' });
});

test('steps after the cut are never taken', () => {
  const taken: string[] = [];
  writeTrace(
    steps((step) => taken.push(step)),
    2,
  );
  expect(taken).toEqual(['one two three']);
});
