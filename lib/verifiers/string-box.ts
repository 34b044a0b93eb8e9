import { z } from 'zod';
import { findBoxes } from '#lib/text/boxes.ts';
import { toMathDatasetForm } from '#lib/text/math-dataset-form.ts';
import { unparsed } from './response-answer.ts';
import type { Verifier } from './verifier.ts';

const StringBoxPolicy = z.strictObject({});
type StringBoxPolicy = z.infer<typeof StringBoxPolicy>;

/** Follows the published behaviour, its faults included: no thinking is split off, and an unclosed box is none. */
export const stringBox: Verifier<StringBoxPolicy> = {
  id: 'string-box',
  version: 1,
  label: 'Boxed string (MATH)',
  description:
    'The last box, brought into the string form of the MATH dataset, must be the reference character by character. The strictest common grader; reinforcement-learning libraries use it as a reward.',
  needs: {
    reference: 'any text',
    otherReference: null,
    response: 'a closed box',
  },
  policy: StringBoxPolicy,
  kin: 'mathematics',
  examples: [
    {
      response: 'So \\boxed{\\dfrac12}.',
      gold: '\\frac{1}{2}',
      expect: 'correct',
      why: 'Fractions are brought into one form.',
    },
    {
      response: '\\boxed{12 \\text{ cm}}',
      gold: '12',
      expect: 'correct',
      why: 'A unit in a text command is dropped.',
    },
    {
      response: '\\boxed{x=5}',
      gold: '5',
      expect: 'correct',
      why: 'A short left side is dropped.',
    },
    {
      response: '\\boxed{2\\sqrt{3}}',
      gold: '\\sqrt{12}',
      expect: 'wrong',
      why: 'Known fault: equal values in other writing are refused.',
    },
    {
      response: '<think>\\boxed{42}</think> Done.',
      gold: '42',
      expect: 'correct',
      why: 'Known fault: a box in the thinking counts.',
    },
    {
      response: '\\boxed{42 \\text{ or } 17}',
      gold: '42',
      expect: 'correct',
      why: 'Known fault: what stands from a text command on is taken for a unit and dropped.',
    },
    {
      response: 'The answer is 42.',
      gold: '42',
      expect: 'unparsed',
      why: 'Without a box there is no answer.',
    },
  ],
  verify(input) {
    const box = findBoxes(input.response).at(-1);
    if (box?.isClosed !== true) return unparsed('no closed box was found');
    const extracted = box.content.text;
    const answer = toMathDatasetForm(extracted);
    if (answer === '') return unparsed('the box is empty');
    const gold = toMathDatasetForm(goldContent(input.gold));
    if (answer === null || gold === null) {
      return {
        status: 'wrong',
        extracted,
        reason: 'several text units in one answer are refused by this grader',
      };
    }
    if (answer === gold) return { status: 'correct', extracted, reason: null };
    return { status: 'wrong', extracted, reason: `the string is not ${gold}` };
  },
};

function goldContent(gold: string): string {
  return findBoxes(gold).at(-1)?.content.text ?? gold.replaceAll('$', '');
}
