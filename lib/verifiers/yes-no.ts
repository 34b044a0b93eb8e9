import { z } from 'zod';
import { answerCandidates } from '#lib/text/final-answer.ts';
import { asSeen } from '#lib/text/visible-text.ts';
import { answerPart, candidatesOf, unparsed } from './response-answer.ts';
import type { Verifier } from './verifier.ts';

const YesNoPolicy = z.strictObject({
  /** Whether true and false may stand for yes and no. */
  trueFalse: z.enum(['accept', 'refuse']).default('accept'),
});
type YesNoPolicy = z.infer<typeof YesNoPolicy>;

const WORDS: Readonly<Record<string, boolean>> = {
  yes: true,
  no: false,
  ja: true,
  nein: false,
  oui: true,
  non: false,
  si: true,
  sí: true,
  да: true,
  нет: false,
  是: true,
  否: false,
};
const TRUTH: Readonly<Record<string, boolean>> = {
  true: true,
  false: false,
  correct: true,
  incorrect: false,
};

export const yesNo: Verifier<YesNoPolicy> = {
  id: 'yes-no',
  version: 2,
  label: 'Yes or no',
  description:
    'The answer must begin with yes or no (several languages), or true or false; a text that says both before any decision has no answer.',
  needs: {
    reference: 'yes or no, or true or false',
    otherReference: 'Paris',
    response: 'yes or no (or true or false) as the first word of its final answer',
  },
  policy: YesNoPolicy,
  examples: [
    {
      response: 'The answer is **Yes**, because 7 is prime.',
      gold: 'yes',
      expect: 'correct',
      why: 'A reason may follow.',
    },
    { response: '\\boxed{\\text{No}}', gold: 'no', expect: 'correct', why: 'A boxed word counts.' },
    { response: 'True', gold: 'Yes', expect: 'correct', why: 'True stands for yes.' },
    { response: 'No.', gold: 'yes', expect: 'wrong', why: 'The other word is wrong.' },
    {
      response: 'Yes or no, it depends.',
      gold: 'yes',
      expect: 'unparsed',
      why: 'Both words decide nothing.',
    },
    { response: 'It depends.', gold: 'yes', expect: 'unparsed', why: 'Neither word was given.' },
  ],
  verify(input, policy) {
    const gold = goldDecision(asSeen(input.gold));
    if (gold === null)
      return {
        status: 'unverifiable',
        extracted: null,
        reason: 'the reference is neither yes nor no',
      };
    const part = answerPart(input);
    if ('missing' in part) return unparsed(part.missing);
    for (const candidate of candidatesOf(input, part.text)) {
      const given = decision(candidate.text, policy);
      if (given === null) continue;
      const extracted = candidate.text;
      if (given === gold) return { status: 'correct', extracted, reason: null };
      return { status: 'wrong', extracted, reason: `the reference says ${gold ? 'yes' : 'no'}` };
    }
    return unparsed('neither yes nor no was found');
  },
};

function goldDecision(gold: string): boolean | null {
  for (const candidate of answerCandidates(gold)) {
    const found = decision(candidate.text, { trueFalse: 'accept' });
    if (found !== null) return found;
  }
  return null;
}

/** A sign of negation or a stroke through the word. */
const NEGATED = /^\P{L}*(?:[¬!~]|\\(?:neg|lnot|not|overline|bar|[bx]?cancel|sout|st)(?![a-zA-Z]))/u;

/** The first word decides, unless the other one is offered right after it. */
function decision(text: string, policy: YesNoPolicy): boolean | null {
  if (NEGATED.test(text)) return null;
  const words = text
    .slice(0, 400)
    .replace(/\\[a-zA-Z]+/gu, ' ')
    .toLowerCase()
    .split(/\P{L}+/u)
    .filter((word) => word !== '');
  const values = words.slice(0, 4).map((word) => lookUp(word, policy));
  const [first] = values;
  if (first === null || first === undefined) return null;
  return values.some((value) => value !== null && value !== first) ? null : first;
}

function lookUp(word: string, policy: YesNoPolicy): boolean | null {
  if (Object.hasOwn(WORDS, word)) return WORDS[word] ?? null;
  return policy.trueFalse === 'accept' && Object.hasOwn(TRUTH, word) ? (TRUTH[word] ?? null) : null;
}
