import { different, differentCount, equal, unknown, type Judgement } from './judgement.ts';

const MAX_VALUES = 200;

/**
 * Whether two collections are equal up to order: a perfect bipartite matching along equal pairs (Kuhn's augmenting paths).
 * When only undecided pairs stand between the two, the answer is unknown.
 */
export function matchUp<Item>(
  left: readonly Item[],
  right: readonly Item[],
  judge: (a: Item, b: Item) => Judgement,
): Judgement {
  const count = left.length;
  if (count !== right.length) return differentCount(count, right.length);
  if (count > MAX_VALUES) return unknown('there are too many values to be paired');
  const judged: (Judgement['result'] | undefined)[] = [];
  const resultAt = (row: number, column: number): Judgement['result'] => {
    const place = row * count + column;
    const known = judged[place];
    if (known !== undefined) return known;
    const { result } = judge(left[row] as Item, right[column] as Item);
    judged[place] = result;
    return result;
  };
  if (isPerfect(count, (row, column) => resultAt(row, column) === 'equal'))
    return equal('every value has its partner');
  // Without a doubtful pair the same search would fail in the same place.
  const isOpen =
    judged.includes('unknown') &&
    isPerfect(count, (row, column) => resultAt(row, column) !== 'different');
  return isOpen
    ? unknown('some values could not be compared')
    : different('a value has no partner');
}

/** The search begins with the partner in the same place, since most lists are written in the same order. */
function isPerfect(count: number, isEdge: (row: number, column: number) => boolean): boolean {
  const partnerOf: number[] = [];
  const seenBy: number[] = [];
  const augment = (row: number, round: number): boolean => {
    for (let offset = 0; offset < count; offset += 1) {
      const column = (row + offset) % count;
      if (seenBy[column] === round || !isEdge(row, column)) continue;
      seenBy[column] = round;
      const partner = partnerOf[column];
      if (partner === undefined || augment(partner, round)) {
        partnerOf[column] = row;
        return true;
      }
    }
    return false;
  };
  for (let row = 0; row < count; row += 1) {
    if (!augment(row, row)) return false;
  }
  return true;
}
