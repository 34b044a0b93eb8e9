import type { Rng } from '#lib/rng.ts';
import { DEFAULT_LEVEL, type Interval } from './interval.ts';

export const DEFAULT_DRAWS = 10_000;

/**
 * Resampled item positions, drawn once so that all runs and figures of one benchmark meet the same resamples: row d is
 * `indices[d × items]` to `indices[(d + 1) × items − 1]`.
 */
export interface ItemResamples {
  items: number;
  draws: number;
  indices: Uint32Array;
}

/** Items are resampled, never the samples inside an item: that would bias pass@k and maj@k. */
export function resampleItems(
  items: number,
  rng: Rng,
  draws: number = DEFAULT_DRAWS,
): ItemResamples {
  if (items < 1) throw new RangeError('There is no item to resample.');
  const indices = new Uint32Array(items * draws);
  createFiller(items, drawSeed(rng))(indices);
  return { items, draws, indices };
}

/** The mean of one run's item values in every resample. */
export function resampledMeans(values: ArrayLike<number>, resamples: ItemResamples): Float64Array {
  const { items, draws, indices } = resamples;
  if (values.length !== items)
    throw new RangeError(`${items} item values are needed, not ${values.length}.`);
  const source = Float64Array.from(values);
  const means = new Float64Array(draws);
  for (let draw = 0, next = 0; draw < draws; draw += 1) {
    let sum = 0;
    for (const end = next + items; next < end; next += 1) sum += source[indices[next] ?? 0] ?? 0;
    means[draw] = sum / items;
  }
  return means;
}

/**
 * The item bootstrap of a mean without keeping the resamples: memory does not grow with the items. The rng is seeded by
 * its caller, who stores the seed with the result.
 */
export function bootstrapMeans(
  values: ArrayLike<number>,
  rng: Rng,
  draws: number = DEFAULT_DRAWS,
): Float64Array {
  const items = values.length;
  if (items === 0) return new Float64Array(0);
  const source = Float64Array.from(values);
  const means = new Float64Array(draws);
  const indices = new Uint32Array(items);
  const fill = createFiller(items, drawSeed(rng));
  for (let draw = 0; draw < draws; draw += 1) {
    fill(indices);
    means[draw] = sumAt(source, indices) / items;
  }
  return means;
}

/** Four sums at a time: one would wait for each addition before the next. */
function sumAt(source: Float64Array, indices: Uint32Array): number {
  const { length } = indices;
  const even = length - (length % 4);
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < even; i += 4) {
    a += source[indices[i] ?? 0] ?? 0;
    b += source[indices[i + 1] ?? 0] ?? 0;
    c += source[indices[i + 2] ?? 0] ?? 0;
    d += source[indices[i + 3] ?? 0] ?? 0;
  }
  for (let i = even; i < length; i += 1) a += source[indices[i] ?? 0] ?? 0;
  return a + b + (c + d);
}

/** Columns that one pass over a resample reads together: the values of one item fill a line of the cache. */
const LANES = 8;

/** Where the resamples of one bootstrap start: equal seeds give equal resamples. */
export type ResampleSeed = Int32Array;

export function drawSeed(rng: Rng): ResampleSeed {
  return Int32Array.from({ length: 4 }, () => rng.uint32());
}

/**
 * The same as `bootstrapMeans` of every column with an equal seed, so that all columns meet the same resamples; some of them
 * share the drawing of the positions, which costs as much as reading them.
 */
export function bootstrapColumns(
  columns: readonly ArrayLike<number>[],
  seed: ResampleSeed,
  draws: number = DEFAULT_DRAWS,
): Float64Array[] {
  const items = columns[0]?.length ?? 0;
  if (columns.some(({ length }) => length !== items))
    throw new RangeError('Every column needs one value an item.');
  if (items === 0) return columns.map(() => new Float64Array(0));
  const found: Float64Array[] = [];
  for (let first = 0; first < columns.length; first += LANES) {
    const group = columns.slice(first, first + LANES);
    found.push(...bootstrapGroup(group, { items, seed, draws }));
  }
  return found;
}

function bootstrapGroup(
  columns: readonly ArrayLike<number>[],
  { items, seed, draws }: { items: number; seed: ResampleSeed; draws: number },
): Float64Array[] {
  const width = columns.length <= LANES / 2 ? LANES / 2 : LANES;
  const rows = new Float64Array(items * width);
  columns.forEach((column, lane) => {
    for (let item = 0; item < items; item += 1) rows[item * width + lane] = column[item] ?? 0;
  });
  const sumRows = width === LANES ? sumEight : sumFour;
  const means = columns.map(() => new Float64Array(draws));
  const indices = new Uint32Array(items);
  const fill = createFiller(items, seed);
  for (let draw = 0; draw < draws; draw += 1) {
    fill(indices);
    const sums = sumRows(rows, indices);
    means.forEach((column, lane) => {
      column[draw] = (sums[lane] ?? 0) / items;
    });
  }
  return means;
}

function sumFour(rows: Float64Array, indices: Uint32Array): number[] {
  const { length } = indices;
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < length; i += 1) {
    const row = (indices[i] ?? 0) * 4;
    a += rows[row] ?? 0;
    b += rows[row + 1] ?? 0;
    c += rows[row + 2] ?? 0;
    d += rows[row + 3] ?? 0;
  }
  return [a, b, c, d];
}

function sumEight(rows: Float64Array, indices: Uint32Array): number[] {
  const { length } = indices;
  let [a, b, c, d, e, f, g, h] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < length; i += 1) {
    const row = (indices[i] ?? 0) * 8;
    a += rows[row] ?? 0;
    b += rows[row + 1] ?? 0;
    c += rows[row + 2] ?? 0;
    d += rows[row + 3] ?? 0;
    e += rows[row + 4] ?? 0;
    f += rows[row + 5] ?? 0;
    g += rows[row + 6] ?? 0;
    h += rows[row + 7] ?? 0;
  }
  return [a, b, c, d, e, f, g, h];
}

/**
 * Fills arrays with random positions below `items`. An sfc32 of its own, with its words in local integers: a hundred million
 * calls through an rng cost seconds. Scaling 32 bits favours no position by more than items ÷ 2^32.
 */
export function createFiller(items: number, seed: ResampleSeed): (target: Uint32Array) => void {
  const words = Int32Array.from(seed);
  const scale = items / 2 ** 32;
  return (target) => {
    // Each word is named as an integer before the loop: as numbers of any kind they would cost four times as much.
    let a = (words[0] ?? 0) | 0;
    let b = (words[1] ?? 0) | 0;
    let c = (words[2] ?? 0) | 0;
    let counter = (words[3] ?? 0) | 0;
    const { length } = target;
    for (let i = 0; i < length; i += 1) {
      const sum = (a + b + counter) | 0;
      counter = (counter + 1) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + sum) | 0;
      target[i] = ((sum >>> 0) * scale) | 0;
    }
    words.set([a, b, c, counter]);
  };
}

/** The percentile interval of replicates (Efron and Tibshirani 1993, chapter 13). Null without replicates. */
export function percentileInterval(
  replicates: Float64Array,
  level: number = DEFAULT_LEVEL,
): Interval | null {
  if (replicates.length === 0) return null;
  const sorted = Float64Array.from(replicates).sort();
  const tail = (1 - level) / 2;
  return {
    low: sortedQuantile(sorted, tail),
    high: sortedQuantile(sorted, 1 - tail),
    level,
    method: 'bootstrap-items',
  };
}

/** Type 7 of Hyndman and Fan (1996), on at least one sorted value. */
function sortedQuantile(sorted: Float64Array, q: number): number {
  const position = q * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] ?? 0;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? low;
  return low + (position - below) * (high - low);
}
