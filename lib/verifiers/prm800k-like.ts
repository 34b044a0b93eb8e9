import { z } from 'zod';
import { sameValue } from '#lib/math/identity.ts';
import { readAnswer } from '#lib/math/reading.ts';
import type { Node } from '#lib/math/tree.ts';
import { findBoxes } from '#lib/text/boxes.ts';
import { bracedFractions, toMathDatasetForm } from '#lib/text/math-dataset-form.ts';
import { answerCandidates } from '#lib/text/final-answer.ts';
import { unparsed } from './response-answer.ts';
import type { Verifier } from './verifier.ts';

const Prm800kPolicy = z.strictObject({});
type Prm800kPolicy = z.infer<typeof Prm800kPolicy>;

/**
 * Follows the grader published with PRM800K (Lightman et al. 2023, "Let's Verify Step by Step"): the dataset's string form,
 * else a second form with units written out, element by element, and a symbolic difference behind hard gates.
 */
export const prm800kLike: Verifier<Prm800kPolicy> = {
  id: 'prm800k-like',
  version: 2,
  label: 'PRM800K (re-implemented)',
  description:
    'Strings of the MATH dataset first, then a symbolic comparison that is refused for more than two letters, for braces in exponents and for long exponents. Precise, and blind to most algebra.',
  needs: {
    reference: 'any text',
    otherReference: null,
    response: 'a box, else an announced answer',
  },
  policy: Prm800kPolicy,
  kin: 'mathematics',
  examples: [
    {
      response: '\\boxed{0.5}',
      gold: '\\frac{1}{2}',
      expect: 'correct',
      why: 'The dataset form knows one half.',
    },
    {
      response: '\\boxed{x+1+x}',
      gold: '2x+1',
      expect: 'correct',
      why: 'Few letters are compared symbolically.',
    },
    {
      response: '\\boxed{\\frac{2}{4}}',
      gold: '\\frac{1}{2}',
      expect: 'wrong',
      why: 'Known fault: a fraction must be written as the reference.',
    },
    {
      response: '\\boxed{(x+1)^{2}}',
      gold: 'x^{2}+2x+1',
      expect: 'wrong',
      why: 'Known fault: exponents in braces are not compared.',
    },
    {
      response: '\\boxed{4.0}',
      gold: '4',
      expect: 'correct',
      why: 'A whole decimal is an integer.',
    },
    {
      response: '\\boxed{[1,2]}',
      gold: '(1,2)',
      expect: 'wrong',
      why: 'Brackets must be the same.',
    },
    {
      response: '\\boxed{42 \\text{ or } 17}',
      gold: '42',
      expect: 'correct',
      why: 'Known fault: what stands from a text command on is taken for a unit and dropped.',
    },
    {
      response: 'I do not know.',
      gold: '4',
      expect: 'unparsed',
      why: 'Nothing was boxed or announced.',
    },
  ],
  verify(input) {
    const extracted = extract(input.response);
    if (extracted === null || extracted.trim() === '')
      return unparsed('nothing was boxed or announced');
    const gold = findBoxes(input.gold).at(-1)?.content.text ?? input.gold;
    const reason = refusal(gold, extracted);
    return reason === null
      ? { status: 'correct', extracted, reason: null }
      : { status: 'wrong', extracted, reason };
  },
};

function extract(response: string): string | null {
  for (const candidate of answerCandidates(response))
    return candidate.isDeclared ? candidate.text : null;
  return null;
}

function refusal(gold: string, answer: string): string | null {
  const form = toMathDatasetForm(answer);
  if (form !== null && form !== '' && form === toMathDatasetForm(gold)) return null;
  const [left, right] = [plainForm(gold), plainForm(answer)];
  if (right === '') return 'nothing is left after cleaning';
  if (left === right) return null;
  const [golds, answers] = [elements(left), elements(right)];
  const isBracketed =
    golds.length > 1 && (!right.startsWith(left.slice(0, 1)) || !right.endsWith(left.slice(-1)));
  if (isBracketed || golds.length !== answers.length)
    return 'the brackets or the number of elements differ';
  return golds.every((item, index) => isSameElement(item, answers[index] ?? ''))
    ? null
    : 'an element differs';
}

const UNITS =
  /(?:degree|cm|centimeter|meter|mile|second|minute|hour|day|week|month|year|foot|feet|inch|yard)(?:es|s)?(?: *\^\d+)?/gu;

/** Text commands, currency, percent, thousands separators and a list of units are dropped; words of magnitude become powers. */
function plainForm(text: string): string {
  let plain = text
    .replace(/\\text\{([^{}]*)\}/gu, '$1')
    .replaceAll('\\%', '%')
    .replaceAll('\\$', '$')
    .replace(/[$%]/gu, '')
    .replaceAll(' or ', ' , ')
    .replaceAll(' and ', ' , ')
    .replaceAll('million', '*10^6')
    .replaceAll('billion', '*10^9')
    .replaceAll('trillion', '*10^12')
    .replace(UNITS, '')
    .replaceAll('^\\circ', '')
    .replaceAll('^{\\circ}', '');
  if (plain.startsWith('{') && plain.endsWith('}')) plain = plain.slice(1, -1);
  plain = bracedFractions(
    plain.replaceAll('\\!', '').replace(/(?<=\d),(?=\d{3}(?!\d))/gu, ''),
  ).replace(/\s/gu, '');
  return /^-?\d+\.0*$/u.test(plain) ? plain.slice(0, plain.indexOf('.')) : plain.toLowerCase();
}

/** The elements of a bracketed tuple, or the whole as one. */
function elements(text: string): string[] {
  const isTuple =
    text.length > 2 && '([{'.includes(text[0] ?? '') && ')]}'.includes(text.at(-1) ?? '');
  return isTuple && !/[()[\]]/u.test(text.slice(1, -1)) ? text.slice(1, -1).split(',') : [text];
}

const FRACTION = /^-?\d+\/-?\d+$|^-?\\frac\{-?\d+\}\{-?\d+\}$/u;

function isSameElement(gold: string, answer: string): boolean {
  if (gold === answer) return true;
  if (FRACTION.test(gold) && FRACTION.test(answer)) return false;
  if (/^-?\d+$/u.test(gold) !== /^-?\d+$/u.test(answer)) return false;
  return isAllowed(`${gold} ${answer}`) && isSameValue(gold, answer);
}

/** The gates of the published grader: what they stop is refused without a look. */
function isAllowed(text: string): boolean {
  const letters = new Set(text.replace(/sqrt|frac|\\pi/gu, '').match(/[a-z]/giu) ?? []);
  return letters.size <= 2 && !/\^[{(]/u.test(text) && !/\^-?\d{2,}/u.test(text);
}

function isSameValue(gold: string, answer: string): boolean {
  const nodes = [gold, answer].map(scalar);
  const [left, right] = nodes;
  return (
    left !== null &&
    right !== null &&
    left !== undefined &&
    right !== undefined &&
    sameValue(left, right).result === 'equal'
  );
}

function scalar(text: string): Node | null {
  const reading = readAnswer(text);
  return reading.kind === 'value' && reading.words === 0 ? reading.node : null;
}
