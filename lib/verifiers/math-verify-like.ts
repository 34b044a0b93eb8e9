import { z } from 'zod';
import { compareAnswers } from '#lib/math/compare.ts';
import { createPoint, evaluate } from '#lib/math/evaluate.ts';
import { splitLabel } from '#lib/math/labels.ts';
import { MathPolicy } from '#lib/math/policy.ts';
import { readAnswer } from '#lib/math/reading.ts';
import { contains, freeSymbols, type Node } from '#lib/math/tree.ts';
import { findBoxes } from '#lib/text/boxes.ts';
import { answerCandidates } from '#lib/text/final-answer.ts';
import { unparsed } from './response-answer.ts';
import type { Verdict, Verifier } from './verifier.ts';

const MathVerifyPolicy = z.strictObject({
  /** Decimals are rounded to so many places, absolutely, before they are compared. */
  floatRounding: z.int().min(0).max(12).default(6),
  /** Whether a relation in the answer may stand for a set in the reference. */
  allowSetRelation: z.boolean().default(false),
});
type MathVerifyPolicy = z.infer<typeof MathVerifyPolicy>;

/** What the published comparison holds exact; its rounding is applied on top. */
const RULES: MathPolicy = MathPolicy.parse({
  percent: 'exact',
  degrees: 'either',
  ratio: 'quotient',
});

/** Follows Math-Verify 0.8 (Hugging Face): the shape of the reference decides, and decimals are rounded absolutely. */
export const mathVerifyLike: Verifier<MathVerifyPolicy> = {
  id: 'math-verify-like',
  version: 2,
  label: 'Math-Verify (re-implemented)',
  description:
    'Extraction from the right, comparison in the shape of the reference, decimals rounded to six places. The thinking is not split off. It reads mathematics as the verifier math does, and so accepts more than the original.',
  needs: {
    reference: 'mathematics in LaTeX or plain text',
    otherReference: 'Paris',
    response: 'mathematics: in a box, in a formula, announced, or as the last number',
  },
  policy: MathVerifyPolicy,
  kin: 'mathematics',
  examples: [
    {
      response: 'So \\boxed{\\frac{2}{4}}',
      gold: '0.5',
      expect: 'correct',
      why: 'Values are compared.',
    },
    {
      response: '\\boxed{3.14159265}',
      gold: '\\pi',
      expect: 'correct',
      why: 'Known fault: six places are enough for a transcendental number.',
    },
    {
      response: '\\boxed{(-\\infty, 2]}',
      gold: 'x \\le 2',
      expect: 'correct',
      why: 'A set may stand for the relation of the reference.',
    },
    {
      response: '\\boxed{x \\le 2}',
      gold: '(-\\infty, 2]',
      expect: 'wrong',
      why: 'Known fault: not the other way round.',
    },
    { response: '\\boxed{10}', gold: '10\\%', expect: 'wrong', why: 'Ten percent is a tenth.' },
    {
      response: '<think>\\boxed{42}</think> I could not finish.',
      gold: '42',
      expect: 'correct',
      why: 'Known fault: a box in the thinking counts.',
    },
    { response: '\\boxed{41}', gold: '42', expect: 'wrong', why: 'Another number is wrong.' },
    { response: 'no idea', gold: '42', expect: 'unparsed', why: 'Nothing was found.' },
  ],
  verify(input, policy) {
    const gold = readFirst(input.gold);
    if (gold === null)
      return { status: 'unverifiable', extracted: null, reason: 'the reference could not be read' };
    const answer = readFirst(input.response);
    if (answer === null) return unparsed('no expression was found');
    return judge(gold.node, answer, policy);
  },
};

interface Read {
  readonly node: Node;
  readonly text: string;
}

const MAX_WORDS = 4;
const MAX_RESPONSE = 400_000;

/** The first candidate that parses; the last box counts wherever it stands. */
function readFirst(text: string): Read | null {
  const box = findBoxes(text.slice(-MAX_RESPONSE)).at(-1);
  const candidates =
    box === undefined ? answerCandidates(text.slice(-MAX_RESPONSE)) : [{ text: box.content.text }];
  for (const candidate of candidates) {
    const reading = readAnswer(candidate.text);
    if (reading.kind === 'value' && reading.words <= MAX_WORDS)
      return { node: reading.node, text: candidate.text };
  }
  return null;
}

function judge(gold: Node, answer: Read, policy: MathVerifyPolicy): Verdict {
  const extracted = answer.text;
  const isRestated = isInequality(answer.node) && !isInequality(gold);
  if (isRestated && !policy.allowSetRelation)
    return { status: 'wrong', extracted, reason: 'a relation was given for a set' };
  const judgement = compareAnswers(gold, answer.node, RULES);
  if (judgement.result === 'equal' || isSameRounded(gold, answer.node, policy.floatRounding)) {
    return { status: 'correct', extracted, reason: null };
  }
  if (judgement.result === 'unknown')
    return { status: 'unverifiable', extracted, reason: judgement.step };
  return { status: 'wrong', extracted, reason: judgement.step };
}

function isInequality(node: Node): boolean {
  return (
    node.kind === 'relation' && node.ops.some((op) => op !== '=' && op !== 'approx' && op !== 'in')
  );
}

/** As soon as one side holds a decimal, both are rounded: an absolute tolerance. */
function isSameRounded(gold: Node, answer: Node, places: number): boolean {
  const sides = [gold, answer].map((node) => splitLabel(node).value);
  const isDecimal = sides.some((side) =>
    contains(side, (part) => part.kind === 'number' && part.places !== null),
  );
  if (!isDecimal || sides.some((side) => freeSymbols(side).size > 0)) return false;
  const scale = 10 ** places;
  const [left, right] = sides.map((side) => evaluate(side, createPoint(new Map())));
  if (
    left === undefined ||
    right === undefined ||
    !Number.isFinite(left.re) ||
    !Number.isFinite(right.re)
  )
    return false;
  return (
    Math.round(left.re * scale) === Math.round(right.re * scale) &&
    Math.round(left.im * scale) === Math.round(right.im * scale)
  );
}
