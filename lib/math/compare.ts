import { isSameShape, sameTree } from './canonical.ts';
import { compareFamilies, haveOtherDomains } from './families.ts';
import { any, different, equal, unknown, type Judgement } from './judgement.ts';
import { splitLabel } from './labels.ts';
import { vectorItems } from './matrix.ts';
import { hasPlusMinus } from './plus-minus.ts';
import { tupleOf } from './points.ts';
import type { MathPolicy } from './policy.ts';
import { compareStatements } from './proposition.ts';
import { judgeRemarks } from './remarks.ts';
import { compareScalars } from './scalar.ts';
import { MATRIX, PLUS_MINUS, STRUCTURE, SYMBOL, traitsOf } from './traits.ts';
import { freeSymbols, type Node, type NodeOf } from './tree.ts';
import { nameSame, saySame } from './statements.ts';
import { compareTimes } from './clock.ts';
import { compareUnits } from './units.ts';
import { compareWholeSets } from './whole-sets.ts';
import { normalizeText } from './words.ts';
import { compareNumbers } from './compare/numbers.ts';
import { withoutDomains } from './compare/domains.ts';
import { compareAsSets, isCondition, isSetOnly } from './compare/as-sets.ts';
import { compareWithRelations } from './compare/labelled.ts';
import { isCollection } from './compare/members.ts';
import { compareCollections } from './compare/collections.ts';
import { comparePlain, compareTuples } from './compare/structures.ts';

/** Whether an answer is the reference, up to writing and the policies. */
export function compareAnswers(gold: Node, answer: Node, policy: MathPolicy): Judgement {
  const judgement = compareNodes(gold, answer, policy);
  const isOpen =
    judgement.result !== 'equal' && ((traitsOf(gold) | traitsOf(answer)) & SYMBOL) !== 0;
  if (!isOpen) return judgement;
  return compareWholeSets(gold, answer) ?? compareFamilies(gold, answer) ?? judgement;
}

function compareNodes(gold: Node, answer: Node, policy: MathPolicy): Judgement {
  const numbers = compareNumbers(gold, answer, policy);
  if (numbers !== null) return numbers;
  if (isSameShape(gold, answer)) return equal('both read the same');
  if (isPlainTuple(gold) && isPlainTuple(answer))
    return orSameTree(compareTuples(gold, answer, policy, compareNodes), gold, answer);
  if (((traitsOf(gold) | traitsOf(answer)) & NOT_SCALAR) === 0)
    return orSameTree(compareScalars(gold, answer, policy), gold, answer);
  if (gold.kind === 'relation' && answer.kind === 'relation' && sameTree(gold, answer))
    return equal('both read the same');
  const times = compareTimes(gold, answer);
  if (times !== null) return times;
  const units = compareUnits(gold, answer, policy);
  if (units.judgement !== null) return units.judgement;
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

function compareValues(gold: Node, answer: Node, policy: MathPolicy): Judgement {
  if (gold.kind === 'text' && answer.kind === 'relation') {
    const { label, value } = splitLabel(answer);
    if (label !== null && value.kind === 'text') return compareTexts(gold, value, policy);
  }
  if (gold.kind === 'text' && answer.kind === 'text') return compareTexts(gold, answer, policy);
  if (gold.kind === 'text' || answer.kind === 'text') {
    const [left, right] = [lettersAsProduct(gold), lettersAsProduct(answer)];
    return left === null || right === null
      ? different('one side is words, the other a value')
      : compareValues(left, right, policy);
  }

  const [solved, solution] = [solutionOf(gold), solutionOf(answer)];
  if ((solved === null) !== (solution === null))
    return compareValues(solved ?? gold, solution ?? answer, policy);
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
  if (isSpread) return compareCollections(gold, answer, policy, compareNodes);
  if (gold.kind === 'relation' || answer.kind === 'relation')
    return compareWithRelations(gold, answer, policy, compareNodes);
  return comparePlain(gold, answer, policy, compareNodes);
}

/** `x² = 9 ⟺ x = ±3` ends with the solution; null where nothing is said in other words about the same letters. */
function solutionOf(node: Node): Node | null {
  if (node.kind !== 'relation') return null;
  const at = node.ops.lastIndexOf('iff');
  if (at === -1 || at > node.ops.length - 2) return null;
  const last: Node = { ...node, ops: node.ops.slice(at + 1), args: node.args.slice(at + 1) };
  const names = freeSymbols(last);
  return [...freeSymbols(node)].every((name) => names.has(name)) ? last : null;
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

function compareTexts(gold: NodeOf<'text'>, answer: NodeOf<'text'>, policy: MathPolicy): Judgement {
  const isListed = policy.order === 'free' && nameSame(gold.text, answer.text);
  return isListed || saySame(gold.text, answer.text)
    ? equal('the words are the same')
    : different('the words differ');
}

/** `mgh` on one side only is a product after all; null for words. */
function lettersAsProduct(node: Node): Node | null {
  if (node.kind !== 'text') return node.kind === 'multiply' ? node : null;
  if (!/^[a-zA-Z]{3,5}$/u.test(node.text)) return null;
  return { kind: 'multiply', args: Array.from(node.text, (name) => ({ kind: 'symbol', name })) };
}
