import { z } from 'zod';
import { compareAnswers } from '#lib/math/compare.ts';
import { evaluateExact } from '#lib/math/exact.ts';
import { splitLabel } from '#lib/math/labels.ts';
import { MathPolicy } from '#lib/math/policy.ts';
import * as q from '#lib/math/rational.ts';
import { isProse } from '#lib/math/readable-answer.ts';
import { readAnswer, type Reading } from '#lib/math/reading.ts';
import { readReference } from '#lib/math/reference.ts';
import type { Node } from '#lib/math/tree.ts';
import { isHedged } from '#lib/text/sentences.ts';
import { asSeen } from '#lib/text/visible-text.ts';
import { answerPart, candidatesOf, unparsed } from './response-answer.ts';
import type { Verifier } from './verifier.ts';

const NumericPolicy = z.strictObject({
  /** Allowed |answer − reference| ÷ |reference|; zero compares exactly. */
  relativeTolerance: z.number().min(0).max(1).default(0),
  /** Allowed |answer − reference|; zero compares exactly. */
  absoluteTolerance: z.number().min(0).default(0),
});
type NumericPolicy = z.infer<typeof NumericPolicy>;

export const numeric: Verifier<NumericPolicy> = {
  id: 'numeric',
  version: 2,
  label: 'Number',
  description:
    'The final answer must be one number (integer, decimal, fraction, percent, scientific notation) with the value of the reference, exactly or within a declared tolerance.',
  needs: {
    reference: 'one number: an integer, decimal, fraction, percentage or power of ten',
    otherReference: 'Paris',
    response: 'one number as its final answer',
  },
  policy: NumericPolicy,
  examples: [
    {
      response: 'The answer is 1,234.50 dollars.',
      gold: '1234.5',
      expect: 'correct',
      why: 'Separators, zeros and units do not count.',
    },
    {
      response: '\\boxed{\\frac{3}{4}}',
      gold: '0.75',
      expect: 'correct',
      why: 'A fraction is a number.',
    },
    {
      response: 'The answer is 3.14',
      gold: '3.14159',
      expect: 'wrong',
      why: 'Without a tolerance the value must be exact.',
    },
    {
      response: 'The answer is 3.14',
      gold: '3.14159',
      policy: { relativeTolerance: 0.001 },
      expect: 'correct',
      why: 'A declared tolerance counts.',
    },
    {
      response: 'The answer is not 42.',
      gold: '42',
      expect: 'unparsed',
      why: 'A number that is denied, bounded or doubted was not given.',
    },
    {
      response: '\\boxed{1}',
      gold: '[1, \\infty)',
      expect: 'unverifiable',
      why: 'A number inside of the reference is not the reference.',
    },
    { response: '\\boxed{x}', gold: '5', expect: 'unparsed', why: 'A letter is no number.' },
  ],
  verify(input, policy) {
    const reference = readReference(asSeen(input.gold));
    const gold = valueOf(reference.text, reference.reading);
    if (gold === null)
      return { status: 'unverifiable', extracted: null, reason: 'the reference is no number' };
    const part = answerPart(input);
    if ('missing' in part) return unparsed(part.missing);
    for (const candidate of candidatesOf(input, part.text)) {
      const reading = readAnswer(candidate.text);
      const value = isProse({ candidate, reading }) ? null : valueOf(candidate.text, reading);
      if (value !== null) {
        const extracted = candidate.text;
        if (isWithin(value, gold, policy)) return { status: 'correct', extracted, reason: null };
        return { status: 'wrong', extracted, reason: `the value is not ${input.gold.trim()}` };
      }
      if (candidate.rule === 'box' || candidate.rule === 'boxes joined') break;
    }
    return unparsed('no single number was found as the answer');
  },
};

const MAX_WORDS = 4;
const RULES = MathPolicy.parse({});

/** Null where the text names no number alone, or its words deny it, bound it or change it: "not 42", "twice 42". */
function valueOf(text: string, reading: Reading): q.Rational | null {
  if (reading.kind !== 'value' || reading.words > MAX_WORDS) return null;
  const value = bare(reading.node);
  const number = evaluateExact(value);
  if (number === null || reading.words === 0) return number;
  if (isHedged(text)) return null;
  return compareAnswers(value, reading.node, RULES).result === 'equal' ? number : null;
}

/** Without words and label, and without the sign of degrees, which is a unit. */
function bare(node: Node): Node {
  if (node.kind === 'item') return bare(node.value);
  if (node.kind === 'degree') return node.arg;
  if (node.kind === 'negate' && node.arg.kind === 'degree') return { ...node, arg: node.arg.arg };
  const { value } = splitLabel(node);
  return value === node ? node : bare(value);
}

function isWithin(value: q.Rational, gold: q.Rational, policy: NumericPolicy): boolean {
  if (q.equals(value, gold)) return true;
  const distance = Math.abs(q.toNumber(q.add(value, q.negate(gold))));
  return (
    distance <= policy.absoluteTolerance ||
    distance <= policy.relativeTolerance * Math.abs(q.toNumber(gold))
  );
}
