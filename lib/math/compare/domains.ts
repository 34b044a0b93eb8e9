import { elementAt } from '#lib/text/element.ts';
import { splitLabel } from '../labels.ts';
import { writtenOut } from '../runs.ts';
import { freeSymbols, substitute, type Node, type NodeOf } from '../tree.ts';

/** `kπ, k ∈ ℤ` says what k is; that is no second answer. */
export function withoutDomains(node: Node): Node {
  if (node.kind !== 'list') return node;
  const spread = withFiniteDomain(node);
  if (spread !== null) return spread;
  const rest = node.items.filter((item) => !isDomain(item));
  if (rest.length === 0) return node;
  const [value, exclusion] = rest;
  if (value !== undefined && rest.length === 2 && isExclusion(exclusion, value)) return value;
  if (rest.length === node.items.length) return node;
  return rest.length === 1 ? elementAt(rest, 0) : { ...node, items: rest };
}

/** `2e^{2kπi/3}, k = 0, 1, 2` stands for three values; null where no letter runs through a few numbers. */
function withFiniteDomain({ items }: NodeOf<'list'>): Node | null {
  const at = items.findIndex((item, index) => index > 0 && isIndex(item));
  const index = items[at];
  if (index?.kind !== 'relation') return null;
  const [letter, first] = index.args;
  if (letter?.kind !== 'symbol' || first === undefined) return null;
  const numbers = writtenOut(first.kind === 'set' ? first.items : [first, ...items.slice(at + 1)]);
  const formulas = items.slice(0, at).map((item) => valueWith(item, letter.name));
  const isRun = numbers.length > 1 && numbers.every(({ kind }) => kind === 'number');
  if (!isRun || formulas.includes(null) || (first.kind === 'set' && at < items.length - 1))
    return null;
  const values = numbers.flatMap((number) =>
    formulas.flatMap((formula) =>
      formula === null ? [] : [substitute(formula, new Map([[letter.name, number]]))],
    ),
  );
  return { kind: 'list', items: values, word: 'or' };
}

/** `k = 0` and `k ∈ {0, 1, 2}` */
function isIndex(node: Node): boolean {
  if (node.kind !== 'relation' || node.ops.length !== 1) return false;
  const [letter, value] = node.args;
  if (letter?.kind !== 'symbol' || !/^[j-n]$/u.test(letter.name)) return false;
  return node.ops[0] === '='
    ? value?.kind === 'number'
    : node.ops[0] === 'in' && value?.kind === 'set';
}

/** The formula of a member, which may be named by its index; null where it does not speak of the letter. */
function valueWith(node: Node, letter: string): Node | null {
  const { label, value } = splitLabel(node);
  if (!freeSymbols(value).has(letter)) return null;
  return label?.kind === 'symbol' && label.name.includes('_') ? value : node;
}

/** `x + 1, x ≠ 2` says where the expression holds. */
function isExclusion(node: Node | undefined, value: Node): boolean {
  if (node?.kind !== 'relation' || node.ops.length !== 1 || node.ops[0] !== '!=') return false;
  const [left, right] = node.args;
  if (left?.kind !== 'symbol' || right === undefined || value.kind === 'relation') return false;
  return freeSymbols(value).has(left.name) && freeSymbols(right).size === 0;
}

function isDomain(node: Node): boolean {
  // `∀ x ∈ ℝ`
  if (node.kind === 'call' && node.name === 'forall') return true;
  if (node.kind !== 'relation' || node.ops.length !== 1 || node.ops[0] !== 'in') return false;
  const set = node.args[1];
  return set?.kind === 'symbol' && /^(?:bb:[ZNQR]|[ZNQR]$)/u.test(set.name);
}
