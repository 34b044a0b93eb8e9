import { elementAt } from '#lib/text/element.ts';
import { all, different, differentCount, type Judgement } from '../judgement.ts';
import { splitLabel } from '../labels.ts';
import type { MathPolicy } from '../policy.ts';
import { areOpposedMembers } from '../remarks.ts';
import type { Node } from '../tree.ts';
import type { Compare } from './compare-with.ts';

export const CONTRADICTION = 'the words beside the values contradict each other';

export function compareInOrder(
  gold: readonly Node[],
  answer: readonly Node[],
  policy: MathPolicy,
  compare: Compare,
): Judgement {
  if (gold.length !== answer.length) return differentCount(gold.length, answer.length);
  return all(
    gold.length,
    (index) => {
      const [item, other] = [elementAt(gold, index), elementAt(answer, index)];
      return areOpposedMembers(item, other)
        ? different(CONTRADICTION)
        : compare(bare(item), bare(other), policy);
    },
    'the values agree one by one',
  );
}

export function bare(node: Node): Node {
  return splitLabel(node.kind === 'item' ? node.value : node).value;
}
