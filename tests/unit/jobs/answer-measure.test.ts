import { describe, expect, test } from 'vitest';

import { measureAnswers } from '#lib/jobs/answer-measure.ts';
import type { AttemptTexts } from '#lib/jobs/attempt-measure.ts';
import { verifiers } from '#lib/verifiers/index.ts';

/** A token a character, so that positions can be read off. */
const counter = {
  count: (text: string) => text.length,
  starts: (text: string) => Array.from(text, (_, index) => index),
};

function judgeBy(id: string, gold: string): (response: string) => boolean {
  const verifier = verifiers.get(id);
  const policy = verifier.policy.parse({});
  return (response) => verifier.verify({ response, gold }, policy).status === 'correct';
}

function measure(texts: Partial<AttemptTexts>, gold: string, verifier = 'math') {
  const isCorrect = judgeBy(verifier, gold);
  return measureAnswers(
    { output: null, reasoning: null, answer: null, ...texts },
    {
      gold,
      isCorrect,
      accepted: null,
      counter,
      tokens: Object.values(texts).reduce((sum, text) => sum + (text?.length ?? 0), 0),
      now: () => 0,
    },
  );
}

describe('where the right answer stands', () => {
  test('is found by the equality of the verifier, with what comes after it', () => {
    const before = 'So x = 1/2';
    const after = '. Let me check: x = 0.5, so the answer is \\boxed{\\frac{1}{2}}.';
    expect(measure({ output: before + after }, '0.5')).toEqual({
      statements: 3,
      firstCorrectAt: before.length,
      firstCorrectTokens: before.length,
      afterCorrectTokens: after.length,
      correctAgain: 2,
    });
  });

  test('is nowhere in a text that never states it, which is not the same as unknown', () => {
    expect(measure({ output: 'x = 3, so the answer is 3.' }, '7')).toEqual({
      statements: 2,
      firstCorrectAt: null,
      firstCorrectTokens: null,
      afterCorrectTokens: null,
      correctAgain: null,
    });
    expect(measure({ output: null }, '7')).toBeNull();
  });

  test('counts the parts that the source has parted apart', () => {
    const places = measure({ reasoning: 'Hmm, let me see.', answer: 'The answer is 7. Done' }, '7');
    expect(places).toMatchObject({ firstCorrectAt: 32, firstCorrectTokens: 31 });
    expect(places?.afterCorrectTokens).toBe(6);
  });

  test('is found for letters of choices too', () => {
    expect(measure({ output: 'The answer is B. Yes, B.' }, 'B', 'multiple-choice')).toMatchObject({
      firstCorrectAt: 15,
    });
  });

  test('is unknown where comparing takes too long', () => {
    const clock = [0, 0, 10_000, 10_000];
    const measured = measureAnswers(
      { output: 'a = 1, b = 2, c = 7', reasoning: null, answer: null },
      {
        gold: '7',
        isCorrect: judgeBy('math', '7'),
        accepted: null,
        counter,
        tokens: 19,
        now: () => clock.shift() ?? 10_000,
      },
    );
    expect(measured).toBeNull();
  });
});
