import { different, differentCount, equal, unknown, type Judgement } from './judgement.ts';

/**
 * Whether two collections are equal up to order: a perfect bipartite matching along equal pairs (Kuhn's augmenting paths).
 * When only undecided pairs stand between the two, the answer is unknown.
 */
export function matchUp<Item>(
  left: readonly Item[],
  right: readonly Item[],
  judge: (a: Item, b: Item) => Judgement,
): Judgement {
  if (left.length !== right.length) return differentCount(left.length, right.length);
  if (left.length > 200) return unknown('there are too many values to be paired');
  const judged = left.map(() => new Map<number, Judgement>());
  const at = (row: number, column: number): Judgement => {
    const known = judged[row]?.get(column);
    if (known !== undefined) return known;
    const found = judge(left[row] as Item, right[column] as Item);
    judged[row]?.set(column, found);
    return found;
  };
  if (isPerfect(left.length, (row, column) => at(row, column).result === 'equal'))
    return equal('every value has its partner');
  const isOpen = isPerfect(left.length, (row, column) => at(row, column).result !== 'different');
  return isOpen
    ? unknown('some values could not be compared')
    : different('a value has no partner');
}

function isPerfect(count: number, isEdge: (row: number, column: number) => boolean): boolean {
  const partnerOf = new Map<number, number>();
  const augment = (row: number, seen: Set<number>): boolean => {
    for (let offset = 0; offset < count; offset += 1) {
      const column = (row + offset) % count;
      if (seen.has(column) || !isEdge(row, column)) continue;
      seen.add(column);
      const partner = partnerOf.get(column);
      if (partner === undefined || augment(partner, seen)) {
        partnerOf.set(column, row);
        return true;
      }
    }
    return false;
  };
  for (let row = 0; row < count; row += 1) {
    if (!augment(row, new Set())) return false;
  }
  return true;
}
