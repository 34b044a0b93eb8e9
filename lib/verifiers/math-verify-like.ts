import { z } from 'zod';
import { readAnswer } from '#lib/math/reading.ts';
import type { Node } from '#lib/math/tree.ts';
import { mathVerifyCandidates } from '#lib/text/math-verify-answer.ts';
import { isReadThere, isSameThere } from './math-verify-comparison.ts';
import { unparsed } from './response-answer.ts';
import type { Verifier } from './verifier.ts';

const MathVerifyPolicy = z.strictObject({
  /** Decimals are rounded to so many places, absolutely, before they are compared. */
  floatRounding: z.int().min(0).max(12).default(6),
  /** Whether a relation in the answer may stand for a set in the reference. */
  allowSetRelation: z.boolean().default(false),
});
type MathVerifyPolicy = z.infer<typeof MathVerifyPolicy>;

/** Follows Math-Verify 0.8 (Hugging Face): the shape of the reference decides, and decimals are rounded absolutely. */
export const mathVerifyLike: Verifier<MathVerifyPolicy> = {
  id: 'math-verify-like',
  version: 3,
  label: 'Math-Verify (re-implemented)',
  description:
    'Looks for an answer by priority and from the right, compares in the shape of the reference, and rounds decimals to six places. The thinking is not split off. It reads notation with the parser of the verifier math, which fails less often than that of the original.',
  needs: {
    reference: 'any text',
    otherReference: null,
    response: 'a box, an announced answer, else any formula or number',
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
    {
      response: '\\boxed{\\frac{1}{2^{99}}}',
      gold: '\\frac{1}{2^{98}}',
      expect: 'correct',
      why: 'Known fault: what is left of a difference below 1e-15 counts as nothing.',
    },
    {
      response: '\\boxed{45}',
      gold: '45^\\circ',
      expect: 'correct',
      why: 'The sign of degrees is dropped.',
    },
    {
      response: '\\boxed{\\frac{\\pi}{4}}',
      gold: '45^\\circ',
      expect: 'wrong',
      why: 'Known fault: degrees are no angles.',
    },
    {
      response: '\\boxed{f(x) = x}',
      gold: 'f(z) = z',
      expect: 'wrong',
      why: 'Known fault: names of bound variables count.',
    },
    {
      response: '\\boxed{x = 1 : 3}',
      gold: '\\frac{1}{3}',
      expect: 'wrong',
      why: 'Known fault: a ratio is not read; what is tried next is a number inside of it.',
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
    // As it is called in training recipes: the reference stands in a box.
    const isMarked = input.gold.includes('\\boxed');
    const gold = read(isMarked ? input.gold : `\\boxed{${input.gold}}`);
    const answer = read(input.response);
    if (answer === null) return unparsed('no expression was found');
    const { text: extracted } = answer;
    if (gold !== null && isMatch(gold, answer, policy))
      return { status: 'correct', extracted, reason: null };
    const reason = `it does not match ${(gold?.text ?? '').slice(0, MAX_SHOWN)}`;
    return { status: 'wrong', extracted, reason };
  },
};

const MAX_SHOWN = 80;

interface Read {
  /** Of the first text that could be read; null where none could. */
  readonly node: Node | null;
  readonly text: string;
  /** The first text that was tried: equal ones match, whatever was read. */
  readonly first: string;
}

/** Null where there is nothing to be tried. */
function read(response: string): Read | null {
  let first: string | null = null;
  for (const text of mathVerifyCandidates(response)) {
    first ??= text.trim();
    const node = parsed(text) ?? parsed(lastPart(text));
    if (node !== null) return { node, text, first };
  }
  return first === null ? null : { node: null, text: first, first };
}

function parsed(text: string | null): Node | null {
  if (text === null) return null;
  const reading = readAnswer(text);
  return reading.kind === 'value' && isReadThere(reading.node) ? reading.node : null;
}

/** Of a chain that can't be read only the last part is. */
function lastPart(text: string): string | null {
  const parts = /[,;]/u.test(text) ? [] : text.split('=');
  return parts.length > 2 ? (parts.at(-1) ?? null) : null;
}

function isMatch(gold: Read, answer: Read, policy: MathVerifyPolicy): boolean {
  if (gold.first !== '' && gold.first === answer.first) return true;
  return gold.node !== null && answer.node !== null && isSameThere(gold.node, answer.node, policy);
}
