import { logGamma } from './log-gamma.ts';

/**
 * P(X > x) of the χ² distribution: the upper regularised incomplete gamma function Q(df/2, x/2), by its series below
 * the mean and by a continued fraction above it (Abramowitz and Stegun 6.5.29, 6.5.31).
 */
export function chiSquaredTail(x: number, df: number): number {
  if (!(df > 0)) throw new RangeError(`Degrees of freedom must be positive, not ${String(df)}.`);
  if (x <= 0) return 1;
  const [shape, at] = [df / 2, x / 2];
  const scale = Math.exp(shape * Math.log(at) - at - logGamma(shape));
  return at < shape + 1 ? 1 - scale * lowerSeries(shape, at) : scale * upperFraction(shape, at);
}

const STEPS = 10_000;
const TOLERANCE = 1e-15;

function lowerSeries(shape: number, at: number): number {
  let term = 1 / shape;
  let sum = term;
  for (let n = 1; n < STEPS && term > sum * TOLERANCE; n += 1) {
    term *= at / (shape + n);
    sum += term;
  }
  return sum;
}

/** Lentz's evaluation, modified against zero denominators. */
function upperFraction(shape: number, at: number): number {
  const tiny = 1e-300;
  let b = at + 1 - shape;
  let c = 1 / tiny;
  let d = 1 / b;
  let result = d;
  for (let n = 1; n < STEPS; n += 1) {
    const a = -n * (n - shape);
    b += 2;
    d = 1 / nonZero(a * d + b, tiny);
    c = nonZero(b + a / c, tiny);
    result *= d * c;
    if (Math.abs(d * c - 1) < TOLERANCE) break;
  }
  return result;
}

function nonZero(value: number, tiny: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}
