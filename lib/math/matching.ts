import { different, differentCount, equal, unknown, type Judgement } from './judgement.ts';

const MAX_VALUES = 200;
/** Pairs of which none is known to be equal: beyond these the rest is not looked at. */
const MAX_JUDGED = 2000;

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
  let pairs = 0;
  const resultAt = (row: number, column: number): Judgement['result'] => {
    const place = row * count + column;
    const known = judged[place];
    if (known !== undefined) return known;
    pairs += 1;
    const result =
      pairs > MAX_JUDGED ? 'unknown' : judge(left[row] as Item, right[column] as Item).result;
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

/** So many values are paired without looking for likely partners first. */
const SHORT = 8;

/**
 * The right side in another order: what has the key of a value on the left stands in the place of that value, where the search
 * for its partner begins.
 */
export function besideAlike<Item>(
  left: readonly Item[],
  right: readonly Item[],
  keyOf: (item: Item) => string,
): readonly Item[] {
  if (left.length <= SHORT || left.length !== right.length || left.length > MAX_VALUES)
    return right;
  const waiting = new Map<string, Item[]>();
  for (const item of right) {
    const key = keyOf(item);
    const others = waiting.get(key);
    if (others === undefined) waiting.set(key, [item]);
    else others.push(item);
  }
  const placed = left.map((item) => waiting.get(keyOf(item))?.pop());
  const rest = [...waiting.values()].flat();
  return placed.map((item) => item ?? (rest.pop() as Item));
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
