import type { Run } from '#lib/schemas/run.ts';
import { MOST_VALUES, type ItemSlice } from './item-slice.ts';
import type { RunState } from './run-state.ts';

/** An item with its labels. */
export interface GroupedItem {
  position: number;
  difficulty: string | null;
  groups: Readonly<Record<string, string>>;
}

interface Sums {
  items: number;
  attempts: number;
  correct: number;
  tokens: number;
  counted: number;
}

/**
 * Accuracy and mean length by difficulty and by every label of the items, attempts that exist weighted alike. A label
 * that all items share says nothing and is left out.
 */
export function toRunGroups(state: RunState, items: readonly GroupedItem[]): Run['groups'] {
  const labels = new Map<string, Map<string, Sums>>();
  for (const item of items) {
    const own = {
      ...item.groups,
      ...(item.difficulty === null ? {} : { difficulty: item.difficulty }),
    };
    for (const [label, value] of Object.entries(own)) {
      const values = labels.get(label) ?? new Map<string, Sums>();
      values.set(value, addItem(values.get(value), state, item.position));
      labels.set(label, values);
    }
  }
  return [...labels]
    .filter(([, values]) => values.size > 1 && values.size <= MOST_VALUES)
    .sort(([a], [b]) => Number(b === 'difficulty') - Number(a === 'difficulty') || (a < b ? -1 : 1))
    .map(([name, values]) => ({ name, rows: [...values].map(toRow) }));
}

/** Whether an item has one of the values of every label of the slice. */
export function isInSlice({ difficulty, groups }: GroupedItem, slice: ItemSlice): boolean {
  return [...slice].every(([label, values]) => {
    const value = label === 'difficulty' ? difficulty : groups[label];
    return value != null && values.has(value);
  });
}

function addItem(sums: Sums | undefined, state: RunState, position: number): Sums {
  const at = (values: ArrayLike<number>) => values[position] ?? 0;
  return {
    items: (sums?.items ?? 0) + 1,
    attempts: (sums?.attempts ?? 0) + at(state.itemAttempts),
    correct: (sums?.correct ?? 0) + at(state.itemCorrect),
    tokens: (sums?.tokens ?? 0) + at(state.itemTokenSums),
    counted: (sums?.counted ?? 0) + at(state.itemTokenCounts),
  };
}

function toRow([name, sums]: [string, Sums]): Run['groups'][number]['rows'][number] {
  return {
    name,
    items: sums.items,
    accuracy: sums.attempts === 0 ? null : sums.correct / sums.attempts,
    tokensMean: sums.counted === 0 ? null : sums.tokens / sums.counted,
  };
}
