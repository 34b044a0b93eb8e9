/** Five attributes tell the items of a collection apart. */
export const ATTRIBUTES = ['size', 'color', 'origin', 'material', 'smell'] as const;
export type Attribute = (typeof ATTRIBUTES)[number];

export type Item = Readonly<Record<Attribute, string>>;
export type Change = Readonly<Partial<Record<Attribute, string>>>;
export type Feature = readonly [attribute: Attribute, value: string];

export type Edit =
  /** All items with a feature get new values. */
  | { readonly kind: 'change'; readonly where: Feature; readonly set: Change }
  /** Each is replaced by two copies. */
  | {
      readonly kind: 'split';
      readonly where: Feature;
      readonly first: Change;
      readonly second: Change;
    }
  /** Each gets a copy that differs in the values given. */
  | { readonly kind: 'add'; readonly where: Feature; readonly set: Change }
  /** Each item whose pair of smell and colour no first item had gets an exact copy. */
  | { readonly kind: 'novel' }
  | { readonly kind: 'lose'; readonly where: Feature }
  /** Each is swapped for another item of which only the values given are known. */
  | { readonly kind: 'trade'; readonly where: Feature; readonly set: Change };

/** A value that was never told: later steps of a case may fix it or rule values out. */
interface Hidden {
  value: string | null;
  readonly not: Set<string>;
}

type Cell = string | Hidden;
type Cells = Record<Attribute, Cell>;

/** More cases than this are not gone through: such an item counts as undetermined. */
const MAX_CASES = 4000;

/**
 * How many items of the final collection have any of the features; null when that depends on values never told.
 * Edits treat items one by one, so the cases of each first item are gone through on their own.
 */
export function countFinal(
  items: readonly Item[],
  edits: readonly Edit[],
  features: readonly Feature[],
): number | null {
  const pairs = items.map(({ smell, color }) => [smell, color] as const);
  let total = 0;
  for (const item of items) {
    const count = countOne(item, edits, { features, pairs });
    if (count === null) return null;
    total += count;
  }
  return total;
}

interface Setting {
  readonly features: readonly Feature[];
  readonly pairs: readonly (readonly [string, string])[];
}

function countOne(item: Item, edits: readonly Edit[], setting: Setting): number | null {
  const choices: boolean[] = [];
  let found: number | null = null;
  for (let cases = 0; cases < MAX_CASES; cases += 1) {
    const count = playCase(item, edits, setting, choices);
    if (found !== null && count !== found) return null;
    found = count;
    // The next case: the last choice that was "no" becomes "yes".
    while (choices.at(-1) === true) choices.pop();
    if (choices.length === 0) return found;
    choices[choices.length - 1] = true;
  }
  return null;
}

/** One way the hidden values may be; new questions about them are answered "no" and noted in `choices`. */
function playCase(
  item: Item,
  edits: readonly Edit[],
  { features, pairs }: Setting,
  choices: boolean[],
): number {
  let asked = 0;
  const has = (cell: Cell, value: string): boolean => {
    if (typeof cell === 'string') return cell === value;
    if (cell.value !== null) return cell.value === value;
    if (cell.not.has(value)) return false;
    if (asked === choices.length) choices.push(false);
    const isIt = choices[asked] ?? false;
    asked += 1;
    if (isIt) cell.value = value;
    else cell.not.add(value);
    return isIt;
  };
  let cells: Cells[] = [{ ...item }];
  for (const edit of edits) {
    const next: Cells[] = [];
    for (const one of cells) {
      if (edit.kind === 'novel') {
        next.push(one);
        const isKnown = pairs.some(
          ([smell, color]) => has(one.smell, smell) && has(one.color, color),
        );
        if (!isKnown) next.push({ ...one });
      } else if (!has(one[edit.where[0]], edit.where[1])) next.push(one);
      else if (edit.kind === 'change') next.push({ ...one, ...edit.set });
      else if (edit.kind === 'add') next.push(one, { ...one, ...edit.set });
      else if (edit.kind === 'split')
        next.push({ ...one, ...edit.first }, { ...one, ...edit.second });
      else if (edit.kind === 'trade') next.push({ ...hiddenItem(), ...edit.set });
    }
    cells = next;
  }
  return cells.filter((one) => features.some(([attribute, value]) => has(one[attribute], value)))
    .length;
}

function hiddenItem(): Cells {
  const hidden = (): Hidden => ({ value: null, not: new Set() });
  return {
    size: hidden(),
    color: hidden(),
    origin: hidden(),
    material: hidden(),
    smell: hidden(),
  };
}
