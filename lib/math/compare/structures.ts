import { different, type Judgement } from '../judgement.ts';
import type { MathPolicy } from '../policy.ts';
import { compareScalars } from '../scalar.ts';
import { MATRIX, traitsOf } from '../traits.ts';
import type { Node, NodeOf } from '../tree.ts';
import { compareCases } from './cases.ts';
import type { Compare } from './compare-with.ts';
import { compareInOrder } from './in-order.ts';
import { compareWithMatrices } from './matrices.ts';
import { compareRatios } from './ratios.ts';
import { compareBuilders, compareSetOperations } from './set-structures.ts';

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

function isShape(node: Node): boolean {
  return (
    node.kind === 'tuple' ||
    node.kind === 'setop' ||
    node.kind === 'builder' ||
    node.kind === 'matrix'
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
