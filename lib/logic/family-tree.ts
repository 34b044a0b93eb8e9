import type { Rng } from '#lib/rng.ts';

/** The parent of each node; the root, node 0, has -1. Parents come before their children. */
export type Tree = readonly number[];

export type Relation = 'cousins' | 'uncles' | 'second-cousins';

/** Every list that a fact tells is complete; a leaf is told as having no children. */
export interface Fact {
  readonly kind: 'children' | 'grandchildren' | 'siblings';
  readonly of: number;
}

const LAYERS = 5;

export function drawTree(rng: Rng, nodes: number): number[] {
  const parents = [-1];
  const depths = [0];
  let layer = [0];
  const hang = (parent: number) => {
    parents.push(parent);
    depths.push((depths[parent] ?? 0) + 1);
    return parents.length - 1;
  };
  for (let depth = 1; depth < LAYERS; depth += 1) {
    const next: number[] = [];
    for (const parent of layer) {
      // Most have children, but not all, so that a missing list means something.
      if (depth > 2 && rng.below(4) === 0) continue;
      const most = depth === 1 ? 5 : depth === 2 ? 4 : 3;
      const count = rng.between(depth === 1 ? 3 : depth === 2 ? 2 : 1, most);
      for (let at = 0; at < count && parents.length < nodes; at += 1) next.push(hang(parent));
    }
    layer = next;
  }
  const inner = parents.length;
  while (parents.length < nodes) {
    const parent = rng.between(1, inner - 1);
    if ((depths[parent] ?? LAYERS) < LAYERS - 1) hang(parent);
  }
  return parents;
}

export function childrenOf(parents: Tree): number[][] {
  const children: number[][] = parents.map(() => []);
  parents.forEach((parent, node) => children[parent]?.push(node));
  return children;
}

/** What a fact lists, in no order that tells anything: callers sort it. */
export function listOf({ kind, of }: Fact, parents: Tree, children: readonly number[][]): number[] {
  if (kind === 'children') return children[of] ?? [];
  if (kind === 'grandchildren') return (children[of] ?? []).flatMap((node) => children[node] ?? []);
  return (children[parents[of] ?? -1] ?? []).filter((node) => node !== of);
}

/** Who stands in the relation to a node, read off the whole tree. */
export function related(
  relation: Relation,
  node: number,
  parents: Tree,
  children: readonly number[][],
): number[] {
  const siblings = (of: number) => listOf({ kind: 'siblings', of }, parents, children);
  const parent = parents[node] ?? -1;
  if (parent < 0) return [];
  if (relation === 'uncles') return siblings(parent);
  if (relation === 'cousins') return siblings(parent).flatMap((of) => children[of] ?? []);
  const grandparent = parents[parent] ?? -1;
  return grandparent < 0
    ? []
    : siblings(grandparent).flatMap((of) =>
        listOf({ kind: 'grandchildren', of }, parents, children),
      );
}

/** Facts that together settle a question, by one of several ways. */
export function neededFacts(rng: Rng, relation: Relation, node: number, parents: Tree): Fact[] {
  const children = childrenOf(parents);
  const parent = parents[node] ?? 0;
  const grandparent = parents[parent] ?? 0;
  const hasSiblings = (of: number) => (children[parents[of] ?? -1]?.length ?? 0) > 1;
  /** The siblings of a node, told by itself or by its parent. */
  const group = (of: number): Fact =>
    hasSiblings(of) && rng.below(2) === 0
      ? { kind: 'siblings', of }
      : { kind: 'children', of: parents[of] ?? 0 };
  const siblings = (of: number) => listOf({ kind: 'siblings', of }, parents, children);
  if (relation === 'uncles') return [{ kind: 'children', of: parent }, group(parent)];
  if (relation === 'cousins') {
    if (rng.below(2) === 0) return [{ kind: 'grandchildren', of: grandparent }, group(node)];
    return [
      { kind: 'children', of: parent },
      group(parent),
      ...siblings(parent).map((of): Fact => ({ kind: 'children', of })),
    ];
  }
  const up: Fact[] =
    rng.below(2) === 0
      ? [{ kind: 'grandchildren', of: grandparent }]
      : [
          { kind: 'children', of: parent },
          { kind: 'children', of: grandparent },
        ];
  return [
    ...up,
    group(grandparent),
    ...siblings(grandparent).map((of): Fact => ({ kind: 'grandchildren', of })),
  ];
}

/** What follows from the facts alone; null when they do not settle the question. */
export function deduce(
  facts: readonly Fact[],
  parents: Tree,
  relation: Relation,
  node: number,
): number[] | null {
  const whole = childrenOf(parents);
  const children = new Map<number, readonly number[]>();
  const grandchildren = new Map<number, readonly number[]>();
  const groups = new Map<number, readonly number[]>();
  const parent = new Map<number, number>();
  const grandparent = new Map<number, number>();
  for (const fact of facts) {
    const list = listOf(fact, parents, whole);
    if (fact.kind === 'children') {
      children.set(fact.of, list);
      for (const child of list) {
        parent.set(child, fact.of);
        groups.set(child, list);
      }
    } else if (fact.kind === 'grandchildren') {
      grandchildren.set(fact.of, list);
      for (const child of list) grandparent.set(child, fact.of);
    } else for (const member of [fact.of, ...list]) groups.set(member, [fact.of, ...list]);
  }
  // One known member of a group gives the group its parent.
  for (const [member, group] of groups) {
    const known = parent.get(member);
    if (known === undefined || children.has(known)) continue;
    children.set(known, group);
    for (const other of group) parent.set(other, known);
  }
  for (const [child, up] of parent) {
    const above = parent.get(up);
    if (above !== undefined) grandparent.set(child, above);
  }
  const grandchildrenOf = (of: number): readonly number[] | null => {
    const told = grandchildren.get(of);
    if (told !== undefined) return told;
    return union((children.get(of) ?? null)?.map((child) => children.get(child) ?? null));
  };
  const siblings = (of: number | undefined) =>
    of === undefined ? undefined : groups.get(of)?.filter((other) => other !== of);
  const up = parent.get(node);
  const above = grandparent.get(node);
  if (relation === 'uncles') return siblings(up) ?? null;
  if (relation === 'second-cousins') return union(siblings(above)?.map(grandchildrenOf));
  const all = above === undefined ? null : grandchildrenOf(above);
  const own = groups.get(node);
  if (all !== null && own !== undefined) return all.filter((other) => !own.includes(other));
  return union(siblings(up)?.map((of) => children.get(of) ?? null));
}

function union(lists: readonly (readonly number[] | null)[] | undefined): number[] | null {
  if (lists === undefined) return null;
  const found: number[] = [];
  for (const list of lists) {
    if (list === null) return null;
    found.push(...list);
  }
  return found;
}
