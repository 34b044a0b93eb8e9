import { elementAt } from '#lib/text/element.ts';
import { PLUS_MINUS, traitsOf } from './traits.ts';
import { contains, type Node } from './tree.ts';

const MAX_VARIANTS = 64;

/** Whether a sign of two values stands anywhere in the tree. */
export function hasPlusMinus(node: Node): boolean {
  return (traitsOf(node) & PLUS_MINUS) !== 0;
}

/**
 * All values that an expression with ± stands for. Within one expression all signs go together (∓ the other way);
 * the parts of a tuple choose on their own unless one of them has ∓.
 */
export function expandPlusMinus(node: Node): Node[] {
  if (!hasPlusMinus(node)) return [node];
  if (node.kind === 'tuple' && contains(node, isTurned))
    return ([1, -1] as const).map((sign) => signed(node, sign));
  if (node.kind === 'tuple') {
    let rows: Node[][] = [[]];
    for (const item of node.items) {
      const variants = expandPlusMinus(item);
      rows = rows.flatMap((row) => variants.map((variant) => [...row, variant]));
      if (rows.length > MAX_VARIANTS) return [node];
    }
    return rows.map((items) => ({ ...node, items }));
  }
  if (node.kind === 'relation') {
    if (!hasPlusMinus(elementAt(node.args, -1)))
      return ([1, -1] as const).map((sign) => ({
        ...node,
        args: node.args.map((arg) => signed(arg, sign)),
      }));
    const values = expandPlusMinus(elementAt(node.args, -1));
    return values.map((value) => ({ ...node, args: [...node.args.slice(0, -1), value] }));
  }
  if (node.kind === 'item') return expandPlusMinus(node.value).map((value) => ({ ...node, value }));
  const values = [signed(node, 1), signed(node, -1)];
  return values.some(hasPlusMinus) ? [node] : values;
}

/** A ∓ goes against the ± that stands in another place of the tuple. */
function isTurned(node: Node): boolean {
  return node.kind === 'plusminus' && node.sign === -1;
}

function negated(node: Node): Node {
  return node.kind === 'tuple'
    ? { ...node, items: node.items.map(negated) }
    : { kind: 'negate', arg: node };
}

function signed(node: Node, sign: 1 | -1): Node {
  const inner = (part: Node): Node => signed(part, sign);
  switch (node.kind) {
    case 'plusminus': {
      const right = inner(node.right);
      const term: Node = node.sign * sign === 1 ? right : negated(right);
      return node.left === null ? term : { kind: 'add', args: [inner(node.left), term] };
    }
    case 'add':
    case 'multiply':
      return { kind: node.kind, args: node.args.map(inner) };
    case 'divide':
      return { kind: 'divide', top: inner(node.top), bottom: inner(node.bottom) };
    case 'power':
      return { kind: 'power', base: inner(node.base), exponent: inner(node.exponent) };
    case 'negate':
    case 'percent':
    case 'degree':
      return { kind: node.kind, arg: inner(node.arg) };
    case 'call':
      return { ...node, args: node.args.map(inner) };
    case 'tuple':
      return { ...node, items: node.items.map(inner) };
    default:
      return node;
  }
}
