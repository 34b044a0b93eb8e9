import type { Rng } from '#lib/rng.ts';
import { bootstrapMeans, DEFAULT_DRAWS, percentileInterval } from './bootstrap.ts';
import { DEFAULT_LEVEL, type Interval } from './interval.ts';

/** Lengths of B over lengths of A, item by item. */
export interface LengthRatio {
  /** Items whose two lengths are known and above zero. */
  items: number;
  /** Items left out because a length is zero or unknown. */
  excluded: number;
  /** Geometric mean of the item ratios: halving and doubling cancel out. */
  ratio: number;
  median: number;
  /** Null below two items and where all ratios are equal. */
  interval: Interval | null;
}

/**
 * The ratio of lengths on the log scale with a paired item bootstrap: lengths are heavy-tailed, and a t interval on their raw
 * means follows the longest answers. `a` and `b` hold one mean length an item, null where unknown, in one item order.
 * Null when no item has both.
 */
export function lengthRatio(
  a: readonly (number | null)[],
  b: readonly (number | null)[],
  options: { rng: Rng; draws?: number; level?: number },
): LengthRatio | null {
  if (a.length !== b.length)
    throw new RangeError('Aligned runs need one length an item on both sides.');
  const logs: number[] = [];
  a.forEach((length, item) => {
    const other = b[item] ?? null;
    if (length !== null && other !== null && length > 0 && other > 0)
      logs.push(Math.log(other / length));
  });
  if (logs.length === 0) return null;
  const sorted = [...logs].sort((x, y) => x - y);
  const middle = (sorted.length - 1) / 2;
  const median = ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
  return {
    items: logs.length,
    excluded: a.length - logs.length,
    ratio: Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length),
    median: Math.exp(median),
    interval: ratioInterval(logs, options),
  };
}

function ratioInterval(
  logs: readonly number[],
  {
    rng,
    draws = DEFAULT_DRAWS,
    level = DEFAULT_LEVEL,
  }: { rng: Rng; draws?: number; level?: number },
): Interval | null {
  if (logs.length < 2 || logs.every((log) => log === logs[0])) return null;
  const interval = percentileInterval(bootstrapMeans(logs, rng, draws), level);
  return interval && { ...interval, low: Math.exp(interval.low), high: Math.exp(interval.high) };
}
