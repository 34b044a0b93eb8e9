import { logGamma } from './log-gamma.ts';

/**
 * The exact two-sided p-value of McNemar's test: of `onlyA + onlyB` items that only one run got right, is each side as
 * likely? Twice the smaller binomial tail, at most 1 (McNemar 1947; exact form by Liddell 1983). Without discordant items 1.
 */
export function mcnemarExact(onlyA: number, onlyB: number): number {
  const discordant = onlyA + onlyB;
  const smaller = Math.min(onlyA, onlyB);
  let term = Math.exp(
    logGamma(discordant + 1) -
      logGamma(smaller + 1) -
      logGamma(discordant - smaller + 1) -
      discordant * Math.LN2,
  );
  let tail = term;
  for (let k = smaller; k > 0; k -= 1) {
    term *= k / (discordant - k + 1);
    tail += term;
  }
  return Math.min(1, 2 * tail);
}
