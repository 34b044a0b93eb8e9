import type { Reduction } from './reduction.ts';

/**
 * A quantile over all samples of the items (Hyndman and Fan 1996, type 7). A resample only changes how often each item counts,
 * so the values are sorted once.
 */
export function reduceToQuantile(
  valuesByItem: readonly (readonly number[])[],
  q: number,
): Reduction {
  const sorted = valuesByItem
    .flatMap((values, item) => values.map((value) => ({ value, item })))
    .sort((a, b) => a.value - b.value);
  const values = Float64Array.from(sorted, ({ value }) => value);
  const owners = Uint32Array.from(sorted, ({ item }) => item);
  const sizes = Uint32Array.from(valuesByItem, ({ length }) => length);
  const weights = new Uint32Array(valuesByItem.length);
  return {
    items: valuesByItem.length,
    undefinedReason: 'No answer of this kind has a known length.',
    evaluate(positions) {
      countPositions(weights, positions);
      let total = 0;
      for (let item = 0; item < sizes.length; item += 1)
        total += (weights[item] ?? 0) * (sizes[item] ?? 0);
      return total === 0 ? null : weightedQuantile({ values, owners, weights, total }, q);
    },
  };
}

/** How often each item counts. */
function countPositions(weights: Uint32Array, positions: Uint32Array | null): void {
  weights.fill(positions === null ? 1 : 0);
  const count = positions?.length ?? 0;
  for (let i = 0; i < count; i += 1) {
    const position = positions?.[i] ?? 0;
    weights[position] = (weights[position] ?? 0) + 1;
  }
}

interface WeightedValues {
  /** Ascending. */
  values: Float64Array;
  /** The item of each value, which counts as often as `weights` says. */
  owners: Uint32Array;
  weights: Uint32Array;
  total: number;
}

/** From the nearer end, as a resample is read thousands of times. */
function weightedQuantile(sample: WeightedValues, q: number): number {
  const { values, total } = sample;
  const target = q * (total - 1);
  const below = Math.floor(target);
  const fromEnd = below > total / 2;
  const low = fromEnd ? findFromEnd(sample, below) : findFromStart(sample, below);
  const value = values[low.at] ?? 0;
  if (target === below || below < low.last) return value;
  // The next order statistic is another value.
  const { owners, weights } = sample;
  let next = low.at + 1;
  while (next < owners.length && (weights[owners[next] ?? 0] ?? 0) === 0) next += 1;
  return value + (target - below) * ((values[next] ?? value) - value);
}

/** The place of order statistic `index` and the last index that the value at this place stands for. */
function findFromStart(
  { owners, weights }: WeightedValues,
  index: number,
): { at: number; last: number } {
  let seen = 0;
  let at = 0;
  while (at < owners.length) {
    seen += weights[owners[at] ?? 0] ?? 0;
    if (seen > index) break;
    at += 1;
  }
  return { at, last: seen - 1 };
}

function findFromEnd(
  { owners, weights, total }: WeightedValues,
  index: number,
): { at: number; last: number } {
  let first = total;
  let at = owners.length - 1;
  for (; at >= 0; at -= 1) {
    const weight = weights[owners[at] ?? 0] ?? 0;
    first -= weight;
    if (weight > 0 && first <= index) return { at, last: first + weight - 1 };
  }
  throw new RangeError(`There is no value number ${String(index)} among ${String(total)}.`);
}
