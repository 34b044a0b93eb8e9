import { unavailable, type Unavailable } from '../reduction/reduction.ts';
import { expectedSamples, isCorrect, type MetricItem, type RunSamples } from './run-samples.ts';

/** Lengths of the correct samples of each item; an answer cut at any shorter budget would not have been there. */
export interface CorrectLengths {
  byItem: readonly (readonly number[])[];
  expected: readonly number[];
}

export function correctLengths(
  run: RunSamples,
  items: readonly MetricItem[] = run.items,
): CorrectLengths | Unavailable {
  const byItem = items.map(({ samples }) => samples.filter(isCorrect).map(({ tokens }) => tokens));
  const unknown = byItem.flat().filter((tokens) => tokens === null).length;
  if (unknown > 0)
    return unavailable(
      `${unknown} correct ${unknown === 1 ? 'answer has' : 'answers have'} no known length.`,
    );
  return {
    byItem: byItem.map((lengths) => lengths.filter((length) => length !== null)),
    expected: items.map((item) => expectedSamples(run, item)),
  };
}

/** Σ over an item's correct samples ÷ its expected samples. */
export function itemShares(
  { byItem, expected }: CorrectLengths,
  worth: (length: number) => number,
): Float64Array {
  return Float64Array.from(byItem, (lengths, item) => {
    const samples = expected[item] ?? 0;
    return samples === 0 ? 0 : lengths.reduce((sum, length) => sum + worth(length), 0) / samples;
  });
}

/**
 * Accuracy if every answer were cut hard at a budget: A(B) = mean of c · I(L ≤ B). Exact from stored lengths, and a lower
 * bound of what a model asked for an answer at B would reach.
 */
export function hardCutAccuracy(
  lengths: CorrectLengths,
  budgets: readonly number[],
): [number, number][] {
  return budgets.map((budget) => {
    const shares = itemShares(lengths, (length) => Number(length <= budget));
    return [budget, shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length)];
  });
}

/** Ascending powers of two from `first`, ending in `last`: a grid for curves on a logarithmic axis. */
export function doublingGrid(first: number, last: number): number[] {
  const grid: number[] = [];
  for (let budget = first; budget < last; budget *= 2) grid.push(budget);
  return [...grid, last];
}
