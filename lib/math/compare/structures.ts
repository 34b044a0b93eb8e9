import { elementAt } from '#lib/text/element.ts';
import { clockTime } from '../clock.ts';
import { evaluateExact } from '../exact.ts';
import { sameValue } from '../identity.ts';
import { all, different, equal, unknown, type Judgement } from '../judgement.ts';
import { matchUp } from '../matching.ts';
import { nestedMatrix, reduceMatrix, vectorItems } from '../matrix.ts';
import { comparePiecewise, isOtherwise } from '../piecewise.ts';
import type { MathPolicy } from '../policy.ts';
import { compareScalars } from '../scalar.ts';
import { compareWholeCases } from '../whole-cases.ts';
import { MATRIX, traitsOf } from '../traits.ts';
import { freeSymbols, substitute, type Node, type NodeOf } from '../tree.ts';
import type { Compare } from './compare-with.ts';
import { compareInOrder } from './in-order.ts';

/** Answers without labels, lists or relations. */
export function comparePlain(
  gold: Node,
  answer: Node,
  policy: MathPolicy,
  compare: Compare,
): Judgement {
  if (((traitsOf(gold) | traitsOf(answer)) & MATRIX) !== 0) {
    const matrices = compareWithMatrices(gold, answer, policy, compare);
    if (matrices !== null) return matrices;
  }
  if (gold.kind === 'tuple' && answer.kind === 'tuple')
    return compareTuples(gold, answer, policy, compare);
  if (gold.kind === 'ratio' || answer.kind === 'ratio') return compareRatios(gold, answer, policy);
  if (gold.kind === 'setop' && answer.kind === 'setop')
    return compareSetOperations(gold, answer, policy, compare);
  if (gold.kind === 'cases' || answer.kind === 'cases')
    return compareCases(gold, answer, policy, compare);
  if (gold.kind === 'builder' && answer.kind === 'builder')
    return compareBuilders(gold, answer, policy, compare);
  if (isShape(gold) !== isShape(answer)) return different('the answers are of different kinds');
  return compareScalars(gold, answer, policy);
}

/** Null where neither side is a matrix as a whole. */
function compareWithMatrices(
  gold: Node,
  answer: Node,
  policy: MathPolicy,
  compare: Compare,
): Judgement | null {
  const isMatrix = gold.kind === 'matrix' || answer.kind === 'matrix';
  const [goldMatrix, answerMatrix] = [gold, answer].map(
    (node) => reduceMatrix(node) ?? (isMatrix ? nestedMatrix(node) : null),
  ) as [NodeOf<'matrix'> | null, NodeOf<'matrix'> | null];
  if (goldMatrix !== null && answerMatrix !== null)
    return compareMatrices(goldMatrix, answerMatrix, policy, compare);
  return goldMatrix === null && answerMatrix === null
    ? null
    : compareVector([goldMatrix, answerMatrix], [gold, answer], policy, compare);
}

/** `{2k : k ∈ ℤ}` and `{2n : n ∈ ℤ}`: the name of the running variable does not count. */
function compareBuilders(
  gold: NodeOf<'builder'>,
  answer: NodeOf<'builder'>,
  policy: MathPolicy,
  compare: Compare,
): Judgement {
  const [to, from] = [gold, answer].map(({ element }) => [...freeSymbols(element)]);
  const isRenamed = to?.length === 1 && from?.length === 1;
  const names = new Map<string, Node>(
    isRenamed ? [[elementAt(from, 0), { kind: 'symbol', name: elementAt(to, 0) }]] : [],
  );
  const judgement = all(
    2,
    (part) =>
      part === 0
        ? sameValue(gold.element, substitute(answer.element, names))
        : compare(gold.condition, substitute(answer.condition, names), policy),
    'the sets are built alike',
  );
  return judgement.result === 'equal' ? judgement : unknown('the sets are built in different ways');
}

function isShape(node: Node): boolean {
  return (
    node.kind === 'tuple' ||
    node.kind === 'setop' ||
    node.kind === 'builder' ||
    node.kind === 'matrix'
  );
}

function compareMatrices(
  gold: NodeOf<'matrix'>,
  answer: NodeOf<'matrix'>,
  policy: MathPolicy,
  compare: Compare,
): Judgement {
  const isSameShape =
    gold.rows.length === answer.rows.length &&
    gold.rows.every((row, index) => row.length === answer.rows[index]?.length);
  if (!isSameShape) return different('the matrices have different shapes');
  const [goldCells, answerCells] = [gold.rows.flat(), answer.rows.flat()];
  return all(
    goldCells.length,
    (index) => compare(elementAt(goldCells, index), elementAt(answerCells, index), policy),
    'the matrices agree entry by entry',
  );
}

/** A row or column may be written as a tuple. */
function compareVector(
  [goldMatrix, answerMatrix]: readonly [NodeOf<'matrix'> | null, NodeOf<'matrix'> | null],
  [gold, answer]: readonly [Node, Node],
  policy: MathPolicy,
  compare: Compare,
): Judgement {
  const matrix = goldMatrix ?? answerMatrix;
  const other = goldMatrix === null ? gold : answer;
  const items = matrix === null ? null : vectorItems(matrix);
  if (items === null || other.kind !== 'tuple') return different('only one side is a matrix');
  return compareInOrder(
    goldMatrix === null ? other.items : items,
    goldMatrix === null ? items : other.items,
    policy,
    compare,
  );
}

/** Brackets decide between intervals only; a longer tuple is the same in any brackets. */
export function compareTuples(
  gold: NodeOf<'tuple'>,
  answer: NodeOf<'tuple'>,
  policy: MathPolicy,
  compare: Compare,
): Judgement {
  const isInterval =
    gold.items.length === 2 &&
    (gold.open !== answer.open || gold.close !== answer.close) &&
    gold.open !== '<' &&
    answer.open !== '<';
  if (isInterval) return different('the brackets differ, so an end belongs to one interval only');
  return compareInOrder(gold.items, answer.items, policy, compare);
}

function compareRatios(gold: Node, answer: Node, policy: MathPolicy): Judgement {
  if (gold.kind === 'ratio' && answer.kind === 'ratio') {
    const [goldTime, answerTime] = [clockTime(gold), clockTime(answer)];
    if (goldTime !== null && answerTime !== null)
      return goldTime === answerTime ? equal('the same time') : different('the times differ');
    return inProportion(gold.args, answer.args);
  }
  const [ratio, other] = gold.kind === 'ratio' ? [gold, answer] : [answer, gold];
  if (ratio.kind !== 'ratio' || ratio.args.length !== 2 || policy.ratio === 'ratio')
    return different('only one side is a ratio');
  const quotient: Node = {
    kind: 'divide',
    top: elementAt(ratio.args, 0),
    bottom: elementAt(ratio.args, 1),
  };
  return gold.kind === 'ratio'
    ? compareScalars(quotient, other, policy)
    : compareScalars(other, quotient, policy);
}

/** By cross multiplication with the first part that is not zero. */
function inProportion(gold: readonly Node[], answer: readonly Node[]): Judgement {
  if (gold.length !== answer.length) return different('the ratios have different lengths');
  const isZero = (node: Node): boolean => evaluateExact(node)?.n === 0n;
  const zeros = gold.map(isZero);
  if (answer.some((part, index) => isZero(part) !== zeros[index]))
    return different('a part of one ratio only is zero');
  const pivot = zeros.indexOf(false);
  if (pivot === -1) return unknown('a ratio of zeros has no value');
  const [goldPivot, answerPivot] = [elementAt(gold, pivot), elementAt(answer, pivot)];
  return all(
    gold.length,
    (index) =>
      sameValue(
        { kind: 'multiply', args: [elementAt(gold, index), answerPivot] },
        { kind: 'multiply', args: [elementAt(answer, index), goldPivot] },
      ),
    'the ratios are in proportion',
  );
}

function compareSetOperations(
  gold: NodeOf<'setop'>,
  answer: NodeOf<'setop'>,
  policy: MathPolicy,
  compare: Compare,
): Judgement {
  if (gold.op !== answer.op) return unknown('the sets are built in different ways');
  const judge = (a: Node, b: Node): Judgement => compare(a, b, policy);
  return gold.op === 'minus'
    ? all(
        2,
        (part) => judge(elementAt(gold.args, part), elementAt(answer.args, part)),
        'the sets agree part by part',
      )
    : matchUp(gold.args, answer.args, judge);
}

function compareCases(gold: Node, answer: Node, policy: MathPolicy, compare: Compare): Judgement {
  const rows =
    gold.kind === 'cases' && answer.kind === 'cases'
      ? matchUp(gold.rows, answer.rows, (left, right) => compareCase(left, right, policy, compare))
      : unknown('only one side distinguishes cases');
  if (rows.result === 'equal') return rows;
  const byValue = compareWholeCases(gold, answer) ?? comparePiecewise(gold, answer);
  if (byValue !== null) return byValue;
  return hasOtherwise(gold) === hasOtherwise(answer)
    ? rows
    : unknown('one side leaves its last condition to the others');
}

function hasOtherwise(node: Node): boolean {
  return node.kind === 'cases' && node.rows.some((row) => row.some(isOtherwise));
}

/** One row: the value and the condition. */
function compareCase(
  gold: readonly Node[],
  answer: readonly Node[],
  policy: MathPolicy,
  compare: Compare,
): Judgement {
  if (!isOtherwise(gold[1]) || !isOtherwise(answer[1]))
    return compareInOrder(gold, answer, policy, compare);
  return compareInOrder(gold.slice(0, 1), answer.slice(0, 1), policy, compare);
}
