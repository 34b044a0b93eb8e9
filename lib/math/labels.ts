import { elementAt } from '#lib/text/element.ts';
import { sameValue } from './identity.ts';
import { MATRIX, traitsOf } from './traits.ts';
import { children, freeSymbols, isLimit, type Node, type NodeOf } from './tree.ts';

/** A value with the name it was given: `x = 3`, `f(x) = x + 1`, `(p, q) = (3, 2)`, `Minimum: 1`. */
export interface Labelled {
  /** Null when the value stands alone. */
  readonly label: Node | null;
  readonly value: Node;
}

/** Takes the label off an assignment; chains such as `S = 1 + 1 = 2` name their first and mean their last part. */
export function splitLabel(node: Node): Labelled {
  if (node.kind === 'ratio') return announced(node);
  if (node.kind !== 'relation') return { label: null, value: node };
  const first = elementAt(node.args, 0);
  const last = elementAt(node.args, -1);
  if (node.ops.every((op) => op === '=' || op === 'approx' || op === 'equiv')) {
    const exact = beforeApproximation(node);
    if (
      (isLabel(first) || isMotion(first, last) || isMatrixPower(first, last)) &&
      node.args.length >= 2
    )
      return { label: first, value: exact };
    if (node.ops[0] === 'approx' && node.args.length === 2) return { label: null, value: first };
    if (node.args.length > 2) return { label: first, value: exact };
    if (node.ops[0] === '=' && isClosedIdentity(first, last)) return { label: null, value: last };
    if (isLabel(last) && first.kind === 'number') return { label: last, value: first };
  }
  if (node.ops.length === 1 && node.ops[0] === 'in' && isLabel(first))
    return { label: first, value: last };
  if (node.ops.length === 1 && node.ops[0] === 'to') {
    const label = mapped(first, last);
    if (label !== null) return { label, value: last };
  }
  return { label: null, value: node };
}

/** `A: 3` names its value; a ratio of a letter to a number would be written in small letters. */
function announced(node: NodeOf<'ratio'>): Labelled {
  const [label, value] = node.args;
  const isNamed =
    node.args.length === 2 &&
    label?.kind === 'symbol' &&
    /^[A-Z]/u.test(label.name) &&
    value?.kind === 'number';
  return isNamed ? { label, value } : { label: null, value: node };
}

/** `x(t) = A cos ωt` has read `x(t)` as a product; the right side speaks of the argument and not of the function. */
function isMotion(left: Node, right: Node): boolean {
  if (left.kind !== 'multiply' || left.args.length !== 2) return false;
  const [head, argument] = left.args;
  if (head?.kind !== 'symbol' || argument?.kind !== 'symbol') return false;
  const isFunction =
    (argument.name === 't' && /^[a-su-zA-Z]$/u.test(head.name)) ||
    (argument.name === 'x' && head.name === 'y');
  const names = isFunction ? freeSymbols(right) : null;
  return names?.has(argument.name) === true && !names.has(head.name);
}

const FUNCTION: Node = { kind: 'symbol', name: 'f' };

/** `f : x ↦ x²` and `x ↦ x²` define `f(x)`; `x → 2` does not. */
function mapped(left: Node, right: Node): Node | null {
  const [name, argument] = left.kind === 'ratio' ? left.args : [FUNCTION, left];
  if (argument?.kind !== 'symbol' || !freeSymbols(right).has(argument.name)) return null;
  return name?.kind === 'symbol'
    ? { kind: 'call', name: `${name.name}()`, args: [argument] }
    : null;
}

/** `A^n` names a matrix that is written out. */
function isMatrixPower(left: Node, right: Node): boolean {
  const isPower =
    left.kind === 'power' && left.base.kind === 'symbol' && /^[A-Z]$/u.test(left.base.name);
  return isPower && (traitsOf(right) & MATRIX) !== 0;
}

/** `2 + 2 = 4` shows a computation; a false one is a relation and no value. */
function isClosedIdentity(left: Node, right: Node): boolean {
  if (freeSymbols(left).size > 0 || freeSymbols(right).size > 0) return false;
  return sameValue(left, right).result === 'equal';
}

/** In `x = 2/3 ≈ 0.67` the exact part is meant; in `x ≈ 11` there is only the rounded one. */
function beforeApproximation(node: NodeOf<'relation'>): Node {
  const rounded = node.ops.indexOf('approx');
  if (rounded === -1) return elementAt(node.args, -1);
  return elementAt(node.args, rounded === 0 ? 1 : rounded);
}

/** A name, an applied name, names in brackets, or names side by side such as `AB`; never something with a number in it. */
export function isLabel(node: Node): boolean {
  switch (node.kind) {
    case 'symbol':
      return node.name !== '...';
    case 'constant':
      return node.name === 'e' || node.name === 'i';
    case 'bound':
      return isLimit(node);
    case 'call':
      if (node.name === 'abs')
        return node.args.every(
          (arg) => isNameLike(arg) || (arg.kind === 'multiply' && isLabel(arg)),
        );
      if (TRIGONOMETRIC.has(node.name)) return node.args.every((arg) => arg.kind === 'symbol');
      return (
        node.name.endsWith('()') ||
        (/^(?:max|min|sup|inf|det|deg|arg|log_|rank|dim)/u.test(node.name) &&
          node.args.every(isLabel))
      );
    case 'tuple':
      return node.items.length > 0 && node.items.every(isLabel);
    case 'set':
      return node.items.length > 1 && node.items.every(({ kind }) => kind === 'symbol');
    case 'ratio':
      return node.args.every(isLabel);
    case 'multiply':
      return (
        node.args.every((arg) => arg.kind === 'symbol' || isApplied(arg)) &&
        node.args.some(isNameLike)
      );
    case 'item':
      return isLabel(node.value);
    default:
      return false;
  }
}

const TRIGONOMETRIC: ReadonlySet<string> = new Set(['sin', 'cos', 'tan', 'cot', 'sec', 'csc']);

/** Capital letters side by side name a segment or a triangle, `P(x)` an unknown function. */
function isNameLike(node: Node): boolean {
  return node.kind === 'symbol' && /^(?:[A-Z]|triangle|square|angle)/u.test(node.name);
}

function isApplied(node: Node): boolean {
  return node.kind === 'tuple' || node.kind === 'number';
}

/** Over what an extreme is taken is left out of most names. */
const EXTREME = /^(max|min|sup|inf)(?:_.+| of)$/u;

/** The label as a string to compare by: white space and order of printing do not count. */
export function labelKey(node: Node): string {
  switch (node.kind) {
    case 'symbol':
      return node.name.replace(/[{}\\]/gu, '').toLowerCase();
    case 'constant':
      return node.name;
    case 'number':
      return node.written;
    case 'call':
      return `${node.name.replace(EXTREME, '$1')}${node.args.map(labelKey).join(',')}`;
    default:
      return `${node.kind}[${children(node).map(labelKey).join(',')}]`;
  }
}

/** The arguments of `f(x)` on the left of a definition: they are bound, so their names do not count. */
export function boundArguments(label: Node | null): string[] {
  if (label === null) return [];
  if (label.kind === 'call' && label.name.endsWith('()')) {
    return label.args.flatMap((arg) => (arg.kind === 'symbol' ? [arg.name] : []));
  }
  if (label.kind === 'multiply' && label.args.length === 2) {
    const [head, arg] = label.args;
    if (
      head?.kind === 'symbol' &&
      /^[A-Z]/u.test(head.name) &&
      arg?.kind === 'symbol' &&
      /^[a-z]/u.test(arg.name)
    )
      return [arg.name];
  }
  if (label.kind === 'tuple') return [...new Set(label.items.flatMap(boundArguments))];
  return [];
}
