import { z } from 'zod';
import { evaluateExact } from '#lib/math/exact.ts';
import * as q from '#lib/math/rational.ts';
import { readAnswer } from '#lib/math/reading.ts';
import type { Node } from '#lib/math/tree.ts';
import { splitLabel } from '#lib/math/labels.ts';
import { answerCandidates, type AnswerCandidate } from '#lib/text/final-answer.ts';
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
    { response: '\\boxed{x}', gold: '5', expect: 'unparsed', why: 'A letter is no number.' },
  ],
  verify(input, policy) {
    const gold = goldValue(input.gold);
    if (gold === null)
      return { status: 'unverifiable', extracted: null, reason: 'the reference is no number' };
    const part = answerPart(input);
    if ('missing' in part) return unparsed(part.missing);
    for (const candidate of candidatesOf(input, part.text)) {
      const value = valueOf(candidate);
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

function goldValue(gold: string): q.Rational | null {
  for (const candidate of answerCandidates(gold)) {
    const value = valueOf(candidate);
    if (value !== null) return value;
  }
  return null;
}

const MAX_WORDS = 4;

function valueOf(candidate: AnswerCandidate): q.Rational | null {
  const reading = readAnswer(candidate.text);
  if (reading.kind !== 'value' || reading.words > MAX_WORDS) return null;
  return evaluateExact(bare(reading.node));
}

function bare(node: Node): Node {
  return node.kind === 'item' ? bare(node.value) : splitLabel(node).value;
}

function isWithin(value: q.Rational, gold: q.Rational, policy: NumericPolicy): boolean {
  if (q.equals(value, gold)) return true;
  const distance = Math.abs(q.toNumber(q.add(value, q.negate(gold))));
  return (
    distance <= policy.absoluteTolerance ||
    distance <= policy.relativeTolerance * Math.abs(q.toNumber(gold))
  );
}
