const DENSITY_AT_ZERO = 1 / Math.sqrt(2 * Math.PI);

export function normalDensity(x: number): number {
  return DENSITY_AT_ZERO * Math.exp(-0.5 * x * x);
}

/**
 * P(Z ≤ x). Near the centre the power series of Marsaglia (2004, "Evaluating the Normal Distribution"), in the tails the
 * continued fraction of the Mills ratio (Abramowitz and Stegun 26.2.14), so that tiny tails keep their digits.
 */
export function normalCdf(x: number): number {
  if (x <= -3) return upperTail(-x);
  if (x >= 3) return 1 - upperTail(x);
  let term = x;
  let sum = x;
  for (let odd = 3; Math.abs(term) > Math.abs(sum) * 1e-17; odd += 2) {
    term *= (x * x) / odd;
    sum += term;
  }
  return 0.5 + sum * normalDensity(x);
}

function upperTail(x: number): number {
  if (x > 39) return 0;
  let fraction = x;
  for (let depth = 150; depth >= 1; depth -= 1) fraction = x + depth / fraction;
  return normalDensity(x) / fraction;
}

/** The z with P(Z ≤ z) = p: a rational start (Abramowitz and Stegun 26.2.23), then Halley steps on the CDF. */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1))
    throw new RangeError(`A probability strictly between 0 and 1 is needed, not ${p}.`);
  if (p === 0.5) return 0;
  // Working in the lower tail keeps the digits of small probabilities.
  if (p > 0.5) return -normalQuantile(1 - p);
  const t = Math.sqrt(-2 * Math.log(p));
  let z =
    (2.515517 + 0.802853 * t + 0.010328 * t * t) /
      (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t) -
    t;
  for (let step = 0; step < 3; step += 1) {
    const newton = (normalCdf(z) - p) / normalDensity(z);
    z -= newton / (1 + (newton * z) / 2);
  }
  return z;
}
