import { z } from 'zod';
import { answerCandidates } from '#lib/text/final-answer.ts';
import { asSeen } from '#lib/text/visible-text.ts';
import { answerPart, candidatesOf, unparsed } from './response-answer.ts';
import type { Verifier } from './verifier.ts';

const StringPolicy = z.strictObject({
  /** `exact` compares the characters; `loose` ignores case, punctuation, articles and white space. */
  comparison: z.enum(['exact', 'loose']).default('loose'),
});
type StringPolicy = z.infer<typeof StringPolicy>;

export const string: Verifier<StringPolicy> = {
  id: 'string',
  version: 2,
  label: 'Text',
  description:
    'Compares the final answer with the reference as text. By default case, punctuation, articles and white space do not count; numbers are not evaluated.',
  needs: {
    reference: 'any text',
    otherReference: null,
    response: 'a final answer: in a box, in tags, announced, or stated last',
  },
  policy: StringPolicy,
  suits: { order: 3, share: 0, gold: () => true },
  examples: [
    {
      response: 'The answer is **Paris**.',
      gold: 'paris',
      expect: 'correct',
      why: 'Case and punctuation do not count.',
    },
    {
      response: '\\boxed{\\text{odd}}',
      gold: 'odd',
      expect: 'correct',
      why: 'LaTeX wrapping does not count.',
    },
    {
      response: '\\boxed{-5}',
      gold: '5',
      expect: 'wrong',
      why: 'Signs that say something are no punctuation.',
    },
    { response: '\\boxed{even}', gold: 'odd', expect: 'wrong', why: 'Another word is wrong.' },
    {
      response: 'Answer: paris',
      gold: 'Paris',
      policy: { comparison: 'exact' },
      expect: 'wrong',
      why: 'The exact policy counts the case.',
    },
    {
      response: '\\boxed{A}',
      gold: 'A',
      expect: 'correct',
      why: 'A lone letter is not an article.',
    },
    {
      response: '<think>Paris</think>',
      gold: 'Paris',
      expect: 'unparsed',
      why: 'Nothing follows the thinking.',
    },
  ],
  verify(input, policy) {
    const part = answerPart(input);
    if ('missing' in part) return unparsed(part.missing);
    const candidates = [...candidatesOf(input, part.text).take(MAX_READ)];
    // A number in a sentence is not what a text answer is about.
    const candidate = candidates.find(({ rule }) => !IS_PART.test(rule)) ?? candidates[0];
    if (candidate === undefined) return unparsed('no final answer was found');
    const extracted = candidate.text;
    const gold = goldText(asSeen(input.gold));
    const clean = policy.comparison === 'exact' ? unwrap : loosen;
    if (clean(extracted) === '') return unparsed('the answer holds no text');
    if (clean(gold) === clean(extracted)) return { status: 'correct', extracted, reason: null };
    return { status: 'wrong', extracted, reason: 'the text is not the reference' };
  },
};

const MAX_READ = 4;
const IS_PART = /value|formula/u;

function goldText(gold: string): string {
  if (!gold.includes('\\boxed') && !gold.includes('####')) return gold;
  const [candidate] = answerCandidates(gold).take(1);
  return candidate?.text ?? gold;
}

const WRAPPING = /\\(?:text(?:bf|rm|it|normal)?|mathrm|mathbf|mbox)(?![a-zA-Z])\s*|[{}$]|\*\*/gu;

function unwrap(text: string): string {
  return text
    .replace(/\\[ ,;:!]/gu, ' ')
    .replace(WRAPPING, '')
    .trim()
    .replace(/[.。]$/u, '')
    .replace(/\s+/gu, ' ');
}

/** Signs that say something: of a number (-5, .5, 5!, 1/2), of a name (C++, C#, R&D), of a formula (¬p, a < b). */
const TELLING =
  /(?<![\p{L}\p{N}])-(?=\.?\d)|(?<=\d\s?)[-.,:/](?=\s?\d)|(?<!\d)\.(?=\d)|(?<=[\d)])!|(?<=[\p{L}\p{N}])[#*&@](?=[\p{L}\p{N}]|$|\s)|[\p{L}\p{M}\p{N}\p{Sm}\p{Sc}\p{So}^%]/gu;
/** Pictures and check marks at the ends are no part of an answer. */
const PICTURE = /[\p{Extended_Pictographic}✓]/gu;
const PICTURES = /^[\p{Extended_Pictographic}✓]+$/u;

/** A longer text is compared as it stands. */
const MAX_LOOSE = 10_000;

function loosen(text: string): string {
  if (text.length > MAX_LOOSE) return unwrap(text);
  const plain = unwrap(text)
    // NFKC would make 102 of 10², and 21/2 of 2½.
    .replace(/[⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+/gu, '^$&')
    .replace(/(?<=\d)(?=\p{No})/gu, ' ')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[−–—]/gu, '-')
    .replaceAll('⁄', '/')
    .replace(/(?<![\p{L}\p{N}])\+(?=\.?\d)/gu, '')
    .replace(PICTURE, ' $& ');
  let words = '';
  let end = 0;
  for (const { 0: sign, index } of plain.matchAll(TELLING)) {
    words += index > end ? ` ${sign}` : sign;
    end = index + sign.length;
  }
  // White space around a sign does not count.
  words = withoutPictures(words).replace(/ ?([^\p{L}\p{M}\p{N}\s]) ?/gu, '$1');
  const withoutArticles = words.replace(/\b(?:the|a|an) /gu, '');
  // "A" alone is a letter, not an article.
  return withoutArticles === '' ? words : withoutArticles;
}

function withoutPictures(words: string): string {
  const rest = words.split(' ').filter((word) => word !== '');
  while (PICTURES.test(rest.at(-1) ?? '')) rest.pop();
  while (PICTURES.test(rest[0] ?? '')) rest.shift();
  return rest.join(' ');
}
