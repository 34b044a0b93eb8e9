import type { Board, BoardRow } from '#lib/schemas/board.ts';
import { coverage, epsilonIndicator } from '#lib/stats/front-indicators.ts';
import { listDominators, paretoFront, type FrontPoint } from './front.ts';
import type { StatedReference } from './front-reference.ts';
import { hypervolume } from './hypervolume.ts';
import { isoEfficiencyCurves, type IsoCurves } from './iso-efficiency.ts';

/** A run of the front's plane. Without both numbers it is not among them. */
export interface FrontRun extends FrontPoint {
  label: string;
  model: string;
  family: string | null;
  trust: BoardRow['trust'];
  state: BoardRow['state'];
  /** Why its length may mean something else than that of the others; null when it does not. */
  mark: string | null;
  /** False: kept out because of its mark. */
  isIncluded: boolean;
  /** Null when it is kept out. */
  isOnFront: boolean | null;
  /** Runs of the front that are no worse on both axes and better on one, from few tokens to many. */
  dominatedBy: { runId: string; label: string }[];
}

interface Volume {
  linear: number | null;
  log: number | null;
}

export interface FrontFamily {
  key: string;
  model: string;
  family: string;
  parameter: string | null;
  runIds: string[];
  hypervolume: Volume | null;
}

/** Two families of one model. Epsilon is additive, in shares of the reference's tokens and of full accuracy. */
export interface FamilyPair {
  model: string;
  a: string;
  b: string;
  /** By how much A must improve to cover B, and B to cover A. */
  epsilon: { ab: number | null; ba: number | null };
  /** Share of B's runs that some run of A weakly dominates, and the other way round. */
  coverage: { ab: number | null; ba: number | null };
}

export interface FrontView {
  runs: FrontRun[];
  front: string[];
  hypervolume: Volume | null;
  families: FrontFamily[];
  pairs: FamilyPair[];
  curves: IsoCurves[];
}

/** The front of a board with its indicators. `marks` holds why a run is foreign, by run. */
export function toFrontView(
  board: Pick<Board, 'rows' | 'families'>,
  options: {
    marks: ReadonlyMap<string, string>;
    includesForeign: boolean;
    reference: StatedReference | null;
  },
): FrontView {
  const { marks, includesForeign, reference } = options;
  const labels = new Map(board.rows.map(({ runId, label }) => [runId, label]));
  const located = board.rows.flatMap((row) => {
    const { accuracy, tokensMean } = row.figures;
    return accuracy === null || tokensMean === null
      ? []
      : [{ row, point: { runId: row.runId, accuracy, tokens: tokensMean } }];
  });
  // Of a run in progress only some samples are known: it is never of the front.
  const live = new Set(board.rows.flatMap(({ runId, state }) => (state === 'live' ? [runId] : [])));
  const isIncluded = (runId: string): boolean =>
    !live.has(runId) && (includesForeign || !marks.has(runId));
  const points = located.map(({ point }) => point).filter(({ runId }) => isIncluded(runId));
  const front = paretoFront(points);
  const onFront = new Set(front.map(({ runId }) => runId));
  const byId = new Map(points.map((point) => [point.runId, point]));
  const families = board.families.flatMap(({ model, family, parameter, runIds }) => {
    const members = runIds.flatMap((runId) => byId.get(runId) ?? []);
    return members.length === 0 ? [] : [{ model, family, parameter, members }];
  });
  return {
    runs: located
      .map(({ row, point }) => ({
        ...point,
        label: row.label,
        model: row.model,
        family: row.family,
        trust: row.trust,
        state: row.state,
        mark: marks.get(row.runId) ?? null,
        isIncluded: isIncluded(row.runId),
        isOnFront: isIncluded(row.runId) ? onFront.has(row.runId) : null,
        dominatedBy: isIncluded(row.runId)
          ? listDominators(point, front).map(({ runId }) => ({
              runId,
              label: labels.get(runId) ?? runId,
            }))
          : [],
      }))
      .sort((a, b) => a.tokens - b.tokens || b.accuracy - a.accuracy),
    front: front.map(({ runId }) => runId),
    hypervolume: volumeOf(points, reference),
    families: families.map(({ model, family, parameter, members }) => ({
      key: JSON.stringify([model, family]),
      model,
      family,
      parameter,
      runIds: members.map(({ runId }) => runId),
      hypervolume: volumeOf(members, reference),
    })),
    pairs: reference === null ? [] : listPairs(families, reference.tokens),
    curves: isoEfficiencyCurves(points),
  };
}

function volumeOf(points: readonly FrontPoint[], reference: StatedReference | null): Volume | null {
  if (reference === null) return null;
  return {
    linear: hypervolume(points, reference),
    log: hypervolume(points, reference, 'log'),
  };
}

/** Families of different models answer another question, so that only those of one model are paired. */
function listPairs(
  families: readonly { model: string; family: string; members: readonly FrontPoint[] }[],
  tokens: number,
): FamilyPair[] {
  const scale = { tokens, accuracy: 1 };
  return families.flatMap((a, index) =>
    families
      .slice(index + 1)
      .filter((b) => b.model === a.model)
      .map((b) => ({
        model: a.model,
        a: a.family,
        b: b.family,
        epsilon: {
          ab: epsilonIndicator(a.members, b.members, scale),
          ba: epsilonIndicator(b.members, a.members, scale),
        },
        coverage: { ab: coverage(a.members, b.members), ba: coverage(b.members, a.members) },
      })),
  );
}
