import { chiSquaredTail } from './chi-squared.ts';

export interface CochranQ {
  q: number;
  degreesOfFreedom: number;
  /** By the χ² approximation, which wants some two dozen items that are not answered alike by all. */
  p: number;
  /** Items that not all runs answer alike: the others say nothing about a difference. */
  informativeItems: number;
}

/**
 * Cochran's Q (1950): do several runs solve the items of one list equally often? Each run is right (1) or wrong (0) on
 * every item, in one order. Null below two runs, and where every item is answered alike by all.
 */
export function cochranQ(runs: readonly ArrayLike<number>[]): CochranQ | null {
  const k = runs.length;
  const items = runs[0]?.length ?? 0;
  if (runs.some(({ length }) => length !== items))
    throw new RangeError('Every run needs one value an item.');
  if (k < 2) return null;
  const columns = new Float64Array(k);
  let [total, squares, informativeItems] = [0, 0, 0];
  for (let item = 0; item < items; item += 1) {
    let solved = 0;
    runs.forEach((run, index) => {
      if ((run[item] ?? 0) > 0) {
        solved += 1;
        columns[index] = (columns[index] ?? 0) + 1;
      }
    });
    total += solved;
    squares += solved * solved;
    if (solved > 0 && solved < k) informativeItems += 1;
  }
  if (informativeItems === 0) return null;
  const columnSquares = columns.reduce((sum, count) => sum + count * count, 0);
  const q = ((k - 1) * (k * columnSquares - total * total)) / (k * total - squares);
  return { q, degreesOfFreedom: k - 1, p: chiSquaredTail(q, k - 1), informativeItems };
}
