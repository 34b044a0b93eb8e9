import { chiSquareTail } from './chi-square.ts';

export interface CochranQ {
  q: number;
  degrees: number;
  /** From χ², which needs some dozen items that the runs do not all agree on. */
  p: number;
  /** Items on which the runs differ; the others say nothing. */
  discordant: number;
}

/**
 * Whether any of several runs differs on the same items, each right (1) or wrong (0) (Cochran 1950):
 * Q = (k − 1)(k Σ Cⱼ² − N²) ÷ (k N − Σ Rᵢ²). Null below two runs and where every item has all runs right or all wrong.
 */
export function cochranQ(runs: readonly ArrayLike<number>[]): CochranQ | null {
  const k = runs.length;
  const items = runs[0]?.length ?? 0;
  if (runs.some(({ length }) => length !== items))
    throw new RangeError('Aligned runs need one value an item each.');
  if (k < 2) return null;
  const byRun = new Float64Array(k);
  let squares = 0;
  let total = 0;
  let discordant = 0;
  for (let item = 0; item < items; item += 1) {
    let right = 0;
    runs.forEach((run, index) => {
      const value = run[item] ?? 0;
      byRun[index] = (byRun[index] ?? 0) + value;
      right += value;
    });
    squares += right * right;
    total += right;
    if (right > 0 && right < k) discordant += 1;
  }
  if (discordant === 0) return null;
  const spread = byRun.reduce((sum, right) => sum + right * right, 0);
  const q = ((k - 1) * (k * spread - total * total)) / (k * total - squares);
  return { q, degrees: k - 1, p: chiSquareTail(q, k - 1), discordant };
}
