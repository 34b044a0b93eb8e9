import { elementAt } from '#lib/text/element.ts';
import { sameValue } from '../identity.ts';
import { all, unknown, type Judgement } from '../judgement.ts';
import { matchUp } from '../matching.ts';
import type { MathPolicy } from '../policy.ts';
import { freeSymbols, substitute, type Node, type NodeOf } from '../tree.ts';
import type { Compare } from './compare-with.ts';

/** `{2k : k ∈ ℤ}` and `{2n : n ∈ ℤ}`: the name of the running variable does not count. */
export function compareBuilders(
  gold: NodeOf<'builder'>,
  answer: NodeOf<'builder'>,
  policy: MathPolicy,
  compare: Compare,
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
        : compare(gold.condition, substitute(answer.condition, names), policy),
    'the sets are built alike',
  );
  return judgement.result === 'equal' ? judgement : unknown('the sets are built in different ways');
}

/** Unions and intersections by their members in any order, differences by their two sides. */
export function compareSetOperations(
  gold: NodeOf<'setop'>,
  answer: NodeOf<'setop'>,
  policy: MathPolicy,
  compare: Compare,
): Judgement {
  if (gold.op !== answer.op) return unknown('the sets are built in different ways');
  const judge = (a: Node, b: Node): Judgement => compare(a, b, policy);
  return gold.op === 'minus'
    ? all(
        2,
        (part) => judge(elementAt(gold.args, part), elementAt(answer.args, part)),
        'the sets agree part by part',
      )
    : matchUp(gold.args, answer.args, judge);
}
