import { toItemMeans } from '#lib/leaderboard/item-means.ts';
import type { RunState } from '#lib/leaderboard/run-state.ts';
import { itemMeanLengths } from '#lib/metrics/run/lengths.ts';
import { expectedSamples, itemAccuracy, type RunSamples } from '#lib/metrics/run/run-samples.ts';

/** What a comparison or a front reads of a run: one number an item in each column, in the order of `keys`. */
export interface ItemColumns {
  keys: readonly string[];
  /** Correct ÷ expected samples. */
  accuracy: Float64Array;
  /** Mean length of the samples that have one; NaN where unknown. */
  tokens: Float64Array;
  /** No item has more than one sample. */
  isSingleSample: boolean;
}

/** A run as comparisons and fronts take it. */
export interface ComparableRun {
  id: string;
  label: string;
  /** Who counted the lengths; null when there are none. */
  lengthColumn: string | null;
  columns: ItemColumns;
}

export function columnsOfSamples(run: RunSamples): ItemColumns {
  const { means, known } = itemMeanLengths(run.items);
  return {
    keys: run.items.map(({ key }) => key),
    accuracy: Float64Array.from(run.items, (item) => itemAccuracy(run, item)),
    tokens: means.map((mean, index) => (known[index] === 1 ? mean : Number.NaN)),
    isSingleSample: run.items.every((item) => expectedSamples(run, item) <= 1),
  };
}

/** The same from the summary of a stored run: no attempt is read. */
export function columnsOfState(
  state: RunState,
  { keys, samplesPerItem }: { keys: readonly string[]; samplesPerItem: number },
): ItemColumns {
  return {
    keys,
    accuracy: toItemMeans(state, { expectedAttempts: state.itemCount * samplesPerItem }),
    tokens: state.itemTokenSums.map((sum, index) => {
      const count = state.itemTokenCounts[index] ?? 0;
      return count === 0 ? Number.NaN : sum / count;
    }),
    isSingleSample: samplesPerItem <= 1 && state.itemAttempts.every((count) => count <= 1),
  };
}

/** Positions of the shared items in both runs, in the order of the first. */
export function sharedItems(
  a: ItemColumns,
  b: ItemColumns,
): { left: Uint32Array; right: Uint32Array } {
  const isSameList = a.keys === b.keys || isEqualList(a.keys, b.keys);
  if (isSameList) {
    const all = Uint32Array.from(a.keys, (_, index) => index);
    return { left: all, right: all };
  }
  const positions = new Map(b.keys.map((key, index) => [key, index]));
  const pairs = a.keys.flatMap((key, index) => {
    const other = positions.get(key);
    return other === undefined ? [] : [[index, other] as const];
  });
  return {
    left: Uint32Array.from(pairs, ([left]) => left),
    right: Uint32Array.from(pairs, ([, right]) => right),
  };
}

function isEqualList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((key, index) => key === b[index]);
}

/** The columns of a part of the items. */
export function pickColumns(columns: ItemColumns, positions: Uint32Array): ItemColumns {
  return {
    keys: Array.from(positions, (position) => columns.keys[position] ?? ''),
    accuracy: pick(columns.accuracy, positions),
    tokens: pick(columns.tokens, positions),
    isSingleSample: columns.isSingleSample,
  };
}

/** The values at the given positions. */
export function pick(values: Float64Array, positions: Uint32Array): Float64Array {
  return Float64Array.from(positions, (position) => values[position] ?? Number.NaN);
}
