import { DEFAULT_DRAWS } from '#lib/stats/bootstrap.ts';
import {
  attainmentBand,
  frontProbabilities,
  type AttainmentPoint,
} from '#lib/stats/front-replicates.ts';
import type { ComparableRun } from './item-columns.ts';
import { affordableDraws, sharedReplicates } from './shared-replicates.ts';

const BAND_POINTS = 32;

/** What resampling the items does to a front. */
export interface FrontUncertainty {
  /** Share of the resamples in which a run is on the front, by id; empty beside a reason. */
  probabilities: Readonly<Record<string, number>>;
  band: readonly AttainmentPoint[];
  /** Why there is neither; null beside them. */
  reason: string | null;
  seed: string;
  draws: number;
}

/** How sure the front over these runs is: they must answer the same items, with lengths that one counter made. */
export function frontUncertainty(
  runs: readonly ComparableRun[],
  { seed = 'laconic', draws: asked = DEFAULT_DRAWS }: { seed?: string; draws?: number } = {},
): FrontUncertainty {
  const items = runs[0]?.columns.keys.length ?? 0;
  const draws = affordableDraws(asked, { runs: runs.length, items });
  const replicates = sharedReplicates(runs, { seed, draws });
  if (typeof replicates === 'string')
    return { probabilities: {}, band: [], reason: replicates, seed, draws };
  const shares = frontProbabilities(replicates);
  return {
    probabilities: Object.fromEntries(runs.map(({ id }, index) => [id, shares[index] ?? 0])),
    band: attainmentBand(replicates, tokenGrid(runs)),
    reason: null,
    seed,
    draws,
  };
}

/** Even on the logarithmic axis, from a little below the shortest mean length to a little above the longest. */
function tokenGrid(runs: readonly ComparableRun[]): number[] {
  const means = runs.flatMap(({ columns: { tokens } }) => {
    const known = tokens.filter((mean) => !Number.isNaN(mean));
    return known.length === 0 ? [] : known.reduce((sum, mean) => sum + mean, 0) / known.length;
  });
  if (means.length === 0) return [];
  const low = Math.max(1, means.reduce((a, b) => Math.min(a, b)) * 0.8);
  const high = Math.max(low, means.reduce((a, b) => Math.max(a, b)) * 1.25);
  if (high === low) return [low];
  return Array.from(
    { length: BAND_POINTS },
    (_, step) => low * (high / low) ** (step / (BAND_POINTS - 1)),
  );
}
