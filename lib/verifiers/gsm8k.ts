import { z } from 'zod';
import { unparsed } from './response-answer.ts';
import type { Verifier } from './verifier.ts';

const Gsm8kPolicy = z.strictObject({
  /** `strict` reads `#### n` in the last 300 characters; `flexible` the last number of the response. */
  extraction: z.enum(['strict', 'flexible']).default('strict'),
});
type Gsm8kPolicy = z.infer<typeof Gsm8kPolicy>;

const TAIL = 300;

export const gsm8k: Verifier<Gsm8kPolicy> = {
  id: 'gsm8k',
  version: 1,
  label: 'GSM8K',
  description:
    'Reads the number after the last "####" (or the last number, by policy) and compares it with the reference as a string without separators, as the dataset and its rewards do.',
  needs: {
    reference: 'a number, alone or behind `####`',
    otherReference: 'Paris',
    response: '`####` and a number in the last 300 characters; under `flexible` any number there',
  },
  policy: Gsm8kPolicy,
  examples: [
    {
      response: '4 + 4 = 8\n#### 8',
      gold: '8',
      expect: 'correct',
      why: 'The marked number counts.',
    },
    {
      response: '#### $1,000',
      gold: 'She pays 1000.\n#### 1,000',
      expect: 'correct',
      why: 'Separators and the currency sign do not count.',
    },
    {
      response: '#### 8.0',
      gold: '8',
      expect: 'wrong',
      why: 'Known fault: the comparison is one of strings.',
    },
    {
      response: 'The answer is 8.',
      gold: '8',
      expect: 'unparsed',
      why: 'Without the mark there is no answer.',
    },
    {
      response: 'The answer is 8.',
      gold: '8',
      policy: { extraction: 'flexible' },
      expect: 'correct',
      why: 'The flexible policy takes the last number.',
    },
  ],
  verify(input, policy) {
    const gold = marked(input.gold) ?? clean(input.gold);
    if (!/^-?\d/u.test(gold))
      return { status: 'unverifiable', extracted: null, reason: 'the reference is no number' };
    const tail = input.response.slice(-TAIL);
    const extracted = policy.extraction === 'strict' ? marked(tail) : lastNumber(tail);
    if (extracted === null)
      return unparsed(
        policy.extraction === 'strict' ? 'no number after "####"' : 'no number was found',
      );
    if (clean(extracted) === gold) return { status: 'correct', extracted, reason: null };
    return { status: 'wrong', extracted, reason: `the number is not ${gold}` };
  },
};

function marked(text: string): string | null {
  const start = text.lastIndexOf('####');
  if (start === -1) return null;
  const match = /^[ \t]*(-?\$?\d[\d,.]*)/u.exec(text.slice(start + 4));
  return match?.[1] === undefined ? null : clean(match[1]);
}

function lastNumber(text: string): string | null {
  const found = text.match(/-?\d[\d,.]*/gu)?.at(-1);
  return found === undefined ? null : clean(found);
}

function clean(text: string): string {
  return text.replace(/[,$]/gu, '').replace(/\.$/u, '').trim();
}
