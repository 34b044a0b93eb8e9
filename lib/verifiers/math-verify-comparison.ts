import { elementAt } from '#lib/text/element.ts';
import { isSameShape } from '#lib/math/canonical.ts';
import { compareAnswers } from '#lib/math/compare.ts';
import { createPoint, evaluate } from '#lib/math/evaluate.ts';
import { evaluateExact } from '#lib/math/exact.ts';
import { sameValue } from '#lib/math/identity.ts';
import { isLabel } from '#lib/math/labels.ts';
import { reduceMatrix } from '#lib/math/matrix.ts';
import { expandPlusMinus, hasPlusMinus } from '#lib/math/plus-minus.ts';
import { MathPolicy } from '#lib/math/policy.ts';
import { equals } from '#lib/math/rational.ts';
import {
  contains,
  difference,
  freeSymbols,
  substitute,
  type Node,
  type NodeOf,
} from '#lib/math/tree.ts';

export interface MathVerifyRules {
  /** Decimals are rounded to so many places, absolutely, before they are compared. */
  readonly floatRounding: number;
  /** Whether a relation in the answer may stand for a set in the reference. */
  readonly allowSetRelation: boolean;
}

/** Sets of reals are compared exactly there, too. */
const SETS: MathPolicy = MathPolicy.parse({});

/** Whether Math-Verify's parser makes anything of such a tree: no words before a value, ratios, set-builders, cases or dots. */
export function isReadThere(node: Node): boolean {
  return !contains(node, isForeign);
}

function isForeign(node: Node): boolean {
  switch (node.kind) {
    case 'text':
    case 'ratio':
    case 'builder':
    case 'cases':
      return true;
    case 'item':
      return node.prefix !== '' || node.condition !== '';
    case 'symbol':
      return node.name === '...';
    case 'call':
      return node.name === 'and' || node.name === 'or' || node.name === 'not';
    default:
      return false;
  }
}

/** Follows the order of work of Math-Verify 0.8: the shape of the reference decides how the answer is taken. */
export function isSameThere(goldRead: Node, answerRead: Node, rules: MathVerifyRules): boolean {
  const [gold, answer] = [cutChain(bare(goldRead)), cutChain(bare(answerRead))];
  if (isEquation(answer) && gold.kind !== 'relation')
    return isSameThere(gold, elementAt(answer.args, -1), rules);
  if (isEquation(gold) && answer.kind !== 'relation') {
    const label = elementAt(gold.args, 0);
    return isLabel(label) && isSameThere(elementAt(gold.args, -1), answer, rules);
  }
  if (answer.kind === 'relation' && gold.kind !== 'relation')
    return rules.allowSetRelation && compareAnswers(gold, answer, SETS).result === 'equal';
  if (isEquation(gold) && isEquation(answer)) return areSameEquations(gold, answer);
  if (gold.kind === 'relation' || gold.kind === 'setop')
    return compareAnswers(gold, answer, SETS).result === 'equal';
  const [goldMatrix, answerMatrix] = [reduceMatrix(gold), reduceMatrix(answer)];
  if (goldMatrix !== null || answerMatrix !== null)
    return goldMatrix !== null && areSameMatrices(goldMatrix, answerMatrix, rules);
  if ([gold, answer].some((side) => isCollection(side) || hasPlusMinus(side)))
    return areSameCollections(gold, answer, rules);
  return isSameValue(gold, answer, rules);
}

/** Units and a sign of degrees are dropped, and letters lose their case. */
function bare(node: Node): Node {
  const value = node.kind === 'item' ? node.value : node;
  if (value.kind === 'degree') return bare(value.arg);
  if (value.kind === 'negate' && value.arg.kind === 'degree')
    return { kind: 'negate', arg: bare(value.arg.arg) };
  return value;
}

function isEquation(node: Node): node is NodeOf<'relation'> {
  return node.kind === 'relation' && node.ops.every((op) => SAME_AS.has(op));
}

/** `x ≈ 3` and `x ∈ S` are read as `x = …`. */
const SAME_AS: ReadonlySet<string> = new Set(['=', 'approx', 'in']);

/** Of `a = b = c` the first and the last part stay; what stands before `≈` is the value. */
function cutChain(node: Node): Node {
  if (!isEquation(node)) return node;
  const approximation = node.ops.indexOf('approx');
  const args = approximation > 0 ? node.args.slice(0, approximation + 1) : node.args;
  const [first, last] = [elementAt(args, 0), elementAt(args, -1)];
  if (approximation === 0 && !isLabel(first)) return first;
  return args.length === 1 ? first : { kind: 'relation', ops: ['='], args: [first, last] };
}

/** The same sides, the same difference up to its sign, or one letter with the same solutions. */
function areSameEquations(gold: NodeOf<'relation'>, answer: NodeOf<'relation'>): boolean {
  const [left, right] = [gold, answer].map(({ args }) =>
    lowered(difference(elementAt(args, 0), elementAt(args, -1))),
  ) as [Node, Node];
  if (sameValue(left, right).result === 'equal') return true;
  if (sameValue(left, { kind: 'negate', arg: right }).result === 'equal') return true;
  const letters = freeSymbols(right, freeSymbols(left));
  return letters.size === 1 && compareAnswers(gold, answer, SETS).result === 'equal';
}

/** Names of several letters lose their case. */
function lowered(node: Node): Node {
  const names = new Map<string, Node>();
  for (const name of freeSymbols(node))
    if (name !== name.toLowerCase()) names.set(name, { kind: 'symbol', name: name.toLowerCase() });
  return names.size === 0 ? node : substitute(node, names);
}

function areSameMatrices(
  gold: NodeOf<'matrix'>,
  answer: NodeOf<'matrix'> | null,
  rules: MathVerifyRules,
): boolean {
  return (
    gold.rows.length === answer?.rows.length &&
    gold.rows.every((row, index) => areSameInOrder(row, elementAt(answer.rows, index), rules))
  );
}

type Collection = NodeOf<'list'> | NodeOf<'set'> | NodeOf<'tuple'>;

function isCollection(node: Node): node is Collection {
  return node.kind === 'list' || node.kind === 'set' || node.kind === 'tuple';
}

/**
 * Tuples in order, an interval by its brackets, sets sorted by value and then pair by pair: no other pairing is tried.
 * A tuple beside a set takes the set in its written order.
 */
function areSameCollections(gold: Node, answer: Node, rules: MathVerifyRules): boolean {
  if (!isCollection(gold) || !isCollection(answer)) {
    const [left, right] = [elementsOf(gold), elementsOf(answer)];
    return left.length === right.length && areSameInOrder(left, right, rules);
  }
  if (gold.kind === 'tuple' && answer.kind === 'tuple') {
    const isInterval = gold.items.length === 2;
    if (isInterval && (gold.open !== answer.open || gold.close !== answer.close)) return false;
    return areSameInOrder(gold.items, answer.items, rules);
  }
  const [left, right] = [elementsOf(gold), elementsOf(answer)];
  const isOrdered = gold.kind === 'tuple' || answer.kind === 'tuple';
  return isOrdered
    ? areSameInOrder(left, right, rules)
    : areSameInOrder(byValue(left), byValue(right), rules);
}

/** The members, each once; a member with ± stands for two. */
function elementsOf(node: Node): readonly Node[] {
  if (!isCollection(node)) return expandPlusMinus(node);
  if (node.kind === 'tuple') return node.items;
  const found: Node[] = [];
  for (const item of node.items.flatMap((member) =>
    hasPlusMinus(member) && member.kind !== 'tuple' ? expandPlusMinus(member) : [member],
  ))
    if (!found.some((other) => isSameShape(other, item))) found.push(item);
  return found;
}

/** Members without a value come last, as they are written. */
function byValue(nodes: readonly Node[]): readonly Node[] {
  const sizes = new Map(nodes.map((node) => [node, sizeOf(node)]));
  return nodes.toSorted((a, b) => (sizes.get(a) ?? 0) - (sizes.get(b) ?? 0));
}

function sizeOf(node: Node): number {
  const value = isEquation(node) ? elementAt(node.args, -1) : node;
  const first = isCollection(value) ? (value.items[0] ?? value) : value;
  return realValue(first) ?? Number.MAX_VALUE;
}

function areSameInOrder(
  gold: readonly Node[],
  answer: readonly Node[],
  rules: MathVerifyRules,
): boolean {
  return (
    gold.length === answer.length &&
    gold.every((item, index) => isSameThere(item, elementAt(answer, index), rules))
  );
}

/** Known fault: what is left of a difference below this counts as nothing. */
const CHOPPED = 1e-15;

function isSameValue(goldRead: Node, answerRead: Node, rules: MathVerifyRules): boolean {
  const [gold, answer] = [lowered(goldRead), lowered(answerRead)];
  const [left, right] = [evaluateExact(gold), evaluateExact(answer)];
  if (left !== null && right !== null && equals(left, right)) return true;
  const isDecimal = [gold, answer].some((side) => contains(side, isRounded));
  if (freeSymbols(answer, freeSymbols(gold)).size > 0)
    return sameValue(gold, answer).result === 'equal';
  const [x, y] = [gold, answer].map((side) => evaluate(side, createPoint(new Map())));
  if (x === undefined || y === undefined || !Number.isFinite(x.re) || !Number.isFinite(y.re))
    return sameValue(gold, answer).result === 'equal';
  const scale = 10 ** rules.floatRounding;
  const isNear = (a: number, b: number): boolean =>
    isDecimal ? Math.round(a * scale) === Math.round(b * scale) : Math.abs(a - b) < CHOPPED;
  return (
    (isNear(x.re, y.re) && isNear(x.im, y.im)) ||
    (!isDecimal && sameValue(gold, answer).result === 'equal')
  );
}

/** Decimals and percentages are rounded. */
function isRounded(node: Node): boolean {
  return node.kind === 'percent' || (node.kind === 'number' && node.places !== null);
}

function realValue(node: Node): number | null {
  if (freeSymbols(node).size > 0) return null;
  const { re } = evaluate(bare(node), createPoint(new Map()));
  return Number.isFinite(re) ? re : null;
}
