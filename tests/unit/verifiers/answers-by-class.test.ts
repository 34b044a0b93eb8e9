import { describe, expect, test } from 'vitest';
import { MathPolicy, MOST_LENIENT, STRICTEST } from '#lib/math/policy.ts';
import { math } from '#lib/verifiers/math.ts';
import answers from '#tests/fixtures/verifiers/answers-by-class.json' with { type: 'json' };
import competition from '#tests/fixtures/verifiers/competition-answers.json' with { type: 'json' };
import formulas from '#tests/fixtures/verifiers/formulas-by-class.json' with { type: 'json' };
import responses from '#tests/fixtures/verifiers/responses-by-class.json' with { type: 'json' };

const DEFAULT = MathPolicy.parse({});
const LENIENT: MathPolicy = { ...MOST_LENIENT, rounding: 'exact' };

/** The ways in which models hand over a bare answer. */
const FORMS: readonly ((answer: string) => string)[] = [
  (answer) => `\\boxed{${answer}}`,
  (answer) => `So the answer is \\boxed{${answer}}.`,
];

/** Answers as people write them, those of competitions, and formulas as people and computer algebra write them. */
const CLASSES = [answers, competition, formulas].flatMap((classes) => Object.entries(classes));

describe.each(CLASSES)('%s', (_name, { equal, different }) => {
  const isAccepted = (gold: string, answer: string, policy: MathPolicy): boolean[] =>
    FORMS.map((form) => math.verify({ gold, response: form(answer) }, policy).status === 'correct');

  test.each(equal)('%s is %s', (gold = '', answer = '') => {
    expect(isAccepted(gold, answer, DEFAULT)).toEqual([true, true]);
  });
  test.each(different)('%s is not %s', (gold = '', answer = '') => {
    expect(isAccepted(gold, answer, DEFAULT)).toEqual([false, false]);
    expect(isAccepted(gold, answer, LENIENT)).toEqual([false, false]);
  });
});

describe.each(Object.entries(responses))('%s', (_name, cases) => {
  test.each(cases)('$gold: $response', ({ gold, response, isRight, ...rest }) => {
    const isTruncated = 'isTruncated' in rest && rest.isTruncated === true;
    expect(math.verify({ gold, response, isTruncated }, DEFAULT).status === 'correct').toBe(
      isRight,
    );
  });
});

describe('the strictest policy accepts no more and the most lenient no less than the default', () => {
  const pairs = CLASSES.flatMap(([, { equal, different }]) => [...equal, ...different]);
  test.each(pairs)('%s and %s', (gold = '', answer = '') => {
    const isAccepted = (policy: MathPolicy): boolean =>
      math.verify({ gold, response: `\\boxed{${answer}}` }, policy).status === 'correct';
    const isDefault = isAccepted(DEFAULT);
    if (isAccepted(STRICTEST)) expect(isDefault).toBe(true);
    if (isDefault) expect(isAccepted(MOST_LENIENT)).toBe(true);
  });
});
