import { LOGICAL } from '../traits.ts';
import type { Node } from '../tree.ts';
import type { Grammar } from './grammar.ts';

/**
 * `p ∧ ¬q ∨ r` behind its first part; "and" binds more tightly. Where the parts are no letters or statements, the sign
 * joins answers, and the cursor stays before it.
 */
export function readStatement(g: Grammar, first: Node, readPart: () => Node): Node {
  if (!isPart(first)) return first;
  const groups: Node[][] = [[first]];
  while (g.is('setop', 'and') || g.is('setop', 'or')) {
    const start = g.index;
    const isAnd = g.take().text === 'and';
    const part = readPart();
    if (!isPart(part) || isCompared(g)) {
      g.index = start;
      break;
    }
    if (isAnd) groups.at(-1)?.push(part);
    else groups.push([part]);
  }
  return joined(
    'or',
    groups.map((group) => joined('and', group)),
  );
}

/** In `0 < x ∧ x < 1` the sign joins relations. */
function isCompared(g: Grammar): boolean {
  const next = g.peek();
  return next?.type === 'relation' && !CONDITIONAL.has(next.text);
}

const CONDITIONAL: ReadonlySet<string> = new Set(['implies', 'implied', 'iff']);

function joined(name: 'and' | 'or', args: readonly Node[]): Node {
  const [only] = args;
  return only !== undefined && args.length === 1 ? only : { kind: 'call', name, args };
}

function isPart(node: Node): boolean {
  return node.kind === 'symbol' || (node.kind === 'call' && LOGICAL.has(node.name));
}
