import { unknown, type Judgement } from '../judgement.ts';
import { matchUp } from '../matching.ts';
import { comparePiecewise, isOtherwise } from '../piecewise.ts';
import type { MathPolicy } from '../policy.ts';
import type { Node } from '../tree.ts';
import { compareWholeCases } from '../whole-cases.ts';
import type { Compare } from './compare-with.ts';
import { compareInOrder } from './in-order.ts';

/** Cases row by row in any order, then by their values where the conditions are written otherwise. */
export function compareCases(
  gold: Node,
  answer: Node,
  policy: MathPolicy,
  compare: Compare,
): Judgement {
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
