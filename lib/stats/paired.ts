import { AppError } from '#lib/errors.ts';
import { DEFAULT_LEVEL, type Interval } from './interval.ts';
import { meanAndError } from './item-interval.ts';
import { studentTQuantile } from './student-t.ts';

/** B against A over the items that both have; differences are B − A. */
export interface PairedComparison {
  items: number;
  /** Items that only one side has: 0 unless intersecting was asked for. */
  onlyInA: number;
  onlyInB: number;
  meanA: number;
  meanB: number;
  difference: number;
  /** The four below are null for a single item; `z` also when all differences are equal. */
  standardError: number | null;
  z: number | null;
  interval: Interval | null;
  /** What the error would be without pairing. */
  unpairedError: number | null;
  /** Of the item scores; null when one side does not vary. */
  correlation: number | null;
  /** Items where A, or B, has the higher mean. */
  betterA: number;
  betterB: number;
}

/**
 * The paired difference of item means (Miller 2024, "Adding Error Bars to Evals", section 4). Two item sets that
 * differ are refused unless `items: 'intersect'` is asked for. Null when no item is shared.
 */
export function comparePaired(
  a: ReadonlyMap<string, number>,
  b: ReadonlyMap<string, number>,
  options: { items?: 'equal' | 'intersect'; level?: number } = {},
): PairedComparison | null {
  const valuesA: number[] = [];
  const valuesB: number[] = [];
  for (const [item, value] of a) {
    const other = b.get(item);
    if (other === undefined) continue;
    valuesA.push(value);
    valuesB.push(other);
  }
  const onlyInA = a.size - valuesA.length;
  const onlyInB = b.size - valuesB.length;
  if (options.items !== 'intersect' && onlyInA + onlyInB > 0) {
    throw new AppError(
      'unprocessable',
      `The runs do not answer the same items: ${onlyInA} only in the first, ${onlyInB} only in the second, ` +
        `${valuesA.length} in both. Ask for the items in both to compare them.`,
    );
  }
  return compareAligned(valuesA, valuesB, {
    onlyInA,
    onlyInB,
    level: options.level ?? DEFAULT_LEVEL,
  });
}

/** The same over two arrays in the order of one item list. */
export function compareAligned(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  options: { onlyInA?: number; onlyInB?: number; level?: number } = {},
): PairedComparison | null {
  if (a.length !== b.length)
    throw new RangeError('Aligned runs need one value an item on both sides.');
  const differences = new Float64Array(a.length);
  let betterA = 0;
  let betterB = 0;
  for (let i = 0; i < a.length; i += 1) {
    const difference = (b[i] ?? 0) - (a[i] ?? 0);
    differences[i] = difference;
    if (difference < 0) betterA += 1;
    if (difference > 0) betterB += 1;
  }
  const [summaryA, summaryB, summary] = [
    meanAndError(a),
    meanAndError(b),
    meanAndError(differences),
  ];
  if (summaryA === null || summaryB === null || summary === null) return null;
  const error = summary.standardError;
  return {
    items: summary.count,
    onlyInA: options.onlyInA ?? 0,
    onlyInB: options.onlyInB ?? 0,
    meanA: summaryA.mean,
    meanB: summaryB.mean,
    difference: summary.mean,
    standardError: error,
    z: error === null || error === 0 ? null : summary.mean / error,
    interval:
      error === null ? null : differenceInterval(summary.mean, error, summary.count, options.level),
    unpairedError: unpairedError(summaryA.standardError, summaryB.standardError),
    correlation: correlation(summaryA.standardError, summaryB.standardError, error),
    betterA,
    betterB,
  };
}

/** Identical item means have no spread, so no honest width: the interval is left out then. */
function differenceInterval(
  difference: number,
  error: number,
  count: number,
  level: number = DEFAULT_LEVEL,
): Interval | null {
  if (error === 0) return null;
  const half = studentTQuantile(0.5 + level / 2, count - 1) * error;
  return { low: difference - half, high: difference + half, level, method: 't-items' };
}

function unpairedError(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : Math.hypot(a, b);
}

/** From Var(b − a) = Var(a) + Var(b) − 2 Cov(a, b). */
function correlation(a: number | null, b: number | null, paired: number | null): number | null {
  if (!a || !b || paired === null) return null;
  return Math.max(-1, Math.min(1, (a * a + b * b - paired * paired) / (2 * a * b)));
}
