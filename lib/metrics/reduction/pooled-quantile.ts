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
  return {
    items: valuesByItem.length,
    undefinedReason: 'No answer of this kind has a known length.',
    evaluate(positions) {
      const weights = countPositions(valuesByItem.length, positions);
      let total = 0;
      for (const owner of owners) total += weights[owner] ?? 0;
      if (total === 0) return null;
      const target = q * (total - 1);
      const below = Math.floor(target);
      const low = orderStatistic(values, owners, { weights, index: below });
      if (target === below) return low;
      const high = orderStatistic(values, owners, { weights, index: below + 1 });
      return low + (target - below) * (high - low);
    },
  };
}

function countPositions(items: number, positions: Uint32Array | null): Uint32Array {
  if (positions === null) return new Uint32Array(items).fill(1);
  const weights = new Uint32Array(items);
  for (const position of positions) weights[position] = (weights[position] ?? 0) + 1;
  return weights;
}

function orderStatistic(
  values: Float64Array,
  owners: Uint32Array,
  { weights, index }: { weights: Uint32Array; index: number },
): number {
  let seen = 0;
  for (let i = 0; i < values.length; i += 1) {
    seen += weights[owners[i] ?? 0] ?? 0;
    if (seen > index) return values[i] ?? 0;
  }
  throw new RangeError(`There is no value number ${index} among ${seen}.`);
}
