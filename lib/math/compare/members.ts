import { elementAt } from '#lib/text/element.ts';
import { labelKey, splitLabel } from '../labels.ts';
import { expandPlusMinus, hasPlusMinus } from '../plus-minus.ts';
import { isDenied } from '../remarks.ts';
import { writtenOut } from '../runs.ts';
import type { Node, NodeOf } from '../tree.ts';
import { normalizeText } from '../words.ts';
import { bare } from './in-order.ts';

export function isCollection(node: Node): boolean {
  if (node.kind === 'list' || node.kind === 'set') return true;
  return (
    node.kind === 'relation' &&
    splitLabel(node).label !== null &&
    isCollection(splitLabel(node).value)
  );
}

/** The members of a list or set, with ± written out and groups in brackets. */
export function members(node: Node): Node[] {
  const { label, value } = splitLabel(node);
  if (label !== null && label.kind !== 'tuple' && isCollection(value)) return members(value);
  const items =
    node.kind === 'list' || node.kind === 'set'
      ? grouped(writtenOut(node.items).filter(isAsserted))
      : [node];
  const found: Node[] = [];
  for (const item of items) {
    const unwrapped = item.kind === 'item' && item.value.kind === 'list' ? item.value : item;
    const isGroup =
      unwrapped.kind === 'list' || (unwrapped.kind === 'set' && hasOwnNames(unwrapped.items));
    if (node.kind === 'list' && isGroup) found.push(asTuple(unwrapped));
    else if (hasPlusMinus(unwrapped)) found.push(...expandPlusMinus(unwrapped));
    else found.push(unwrapped);
  }
  return found;
}

/** "3 and not 4" gives 3. */
function isAsserted(node: Node): boolean {
  return !isDenied(node);
}

/** `p = 5, q = 2, p = 7, q = 2` repeats its names: each round is one solution. */
function grouped(items: readonly Node[]): readonly Node[] {
  if (items[0]?.kind !== 'relation') return items;
  const keys = labelKeys(items);
  if (keys === null) return items;
  const period = keys.indexOf(elementAt(keys, 0), 1);
  if (period < 2 || keys.length % period !== 0) return items;
  if (keys.some((key, index) => key !== keys[index % period])) return items;
  return Array.from({ length: items.length / period }, (_, round) => ({
    kind: 'tuple' as const,
    open: '(',
    close: ')',
    items: items.slice(round * period, (round + 1) * period),
  }));
}

function asTuple(node: NodeOf<'list' | 'set'>): Node {
  return { kind: 'tuple', open: '(', close: ')', items: node.items };
}

/** A tuple of too many signs, or a sign in a place that has no two values. */
export function isUnresolved(member: Node, gold: Node, answer: Node): boolean {
  return (member === gold || member === answer) && hasPlusMinus(member);
}

export function bareMember(node: Node): Node {
  if (node.kind === 'tuple') return { ...node, items: node.items.map(bare) };
  const inner = node.kind === 'item' && node.value.kind === 'relation' ? node.value : node;
  return splitLabel(inner).value;
}

export function itemsOf(node: Node): readonly Node[] {
  return node.kind === 'tuple' || node.kind === 'list' || node.kind === 'set' ? node.items : [node];
}

/** Whether both sides name all their values, by the same names: then a value counts only under its own name. */
export function haveSameLabels(left: readonly Node[], right: readonly Node[]): boolean {
  const a = labelKeys(left);
  const b = a === null ? null : labelKeys(right);
  if (a === null || b === null) return false;
  return new Set(a).size > 1 && a.sort().join('\u0000') === b.sort().join('\u0000');
}

/** The names of all values; null where one has none. */
export function labelKeys(nodes: readonly Node[]): string[] | null {
  const keys: string[] = [];
  for (const node of nodes) {
    const { label } = splitLabel(node);
    if (label === null) return null;
    keys.push(nameKey(label));
  }
  return keys;
}

/** Whatever the argument of a function is called. */
function nameKey(label: Node): string {
  const isFunction =
    label.kind === 'call' &&
    label.name.endsWith('()') &&
    label.args.every(({ kind }) => kind === 'symbol');
  return isFunction ? `${label.name}${label.args.length}` : labelKey(label);
}

/** `a = 3, b = -2`: other names for the same values may only stand in the same order. */
export function hasOwnNames(nodes: readonly Node[]): boolean {
  const keys = nodes.length > 1 ? labelKeys(nodes) : null;
  return keys !== null && new Set(keys).size === nodes.length;
}

/** `3 red, 2 blue` on both sides: every value has words of its own, and counts only with them. */
export function haveSameWords(left: readonly Node[], right: readonly Node[]): boolean {
  if (left.length < 2 || left[0]?.kind !== 'item' || right[0]?.kind !== 'item') return false;
  const [a, b] = [left.map(wordsAround), right.map(wordsAround)];
  if (a.includes('') || b.includes('')) return false;
  return new Set(a).size === a.length && a.sort().join() === b.sort().join();
}

export function wordsAround(node: Node): string {
  return node.kind === 'item' ? normalizeText(`${node.prefix} ${node.suffix}`) : '';
}
