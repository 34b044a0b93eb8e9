import { elementAt } from '#lib/text/element.ts';
import { sameTree } from './canonical.ts';
import { compareRelations, solvesEquation } from './equation.ts';
import { evaluateExact } from './exact.ts';
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
import { boundArguments, labelKey, splitLabel } from './labels.ts';
import { matchUp } from './matching.ts';
import { nestedMatrix, reduceMatrix, vectorItems } from './matrix.ts';
import { expandPlusMinus, hasPlusMinus } from './plus-minus.ts';
import type { MathPolicy } from './policy.ts';
import { negate, type Rational } from './rational.ts';
import { haveNearEnds, sameSets, subjectOf, toRealSet } from './real-set.ts';
import { compareScalars } from './scalar.ts';
import { MATRIX, PLUS_MINUS, STRUCTURE, traitsOf } from './traits.ts';
import { contains, freeSymbols, substitute, type Node, type NodeOf } from './tree.ts';
import { clockTime, compareTimes } from './clock.ts';
import { compareUnits, type Sides } from './units.ts';
import { normalizeText } from './words.ts';

/** Whether an answer is the reference, up to writing and the policies. */
export function compareAnswers(gold: Node, answer: Node, policy: MathPolicy): Judgement {
  const numbers = compareNumbers(gold, answer, policy);
  if (numbers !== null) return numbers;
  if (((traitsOf(gold) | traitsOf(answer)) & NOT_SCALAR) === 0)
    return orSameTree(compareScalars(gold, answer, policy), gold, answer);
  if (gold.kind === 'relation' && answer.kind === 'relation' && sameTree(gold, answer))
    return equal('both read the same');
  const times = compareTimes(gold, answer);
  if (times !== null) return times;
  const units = compareUnits(gold, answer, policy);
  if (units.judgement !== null) return units.judgement;
  if (isDenied(answer) && !isDenied(gold)) return different('the answer is denied in words');
  if (isDenied(gold) && !isDenied(answer)) return unknown('the reference is denied in words');
  if (isChanged(answer) && !isChanged(gold))
    return different('the words beside the value bound or change it');
  const inUnits: MathPolicy = units.hasRadians ? { ...policy, degrees: 'exact' } : policy;
  const judgement = any(units.readings.map((sides) => compareSides(sides, inUnits)));
  return judgement.result === 'equal' && haveOtherConditions(gold, answer)
    ? unknown('the conditions in words could not be compared')
    : judgement;
}

/** Without one of these an answer has no words, units, items or signs that would have to be looked at first. */
const NOT_SCALAR = STRUCTURE | MATRIX | PLUS_MINUS;

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

function compareSides({ gold, answer }: Sides, policy: MathPolicy): Judgement {
  const compared = compareValues(withoutDomains(gold), withoutDomains(answer), policy);
  return orSameTree(compared, gold, answer);
}

/** What could not be decided is equal all the same where both sides read the same. */
function orSameTree(compared: Judgement, gold: Node, answer: Node): Judgement {
  const isSame = compared.result === 'unknown' && sameTree(gold, answer);
  return isSame ? equal('both read the same') : compared;
}

function isDenied(node: Node): boolean {
  return node.kind === 'item' && node.prefix !== '' && DENIAL.test(node.prefix);
}

const DENIAL =
  /^(?:not|no|rather than|instead of)\b|(?:\bnot|\bcannot|\bnever|n['’]t)(?: be| equal(?: to)?)?$/iu;

/** "at least 42", "twice 42" and "42 at most" are not 42; a reference may bound its value, since the question did. */
function isChanged(node: Node): boolean {
  if (node.kind !== 'item') return false;
  return (
    (node.prefix !== '' && CHANGING.test(node.prefix)) ||
    (node.suffix !== '' && BOUNDING.test(node.suffix))
  );
}

const CHANGING =
  /\b(?:at (?:least|most)|(?:more|less|greater|fewer|larger|smaller|higher|lower) than|up to|twice|half(?: of)?|(?:square|cube|root|reciprocal|inverse|opposite|multiples?|powers?) of|negative|minus)$/iu;
const BOUNDING = /^(?:at (?:least|most)|and (?:above|below|up))\b/iu;

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

  const point = pointNamed(gold, answer) ?? pointNamed(answer, gold);
  if (point !== null)
    return gold.kind === 'tuple'
      ? compareValues(gold, point, policy)
      : compareValues(point, answer, policy);

  const isSpread = [gold, answer].some((node) => isCollection(node) || hasPlusMinus(node));
  const sets = compareAsSets(gold, answer, policy);
  const isDecided = !isSpread || (isCondition(gold) && isCondition(answer));
  if (sets?.result === 'equal' || (sets !== null && isDecided)) return sets;
  if (isSpread) return compareCollections(gold, answer, policy);
  if (gold.kind === 'relation' || answer.kind === 'relation')
    return compareWithRelations(gold, answer, policy);
  return comparePlain(gold, answer, policy);
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
  const [left, right] = [gold.text, answer.text].map((text) => spelledOut(normalizeText(text)));
  return left !== '' && left === right
    ? equal('the words are the same')
    : different('the words differ');
}

function spelledOut(words: string): string {
  return words === 'dne' ? 'does not exist' : words;
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
    [
      sameValue(gold.element, substitute(answer.element, names)),
      compareAnswers(gold.condition, substitute(answer.condition, names), policy),
    ],
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
  const cells = gold.rows.flatMap((row, y) =>
    row.map((cell, x) => compareAnswers(cell, elementAt(elementAt(answer.rows, y), x), policy)),
  );
  return all(cells, 'the matrices agree entry by entry');
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

function compareInOrder(
  gold: readonly Node[],
  answer: readonly Node[],
  policy: MathPolicy,
): Judgement {
  if (gold.length !== answer.length) return differentCount(gold.length, answer.length);
  const pairs = gold.map((item, index) =>
    compareAnswers(bare(item), bare(elementAt(answer, index)), policy),
  );
  return all(pairs, 'the values agree one by one');
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
  const pairs = gold.map((part, index) =>
    sameValue(
      { kind: 'multiply', args: [part, answerPivot] },
      { kind: 'multiply', args: [elementAt(answer, index), goldPivot] },
    ),
  );
  return all(pairs, 'the ratios are in proportion');
}

function compareSetOperations(
  gold: NodeOf<'setop'>,
  answer: NodeOf<'setop'>,
  policy: MathPolicy,
): Judgement {
  if (gold.op !== answer.op) return unknown('the sets are built in different ways');
  const judge = (a: Node, b: Node): Judgement => compareAnswers(a, b, policy);
  return gold.op === 'minus'
    ? all(
        [
          judge(elementAt(gold.args, 0), elementAt(answer.args, 0)),
          judge(elementAt(gold.args, 1), elementAt(answer.args, 1)),
        ],
        'the sets agree part by part',
      )
    : matchUp(gold.args, answer.args, judge);
}

function compareCases(gold: Node, answer: Node, policy: MathPolicy): Judgement {
  if (gold.kind !== 'cases' || answer.kind !== 'cases')
    return unknown('only one side distinguishes cases');
  return matchUp(gold.rows, answer.rows, (left, right) => compareInOrder(left, right, policy));
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
  if (![left, right].some(isSetOnly)) return null;
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
        ((node.open === '[') !== (node.close === ']') ||
          node.items.some((item) =>
            contains(item, (part) => part.kind === 'constant' && part.name === 'inf'),
          ))
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

function isCollection(node: Node): boolean {
  if (node.kind === 'list' || node.kind === 'set') return true;
  return (
    node.kind === 'relation' &&
    splitLabel(node).label !== null &&
    isCollection(splitLabel(node).value)
  );
}

function compareWithRelations(gold: Node, answer: Node, policy: MathPolicy): Judgement {
  const [left, right] = [splitLabel(gold), splitLabel(answer)];
  if (left.label !== null && right.label !== null) {
    const renamed = renameArguments(left.label, right.label, right.value);
    if (isSameLabel(left.label, right.label)) return compareAnswers(left.value, renamed, policy);
    return any([asEquations(gold, answer), different('the values belong to different names')]);
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
  return compareAnswers(left.value, right.value, policy);
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
    ? compareAnswers(gold, last, policy)
    : different('a relation was given, not a value');
}

function comparePair(gold: Node, answer: Node, policy: MathPolicy): Judgement {
  return gold.kind === 'relation' || answer.kind === 'relation'
    ? different('a relation is not a value')
    : compareAnswers(gold, answer, policy);
}

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
    node.kind === 'list' || node.kind === 'set' ? grouped(node.items.filter(isAsserted)) : [node];
  return items.flatMap((item) => {
    const unwrapped = item.kind === 'item' && item.value.kind === 'list' ? item.value : item;
    if (node.kind === 'list' && unwrapped.kind === 'list') return [asTuple(unwrapped)];
    return expandPlusMinus(unwrapped);
  });
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
    (a.kind === 'set') === (b.kind === 'set')
      ? compareAnswers(a, b, policy)
      : different('a member is a set on one side only');
  const areNamed = haveSameLabels(left, right);
  if (isOrdered && areNamed && labelKeys(left)?.join('\u0000') !== labelKeys(right)?.join('\u0000'))
    return different('the names stand in another order');
  if (isOrdered) return compareInOrder(left, right, policy);
  if (areNamed) return matchUp(left, right, judge);
  if (haveSameWords(left, right))
    return matchUp(left, right, (a, b) =>
      wordsAround(a) === wordsAround(b) ? judge(a, b) : different('the words around differ'),
    );
  const [leftValues, rightValues] = [left.map(bareMember), right.map(bareMember)];
  if (hasOwnNames(left) && hasOwnNames(right))
    return compareInOrder(leftValues, rightValues, policy);
  return matchUp(leftValues, rightValues, judge);
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
    if (!kept.some((other) => compareAnswers(other, item, policy).result === 'equal'))
      kept.push(item);
  }
  return kept;
}
