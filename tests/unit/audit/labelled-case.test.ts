import { expect, test } from 'vitest';
import { parseLabelledCase } from '#lib/audit/labelled-case.ts';

const PLACE = { dataset: 'cases', line: 3 };

test.each([
  [
    'a pair of ours goes into a box, and the reviewed truth wins',
    {
      id: 'p1',
      gold: '$\\frac12$',
      pred: '$0.5$',
      expected: false,
      truth: true,
      kind: 'pair',
      source: 's',
    },
    { id: 'p1', isRight: true, dataset: 's', kind: 'pair', input: { response: '\\boxed{0.5}' } },
  ],
  [
    'a full text of ours stays as it is',
    { id: 'f1', gold: '2', pred: 'It is $2$.', expected: true, kind: 'full' },
    { isRight: true, dataset: 'cases', input: { response: 'It is $2$.', gold: '2' } },
  ],
  [
    'rows of the Pitfalls shape: question, answer, response, label',
    { question: 'How many?', answer: '4', response: 'Four.', label: 0, model: 'm-7b' },
    {
      id: 'cases:3',
      isRight: false,
      generator: 'm-7b',
      input: { question: 'How many?', gold: '4', response: 'Four.' },
    },
  ],
  [
    'a given reference makes `answer` what was answered',
    { gold: 4, answer: '5', label: 'incorrect' },
    { isRight: false, input: { gold: '4', response: '5' } },
  ],
  [
    'VerifierBench letters: A is right',
    { question: 'q', gold_answer: 'x', llm_response: 'y', gold_judgment: 'A', domain: 'math' },
    { isRight: true, kind: 'math', input: { gold: 'x', response: 'y' } },
  ],
  [
    'VerifierBench letters: C is no answer, so not right',
    { gold_answer: 'x', llm_response: 'y', gold_judgment: 'C' },
    { isRight: false },
  ],
  [
    'VAR: human judgement in words',
    { correct_answer: 'x', llm_output: 'y', human_judgment_result: 'Correct', model_name: 'z' },
    { isRight: true, generator: 'z' },
  ],
  [
    'choices come along, and a label that rests on an option is marked',
    { gold: 'B', pred: 'B', expected: true, choices: ['a', 'b'], nondefault: true },
    { isDefault: false, input: { choices: ['a', 'b'] } },
  ],
])('%s', (_name, row, expected) => {
  expect(parseLabelledCase(row, PLACE)).toMatchObject(expected);
});

test('bare answers can be handed over without a box', () => {
  const row = { gold: '1', pred: '$1$', expected: true, kind: 'pair' };
  expect(parseLabelledCase(row, PLACE, 'as-is').input.response).toBe('$1$');
});

test.each([
  ['no reference', { response: '1', label: true }, 'gold'],
  ['no response', { answer: '1', label: true }, 'response'],
  ['no label', { gold: '1', response: '1' }, 'label'],
  ['a label of no known kind', { gold: '1', response: '1', label: 'perhaps' }, 'perhaps'],
  ['no object', 7, 'object'],
])('%s is refused in words', (_name, row, word) => {
  expect(() => parseLabelledCase(row, PLACE)).toThrow(word);
});
