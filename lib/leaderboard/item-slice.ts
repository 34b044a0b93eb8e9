/** A choice of items by their labels: the values of one label add up, several labels narrow down. */
export type ItemSlice = ReadonlyMap<string, ReadonlySet<string>>;

/** What a choice can be made from: the values of one label with their items. */
export interface ItemGroups {
  name: string;
  values: { value: string; items: number }[];
}

/** From `label:value` pairs; a value may hold colons, a label may not. */
export function parseSlice(pairs: readonly string[]): ItemSlice {
  const slice = new Map<string, Set<string>>();
  for (const pair of pairs) {
    const at = pair.indexOf(':');
    const label = pair.slice(0, at);
    slice.set(label, (slice.get(label) ?? new Set()).add(pair.slice(at + 1)));
  }
  return slice;
}

export function writePair(label: string, value: string): string {
  return `${label}:${value}`;
}

/** `task sudoku or survo, level 3`. */
export function describeSlice(pairs: readonly string[]): string {
  return [...parseSlice(pairs)]
    .map(([label, values]) => `${label} ${[...values].join(' or ')}`)
    .join(', ');
}

/** More values than a reader can compare are names, not groups. */
export const MOST_VALUES = 48;

/**
 * The labels that part the items, `difficulty` first; values that are all numbers by size, others in the order of the
 * items. A label that all items share says nothing and is left out.
 */
export function toItemGroups(
  counts: readonly { label: string; value: string; items: number }[],
): ItemGroups[] {
  return [...Map.groupBy(counts, ({ label }) => label)]
    .filter(([, values]) => values.length > 1 && values.length <= MOST_VALUES)
    .sort(([a], [b]) => Number(b === 'difficulty') - Number(a === 'difficulty') || (a < b ? -1 : 1))
    .map(([name, values]) => ({
      name,
      values: orderValues(values.map(({ value, items }) => ({ value, items }))),
    }));
}

function orderValues(values: ItemGroups['values']): ItemGroups['values'] {
  const areNumbers = values.every(
    ({ value }) => value.trim() !== '' && Number.isFinite(Number(value)),
  );
  return areNumbers ? values.sort((a, b) => Number(a.value) - Number(b.value)) : values;
}
