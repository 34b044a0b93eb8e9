import { evaluateExact } from './exact.ts';
import { equals, formatRational } from './rational.ts';
import { boundDepth, children, substitute, type Node, type NodeOf } from './tree.ts';
import { normalizeText } from './words.ts';

/** Whether two trees without words are the same, part by part and in the same order; it needs no key of either. */
export function isSameShape(a: Node, b: Node): boolean {
  switch (a.kind) {
    case 'number':
      return b.kind === 'number' && equals(a.value, b.value);
    case 'symbol':
    case 'constant':
      return b.kind === a.kind && a.name === b.name;
    case 'negate':
    case 'percent':
    case 'degree':
      return b.kind === a.kind && isSameShape(a.arg, b.arg);
    case 'divide':
      return b.kind === 'divide' && isSameShape(a.top, b.top) && isSameShape(a.bottom, b.bottom);
    case 'power':
      return (
        b.kind === 'power' && isSameShape(a.base, b.base) && isSameShape(a.exponent, b.exponent)
      );
    case 'add':
    case 'multiply':
      return b.kind === a.kind && haveSameShapes(a.args, b.args);
    case 'call':
      return b.kind === 'call' && a.name === b.name && haveSameShapes(a.args, b.args);
    case 'set':
      return b.kind === 'set' && haveSameShapes(a.items, b.items);
    case 'tuple':
      return (
        b.kind === 'tuple' &&
        a.open === b.open &&
        a.close === b.close &&
        haveSameShapes(a.items, b.items)
      );
    case 'relation':
      return (
        b.kind === 'relation' &&
        a.ops.length === b.ops.length &&
        a.ops.every((op, index) => op === b.ops[index]) &&
        haveSameShapes(a.args, b.args)
      );
    default:
      return false;
  }
}

function haveSameShapes(a: readonly Node[], b: readonly Node[]): boolean {
  if (a.length !== b.length) return false;
  for (const [index, node] of a.entries()) {
    const other = b[index];
    if (other === undefined || !isSameShape(node, other)) return false;
  }
  return true;
}

/** Whether two trees read the same up to the order of sums, products and sets. */
export function sameTree(a: Node, b: Node): boolean {
  return canonicalKey(a) === canonicalKey(b);
}

/** A string that is equal for trees that differ only in the order of sums, products and sets, and in how numbers are written. */
export function canonicalKey(node: Node): string {
  const exact = node.kind === 'number' || node.kind === 'divide' ? evaluateExact(node) : null;
  if (exact !== null) return formatRational(exact);
  switch (node.kind) {
    case 'symbol':
    case 'constant':
      return node.name;
    case 'text':
      return `"${normalizeText(node.text)}"`;
    case 'item':
      return `item "${normalizeText(`${node.prefix} ${node.suffix} ${node.condition}`)}"(${canonicalKey(node.value)})`;
    case 'base':
      return `${node.digits}_${node.base}`;
    case 'add':
      return `add(${flattened('add', node).sort().join(',')})`;
    case 'multiply': {
      const keys = flattened('multiply', node);
      return `multiply(${(node.args.some(isOrdered) ? keys : keys.sort()).join(',')})`;
    }
    case 'set':
      return `set(${[...new Set(node.items.map(canonicalKey))].sort().join(',')})`;
    case 'setop': {
      const keys = node.args.map(canonicalKey);
      return `${node.op}(${(node.op === 'minus' ? keys : keys.sort()).join(',')})`;
    }
    case 'call': {
      const keys = node.args.map(canonicalKey);
      return `${node.name}(${(COMMUTATIVE.has(node.name) ? keys.sort() : keys).join(',')})`;
    }
    case 'relation':
      return `relation ${node.ops.join(' ')}(${node.args.map(canonicalKey).join(',')})`;
    case 'tuple':
      return `${node.open}${node.items.map(canonicalKey).join(',')}${node.close}`;
    case 'bound':
      return `${node.op}(${[renamed(node), ...node.bounds].map(canonicalKey).join(',')})`;
    case 'matrix':
    case 'cases':
      return `${node.kind}(${node.rows.map((row) => row.map(canonicalKey).join(',')).join(';')})`;
    default:
      return `${node.kind}(${children(node).map(canonicalKey).join(',')})`;
  }
}

/** Functions of their arguments in any order. */
const COMMUTATIVE: ReadonlySet<string> = new Set(['gcd', 'lcm', 'max', 'min', 'and', 'or']);

/** Products of sets, pairs and matrices have an order. */
function isOrdered({ kind }: Node): boolean {
  return kind === 'tuple' || kind === 'set' || kind === 'setop' || kind === 'matrix';
}

/** The body of a sum or an integral, its variable named by how many others stand inside: the name itself does not count. */
function renamed(node: NodeOf<'bound'>): Node {
  if (node.variable === '') return node.body;
  const place: Node = { kind: 'symbol', name: `#${boundDepth(node.body)}` };
  return substitute(node.body, new Map([[node.variable, place]]));
}

function flattened(kind: 'add' | 'multiply', node: Node): string[] {
  return node.kind === kind
    ? node.args.flatMap((arg) => flattened(kind, arg))
    : [canonicalKey(node)];
}

/** One of every group of trees that read the same. */
export function distinctTrees(nodes: readonly Node[]): Node[] {
  return [...new Map(nodes.map((node) => [canonicalKey(node), node])).values()];
}
