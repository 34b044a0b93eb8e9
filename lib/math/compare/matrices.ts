import { elementAt } from '#lib/text/element.ts';
import { all, different, type Judgement } from '../judgement.ts';
import { nestedMatrix, reduceMatrix, vectorItems } from '../matrix.ts';
import type { MathPolicy } from '../policy.ts';
import type { Node, NodeOf } from '../tree.ts';
import type { Compare } from './compare-with.ts';
import { compareInOrder } from './in-order.ts';

/** Null where neither side is a matrix as a whole. */
export function compareWithMatrices(
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
