import { different, unknown, type Judgement } from '../judgement.ts';
import { splitLabel } from '../labels.ts';
import type { MathPolicy } from '../policy.ts';
import { haveNearEnds, sameSets, subjectOf, toRealSet } from '../real-set.ts';
import { INFINITE, traitsOf } from '../traits.ts';
import type { Node } from '../tree.ts';

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
export function compareAsSets(gold: Node, answer: Node, policy: MathPolicy): Judgement | null {
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

export function isCondition(node: Node): boolean {
  return (
    node.kind === 'relation' ||
    (node.kind === 'list' && node.items.some((item) => item.kind === 'relation'))
  );
}

/** Unions, set-builders, half-open or infinite brackets and inequalities can't be tuples or lists. */
export function isSetOnly(node: Node): boolean {
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
