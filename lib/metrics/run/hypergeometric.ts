import { logGamma } from '#lib/stats/log-gamma.ts';

/** P(j correct among k drawn without replacement from n samples with c correct). */
export function drawProbability(j: number, k: number, n: number, c: number): number {
  if (j < 0 || j > Math.min(c, k) || k - j > n - c) return 0;
  return Math.exp(logChoose(c, j) + logChoose(n - c, k - j) - logChoose(n, k));
}

/** ln of n over k. */
export function logChoose(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
}
