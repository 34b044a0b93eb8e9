import { z } from 'zod';
import { findBoxes } from '#lib/text/boxes.ts';
import { toMinervaForm } from '#lib/text/minerva-form.ts';
import { unparsed } from './response-answer.ts';
import type { Verifier } from './verifier.ts';

const MinervaPolicy = z.strictObject({
  /** `answer-line` reads what follows the last "Answer:", `strict-box` the box in the last hundred characters as it stands. */
  extraction: z.enum(['answer-line', 'strict-box']).default('answer-line'),
});
type MinervaPolicy = z.infer<typeof MinervaPolicy>;

const TAIL = 300;
const BOX_TAIL = 100;

export const minerva: Verifier<MinervaPolicy> = {
  id: 'minerva',
  version: 1,
  label: 'Minerva',
  description:
    'Reads what follows the last "Answer:" in the last 300 characters, applies the normalisation of Minerva, and compares strings. DAPO trains with it.',
  needs: {
    reference: 'any text',
    otherReference: null,
    response:
      'a line with `Answer:` in the last 300 characters; under `strict-box` a box in the last 100',
  },
  policy: MinervaPolicy,
  kin: 'mathematics',
  examples: [
    {
      response: 'Answer: $\\frac12$',
      gold: '\\frac{1}{2}',
      expect: 'correct',
      why: 'Short fractions are spelled out.',
    },
    {
      response: 'Answer: 1,234 dollars',
      gold: '1234',
      expect: 'correct',
      why: 'Units and separators are dropped.',
    },
    { response: 'Answer: 41', gold: '42', expect: 'wrong', why: 'Another number is wrong.' },
    {
      response: 'Answer: 0.5',
      gold: '\\frac{1}{2}',
      expect: 'wrong',
      why: 'Known fault: equal values in other writing are refused.',
    },
    {
      response: 'So \\boxed{42}.',
      gold: '42',
      expect: 'unparsed',
      why: 'Known fault: a box without an answer line is not read.',
    },
    {
      response: 'So \\boxed{42}.',
      gold: '42',
      policy: { extraction: 'strict-box' },
      expect: 'correct',
      why: 'The strict variant reads the box.',
    },
  ],
  verify(input, policy) {
    if (policy.extraction === 'strict-box') return strictBox(input.response, input.gold);
    const extracted = afterAnswer(input.response.slice(-TAIL));
    if (extracted === null) return unparsed('no line begins with "Answer:" near the end');
    const [answer, gold] = [toMinervaForm(extracted), toMinervaForm(input.gold)];
    if (answer === '') return unparsed('the answer line is empty');
    if (answer === gold) return { status: 'correct', extracted, reason: null };
    return { status: 'wrong', extracted, reason: `the string is not ${gold}` };
  },
};

function strictBox(response: string, gold: string): ReturnType<Verifier['verify']> {
  const box = findBoxes(response.slice(-BOX_TAIL)).at(-1);
  if (box?.isClosed !== true || box.content.text === '')
    return unparsed('no closed box near the end');
  const extracted = box.content.text;
  if (extracted === gold) return { status: 'correct', extracted, reason: null };
  return { status: 'wrong', extracted, reason: 'the box is not the reference' };
}

function afterAnswer(text: string): string | null {
  let found: string | null = null;
  for (const match of text.matchAll(/answer[ \t]{0,4}:([^\n]+)/giu))
    found = (match[1] ?? '').trim();
  return found;
}
