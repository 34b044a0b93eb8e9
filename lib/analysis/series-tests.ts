import { cochranQ, type CochranQ } from '#lib/stats/cochran-q.ts';
import { DEFAULT_DRAWS } from '#lib/stats/bootstrap.ts';
import { compareRuns, type RunComparison } from './compare-runs.ts';
import { sharedItems, type ComparableRun } from './item-columns.ts';

/** One point against another, without the items that changed. */
export type SeriesComparison = Omit<RunComparison, 'flips'>;

export interface SeriesTests {
  /** Every other point against the reference, one family under Holm. */
  comparisons: SeriesComparison[];
  cochran: CochranQ | null;
  cochranReason: string | null;
  /** Points that paired tests under Holm do not separate from the best one. */
  notSeparatedFromBest: string[];
}

const ALPHA = 0.05;
/** Forty points of 10,000 items have all resamples; more of both have fewer, and each comparison says how many. */
const MOST_CELLS = 8e9;

/** The tests of a series. `runs` are its points, `all` the same with the reference where that is no point. */
export function testSeries(
  runs: readonly ComparableRun[],
  {
    referenceId,
    bestId,
    all,
  }: { referenceId: string; bestId: string; all: readonly ComparableRun[] },
): SeriesTests {
  const items = runs[0]?.columns.keys.length ?? 0;
  const affordable = Math.floor(MOST_CELLS / Math.max(1, items * runs.length * 2));
  const options = { draws: Math.max(1_000, Math.min(DEFAULT_DRAWS, affordable)) };
  const against = (id: string, others: readonly ComparableRun[]) =>
    compareRuns(
      [...others.filter((run) => run.id === id), ...others.filter((run) => run.id !== id)],
      options,
    );
  const comparisons = against(referenceId, all).map(({ flips: _, ...one }) => one);
  const cochran = cochranOf(runs);
  return {
    comparisons,
    cochran: typeof cochran === 'string' ? null : cochran,
    cochranReason: typeof cochran === 'string' ? cochran : null,
    notSeparatedFromBest: against(bestId, runs)
      .filter(({ adjustedP }) => adjustedP === null || adjustedP > ALPHA)
      .map(({ b }) => b.id),
  };
}

function cochranOf(runs: readonly ComparableRun[]): CochranQ | string {
  const [first] = runs;
  if (first === undefined || runs.length < 2) return 'One point can not differ from others.';
  if (runs.some(({ columns }) => !columns.isSingleSample))
    return 'Items have several samples: Cochran’s Q is for one right or wrong answer an item.';
  const aligned: Float64Array[] = [];
  for (const { columns } of runs) {
    const { right } = sharedItems(first.columns, columns);
    if (right.length !== first.columns.keys.length || columns.keys.length !== right.length)
      return 'The points do not answer the same items.';
    aligned.push(Float64Array.from(right, (position) => columns.accuracy[position] ?? 0));
  }
  return cochranQ(aligned) ?? 'Every item is answered alike by all points.';
}
