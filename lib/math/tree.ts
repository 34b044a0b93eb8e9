import { formatRational, type Rational, rational } from './rational.ts';

/** What the parser understands of an answer. Trees are plain data: never changed after parsing. */
export type Node =
  | {
      readonly kind: 'number';
      readonly value: Rational;
      readonly places: number | null;
      readonly written: string;
    }
  | { readonly kind: 'symbol'; readonly name: string }
  | { readonly kind: 'constant'; readonly name: 'pi' | 'e' | 'i' | 'inf' | 'emptyset' }
  | { readonly kind: 'add'; readonly args: readonly Node[] }
  | { readonly kind: 'multiply'; readonly args: readonly Node[] }
  | { readonly kind: 'divide'; readonly top: Node; readonly bottom: Node }
  | { readonly kind: 'power'; readonly base: Node; readonly exponent: Node }
  | { readonly kind: 'negate' | 'percent' | 'degree'; readonly arg: Node }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly args: readonly Node[];
      /** Of a logarithm that names no base: it is read as the natural one. */
      readonly isBare?: boolean;
    }
  /** `left ± right`; left is null for a leading sign. `sign` is −1 for ∓. */
  | {
      readonly kind: 'plusminus';
      readonly left: Node | null;
      readonly right: Node;
      readonly sign: 1 | -1;
    }
  | {
      readonly kind: 'tuple';
      readonly open: string;
      readonly close: string;
      readonly items: readonly Node[];
    }
  | { readonly kind: 'set'; readonly items: readonly Node[] }
  | { readonly kind: 'builder'; readonly element: Node; readonly condition: Node }
  | {
      readonly kind: 'setop';
      readonly op: 'union' | 'intersect' | 'minus';
      readonly args: readonly Node[];
    }
  | { readonly kind: 'list'; readonly items: readonly Node[]; readonly word: 'and' | 'or' | null }
  | { readonly kind: 'relation'; readonly ops: readonly string[]; readonly args: readonly Node[] }
  | { readonly kind: 'ratio'; readonly args: readonly Node[] }
  | { readonly kind: 'matrix'; readonly rows: readonly (readonly Node[])[] }
  | { readonly kind: 'cases'; readonly rows: readonly (readonly Node[])[] }
  /** Sums, products, integrals, limits and derivatives with a bound variable. */
  | {
      readonly kind: 'bound';
      readonly op: string;
      readonly variable: string;
      readonly body: Node;
      readonly bounds: readonly Node[];
    }
  | { readonly kind: 'base'; readonly digits: string; readonly base: number }
  | { readonly kind: 'text'; readonly text: string }
  /** A value with words around it: a label before, a unit or remark after, a condition at the end. */
  | {
      readonly kind: 'item';
      readonly prefix: string;
      readonly value: Node;
      readonly suffix: string;
      readonly condition: string;
    };

export type NodeOf<Kind extends Node['kind']> = Extract<Node, { kind: Kind }>;

export function integer(value: number | bigint): Node {
  return { kind: 'number', value: rational(BigInt(value)), places: null, written: String(value) };
}

/** An exact number as it would be written. */
export function exactNumber(value: Rational): Node {
  return { kind: 'number', value, places: null, written: formatRational(value) };
}

export function sum(left: Node, right: Node): Node {
  return { kind: 'add', args: [left, right] };
}

export function difference(left: Node, right: Node): Node {
  return { kind: 'add', args: [left, { kind: 'negate', arg: right }] };
}

export function product(left: Node, right: Node): Node {
  return { kind: 'multiply', args: [left, right] };
}

export function isLimit(node: Node): node is NodeOf<'bound'> {
  return node.kind === 'bound' && node.op.startsWith('lim');
}

/** The direct parts of a node, for walks that do not care about its kind. */
export function children(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'add':
    case 'multiply':
    case 'call':
    case 'relation':
    case 'ratio':
    case 'setop':
      return node.args;
    case 'divide':
      return [node.top, node.bottom];
    case 'power':
      return [node.base, node.exponent];
    case 'negate':
    case 'percent':
    case 'degree':
      return [node.arg];
    case 'plusminus':
      return node.left === null ? [node.right] : [node.left, node.right];
    case 'tuple':
    case 'set':
    case 'list':
      return node.items;
    case 'builder':
      return [node.element, node.condition];
    case 'matrix':
    case 'cases':
      return node.rows.flat();
    case 'bound':
      return [node.body, ...node.bounds];
    case 'item':
      return [node.value];
    case 'number':
    case 'symbol':
    case 'constant':
    case 'base':
    case 'text':
      return NONE;
  }
}

const NONE: readonly Node[] = [];

/** Whether a node of the tree, itself included, satisfies the condition. */
export function contains(node: Node, condition: (node: Node) => boolean): boolean {
  return condition(node) || children(node).some((child) => contains(child, condition));
}

/** How many nodes a tree has; beyond the limit it is not counted on. */
export function countNodes(node: Node, limit: number): number {
  let count = 1;
  for (const child of children(node)) {
    if (count > limit) break;
    count += countNodes(child, limit - count);
  }
  return count;
}

/** How many sums, products and integrals stand inside one another. */
export function boundDepth(node: Node): number {
  const inner = Math.max(0, ...children(node).map(boundDepth));
  return node.kind === 'bound' ? inner + 1 : inner;
}

/** Free names of the tree in order of first appearance; bound variables are not among them. */
export function freeSymbols(node: Node, found: Set<string> = new Set<string>()): Set<string> {
  if (node.kind === 'symbol') found.add(node.name);
  else if (node.kind === 'bound') {
    const inner = freeSymbols(node.body);
    inner.delete(node.variable);
    for (const name of inner) found.add(name);
    for (const bound of node.bounds) freeSymbols(bound, found);
  } else for (const child of children(node)) freeSymbols(child, found);
  return found;
}

/** The tree with every free symbol that the map names replaced. */
export function substitute(node: Node, values: ReadonlyMap<string, Node>): Node {
  const swap = (child: Node): Node => substitute(child, values);
  switch (node.kind) {
    case 'symbol':
      return values.get(node.name) ?? node;
    case 'number':
    case 'constant':
    case 'base':
    case 'text':
      return node;
    case 'add':
    case 'multiply':
      return { kind: node.kind, args: node.args.map(swap) };
    case 'divide':
      return { kind: 'divide', top: swap(node.top), bottom: swap(node.bottom) };
    case 'power':
      return { kind: 'power', base: swap(node.base), exponent: swap(node.exponent) };
    case 'negate':
    case 'percent':
    case 'degree':
      return { kind: node.kind, arg: swap(node.arg) };
    case 'call':
      return { ...node, args: node.args.map(swap) };
    case 'relation':
      return { ...node, args: node.args.map(swap) };
    case 'ratio':
      return { ...node, args: node.args.map(swap) };
    case 'setop':
      return { ...node, args: node.args.map(swap) };
    case 'plusminus':
      return {
        ...node,
        left: node.left === null ? null : swap(node.left),
        right: swap(node.right),
      };
    case 'tuple':
      return { ...node, items: node.items.map(swap) };
    case 'set':
      return { ...node, items: node.items.map(swap) };
    case 'list':
      return { ...node, items: node.items.map(swap) };
    case 'builder':
      return { ...node, element: swap(node.element), condition: swap(node.condition) };
    case 'matrix':
    case 'cases':
      return { ...node, rows: node.rows.map((row) => row.map(swap)) };
    case 'bound': {
      const inner = new Map(values);
      inner.delete(node.variable);
      return { ...node, body: substitute(node.body, inner), bounds: node.bounds.map(swap) };
    }
    case 'item':
      return { ...node, value: swap(node.value) };
  }
}
