import { splitLabel } from './labels.ts';
import { distinctTrees } from './canonical.ts';
import type { Node } from './tree.ts';

/** Longer tuples have too many orders to be written out. */
const MAX_ITEMS = 5;

const BEHIND =
  /^(?:and |or )?(?:all |any |every )?(?:of )?(?:(?:its|their|the|these) )?(?:other )?(?<cyclic>cyclic )?permutations?(?: thereof| of (?:it|them|these|this))?$/iu;
const BEFORE = /^(?:all |any |every )?(?:the )?(?<cyclic>cyclic )?permutations? of$/iu;

/** `(1, 2, 3) and its permutations` as the list of all of them; null where an answer speaks of none. */
export function withPermutations(node: Node): Node | null {
  const parts = node.kind === 'list' ? node.items : [node];
  let isCyclic: boolean | null = null;
  const tuples: Node[] = [];
  for (const part of parts) {
    const { value, words } = wordsOf(part);
    const match =
      words === ''
        ? null
        : (value === null ? BEHIND : words.endsWith(' of') ? BEFORE : BEHIND).exec(words);
    if (words !== '' && match === null) return null;
    if (match !== null) isCyclic = match.groups?.cyclic !== undefined;
    if (value !== null) tuples.push(splitLabel(value).value);
  }
  if (isCyclic === null) return null;
  const items: Node[] = [];
  for (const tuple of tuples) {
    if (tuple.kind !== 'tuple' || tuple.items.length > MAX_ITEMS) return null;
    for (const order of isCyclic ? rotations(tuple.items) : orders(tuple.items))
      items.push({ ...tuple, items: order });
  }
  return { kind: 'list', items: distinctTrees(items), word: null };
}

function wordsOf(part: Node): { readonly value: Node | null; readonly words: string } {
  if (part.kind === 'text') return { value: null, words: part.text };
  if (part.kind !== 'item') return { value: part, words: '' };
  return { value: part.value, words: `${part.prefix} ${part.suffix}${part.condition}`.trim() };
}

function rotations(items: readonly Node[]): Node[][] {
  return items.map((_, first) => [...items.slice(first), ...items.slice(0, first)]);
}

function orders(items: readonly Node[]): Node[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) =>
    orders(items.filter((_, place) => place !== index)).map((rest) => [item, ...rest]),
  );
}
