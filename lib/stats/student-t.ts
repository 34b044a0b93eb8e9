import { incompleteBeta } from './incomplete-beta.ts';
import { normalQuantile } from './normal.ts';

/** P(T ≤ t) with `df` degrees of freedom (Abramowitz and Stegun 26.7.1). */
export function studentTCdf(t: number, df: number): number {
  const tail = 0.5 * incompleteBeta(df / (df + t * t), df / 2, 0.5);
  return t < 0 ? tail : 1 - tail;
}

/** The t with P(T ≤ t) = p, by bisection on the tail: slow but it can not miss, and one run asks once. */
export function studentTQuantile(p: number, df: number): number {
  if (!(p > 0 && p < 1))
    throw new RangeError(`A probability strictly between 0 and 1 is needed, not ${p}.`);
  if (!(df > 0)) throw new RangeError(`Degrees of freedom must be positive, not ${df}.`);
  if (p === 0.5) return 0;
  if (p > 0.5) return -studentTQuantile(1 - p, df);
  // The t distribution has the heavier tails, so the normal quantile bounds it from inside.
  let high = normalQuantile(p);
  let low = 2 * high;
  while (studentTCdf(low, df) > p) low *= 2;
  for (let step = 0; step < 200 && high - low > 1e-14 * Math.abs(low); step += 1) {
    const middle = (low + high) / 2;
    if (studentTCdf(middle, df) > p) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}
