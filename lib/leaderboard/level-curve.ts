import type { Run } from '#lib/schemas/run.ts';

export interface LevelPoint {
  readonly level: number;
  readonly items: number;
  readonly accuracy: number | null;
  readonly tokensMean: number | null;
}

export interface Band {
  readonly low: number;
  readonly high: number;
}

/** Fractions right between which training has something to learn from; the published bounds of a task are of this kind. */
export const DEFAULT_BAND: Band = { low: 0.2, high: 0.8 };

/** The groups of the label `level` by rising level; empty unless every one of them is a number. */
export function toLevelCurve(groups: Run['groups'], label = 'level'): LevelPoint[] {
  const rows = groups.find(({ name }) => name === label)?.rows ?? [];
  const points = rows.map(({ name, items, accuracy, tokensMean }) => ({
    level: name.trim() === '' ? NaN : Number(name),
    items,
    accuracy,
    tokensMean,
  }));
  if (!points.every(({ level }) => Number.isFinite(level))) return [];
  return points.sort((a, b) => a.level - b.level);
}

/**
 * The level to train or test at: of those with an accuracy in the band, the one nearest to its middle, the harder of
 * two equals. Null when no level lies in it.
 */
export function levelInBand(points: readonly LevelPoint[], { low, high }: Band): LevelPoint | null {
  const middle = (low + high) / 2;
  let best: { point: LevelPoint; distance: number } | null = null;
  for (const point of points) {
    if (point.accuracy === null || point.accuracy < low || point.accuracy > high) continue;
    const distance = Math.abs(point.accuracy - middle);
    if (best === null || distance <= best.distance) best = { point, distance };
  }
  return best?.point ?? null;
}
