import { canonicalKey } from '../canonical.ts';
import { different, equal, unknown, type Judgement } from '../judgement.ts';
import { splitLabel } from '../labels.ts';
import { besideAlike, matchUp } from '../matching.ts';
import { hasPlusMinus } from '../plus-minus.ts';
import type { MathPolicy } from '../policy.ts';
import { areOpposedMembers } from '../remarks.ts';
import type { Node } from '../tree.ts';
import type { Compare } from './compare-with.ts';
import { compareNumbers } from './numbers.ts';
import { CONTRADICTION, compareInOrder } from './in-order.ts';
import { isSetOnly } from './as-sets.ts';
import { findStrangers } from './told-apart.ts';
import {
  bareMember,
  hasOwnNames,
  haveSameLabels,
  haveSameWords,
  isCollection,
  isUnresolved,
  itemsOf,
  labelKeys,
  members,
  wordsAround,
} from './members.ts';

export function compareCollections(
  gold: Node,
  answer: Node,
  policy: MathPolicy,
  compare: Compare,
): Judgement {
  const [goldBare, answerBare] = [unlabelTuple(gold), unlabelTuple(answer)];
  if (isCollection(goldBare) !== isCollection(answerBare)) {
    const tuple =
      goldBare.kind === 'tuple' ? goldBare : answerBare.kind === 'tuple' ? answerBare : null;
    if (tuple?.items.length === 2 && (tuple.open === '[' || tuple.close === ']'))
      return different('an interval is not a list');
    if (tuple !== null && !hasPlusMinus(tuple)) {
      if (policy.tupleOrSet === 'as-gold') return different('a tuple is not a list');
      const inOrder = compareInOrder(itemsOf(goldBare), itemsOf(answerBare), policy, compare);
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
  const whole = compareMembers([left, right], isOrdered, policy, compare);
  if (whole.result === 'equal') return whole;
  const [leftOnce, rightOnce] = [distinct(left, policy, compare), distinct(right, policy, compare)];
  const isRepeating = leftOnce.length < left.length || rightOnce.length < right.length;
  return isRepeating ? compareMembers([leftOnce, rightOnce], isOrdered, policy, compare) : whole;
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
  [left, right]: readonly [readonly Node[], readonly Node[]],
  isOrdered: boolean,
  policy: MathPolicy,
  compare: Compare,
): Judgement {
  const judge = (a: Node, b: Node): Judgement =>
    differAtSight(a, b, policy) || (a.kind === 'set') !== (b.kind === 'set')
      ? different('the members are of two kinds or begin with other numbers')
      : compare(a, b, policy);
  const areNamed = haveSameLabels(left, right);
  if (isOrdered && areNamed && labelKeys(left)?.join('\u0000') !== labelKeys(right)?.join('\u0000'))
    return different('the names stand in another order');
  if (isOrdered) return compareInOrder(left, right, policy, compare);
  const areStrangers = findStrangers(left, right);
  if (areNamed)
    return matchUp(left, besideAlike(left, right, canonicalKey), (a, b) =>
      areStrangers?.(a, b) === true ? different(CONTRADICTION) : judge(a, b),
    );
  if (haveSameWords(left, right))
    return matchUp(left, besideAlike(left, right, canonicalKey), (a, b) =>
      wordsAround(a) === wordsAround(b) ? judge(a, b) : different('the words around differ'),
    );
  if (hasOwnNames(left) && hasOwnNames(right))
    return compareInOrder(left.map(bareMember), right.map(bareMember), policy, compare);
  const asMember = (node: Node): Member => ({ node, value: bareMember(node) });
  const [ours, theirs] = [left.map(asMember), right.map(asMember)];
  const keyOf = ({ value }: Member): string => canonicalKey(value);
  return matchUp(ours, besideAlike(ours, theirs, keyOf), (a, b) =>
    areOpposedMembers(a.node, b.node) || areStrangers?.(a.node, b.node) === true
      ? different(CONTRADICTION)
      : judge(a.value, b.value),
  );
}

/** A member as it is written, and its value without a name. */
interface Member {
  readonly node: Node;
  readonly value: Node;
}

/** `(x, y) = (1, 2)` is the tuple. */
function unlabelTuple(node: Node): Node {
  const { label, value } = splitLabel(node);
  return label?.kind === 'tuple' ? value : node;
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
function distinct(items: readonly Node[], policy: MathPolicy, compare: Compare): readonly Node[] {
  if (items.length > MAX_DISTINCT) return items;
  const kept: Node[] = [];
  for (const item of items) {
    const isKnown = kept.some(
      (other) =>
        !differAtSight(other, item, policy) && compare(other, item, policy).result === 'equal',
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
