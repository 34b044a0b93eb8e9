import { elementAt } from '#lib/text/element.ts';
import { freeSymbols, type Node } from '../tree.ts';

/** `kπ, k ∈ ℤ` says what k is; that is no second answer. */
export function withoutDomains(node: Node): Node {
  if (node.kind !== 'list') return node;
  const rest = node.items.filter((item) => !isDomain(item));
  if (rest.length === 0) return node;
  const [value, exclusion] = rest;
  if (value !== undefined && rest.length === 2 && isExclusion(exclusion, value)) return value;
  if (rest.length === node.items.length) return node;
  return rest.length === 1 ? elementAt(rest, 0) : { ...node, items: rest };
}

/** `x + 1, x ≠ 2` says where the expression holds. */
function isExclusion(node: Node | undefined, value: Node): boolean {
  if (node?.kind !== 'relation' || node.ops.length !== 1 || node.ops[0] !== '!=') return false;
  const [left, right] = node.args;
  if (left?.kind !== 'symbol' || right === undefined || value.kind === 'relation') return false;
  return freeSymbols(value).has(left.name) && freeSymbols(right).size === 0;
}

function isDomain(node: Node): boolean {
  if (node.kind !== 'relation' || node.ops.length !== 1 || node.ops[0] !== 'in') return false;
  const set = node.args[1];
  return set?.kind === 'symbol' && /^(?:bb:[ZNQR]|[ZNQR]$)/u.test(set.name);
}
