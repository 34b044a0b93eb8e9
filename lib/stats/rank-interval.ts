import { DEFAULT_LEVEL } from './interval.ts';

/** The ranks a run takes over the replicates of a shared bootstrap; 1 is best. */
export interface RankInterval {
  low: number;
  median: number;
  high: number;
  level: number;
  /** Share of replicates with rank 1, equal firsts included. */
  bestShare: number;
}

/**
 * Percentile intervals of ranks. Replicate d of every run must come from the same resample of items, or differences
 * that all runs share would look like noise between them (Goldstein and Spiegelhalter 1996, on ranks of institutions).
 * A rank is one more than the number of runs that are strictly better.
 */
export function rankIntervals(
  replicates: readonly Float64Array[],
  options: { better: 'higher' | 'lower'; level?: number },
): RankInterval[] {
  const draws = replicates[0]?.length ?? 0;
  if (replicates.some(({ length }) => length !== draws))
    throw new RangeError('Every run needs the same number of replicates.');
  if (draws === 0) return [];
  const level = options.level ?? DEFAULT_LEVEL;
  const sign = options.better === 'higher' ? -1 : 1;
  const runs = replicates.length;
  const counts = replicates.map(() => new Uint32Array(runs + 1));
  const order = Array.from({ length: runs }, (_, run) => run);
  for (let draw = 0; draw < draws; draw += 1) {
    const valueOf = (run: number): number => sign * (replicates[run]?.[draw] ?? 0);
    order.sort((a, b) => valueOf(a) - valueOf(b));
    let rank = 1;
    let previous: number | null = null;
    order.forEach((run, position) => {
      const value = valueOf(run);
      if (previous !== null && value > previous) rank = position + 1;
      previous = value;
      const count = counts[run];
      if (count !== undefined) count[rank] = (count[rank] ?? 0) + 1;
    });
  }
  const tail = (1 - level) / 2;
  return counts.map((count) => ({
    low: rankQuantile(count, draws, tail),
    median: rankQuantile(count, draws, 0.5),
    high: rankQuantile(count, draws, 1 - tail),
    level,
    bestShare: (count[1] ?? 0) / draws,
  }));
}

/** The smallest rank that at least the share `q` of the replicates does not exceed: ranks are never interpolated. */
function rankQuantile(counts: Uint32Array, draws: number, q: number): number {
  let seen = 0;
  for (let rank = 1; rank < counts.length; rank += 1) {
    seen += counts[rank] ?? 0;
    if (seen >= q * draws - 1e-9 && seen > 0) return rank;
  }
  return counts.length - 1;
}
