import { itemAccuracy, type MetricItem, type RunSamples } from './run-samples.ts';

/** Bands of success, as LASER-D and its monitor use them. */
export const BANDS = ['easy', 'medium', 'hard'] as const;
export type Band = (typeof BANDS)[number];

/**
 * The band of an item by its own success rate: from 2/3 easy, from 1/3 medium, else hard. The borders follow the reward code
 * of LASER (arXiv 2505.15612); its monitor puts exactly 1/3 and 2/3 one band lower, which eight samples never reach.
 */
export function bandOf(accuracy: number): Band {
  if (accuracy >= 2 / 3) return 'easy';
  return accuracy >= 1 / 3 ? 'medium' : 'hard';
}

/** The part of a run with the items that `keep` accepts: every metric then answers for that part. */
export function selectItems(run: RunSamples, keep: (item: MetricItem) => boolean): RunSamples {
  return { ...run, items: run.items.filter(keep) };
}

/** One part for each difficulty that the benchmark declares; items without one are left out. */
export function partsByDifficulty(run: RunSamples): Map<string, RunSamples> {
  const parts = new Map<string, RunSamples>();
  for (const { difficulty } of run.items) {
    if (difficulty === null || parts.has(difficulty)) continue;
    parts.set(
      difficulty,
      selectItems(run, (item) => item.difficulty === difficulty),
    );
  }
  return parts;
}

/** One part for each band of the run's own success rate. Bands of two runs hold different items. */
export function partsByBand(run: RunSamples): Record<Band, RunSamples> {
  const part = (band: Band): RunSamples =>
    selectItems(run, (item) => bandOf(itemAccuracy(run, item)) === band);
  return { easy: part('easy'), medium: part('medium'), hard: part('hard') };
}
