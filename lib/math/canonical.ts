import { evaluateExact } from './exact.ts';
import { formatRational } from './rational.ts';
import { boundDepth, children, substitute, type Node, type NodeOf } from './tree.ts';
import { normalizeText } from './words.ts';

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
