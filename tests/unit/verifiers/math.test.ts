import { describe, expect, test } from 'vitest';
import { MathPolicy, MOST_LENIENT, STRICTEST } from '#lib/math/policy.ts';
import { math } from '#lib/verifiers/math.ts';
import different from '#tests/fixtures/verifiers/different-answers.json' with { type: 'json' };
import equal from '#tests/fixtures/verifiers/equal-answers.json' with { type: 'json' };
import responses from '#tests/fixtures/verifiers/responses.json' with { type: 'json' };

const DEFAULT = MathPolicy.parse({});

function status(gold: string, response: string, policy: MathPolicy = DEFAULT): string {
  return math.verify({ gold, response }, policy).status;
}

describe('equal answers are accepted, boxed and bare', () => {
  test.each(equal)('%s and %s', (gold, answer) => {
    expect(status(gold, `\\boxed{${answer}}`)).toBe('correct');
    expect(status(gold, answer)).toBe('correct');
  });
});

describe('different answers are never accepted, in no writing and under no policy but rounding', () => {
  test.each(different)('%s and %s', (gold, answer) => {
    expect(status(gold, `\\boxed{${answer}}`)).not.toBe('correct');
    expect(status(gold, answer)).not.toBe('correct');
    expect(status(gold, `\\boxed{${answer}}`, { ...MOST_LENIENT, rounding: 'exact' })).not.toBe(
      'correct',
    );
  });
});

describe('the answer is taken from where the response gives it', () => {
  test.each(responses)('$response', ({ gold, response, isRight }) => {
    expect(status(gold, response) === 'correct').toBe(isRight);
  });
});

describe('each policy decides what it names and nothing else', () => {
  const cases: [gold: string, answer: string, policy: Partial<MathPolicy>][] = [
    ['25', '25\\%', { percent: 'exact' }],
    ['12 \\text{ cm}', '12', { units: 'required' }],
    ['1, 2, 3', '3, 2, 1', { order: 'fixed' }],
    ['45', '45^\\circ', { degrees: 'exact' }],
    ['3:1', '3', { ratio: 'ratio' }],
    ['(-\\infty, 2]', 'x \\le 2', { relationOrInterval: 'as-gold' }],
    ['(1, 3)', '\\{1, 3\\}', { tupleOrSet: 'as-gold' }],
    ['649', '3245/5', { unreducedFractions: 'refuse' }],
  ];
  test.each(cases)('%s and %s are equal by default and not under %o', (gold, answer, policy) => {
    expect(status(gold, `\\boxed{${answer}}`)).toBe('correct');
    expect(status(gold, `\\boxed{${answer}}`, { ...DEFAULT, ...policy })).toBe('wrong');
    expect(status(gold, `\\boxed{${answer}}`, STRICTEST)).toBe('wrong');
  });

  const rounded: [gold: string, answer: string, isMet: boolean][] = [
    ['0.67', '\\frac{2}{3}', true],
    ['1.73', '\\sqrt{3}', true],
    ['12.5\\%', '\\frac{1}{8}', true],
    ['0.67', '0.68', false],
    ['2', '1.9', false],
    ['0.5', '0.44', false],
  ];
  test.each(rounded)(
    'a reference of %s accepts %s under the rounding policy: %s',
    (gold, answer, isMet) => {
      expect(
        status(gold, `\\boxed{${answer}}`, { ...DEFAULT, rounding: 'gold-places' }) === 'correct',
      ).toBe(isMet);
    },
  );
});

describe('what can not be decided is neither right nor wrong', () => {
  test.each([
    ['10^{10}', '10^{10^{10^{10}}}'],
    ['\\sum_{n=1}^{\\infty} \\frac{1}{n^2}', '\\frac{\\pi^2}{6}'],
    ['1, 2, \\ldots, n', '1 + 2 + \\cdots + n'],
  ])('%s and %s', (gold, answer) => {
    expect(status(gold, `\\boxed{${answer}}`)).not.toBe('correct');
  });

  test('an output that was cut off before it named an answer has none', () => {
    const input = { gold: '5', response: 'First $x = 5$, and then we', isTruncated: true };
    expect(math.verify(input, DEFAULT).status).toBe('unparsed');
  });

  test('an output that was cut off after its box keeps it', () => {
    const input = { gold: '5', response: 'So \\boxed{5}. To check, we', isTruncated: true };
    expect(math.verify(input, DEFAULT).status).toBe('correct');
  });
});

describe('every refusal carries a reason', () => {
  test.each(different)('%s and %s', (gold, answer) => {
    expect(math.verify({ gold: gold, response: `\\boxed{${answer}}` }, DEFAULT).reason).toMatch(
      /\w/u,
    );
  });
});

test('an explanation shows the rule, the place, both trees and the deciding step', () => {
  const response = '<think>hm</think> So it is \\boxed{x + 1}.';
  const explanation = math.explain!({ gold: '1 + x', response }, DEFAULT);
  expect(explanation).toMatchObject({ rule: 'box', verdict: { status: 'correct' } });
  expect(response.slice(explanation.span!.start, explanation.span!.end)).toBe('x + 1');
  expect(explanation.answer?.tree).toBe('(add (symbol x) (number 1))');
  expect(explanation.answer?.canonical).toBe(explanation.gold?.canonical);
  expect(explanation.step).toMatch(/agree/u);
});

test('the explanation of an announced choice shows the announcement', () => {
  const response = '<think>hm</think> I think the answer is (B).';
  const { rule, span, step } = math.explain!({ gold: 'B', response }, DEFAULT);
  expect(rule).toBe('announced letter');
  expect(response.slice(span!.start, span!.end)).toBe('answer is (B');
  expect(step).toBe('B was chosen, B is expected');
});

describe('what depends on a convention is neither right nor wrong', () => {
  test.each([
    ['2', '\\log 100'],
    ['\\log_{10} 7', '\\log 7'],
    ['|z|^2', 'z^2'],
    ['\\frac{1}{3}', '0.333 \\text{ recurring}'],
    ['0.333', '0.333 \\text{ recurring}'],
  ])('%s and %s', (gold, answer) => {
    expect(status(gold, `\\boxed{${answer}}`)).toBe('unverifiable');
    expect(status(answer, `\\boxed{${gold}}`)).toBe('unverifiable');
  });
  test('a logarithm without a base is the natural one', () => {
    expect(status('\\ln x', '\\boxed{\\log x}')).toBe('correct');
    expect(status('\\log 3', '\\boxed{\\log 4}')).toBe('wrong');
  });
});

test('an explanation stays readable however long the answer is', () => {
  const response = `\\boxed{${'7,'.repeat(5_000)}7}`;
  const explanation = math.explain!({ gold: '7', response }, DEFAULT);
  expect(explanation.answer).not.toBeNull();
  expect(JSON.stringify(explanation.answer).length).toBeLessThan(10_000);
});

describe('hedged, overruled and denied answers are not given', () => {
  const values = [
    ['42', '17'],
    ['\\frac{3}{4}', '\\frac{1}{4}'],
    ['(1,2)', '(2,1)'],
    ['x^2+1', 'x^2-1'],
    ['[0,1)', '(0,1]'],
  ] as const;

  describe.each(values)('%s against %s', (gold, other) => {
    test.each([
      `I first got \\boxed{${gold}}. That was a mistake, the final answer is \\boxed{${other}}.`,
      `The answer is \\boxed{${gold}} or \\boxed{${other}}.`,
      `\\boxed{${gold} \\text{ or } ${other}}`,
      `<think>Maybe \\boxed{${gold}}.</think> I could not finish.`,
      `<think>Trying $${gold}$ and $${other}$`,
      `Therefore the result is $${other}$ and not $${gold}$.`,
      `The answer cannot be $${gold}$.`,
      `The final answer is $${other}$, though $${gold}$ is close.`,
    ])('refused: %s', (response) => expect(status(gold, response)).not.toBe('correct'));

    test.each([
      `I first got \\boxed{${other}}. That was a mistake, the final answer is \\boxed{${gold}}.`,
      `<think>Maybe \\boxed{${other}}.</think> The final answer is \\boxed{${gold}}.`,
      `The final answer is \\boxed{${gold}`,
      `Therefore the result is $${gold}$ and not $${other}$.`,
      `The answer is $${gold}$ rather than $${other}$.`,
      `**Final Answer:** $${gold}$`,
    ])('accepted: %s', (response) => expect(status(gold, response)).toBe('correct'));
  });
});
