import { logGamma } from './log-gamma.ts';

const MOST_TERMS = 10_000;
const PRECISION = 1e-15;

/**
 * The chance that a χ² variable of the given degrees of freedom exceeds `x`: the regularised upper incomplete gamma function,
 * by its series below and its continued fraction (modified Lentz) above the mean (Abramowitz and Stegun 6.5.29, 6.5.31).
 */
export function chiSquareTail(x: number, degrees: number): number {
  if (!(degrees > 0))
    throw new RangeError(`Degrees of freedom above 0 are needed, not ${degrees}.`);
  if (x <= 0) return 1;
  const [a, z] = [degrees / 2, x / 2];
  const scale = Math.exp(a * Math.log(z) - z - logGamma(a));
  return z < a + 1 ? 1 - scale * lowerSeries(a, z) : scale * upperFraction(a, z);
}

function lowerSeries(a: number, z: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < MOST_TERMS && term > sum * PRECISION; n += 1) {
    term *= z / (a + n);
    sum += term;
  }
  return sum;
}

function upperFraction(a: number, z: number): number {
  let b = z + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n < MOST_TERMS; n += 1) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    value *= d * c;
    if (Math.abs(d * c - 1) < PRECISION) break;
  }
  return value;
}
