import { elementAt } from '#lib/text/element.ts';
import { derivativeBy } from '../differentials.ts';
import type { Node } from '../tree.ts';
import { countBound } from './bounds.ts';
import type { Grammar } from './grammar.ts';
import { withSequences } from './ranges.ts';

/**
 * What computer algebra prints as a function of its body and its ranges: `Sum(k**2, (k, 1, n))`, `Integrate[x^2, {x, 0, 1}]`,
 * `Limit[f, x -> 0]`, `diff(f, x)`. Null where the arguments are others.
 */
export function readPrinted(g: Grammar, op: string, args: readonly Node[]): Node | null {
  const [body, ...ranges] = args;
  if (body === undefined || ranges.length === 0) return null;
  countBound(g, ranges.length);
  if (op === 'lim') return limit(body, ranges);
  if (op === 'derivative') {
    const letters = ranges.map(letterOf);
    return letters.includes(null) ? null : derivativeBy('d', body, letters as string[]);
  }
  let node: Node = body;
  for (const range of ranges.toReversed()) {
    const bound = overRange(op, node, range);
    if (bound === null) return null;
    node = bound;
  }
  return node;
}

function letterOf(node: Node): string | null {
  return node.kind === 'symbol' ? node.name : null;
}

/** A variable with its two ends; for an integral the variable alone will do. */
function overRange(op: string, body: Node, range: Node): Node | null {
  const isTriple = (range.kind === 'tuple' || range.kind === 'set') && range.items.length === 3;
  const parts = isTriple ? range.items : [range];
  const variable = letterOf(elementAt(parts, 0));
  if (variable === null || (!isTriple && op !== 'int')) return null;
  const inner = op === 'int' ? body : withSequences(body, variable);
  return { kind: 'bound', op, variable, body: inner, bounds: parts.slice(1) };
}

function limit(body: Node, ranges: readonly Node[]): Node | null {
  const [first, second] = ranges;
  const isArrow = first?.kind === 'relation' && first.ops.length === 1 && first.ops[0] === 'to';
  const [letter, place] = isArrow ? first.args : [first, second];
  const variable = letter === undefined ? null : letterOf(letter);
  if (variable === null || place === undefined || ranges.length > (isArrow ? 1 : 2)) return null;
  return { kind: 'bound', op: 'lim', variable, body, bounds: [place] };
}
