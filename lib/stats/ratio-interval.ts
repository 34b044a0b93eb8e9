import { DEFAULT_LEVEL, type Interval } from './interval.ts';
import { meanAndError } from './item-interval.ts';
import { studentTQuantile } from './student-t.ts';

/**
 * Interval of a ratio of sums with the item as the unit, by linearisation (Cochran 1977, "Sampling Techniques", section
 * 6.4): the residuals y − r·x vary between items, not the samples within. Null below two items, for a sum of x of zero and
 * where no item differs: that has no honest width.
 */
export function ratioInterval(
  numerators: ArrayLike<number>,
  denominators: ArrayLike<number>,
  level: number = DEFAULT_LEVEL,
): Interval | null {
  if (numerators.length !== denominators.length)
    throw new RangeError('Every item needs both numbers.');
  const over = meanAndError(numerators);
  const under = meanAndError(denominators);
  if (over === null || under === null || under.mean <= 0) return null;
  const ratio = over.mean / under.mean;
  const residuals = Float64Array.from(
    { length: numerators.length },
    (_, item) => ((numerators[item] ?? 0) - ratio * (denominators[item] ?? 0)) / under.mean,
  );
  const error = meanAndError(residuals)?.standardError ?? null;
  if (error === null || error < 1e-12) return null;
  const half = studentTQuantile(0.5 + level / 2, over.count - 1) * error;
  return { low: Math.max(0, ratio - half), high: ratio + half, level, method: 't-items-ratio' };
}
