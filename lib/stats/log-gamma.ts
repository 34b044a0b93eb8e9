/** Coefficients of the Stirling series, B(2k) / (2k (2k − 1)) (Abramowitz and Stegun 6.1.40). */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156];

/** ln Γ(x) for x > 0: the recurrence lifts small arguments to where the series holds 15 digits. */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`ln Γ needs a positive number, not ${x}.`);
  let product = 1;
  let shifted = x;
  while (shifted < 15) {
    product *= shifted;
    shifted += 1;
  }
  let series = 0;
  let power = shifted;
  for (const coefficient of STIRLING) {
    series += coefficient / power;
    power *= shifted * shifted;
  }
  return (
    (shifted - 0.5) * Math.log(shifted) -
    shifted +
    0.5 * Math.log(2 * Math.PI) +
    series -
    Math.log(product)
  );
}
