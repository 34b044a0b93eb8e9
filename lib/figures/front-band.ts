import { AppError } from '#lib/errors.ts';
import { createRng } from '#lib/rng.ts';
import { resampledMeans, resampleItems } from '#lib/stats/bootstrap.ts';
import { attainmentBand, type AttainmentPoint } from '#lib/stats/front-replicates.ts';
import type { ItemScores } from './sources.ts';

const DRAWS = 1000;
const POINTS = 48;

/**
 * Where the front of the runs lies in 95 % of item resamples, at lengths evenly spaced on a logarithmic axis. The seed is
 * fixed, so that the band is a property of the data. Every run needs its items and all of their lengths.
 */
export function frontBand(runs: readonly ItemScores[]): AttainmentPoint[] {
  const [first] = runs;
  if (first === undefined) return [];
  const items = first.accuracy.length;
  const resamples = resampleItems(items, createRng('front-band', items), DRAWS);
  const replicates = runs.map((run) => {
    const tokens = run.tokens.filter((length) => length !== null);
    if (tokens.length < items || run.accuracy.length !== items) {
      throw new AppError(
        'unprocessable',
        `The front has no band: "${run.label}" does not know the length of every item. Leave data.band out.`,
      );
    }
    return {
      accuracy: resampledMeans(run.accuracy, resamples),
      tokens: resampledMeans(tokens, resamples),
    };
  });
  const all = replicates.flatMap(({ tokens }) => [...tokens]).filter((value) => value > 0);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const grid = Array.from(
    { length: POINTS },
    (_, index) => low * (high / low) ** (index / (POINTS - 1)),
  );
  return attainmentBand(replicates, grid);
}
