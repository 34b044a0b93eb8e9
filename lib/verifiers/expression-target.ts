import { z } from 'zod';
import { evaluateExact } from '#lib/math/exact.ts';
import * as q from '#lib/math/rational.ts';
import { readAnswer } from '#lib/math/reading.ts';
import { children, type Node } from '#lib/math/tree.ts';
import { asSeen } from '#lib/text/visible-text.ts';
import { answerPart, candidatesOf, unparsed } from './response-answer.ts';
import type { Verdict, Verifier } from './verifier.ts';

const ExpressionTargetPolicy = z.strictObject({
  /** `all-once` as in the Game of 24; `at-most-once` as in Countdown. */
  usage: z.enum(['all-once', 'at-most-once']).default('all-once'),
});
type ExpressionTargetPolicy = z.infer<typeof ExpressionTargetPolicy>;

interface Puzzle {
  readonly numbers: readonly string[];
  readonly target: q.Rational;
}

export const expressionTarget: Verifier<ExpressionTargetPolicy> = {
  id: 'expression-target',
  version: 2,
  label: 'Expression that hits a target',
  description:
    'Game of 24 and Countdown: the answer is an arithmetic expression over the given numbers with the target as its exact value. The reference is `numbers -> target`, for example `4 6 8 8 -> 24`.',
  needs: {
    reference: 'the given numbers and the target, `numbers -> target`',
    otherReference: '24',
    response: 'an arithmetic expression as its final answer, with or without `= target`',
  },
  policy: ExpressionTargetPolicy,
  examples: [
    {
      response: '\\boxed{(5 - 1/5) \\times 5}',
      gold: '1 5 5 5 -> 24',
      expect: 'correct',
      why: 'Fractions on the way are exact.',
    },
    {
      response: 'Answer: (8 - 4) * (8 - 6 + 4) = 24',
      gold: '4 6 8 8 -> 24',
      expect: 'wrong',
      why: 'Each number counts once.',
    },
    {
      response: 'Answer: 8 * 6 / (8 - 4) = 24',
      gold: '4 6 8 8 -> 24',
      expect: 'wrong',
      why: 'The value must be the target.',
    },
    {
      response: 'Answer: 4 * 6 * 8 / 8 = 24',
      gold: '4 6 8 8 -> 24',
      expect: 'correct',
      why: 'A result may be written behind.',
    },
    {
      response: 'Answer: 3 * 8',
      gold: '3 8 7 -> 24',
      policy: { usage: 'at-most-once' },
      expect: 'correct',
      why: 'Countdown may leave numbers out.',
    },
    {
      response: 'It is impossible.',
      gold: '4 6 8 8 -> 24',
      expect: 'unparsed',
      why: 'There is no expression.',
    },
  ],
  verify(input, policy) {
    const puzzle = parsePuzzle(asSeen(input.gold));
    if (puzzle === null)
      return {
        status: 'unverifiable',
        extracted: null,
        reason: 'the reference is not "numbers -> target"',
      };
    const part = answerPart(input);
    if ('missing' in part) return unparsed(part.missing);
    for (const candidate of candidatesOf(input, part.text)) {
      const reading = readAnswer(candidate.text);
      const expression = reading.kind === 'value' ? leftSide(reading.node) : null;
      if (expression !== null && isArithmetic(expression) && reading.kind === 'value') {
        const claims = rightSides(reading.node);
        return judge(expression, candidate.text, { puzzle, policy, claims });
      }
    }
    return unparsed('no arithmetic expression was found');
  },
};

function parsePuzzle(gold: string): Puzzle | null {
  const match = /^([\d\s,.]+)(?:->|=>|→)\s*(-?[\d./]+)\s*$/u.exec(gold.trim());
  const numbers = match?.[1]?.match(/\d+(?:\.\d+)?/gu);
  const target = match?.[2] === undefined ? null : q.parseDecimal(match[2]);
  return numbers === null || numbers === undefined || target === null ? null : { numbers, target };
}

/** `4 * 6 = 24` names its expression on the left. */
function leftSide(node: Node): Node | null {
  if (node.kind === 'relation')
    return node.ops.every((op) => op === '=') ? (node.args[0] ?? null) : null;
  if (node.kind === 'item')
    return node.prefix === '' && node.suffix === '' ? leftSide(node.value) : null;
  return node;
}

/** What is said to be the value behind the expression. */
function rightSides(node: Node): readonly Node[] {
  if (node.kind === 'item') return rightSides(node.value);
  return node.kind === 'relation' ? node.args.slice(1) : [];
}

const ALLOWED: ReadonlySet<Node['kind']> = new Set<Node['kind']>([
  'number',
  'add',
  'multiply',
  'divide',
  'negate',
]);

function isArithmetic(node: Node): boolean {
  return ALLOWED.has(node.kind) && node.kind !== 'number' && everyPart(node);
}

function everyPart(node: Node): boolean {
  return ALLOWED.has(node.kind) && children(node).every(everyPart);
}

function numbersIn(node: Node): string[] {
  return node.kind === 'number' ? [node.written] : children(node).flatMap(numbersIn);
}

function judge(
  expression: Node,
  extracted: string,
  task: { puzzle: Puzzle; policy: ExpressionTargetPolicy; claims: readonly Node[] },
): Verdict {
  const used = numbersIn(expression).sort();
  const rest = [...task.puzzle.numbers];
  for (const number of used) {
    const index = rest.indexOf(number);
    if (index === -1)
      return { status: 'wrong', extracted, reason: `${number} is not given, or not that often` };
    rest.splice(index, 1);
  }
  if (rest.length > 0 && task.policy.usage === 'all-once')
    return { status: 'wrong', extracted, reason: `${rest.join(', ')} was left out` };
  const value = evaluateExact(expression);
  if (value === null) return { status: 'wrong', extracted, reason: 'the expression has no value' };
  for (const claim of task.claims) {
    const claimed = evaluateExact(claim);
    if (claimed === null || !q.equals(claimed, value))
      return { status: 'wrong', extracted, reason: 'the equation does not hold' };
  }
  if (q.equals(value, task.puzzle.target)) return { status: 'correct', extracted, reason: null };
  return { status: 'wrong', extracted, reason: `the value is ${q.formatRational(value)}` };
}
