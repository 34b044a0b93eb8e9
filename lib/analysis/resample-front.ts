import { hypervolume, type FrontReference } from '#lib/leaderboard/hypervolume.ts';
import { DEFAULT_DRAWS, percentileInterval } from '#lib/stats/bootstrap.ts';
import {
  attainmentBand,
  frontProbabilities,
  type AttainmentPoint,
  type RunReplicates,
} from '#lib/stats/front-replicates.ts';
import type { Interval } from '#lib/stats/interval.ts';
import { sharedReplicates, type ResampledRun } from './shared-replicates.ts';

/** Runs whose hypervolume is asked for together. */
export interface VolumeGroup {
  key: string;
  runIds: readonly string[];
}

export interface ResampledFront {
  /** By run: the share of resamples in which it is on the front of the resampled runs. */
  probabilities: Record<string, number>;
  /** From few tokens to many; empty without replicates. */
  band: AttainmentPoint[];
  /** By group, where all its runs were resampled. */
  volumes: Record<string, { linear: Interval | null; log: Interval | null }>;
  /** Why nothing was resampled; null otherwise. */
  reason: string | null;
  seed: string;
  draws: number;
}

export interface ResampleOptions {
  groups: readonly VolumeGroup[];
  reference: FrontReference | null;
  seed: string;
  draws?: number;
}

/**
 * Item values that are summed for one answer, about ten seconds of them: twenty runs of 10,000 items have all resamples.
 * Beyond it there are fewer, never below the least, and the answer says how many.
 */
const MOST_CELLS = 2e9;
const LEAST_DRAWS = 1_000;
const BAND_POINTS = 64;

/** Everything about a front that needs replicates: who is on it how often, its band, and intervals of hypervolumes. */
export function resampleFront(
  runs: readonly ResampledRun[],
  { groups, reference, seed, draws = drawsFor(runs) }: ResampleOptions,
): ResampledFront {
  const replicates = sharedReplicates(runs, { seed, draws });
  if (typeof replicates === 'string')
    return { probabilities: {}, band: [], volumes: {}, reason: replicates, seed, draws: 0 };
  const shares = frontProbabilities(replicates);
  const byId = new Map(runs.map(({ id }, index) => [id, replicates[index]]));
  return {
    probabilities: Object.fromEntries(runs.map(({ id }, index) => [id, shares[index] ?? 0])),
    band: attainmentBand(replicates, tokenGrid(replicates)),
    volumes:
      reference === null
        ? {}
        : Object.fromEntries(
            groups.flatMap(({ key, runIds }) => {
              const members = runIds.flatMap((id) => byId.get(id) ?? []);
              if (members.length < runIds.length || members.length === 0) return [];
              return [[key, volumeIntervals(members, { reference, draws })] as const];
            }),
          ),
    reason: null,
    seed,
    draws,
  };
}

function drawsFor(runs: readonly ResampledRun[]): number {
  const cells = runs.reduce(
    (total, { parts }) => total + parts.reduce((sum, { keys }) => sum + keys.length, 0),
    0,
  );
  const affordable = Math.floor(MOST_CELLS / Math.max(1, cells));
  return Math.max(LEAST_DRAWS, Math.min(DEFAULT_DRAWS, affordable));
}

/** Even steps on a log scale over what the replicates cost. */
function tokenGrid(replicates: readonly RunReplicates[]): number[] {
  let [low, high] = [Infinity, 0];
  for (const { tokens } of replicates) {
    for (const value of tokens) {
      if (value > 0 && value < low) low = value;
      if (Number.isFinite(value) && value > high) high = value;
    }
  }
  if (high === 0) return [];
  const ratio = high / low;
  return Array.from(
    { length: BAND_POINTS },
    (_, index) => low * ratio ** (index / (BAND_POINTS - 1)),
  );
}

function volumeIntervals(
  members: readonly RunReplicates[],
  { reference, draws }: { reference: FrontReference; draws: number },
): { linear: Interval | null; log: Interval | null } {
  const linear = new Float64Array(draws);
  const log = new Float64Array(draws);
  let hasLog = true;
  for (let draw = 0; draw < draws; draw += 1) {
    const points = members.map(({ tokens, accuracy }, index) => ({
      runId: String(index),
      tokens: tokens[draw] ?? Infinity,
      accuracy: accuracy[draw] ?? 0,
    }));
    linear[draw] = hypervolume(points, reference) ?? 0;
    const area = hypervolume(points, reference, 'log');
    if (area === null) hasLog = false;
    log[draw] = area ?? 0;
  }
  return {
    linear: percentileInterval(linear),
    log: hasLog ? percentileInterval(log) : null,
  };
}
