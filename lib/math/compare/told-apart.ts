import { labelKey, splitLabel } from '../labels.ts';
import type { Node } from '../tree.ts';
import { readUnit } from '../unit-table.ts';

/**
 * Words that tell the values of a list apart: in "Tom has 8 and Jerry has 12" a value belongs to a name. The words around the
 * values need not be the same on both sides.
 */

/**
 * Tells of two members whether a word says that they can not be meant by each other: it stands at one value only on either
 * side, and these two are not a pair. Null where no list has words.
 */
export function findStrangers(
  left: readonly Node[],
  right: readonly Node[],
): ((a: Node, b: Node) => boolean) | null {
  if (left.length < 2 || !left.some(hasName) || !right.some(hasName)) return null;
  const [told, said] = [ownersOf(left), ownersOf(right)];
  const pairs: (readonly [Node, Node])[] = [];
  for (const [word, owner] of told) {
    const other = said.get(word);
    if (owner !== null && other != null) pairs.push([owner, other]);
  }
  if (pairs.length === 0) return null;
  return (a, b) => pairs.some(([owner, other]) => (owner === a) !== (other === b));
}

function hasName(node: Node): boolean {
  return node.kind === 'item' || node.kind === 'relation';
}

/** The member at which a word stands; null where it stands at several. */
function ownersOf(members: readonly Node[]): ReadonlyMap<string, Node | null> {
  const owners = new Map<string, Node | null>();
  for (const member of members)
    for (const word of new Set(namesOf(member))) owners.set(word, owners.has(word) ? null : member);
  return owners;
}

function namesOf(node: Node): readonly string[] {
  if (node.kind === 'relation') {
    const { label } = splitLabel(node);
    return label === null ? [] : [labelKey(label)];
  }
  if (node.kind !== 'item') return [];
  const words = `${node.prefix} ${node.suffix}`.toLowerCase().match(/\p{L}+/gu) ?? [];
  return [
    ...words.filter((word) => !SILENT.has(word) && readUnit(word) === null).map(singular),
    ...namesOf(node.value),
  ];
}

function singular(word: string): string {
  return word.length > 3 && word.endsWith('s') ? word.slice(0, -1) : word;
}

/** Words that belong to no value more than to another. */
const SILENT: ReadonlySet<string> = new Set(
  'the a an is are was were be has have had of in on at to by for with and or as it its his her their each there also then only both respectively equals equal gives get gets will must can value values answer answers'.split(
    ' ',
  ),
);
