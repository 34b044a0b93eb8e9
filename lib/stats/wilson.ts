import { DEFAULT_LEVEL, type Interval } from './interval.ts';
import { normalQuantile } from './normal.ts';

/**
 * The score interval for a proportion (Wilson 1927, "Probable Inference"). `successes` may be fractional
 * (a mean times a count). Null when nothing was tried.
 */
export function wilsonInterval(
  successes: number,
  trials: number,
  level: number = DEFAULT_LEVEL,
): Interval | null {
  if (trials <= 0) return null;
  const z = normalQuantile(0.5 + level / 2);
  const share = successes / trials;
  const scale = 1 + (z * z) / trials;
  const centre = (share + (z * z) / (2 * trials)) / scale;
  const half =
    (z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials))) / scale;
  return {
    low: successes <= 0 ? 0 : Math.max(0, centre - half),
    high: successes >= trials ? 1 : Math.min(1, centre + half),
    level,
    method: 'wilson',
  };
}
