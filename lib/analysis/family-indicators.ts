import { listDominators, paretoFront, type FrontPoint } from '#lib/leaderboard/front.ts';
import { hypervolume, type FrontReference } from '#lib/leaderboard/hypervolume.ts';
import { coverage, epsilonIndicator } from '#lib/stats/front-indicators.ts';

/** A run in the plane; `family` is null for runs that belong to none. */
export interface PlacedRun extends FrontPoint {
  family: string | null;
}

/** What the runs of one family reach together. Its values depend on the axis and on how widely the family was swept. */
export interface FamilyIndicators {
  family: string;
  runs: number;
  onFront: number;
  /** Accuracy × tokens, and accuracy × natural logarithm of tokens; null for a run of zero tokens. */
  hypervolume: { linear: number | null; log: number | null };
  /** By how much every run must improve, in shares of the reference, until they cover the front; 0: they do. */
  epsilon: number | null;
  /** Share of each other family's runs that some run of this one is as good as on both axes. */
  covers: { family: string; share: number | null }[];
}

export interface FrontIndicators {
  reference: FrontReference;
  front: string[];
  /** By run, the runs of the front that beat it on both axes or tie on one. */
  dominatedBy: ReadonlyMap<string, string[]>;
  hypervolume: { linear: number | null; log: number | null; points: number };
  families: FamilyIndicators[];
}

/** Front, hypervolumes, epsilon and coverage of points against a stated reference. */
export function frontIndicators(
  runs: readonly PlacedRun[],
  reference: FrontReference,
): FrontIndicators {
  const front = paretoFront(runs);
  const families = new Map<string, PlacedRun[]>();
  for (const run of runs) {
    if (run.family === null) continue;
    families.set(run.family, [...(families.get(run.family) ?? []), run]);
  }
  const ids = new Set(front.map(({ runId }) => runId));
  const volumes = (points: readonly FrontPoint[]) => ({
    linear: hypervolume(points, reference),
    log: hypervolume(points, reference, 'log'),
  });
  const hasScale = reference.tokens > 0;
  return {
    reference,
    front: front.map(({ runId }) => runId),
    dominatedBy: new Map(
      runs.map((run) => [run.runId, listDominators(run, front).map(({ runId }) => runId)]),
    ),
    hypervolume: { ...volumes(runs), points: runs.length },
    families: [...families].map(([family, members]) => ({
      family,
      runs: members.length,
      onFront: members.filter(({ runId }) => ids.has(runId)).length,
      hypervolume: volumes(members),
      epsilon: hasScale
        ? epsilonIndicator(members, front, { tokens: reference.tokens, accuracy: 1 })
        : null,
      covers: [...families].flatMap(([other, points]) =>
        other === family ? [] : [{ family: other, share: coverage(members, points) }],
      ),
    })),
  };
}
