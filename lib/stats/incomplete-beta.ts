import { logGamma } from './log-gamma.ts';

/** The regularised incomplete beta function I_x(a, b) by its continued fraction (DLMF 8.17.22). */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction converges fast only left of the mean, so the other side is taken by symmetry.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x),
  );
  return (front / a) * betaFraction(x, a, b);
}

/** Evaluated by the modified Lentz algorithm (Thompson and Barnett 1986). */
function betaFraction(x: number, a: number, b: number): number {
  const TINY = 1e-300;
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1), TINY);
  let c = 1;
  let value = d;
  for (let m = 1; m <= 20_000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / nonZero(1 + even * d, TINY);
    c = nonZero(1 + even / c, TINY);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / nonZero(1 + odd * d, TINY);
    c = nonZero(1 + odd / c, TINY);
    const factor = d * c;
    value *= factor;
    if (Math.abs(factor - 1) < 1e-15) return value;
  }
  throw new Error(`The incomplete beta function did not converge at x=${x}, a=${a}, b=${b}.`);
}

function nonZero(value: number, tiny: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}
