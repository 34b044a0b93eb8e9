/** Numbers of a figure that a single value can not say, to be drawn as a line. */
export interface MetricCurve {
  label: string;
  /** Pairs of x and y. */
  points: readonly (readonly [number, number])[];
}

/** Why there is no value, in one sentence for its reader. */
export interface Unavailable {
  reason: string;
}

/** A run boiled down to what one figure needs, so that the figure can be taken again for any resample of the items. */
export interface Reduction {
  items: number;
  /** The figure over these item positions, or over every item once. Null where they do not define it. */
  evaluate(positions: Uint32Array | null): number | null;
  /** Why `evaluate` gives null over all items. */
  undefinedReason: string;
  /**
   * For figures that follow from the means of item columns: `evaluate` is `combine` of the means over the positions. A
   * bootstrap of many figures then draws each resample once for all of them.
   */
  means?: {
    columns: readonly Float64Array[];
    combine(means: readonly number[]): number | null;
  };
  /** For figures that are a plain mean of item values. */
  itemMeans?: { values: Float64Array; isShare: boolean; isSingleSample: boolean };
  curves?: readonly MetricCurve[];
  /** What the reader must know to read the value. */
  notes?: readonly string[];
}

export function unavailable(reason: string): Unavailable {
  return { reason };
}

/** Item values of which the figure is the mean. */
export function reduceToMean(
  values: ArrayLike<number>,
  kind: { isShare: boolean; isSingleSample: boolean },
): Reduction {
  const itemMeans = { values: Float64Array.from(values), ...kind };
  return {
    ...reduceToColumns([itemMeans.values], ([mean]) => mean ?? null),
    itemMeans,
    undefinedReason: 'There is no item.',
  };
}

/**
 * A figure that follows from the means of several item columns: ratios, scores of accuracy and length and the like. A column
 * holds one number an item; an unknown value is 0 in its column and 0 in a second one that counts the known.
 */
export function reduceToColumns(
  columns: readonly Float64Array[],
  combine: (means: readonly number[]) => number | null,
  undefinedReason = 'The run does not define this figure.',
): Reduction {
  const items = columns[0]?.length ?? 0;
  const width = columns.length;
  const rows = toRows(columns, items);
  return {
    items,
    undefinedReason,
    means: { columns, combine },
    evaluate(positions) {
      const count = positions?.length ?? items;
      if (count === 0) return null;
      const sums = new Float64Array(width);
      for (let i = 0; i < count; i += 1) {
        const row = (positions === null ? i : (positions[i] ?? 0)) * width;
        for (let column = 0; column < width; column += 1)
          sums[column] = (sums[column] ?? 0) + (rows[row + column] ?? 0);
      }
      return combine(Array.from(sums, (sum) => sum / count));
    },
  };
}

/** Item by item, so that a resample fetches all columns of an item at once: twice as fast for six columns. */
function toRows(columns: readonly Float64Array[], items: number): Float64Array {
  const rows = new Float64Array(items * columns.length);
  columns.forEach((column, c) => {
    for (let item = 0; item < items; item += 1) rows[item * columns.length + c] = column[item] ?? 0;
  });
  return rows;
}
