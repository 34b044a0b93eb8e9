import { elementAt } from '#lib/text/element.ts';
import { isSameShape, sameTree } from './canonical.ts';
import { areSameChains, compareRelations, solvesEquation } from './equation.ts';
import { evaluateExact } from './exact.ts';
import { compareFamilies, haveOtherDomains } from './families.ts';
import { compareExactly, sameValue } from './identity.ts';
import {
  all,
  any,
  different,
  differentCount,
  equal,
  unknown,
  type Judgement,
} from './judgement.ts';
import { boundArguments, labelKey, splitLabel, type Labelled } from './labels.ts';
import { matchUp } from './matching.ts';
import { nestedMatrix, reduceMatrix, vectorItems } from './matrix.ts';
import { expandPlusMinus, hasPlusMinus } from './plus-minus.ts';
import { tupleOf } from './points.ts';
import { writtenOut } from './runs.ts';
import type { MathPolicy } from './policy.ts';
import { comparePiecewise, isOtherwise } from './piecewise.ts';
import { compareStatements } from './proposition.ts';
import { negate, type Rational } from './rational.ts';
import { haveNearEnds, sameSets, subjectOf, toRealSet } from './real-set.ts';
import { areOpposedMembers, isDenied, judgeRemarks } from './remarks.ts';
import { compareScalars } from './scalar.ts';
import { INFINITE, MATRIX, PLUS_MINUS, STRUCTURE, SYMBOL, traitsOf } from './traits.ts';
import { freeSymbols, substitute, type Node, type NodeOf } from './tree.ts';
import { saySame } from './statements.ts';
import { clockTime, compareTimes } from './clock.ts';
import { compareUnits } from './units.ts';
import { normalizeText } from './words.ts';

/** Whether an answer is the reference, up to writing and the policies. */
export function compareAnswers(gold: Node, answer: Node, policy: MathPolicy): Judgement {
  const judgement = compareNodes(gold, answer, policy);
  const isOpen =
    judgement.result !== 'equal' && ((traitsOf(gold) | traitsOf(answer)) & SYMBOL) !== 0;
  return (isOpen ? compareFamilies(gold, answer) : null) ?? judgement;
}

function compareNodes(gold: Node, answer: Node, policy: MathPolicy): Judgement {
  const numbers = compareNumbers(gold, answer, policy);
  if (numbers !== null) return numbers;
  if (isSameShape(gold, answer)) return equal('both read the same');
  if (isPlainTuple(gold) && isPlainTuple(answer))
    return orSameTree(compareTuples(gold, answer, policy), gold, answer);
  if (((traitsOf(gold) | traitsOf(answer)) & NOT_SCALAR) === 0)
    return orSameTree(compareScalars(gold, answer, policy), gold, answer);
  if (gold.kind === 'relation' && answer.kind === 'relation' && sameTree(gold, answer))
    return equal('both read the same');
  const times = compareTimes(gold, answer);
  if (times !== null) return times;
  const units = compareUnits(gold, answer, policy);
  if (units.judgement !== null) return units.judgement;
  if (isDenied(gold) && !isDenied(answer)) return unknown('the reference is denied in words');
  const remarks = judgeRemarks(gold, answer);
  if (remarks !== null) return remarks;
  const inUnits: MathPolicy = units.hasRadians ? { ...policy, degrees: 'exact' } : policy;
  const [reading, other] = units.readings;
  const first = compareSides(reading.gold, reading.answer, inUnits);
  const judgement =
    other === undefined ? first : any([first, compareSides(other.gold, other.answer, inUnits)]);
  return judgement.result === 'equal' && haveOtherConditions(gold, answer)
    ? unknown('the conditions in words could not be compared')
    : judgement;
}

/** Without one of these an answer has no words, units, items or signs that would have to be looked at first. */
const NOT_SCALAR = STRUCTURE | MATRIX | PLUS_MINUS;

/** A tuple that is no set of reals, no matrix and no shorthand for several. */
function isPlainTuple(node: Node): node is NodeOf<'tuple'> {
  return (
    node.kind === 'tuple' && (traitsOf(node) & (PLUS_MINUS | MATRIX)) === 0 && !isSetOnly(node)
  );
}

/** Two numbers need no more than their values; null for anything else, and where rounding is allowed. */
function compareNumbers(gold: Node, answer: Node, policy: MathPolicy): Judgement | null {
  if (policy.rounding !== 'exact') return null;
  const left = numberOf(gold);
  const right = left === null ? null : numberOf(answer);
  return left === null || right === null ? null : compareExactly(left, right);
}

function numberOf(node: Node): Rational | null {
  if (node.kind === 'number') return node.value;
  return node.kind === 'negate' && node.arg.kind === 'number' ? negate(node.arg.value) : null;
}

/** Whether both sides hold under conditions in words and not the same ones, or one side is only the first of several cases. */
function haveOtherConditions(gold: Node, answer: Node): boolean {
  const [left, right] = [conditionOf(gold), conditionOf(answer)];
  if (left === right) return false;
  return (left !== '' && right !== '') || isOneOfCases(left) || isOneOfCases(right);
}

/** In `2 if n is even, 3 if n is odd` the condition of the 2 goes on to the next case. */
function isOneOfCases(condition: string): boolean {
  return (condition.match(CASE)?.length ?? 0) > 1;
}

const CASE = /\b(?:if|when|whenever|otherwise|else|for(?! which))\b/gu;

function conditionOf(node: Node): string {
  if (node.kind !== 'item' || node.condition === '') return '';
  const text = normalizeText(node.condition);
  return /^for (?:all|any|every|each)\b/u.test(text) ? '' : text;
}

function compareSides(gold: Node, answer: Node, policy: MathPolicy): Judgement {
  const [left, right] = [withoutDomains(gold), withoutDomains(answer)];
  const compared = compareValues(left, right, policy);
  const areBothBound = left !== gold && right !== answer && compared.result === 'equal';
  return areBothBound && haveOtherDomains(gold, answer)
    ? unknown('the parameters run through different numbers')
    : orSameTree(compared, gold, answer);
}

/** What could not be decided is equal all the same where both sides read the same. */
function orSameTree(compared: Judgement, gold: Node, answer: Node): Judgement {
  const isSame = compared.result === 'unknown' && sameTree(gold, answer);
  return isSame ? equal('both read the same') : compared;
}

/** `kπ, k ∈ ℤ` says what k is; that is no second answer. */
function withoutDomains(node: Node): Node {
  if (node.kind !== 'list') return node;
  const rest = node.items.filter((item) => !isDomain(item));
  if (rest.length === 0) return node;
  const [value, exclusion] = rest;
  if (value !== undefined && rest.length === 2 && isExclusion(exclusion, value)) return value;
  if (rest.length === node.items.length) return node;
  return rest.length === 1 ? elementAt(rest, 0) : { ...node, items: rest };
}

/** `x + 1, x ≠ 2` says where the expression holds. */
function isExclusion(node: Node | undefined, value: Node): boolean {
  if (node?.kind !== 'relation' || node.ops.length !== 1 || node.ops[0] !== '!=') return false;
  const [left, right] = node.args;
  if (left?.kind !== 'symbol' || right === undefined || value.kind === 'relation') return false;
  return freeSymbols(value).has(left.name) && freeSymbols(right).size === 0;
}

function isDomain(node: Node): boolean {
  if (node.kind !== 'relation' || node.ops.length !== 1 || node.ops[0] !== 'in') return false;
  const set = node.args[1];
  return set?.kind === 'symbol' && /^(?:bb:[ZNQR]|[ZNQR]$)/u.test(set.name);
}

function compareValues(gold: Node, answer: Node, policy: MathPolicy): Judgement {
  if (gold.kind === 'text' && answer.kind === 'relation') {
    const { label, value } = splitLabel(answer);
    if (label !== null && value.kind === 'text') return compareTexts(gold, value);
  }
  if (gold.kind === 'text' && answer.kind === 'text') return compareTexts(gold, answer);
  if (gold.kind === 'text' || answer.kind === 'text') {
    const [left, right] = [lettersAsProduct(gold), lettersAsProduct(answer)];
    return left === null || right === null
      ? different('one side is words, the other a value')
      : compareValues(left, right, policy);
  }

  const statements = compareStatements(gold, answer);
  if (statements !== null) return statements;
  const point = pointNamed(gold, answer) ?? pointNamed(answer, gold);
  if (point !== null)
    return gold.kind === 'tuple'
      ? compareValues(gold, point, policy)
      : compareValues(point, answer, policy);

  const spoken = asTuples(gold, answer);
  if (spoken !== null) return compareValues(...spoken, policy);
  const isSpread =
    isCollection(gold) || isCollection(answer) || hasPlusMinus(gold) || hasPlusMinus(answer);
  const sets = compareAsSets(gold, answer, policy);
  const isDecided = !isSpread || (isCondition(gold) && isCondition(answer));
  if (sets?.result === 'equal' || (sets !== null && isDecided)) return sets;
  if (isSpread) return compareCollections(gold, answer, policy);
  if (gold.kind === 'relation' || answer.kind === 'relation')
    return compareWithRelations(gold, answer, policy);
  return comparePlain(gold, answer, policy);
}

/** `x = y = 1` and `i + 2j` beside a pair are pairs; null where neither is one. */
function asTuples(gold: Node, answer: Node): [Node, Node] | null {
  const [left, right] = [tupleOf(gold, sizeOf(answer)), tupleOf(answer, sizeOf(gold))];
  return left === null && right === null ? null : [left ?? gold, right ?? answer];
}

/** How many coordinates a tuple or vector has; 0 for anything else. */
function sizeOf(node: Node): number {
  const { value } = splitLabel(node);
  if (value.kind === 'tuple') return value.items.length;
  return value.kind === 'matrix' ? (vectorItems(value)?.length ?? 0) : 0;
}

/** `A(3, 4)` beside a pair is the point with its name. */
function pointNamed(named: Node, other: Node): Node | null {
  if (other.kind !== 'tuple' || named.kind !== 'call' || !/^[A-Z]\(\)$/u.test(named.name))
    return null;
  return named.args.length === other.items.length
    ? { kind: 'tuple', open: '(', close: ')', items: named.args }
    : null;
}

function compareTexts(gold: NodeOf<'text'>, answer: NodeOf<'text'>): Judgement {
  return saySame(gold.text, answer.text)
    ? equal('the words are the same')
    : different('the words differ');
}

/** `mgh` on one side only is a product after all; null for words. */
function lettersAsProduct(node: Node): Node | null {
  if (node.kind !== 'text') return node.kind === 'multiply' ? node : null;
  if (!/^[a-zA-Z]{3,5}$/u.test(node.text)) return null;
  return { kind: 'multiply', args: Array.from(node.text, (name) => ({ kind: 'symbol', name })) };
}

/** Answers without labels, lists or relations. */
function comparePlain(gold: Node, answer: Node, policy: MathPolicy): Judgement {
  if (((traitsOf(gold) | traitsOf(answer)) & MATRIX) !== 0) {
    const matrices = compareWithMatrices(gold, answer, policy);
    if (matrices !== null) return matrices;
  }
  if (gold.kind === 'tuple' && answer.kind === 'tuple') return compareTuples(gold, answer, policy);
  if (gold.kind === 'ratio' || answer.kind === 'ratio') return compareRatios(gold, answer, policy);
  if (gold.kind === 'setop' && answer.kind === 'setop')
    return compareSetOperations(gold, answer, policy);
  if (gold.kind === 'cases' || answer.kind === 'cases') return compareCases(gold, answer, policy);
  if (gold.kind === 'builder' && answer.kind === 'builder')
    return compareBuilders(gold, answer, policy);
  if (isShape(gold) !== isShape(answer)) return different('the answers are of different kinds');
  return compareScalars(gold, answer, policy);
}

/** Null where neither side is a matrix as a whole. */
function compareWithMatrices(gold: Node, answer: Node, policy: MathPolicy): Judgement | null {
  const isMatrix = gold.kind === 'matrix' || answer.kind === 'matrix';
  const [goldMatrix, answerMatrix] = [gold, answer].map(
    (node) => reduceMatrix(node) ?? (isMatrix ? nestedMatrix(node) : null),
  ) as [NodeOf<'matrix'> | null, NodeOf<'matrix'> | null];
  if (goldMatrix !== null && answerMatrix !== null)
    return compareMatrices(goldMatrix, answerMatrix, policy);
  return goldMatrix === null && answerMatrix === null
    ? null
    : compareVector(goldMatrix, answerMatrix, [gold, answer], policy);
}

/** `{2k : k ∈ ℤ}` and `{2n : n ∈ ℤ}`: the name of the running variable does not count. */
function compareBuilders(
  gold: NodeOf<'builder'>,
  answer: NodeOf<'builder'>,
  policy: MathPolicy,
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
        : compareNodes(gold.condition, substitute(answer.condition, names), policy),
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
): Judgement {
  const isSameShape =
    gold.rows.length === answer.rows.length &&
    gold.rows.every((row, index) => row.length === answer.rows[index]?.length);
  if (!isSameShape) return different('the matrices have different shapes');
  const [goldCells, answerCells] = [gold.rows.flat(), answer.rows.flat()];
  return all(
    goldCells.length,
    (index) => compareNodes(elementAt(goldCells, index), elementAt(answerCells, index), policy),
    'the matrices agree entry by entry',
  );
}

/** A row or column may be written as a tuple. */
function compareVector(
  goldMatrix: NodeOf<'matrix'> | null,
  answerMatrix: NodeOf<'matrix'> | null,
  [gold, answer]: readonly [Node, Node],
  policy: MathPolicy,
): Judgement {
  const matrix = goldMatrix ?? answerMatrix;
  const other = goldMatrix === null ? gold : answer;
  const items = matrix === null ? null : vectorItems(matrix);
  if (items === null || other.kind !== 'tuple') return different('only one side is a matrix');
  return compareInOrder(
    goldMatrix === null ? other.items : items,
    goldMatrix === null ? items : other.items,
    policy,
  );
}

const CONTRADICTION = 'the words beside the values contradict each other';

function compareInOrder(
  gold: readonly Node[],
  answer: readonly Node[],
  policy: MathPolicy,
): Judgement {
  if (gold.length !== answer.length) return differentCount(gold.length, answer.length);
  return all(
    gold.length,
    (index) => {
      const [item, other] = [elementAt(gold, index), elementAt(answer, index)];
      return areOpposedMembers(item, other)
        ? different(CONTRADICTION)
        : compareNodes(bare(item), bare(other), policy);
    },
    'the values agree one by one',
  );
}

function bare(node: Node): Node {
  return splitLabel(node.kind === 'item' ? node.value : node).value;
}

/** Brackets decide between intervals only; a longer tuple is the same in any brackets. */
function compareTuples(
  gold: NodeOf<'tuple'>,
  answer: NodeOf<'tuple'>,
  policy: MathPolicy,
): Judgement {
  const isInterval =
    gold.items.length === 2 &&
    (gold.open !== answer.open || gold.close !== answer.close) &&
    gold.open !== '<' &&
    answer.open !== '<';
  if (isInterval) return different('the brackets differ, so an end belongs to one interval only');
  return compareInOrder(gold.items, answer.items, policy);
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
): Judgement {
  if (gold.op !== answer.op) return unknown('the sets are built in different ways');
  const judge = (a: Node, b: Node): Judgement => compareNodes(a, b, policy);
  return gold.op === 'minus'
    ? all(
        2,
        (part) => judge(elementAt(gold.args, part), elementAt(answer.args, part)),
        'the sets agree part by part',
      )
    : matchUp(gold.args, answer.args, judge);
}

function compareCases(gold: Node, answer: Node, policy: MathPolicy): Judgement {
  const rows =
    gold.kind === 'cases' && answer.kind === 'cases'
      ? matchUp(gold.rows, answer.rows, (left, right) => compareCase(left, right, policy))
      : unknown('only one side distinguishes cases');
  if (rows.result === 'equal') return rows;
  const byValue = comparePiecewise(gold, answer);
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
): Judgement {
  if (!isOtherwise(gold[1]) || !isOtherwise(answer[1])) return compareInOrder(gold, answer, policy);
  return compareInOrder(gold.slice(0, 1), answer.slice(0, 1), policy);
}

const SET_LIKE: ReadonlySet<Node['kind']> = new Set<Node['kind']>([
  'tuple',
  'setop',
  'builder',
  'relation',
  'list',
  'set',
  'add',
  'constant',
  'symbol',
]);

/** Compares as sets of reals when at least one side can only be meant as one; null when that does not apply. */
function compareAsSets(gold: Node, answer: Node, policy: MathPolicy): Judgement | null {
  if (!SET_LIKE.has(gold.kind) || !SET_LIKE.has(answer.kind)) return null;
  const [left, right] = [membership(gold), membership(answer)];
  if (!isSetOnly(left) && !isSetOnly(right)) return null;
  if (isCondition(left) !== isCondition(right) && policy.relationOrInterval === 'as-gold')
    return different('a relation and a set are not the same writing');
  const goldSet = toRealSet(left);
  const answerSet = goldSet === null ? null : toRealSet(right);
  if (goldSet === null || answerSet === null) return null;
  const judgement = sameSets(goldSet, answerSet);
  if (judgement.result !== 'equal') return judgement;
  if (haveNearEnds([left, right])) return unknown('two ends are too near each other to be ordered');
  return haveOtherSubjects(left, right)
    ? unknown('the conditions speak of different letters')
    : judgement;
}

/** `x > 1` and `y > 1`; a condition without its letter leaves it to the question. */
function haveOtherSubjects(gold: Node, answer: Node): boolean {
  if (!isCondition(gold) || !isCondition(answer)) return false;
  const subjects = [subjectOf(gold), subjectOf(answer)];
  return subjects[0] !== subjects[1] && !subjects.includes('?');
}

function membership(node: Node): Node {
  const { label, value } = splitLabel(node);
  return label === null ? node : value.kind === 'number' ? node : value;
}

function isCondition(node: Node): boolean {
  return (
    node.kind === 'relation' ||
    (node.kind === 'list' && node.items.some((item) => item.kind === 'relation'))
  );
}

/** Unions, set-builders, half-open or infinite brackets and inequalities can't be tuples or lists. */
function isSetOnly(node: Node): boolean {
  switch (node.kind) {
    case 'setop':
    case 'builder':
      return true;
    case 'tuple':
      return (
        node.items.length === 2 &&
        ((node.open === '[') !== (node.close === ']') || node.items.some(hasInfinity))
      );
    case 'add':
      return node.args.some((arg) => arg.kind === 'set' || arg.kind === 'builder');
    case 'relation':
      return node.ops.some((op) => op !== '=' && op !== 'approx');
    case 'list':
      return node.items.some(isSetOnly);
    case 'symbol':
      return node.name.startsWith('bb:');
    case 'constant':
      return node.name === 'emptyset';
    default:
      return false;
  }
}

function hasInfinity(node: Node): boolean {
  return (traitsOf(node) & INFINITE) !== 0;
}

function isCollection(node: Node): boolean {
  if (node.kind === 'list' || node.kind === 'set') return true;
  return (
    node.kind === 'relation' &&
    splitLabel(node).label !== null &&
    isCollection(splitLabel(node).value)
  );
}

function compareWithRelations(gold: Node, answer: Node, policy: MathPolicy): Judgement {
  if (gold.kind === 'relation' && answer.kind === 'relation' && areSameChains(gold, answer))
    return equal('both say that the same letters are equal');
  const [left, right] = [splitLabel(gold), splitLabel(answer)];
  if (left.label !== null && right.label !== null) {
    const renamed = renameArguments(left.label, right.label, right.value);
    if (isSameLabel(left.label, right.label)) return compareNodes(left.value, renamed, policy);
    const refusal = different('the values belong to different names');
    const isSettled = isNamedConstant(left) && isNamedConstant(right);
    return isSettled ? refusal : any([asEquations(gold, answer), refusal]);
  }
  if (gold.kind === 'relation' && answer.kind === 'relation') {
    const relations = compareRelations(gold, answer);
    const isPartly = left.label !== null || right.label !== null;
    return relations.result === 'equal' || !isPartly
      ? relations
      : any([relations, comparePair(left.value, right.value, policy)]);
  }
  if (gold.kind === 'relation' && left.value === gold) return solvesEquation(gold, answer);
  if (answer.kind === 'relation' && right.value === answer)
    return compareStatement(gold, answer, policy);
  return compareNodes(left.value, right.value, policy);
}

/** `x + y = 5` at the end of a solution states the value 5, where a value is asked for. */
function compareStatement(gold: Node, answer: NodeOf<'relation'>, policy: MathPolicy): Judgement {
  const last = elementAt(answer.args, -1);
  // An equation brought to zero states nothing about the value 0.
  const isNormalForm = last.kind === 'number' && last.value.n === 0n;
  const isStatement =
    !isNormalForm &&
    answer.ops.every((op) => op === '=') &&
    freeSymbols(last).size === 0 &&
    freeSymbols(gold).size === 0;
  return isStatement
    ? compareNodes(gold, last, policy)
    : different('a relation was given, not a value');
}

function comparePair(gold: Node, answer: Node, policy: MathPolicy): Judgement {
  return gold.kind === 'relation' || answer.kind === 'relation'
    ? different('a relation is not a value')
    : compareNodes(gold, answer, policy);
}

/** `a = 3` is no multiple of `b = 3`. */
function isNamedConstant({ label, value }: Labelled): boolean {
  return label?.kind === 'symbol' && (traitsOf(value) & NOT_CONSTANT) === 0;
}

const NOT_CONSTANT = SYMBOL | STRUCTURE | MATRIX | PLUS_MINUS;

function asEquations(gold: Node, answer: Node): Judgement {
  if (gold.kind !== 'relation' || answer.kind !== 'relation')
    return different('only one side is an equation');
  return compareRelations(gold, answer);
}

/** `f(z) = z` defines the same as `f(x) = x`. */
function renameArguments(goldLabel: Node, label: Node, value: Node): Node {
  const [from, to] = [boundArguments(label), boundArguments(goldLabel)];
  if (from.length === 0 || from.length !== to.length) return value;
  const names = new Map<string, Node>(
    from.map((name, index) => [name, { kind: 'symbol', name: elementAt(to, index) }]),
  );
  return substitute(value, names);
}

function isSameLabel(gold: Node, answer: Node): boolean {
  const [left, right] = [labelKey(gold), labelKey(answer)];
  if (left === right || left.startsWith(right) || right.startsWith(left)) return true;
  const heads = [left, right].map((key) => key.replace(/\(\).*$/u, ''));
  if (heads[0] === heads[1] && left.includes('()')) return true;
  if (isGraphOf(gold, answer) || isGraphOf(answer, gold)) return true;
  return (
    gold.kind === 'multiply' &&
    answer.kind === 'multiply' &&
    boundArguments(gold).length === boundArguments(answer).length &&
    boundArguments(gold).length > 0
  );
}

/** `y = x + 1` and `f(x) = x + 1` say the same. */
function isGraphOf(label: Node, applied: Node): boolean {
  return (
    label.kind === 'symbol' &&
    label.name === 'y' &&
    applied.kind === 'call' &&
    applied.name === 'f()' &&
    applied.args.length === 1 &&
    applied.args[0]?.kind === 'symbol' &&
    applied.args[0].name === 'x'
  );
}

/** The members of a list or set, with ± written out and groups in brackets. */
function members(node: Node): Node[] {
  const { label, value } = splitLabel(node);
  if (label !== null && label.kind !== 'tuple' && isCollection(value)) return members(value);
  const items =
    node.kind === 'list' || node.kind === 'set'
      ? grouped(writtenOut(node.items).filter(isAsserted))
      : [node];
  const found: Node[] = [];
  for (const item of items) {
    const unwrapped = item.kind === 'item' && item.value.kind === 'list' ? item.value : item;
    if (node.kind === 'list' && unwrapped.kind === 'list') found.push(asTuple(unwrapped));
    else if (hasPlusMinus(unwrapped)) found.push(...expandPlusMinus(unwrapped));
    else found.push(unwrapped);
  }
  return found;
}

/** "3 and not 4" gives 3. */
function isAsserted(node: Node): boolean {
  return !isDenied(node);
}

/** `p = 5, q = 2, p = 7, q = 2` repeats its names: each round is one solution. */
function grouped(items: readonly Node[]): readonly Node[] {
  if (items[0]?.kind !== 'relation') return items;
  const keys = labelKeys(items);
  if (keys === null) return items;
  const period = keys.indexOf(elementAt(keys, 0), 1);
  if (period < 2 || keys.length % period !== 0) return items;
  if (keys.some((key, index) => key !== keys[index % period])) return items;
  return Array.from({ length: items.length / period }, (_, round) => ({
    kind: 'tuple' as const,
    open: '(',
    close: ')',
    items: items.slice(round * period, (round + 1) * period),
  }));
}

function asTuple(node: NodeOf<'list'>): Node {
  return { kind: 'tuple', open: '(', close: ')', items: node.items };
}

function compareCollections(gold: Node, answer: Node, policy: MathPolicy): Judgement {
  const [goldBare, answerBare] = [unlabelTuple(gold), unlabelTuple(answer)];
  if (isCollection(goldBare) !== isCollection(answerBare)) {
    const tuple =
      goldBare.kind === 'tuple' ? goldBare : answerBare.kind === 'tuple' ? answerBare : null;
    if (tuple?.items.length === 2 && (tuple.open === '[' || tuple.close === ']'))
      return different('an interval is not a list');
    if (tuple !== null && !hasPlusMinus(tuple)) {
      if (policy.tupleOrSet === 'as-gold') return different('a tuple is not a list');
      const inOrder = compareInOrder(itemsOf(goldBare), itemsOf(answerBare), policy);
      if (inOrder.result === 'equal') return inOrder;
    }
  }
  if (isEmptySet(goldBare) !== isEmptySet(answerBare))
    return different('only one side is the empty set');
  const decimal = decimalComma(goldBare, answerBare, 2) ?? decimalComma(answerBare, goldBare, 1);
  if (decimal !== null) return decimal;
  if (areJoinedOtherwise(goldBare, answerBare))
    return different('the conditions are joined by other words');
  const isOrdered =
    policy.order === 'fixed' && goldBare.kind === 'list' && answerBare.kind === 'list';
  const [left, right] = [members(goldBare), members(answerBare)];
  if ([...left, ...right].some((member) => isUnresolved(member, goldBare, answerBare)))
    return unknown('the signs ± could not be written out');
  const whole = compareMembers(left, right, isOrdered, policy);
  if (whole.result === 'equal') return whole;
  const [leftOnce, rightOnce] = [distinct(left, policy), distinct(right, policy)];
  const isRepeating = leftOnce.length < left.length || rightOnce.length < right.length;
  return isRepeating ? compareMembers(leftOnce, rightOnce, isOrdered, policy) : whole;
}

/** "x > 1 and y > 2" is not "x > 1 or y > 2"; of values, both words make a list. */
function areJoinedOtherwise(gold: Node, answer: Node): boolean {
  if (gold.kind !== 'list' || answer.kind !== 'list') return false;
  const isOther = gold.word !== null && answer.word !== null && gold.word !== answer.word;
  return isOther && isSetOnly(gold) && isSetOnly(answer);
}

/** A tuple of too many signs, or a sign in a place that has no two values. */
function isUnresolved(member: Node, gold: Node, answer: Node): boolean {
  return (member === gold || member === answer) && hasPlusMinus(member);
}

/** The set that holds the empty set is not empty. */
function isEmptySet(node: Node): boolean {
  return node.kind === 'constant' && node.name === 'emptyset';
}

function compareMembers(
  left: readonly Node[],
  right: readonly Node[],
  isOrdered: boolean,
  policy: MathPolicy,
): Judgement {
  const judge = (a: Node, b: Node): Judgement =>
    differAtSight(a, b, policy) || (a.kind === 'set') !== (b.kind === 'set')
      ? different('the members are of two kinds or begin with other numbers')
      : compareNodes(a, b, policy);
  const areNamed = haveSameLabels(left, right);
  if (isOrdered && areNamed && labelKeys(left)?.join('\u0000') !== labelKeys(right)?.join('\u0000'))
    return different('the names stand in another order');
  if (isOrdered) return compareInOrder(left, right, policy);
  if (areNamed) return matchUp(left, right, judge);
  if (haveSameWords(left, right))
    return matchUp(left, right, (a, b) =>
      wordsAround(a) === wordsAround(b) ? judge(a, b) : different('the words around differ'),
    );
  if (hasOwnNames(left) && hasOwnNames(right))
    return compareInOrder(left.map(bareMember), right.map(bareMember), policy);
  const asMember = (node: Node): Member => ({ node, value: bareMember(node) });
  return matchUp(left.map(asMember), right.map(asMember), (a, b) =>
    areOpposedMembers(a.node, b.node) ? different(CONTRADICTION) : judge(a.value, b.value),
  );
}

/** A member as it is written, and its value without a name. */
interface Member {
  readonly node: Node;
  readonly value: Node;
}

function bareMember(node: Node): Node {
  if (node.kind === 'tuple') return { ...node, items: node.items.map(bare) };
  const inner = node.kind === 'item' && node.value.kind === 'relation' ? node.value : node;
  return splitLabel(inner).value;
}

/** `(x, y) = (1, 2)` is the tuple. */
function unlabelTuple(node: Node): Node {
  const { label, value } = splitLabel(node);
  return label?.kind === 'tuple' ? value : node;
}

function itemsOf(node: Node): readonly Node[] {
  return node.kind === 'tuple' || node.kind === 'list' || node.kind === 'set' ? node.items : [node];
}

/** Whether both sides name all their values, by the same names: then a value counts only under its own name. */
function haveSameLabels(left: readonly Node[], right: readonly Node[]): boolean {
  const a = labelKeys(left);
  const b = a === null ? null : labelKeys(right);
  if (a === null || b === null) return false;
  return new Set(a).size > 1 && a.sort().join('\u0000') === b.sort().join('\u0000');
}

/** The names of all values; null where one has none. */
function labelKeys(nodes: readonly Node[]): string[] | null {
  const keys: string[] = [];
  for (const node of nodes) {
    const { label } = splitLabel(node);
    if (label === null) return null;
    keys.push(labelKey(label));
  }
  return keys;
}

/** `a = 3, b = -2`: other names for the same values may only stand in the same order. */
function hasOwnNames(nodes: readonly Node[]): boolean {
  const keys = nodes.length > 1 ? labelKeys(nodes) : null;
  return keys !== null && new Set(keys).size === nodes.length;
}

/** `3 red, 2 blue` on both sides: every value has words of its own, and counts only with them. */
function haveSameWords(left: readonly Node[], right: readonly Node[]): boolean {
  if (left.length < 2 || left[0]?.kind !== 'item' || right[0]?.kind !== 'item') return false;
  const [a, b] = [left.map(wordsAround), right.map(wordsAround)];
  if (a.includes('') || b.includes('')) return false;
  return new Set(a).size === a.length && a.sort().join() === b.sort().join();
}

function wordsAround(node: Node): string {
  return node.kind === 'item' ? normalizeText(`${node.prefix} ${node.suffix}`) : '';
}

/**
 * `1,22` may be a decimal number; only the same digits on the other side say so. A reference of two single digits
 * is a list.
 */
function decimalComma(list: Node, number: Node, leastPlaces: number): Judgement | null {
  if (
    list.kind !== 'list' ||
    list.items.length !== 2 ||
    number.kind !== 'number' ||
    number.places === null
  )
    return null;
  const written = list.items.map((item) =>
    item.kind === 'number' && item.places === null ? item.written : null,
  );
  if (written.includes(null) || written.join('.') !== number.written) return null;
  return number.places < leastPlaces
    ? unknown('the comma may be a decimal point')
    : equal('the same number with a decimal comma');
}

const MAX_DISTINCT = 60;

/** Repeated values count once. */
function distinct(items: readonly Node[], policy: MathPolicy): readonly Node[] {
  if (items.length > MAX_DISTINCT) return items;
  const kept: Node[] = [];
  for (const item of items) {
    const isKnown = kept.some(
      (other) =>
        !differAtSight(other, item, policy) && compareNodes(other, item, policy).result === 'equal',
    );
    if (!isKnown) kept.push(item);
  }
  return kept;
}

/** Two tuples with different first numbers: most pairs of members need no closer look. */
function differAtSight(a: Node, b: Node, policy: MathPolicy): boolean {
  if (a.kind !== 'tuple' || b.kind !== 'tuple') return false;
  const [left, right] = [a.items[0], b.items[0]];
  if (left === undefined || right === undefined) return false;
  return compareNumbers(left, right, policy)?.result === 'different';
}
