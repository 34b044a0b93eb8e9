import { z } from 'zod';
import { createPoint, evaluate } from '#lib/math/evaluate.ts';
import { evaluateExact } from '#lib/math/exact.ts';
import { sameValue } from '#lib/math/identity.ts';
import { toNumber } from '#lib/math/rational.ts';
import { readAnswer } from '#lib/math/reading.ts';
import { difference, freeSymbols, type Node } from '#lib/math/tree.ts';
import { findBoxes } from '#lib/text/boxes.ts';
import { extractQwenAnswer, toQwenForm } from '#lib/text/qwen-answer.ts';
import { unparsed } from './response-answer.ts';
import type { Verifier } from './verifier.ts';

const QwenPolicy = z.strictObject({
  /** `keep` is what the harness does on Minerva and CARP: there single letters are variables, not units. */
  units: z.enum(['drop', 'keep']).default('drop'),
});
type QwenPolicy = z.infer<typeof QwenPolicy>;

const RELATIVE_TOLERANCE = 1e-4;
/** Elements and characters beyond this are refused before any comparison. */
const MAX_ELEMENTS = 100;
const MAX_LENGTH = 2000;

/** Follows the released grader, its tolerances included; only the evaluation of model text as code is left out. */
export const qwenLike: Verifier<QwenPolicy> = {
  id: 'qwen-like',
  version: 1,
  label: 'Qwen2.5-Math (re-implemented)',
  description:
    'The harness that LASER and SimpleRL-Zoo report with: its extraction order, its cleaning, and its comparison with a relative tolerance of 1e-4 and free percent, brackets ignored.',
  needs: {
    reference: 'any text',
    otherReference: null,
    response: 'a box, else an announced answer, else any number',
  },
  policy: QwenPolicy,
  kin: 'mathematics',
  examples: [
    {
      response: 'So \\boxed{\\frac{1}{2}}',
      gold: '0.5',
      expect: 'correct',
      why: 'Values are compared.',
    },
    {
      response: '\\boxed{25\\%}',
      gold: '0.25',
      expect: 'correct',
      why: 'The percent sign is dropped, and a factor of 100 is allowed.',
    },
    {
      response: '\\boxed{9999.5}',
      gold: '10000',
      expect: 'correct',
      why: 'Known fault: a relative tolerance of 1e-4, also on integers.',
    },
    {
      response: '\\boxed{[1,2)}',
      gold: '(1,2]',
      expect: 'correct',
      why: 'Known fault: the brackets of an interval do not count.',
    },
    {
      response: '<think>\\boxed{42}</think> I could not finish.',
      gold: '42',
      expect: 'correct',
      why: 'Known fault: a box in the thinking counts.',
    },
    {
      response: '\\boxed{\\sqrt{2}, 7}',
      gold: '\\sqrt{2}, 5',
      expect: 'correct',
      why: 'Known fault: of a list without brackets only the first value counts.',
    },
    {
      response: '\\boxed{2, 1}',
      gold: '1, 2',
      expect: 'wrong',
      why: 'Known fault: a list has an order.',
    },
    { response: '\\boxed{41}', gold: '42', expect: 'wrong', why: 'Another number is wrong.' },
    { response: 'no idea', gold: '42', expect: 'unparsed', why: 'Nothing was found.' },
  ],
  verify(input, policy) {
    const raw = extractQwenAnswer(input.response);
    if (raw === null || raw.trim() === '') return unparsed('no answer was found');
    const hasUnits = policy.units === 'drop';
    const answer = toQwenForm(raw, hasUnits);
    const goldText = findBoxes(input.gold).at(-1)?.content.text ?? input.gold.replaceAll('$', '');
    const gold = toQwenForm(goldText, hasUnits);
    if (answer === '') return unparsed('nothing is left after cleaning');
    if (gold !== '' && isEqual(gold, answer))
      return { status: 'correct', extracted: raw, reason: null };
    return { status: 'wrong', extracted: raw, reason: `it does not match ${gold.slice(0, 80)}` };
  },
};

function isEqual(gold: string, answer: string): boolean {
  if (gold.toLowerCase() === answer.toLowerCase()) return true;
  if (answer.length > MAX_LENGTH || gold.length > MAX_LENGTH) return false;
  const letter = /^[A-E]$/u.test(gold) ? answer.match(/\b[A-E]\b/gu)?.at(-1) : undefined;
  if (letter === gold) return true;
  const [left, right] = [plainNumber(gold), plainNumber(answer)];
  if (left !== null && right !== null)
    return [left / 100, left, left * 100].some((value) => isClose(value, right));
  const [bareGold, bareAnswer] = [gold, answer].map((text) =>
    text.replace(/[[\](){}]/gu, '').toLowerCase(),
  );
  if (bareGold !== '' && bareGold === bareAnswer) return true;
  return isEqualList(gold, answer) || isEqualEquation(gold, answer) || isEqualValue(gold, answer);
}

function plainNumber(text: string): number | null {
  const plain = text.replaceAll(',', '').replace(/\\?%$/u, '');
  return /^-?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d{1,3})?$/iu.test(plain) ? Number(plain) : null;
}

function isClose(gold: number, answer: number): boolean {
  if (!Number.isFinite(gold) || !Number.isFinite(answer)) return false;
  return Math.abs(gold - answer) <= RELATIVE_TOLERANCE * Math.max(Math.abs(gold), Math.abs(answer));
}

function isEqualList(gold: string, answer: string): boolean {
  const [left, right] = [listed(gold), listed(answer)];
  if (left === null || right?.length !== left.length) return false;
  return left.every((item, index) => isEqual(item, right[index] ?? ''));
}

/** A naive split at commas inside one pair of brackets, as in the released code. */
function listed(text: string): string[] | null {
  const inner = /^[([](.+)[)\]]$/u.exec(text)?.[1];
  const parts = inner?.split(',');
  return parts === undefined || parts.length < 2 || parts.length > MAX_ELEMENTS ? null : parts;
}

function isEqualEquation(gold: string, answer: string): boolean {
  const [left, right] = [sidesApart(gold), sidesApart(answer)];
  if (left === null || right === null) return false;
  return [right, { kind: 'negate' as const, arg: right }].some(
    (node) => sameValue(left, node).result === 'equal',
  );
}

function sidesApart(text: string): Node | null {
  const sides = text.split('=');
  const [left, right] = sides.length === 2 ? sides.map(scalar) : [];
  return left === null || left === undefined || right === null || right === undefined
    ? null
    : difference(left, right);
}

function isEqualValue(gold: string, answer: string): boolean {
  const [left, right] = [scalar(gold), scalar(answer)];
  if (left === null || right === null) return false;
  if (sameValue(left, right).result === 'equal') return true;
  const [a, b] = [valueOf(left), valueOf(right)];
  return a !== null && b !== null && isClose(a, b);
}

/** Known fault: the parser it uses stops at the first comma, so that only the first of several values counts. */
function scalar(text: string): Node | null {
  const reading = readAnswer(untilComma(text));
  return reading.kind === 'value' && reading.words === 0 ? reading.node : null;
}

function untilComma(text: string): string {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const char = text.charAt(index);
    if ('([{'.includes(char)) depth += 1;
    else if (')]}'.includes(char)) depth -= 1;
    else if (char === ',' && depth === 0) return text.slice(0, index);
  }
  return text;
}

function valueOf(node: Node): number | null {
  const exact = evaluateExact(node);
  if (exact !== null) return toNumber(exact);
  if (freeSymbols(node).size > 0) return null;
  const value = evaluate(node, createPoint(new Map()));
  return Number.isFinite(value.re) && Math.abs(value.im) <= value.error ? value.re : null;
}
