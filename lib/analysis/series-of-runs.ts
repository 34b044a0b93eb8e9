import { AppError } from '#lib/errors.ts';
import { cochranQ, type CochranQ } from '#lib/stats/cochran-q.ts';
import type { Interval } from '#lib/stats/interval.ts';
import { itemInterval, meanAndError, meanInterval } from '#lib/stats/item-interval.ts';
import { compareRuns, type CompareOptions, type RunComparison } from './compare-runs.ts';
import { sharedItems, type ComparableRun } from './item-columns.ts';

/** A run at its value of the parameter that the series varies. */
export interface SeriesRun {
  value: number;
  run: ComparableRun;
}

export interface SeriesPoint {
  id: string;
  label: string;
  value: number;
  accuracy: number;
  accuracyInterval: Interval | null;
  /** Null without a comparable length. */
  tokens: number | null;
  tokensInterval: Interval | null;
  /** Against the reference point; null at the reference itself. */
  comparison: Omit<RunComparison, 'flips'> | null;
}

export interface SeriesReport {
  referenceId: string;
  /** By value. */
  points: SeriesPoint[];
  cochran: CochranQ | null;
  cochranReason: string | null;
  /** The value that one would choose for all items: most accurate, then shortest. */
  bestId: string;
  /** What choosing the best value for each item anew would reach: more than any rule can. */
  oracleAccuracy: number;
  seed: string;
  draws: number;
}

/** Runs over one parameter: each point with its band, tested against the reference in one family, and all together. */
export function seriesOfRuns(
  runs: readonly SeriesRun[],
  {
    referenceId,
    ...options
  }: Pick<CompareOptions, 'seed' | 'draws'> & { referenceId?: string } = {},
): SeriesReport {
  const ordered = [...runs].sort((a, b) => a.value - b.value);
  const reference =
    ordered.find(({ run }) => run.id === referenceId) ??
    (referenceId === undefined ? ordered[0] : undefined);
  if (reference === undefined || ordered.length < 2) {
    throw new AppError(
      'unprocessable',
      ordered.length < 2
        ? 'A series needs at least two runs that were judged here and have a value of the parameter.'
        : 'The reference is not one of the runs of the series.',
    );
  }
  const others = ordered.filter((one) => one !== reference);
  const compared = compareRuns([reference.run, ...others.map(({ run }) => run)], options);
  const byId = new Map(compared.map(({ flips: _, ...one }) => [one.b.id, one]));
  const column = reference.run.lengthColumn;
  const points = ordered.map((one) =>
    toPoint(one, { column, comparison: byId.get(one.run.id) ?? null }),
  );
  const [first] = compared;
  return {
    referenceId: reference.run.id,
    points,
    ...cochranOf(ordered),
    bestId: findBest(points)?.id ?? reference.run.id,
    oracleAccuracy: oracleOf(ordered),
    seed: first?.seed ?? '',
    draws: first?.draws ?? 0,
  };
}

function toPoint(
  { value, run }: SeriesRun,
  { column, comparison }: { column: string | null; comparison: SeriesPoint['comparison'] },
): SeriesPoint {
  const { accuracy, tokens, isSingleSample } = run.columns;
  const isMeasured = column !== null && run.lengthColumn === column;
  const lengths = isMeasured ? tokens.filter((mean) => !Number.isNaN(mean)) : [];
  return {
    id: run.id,
    label: run.label,
    value,
    accuracy: meanAndError(accuracy)?.mean ?? 0,
    accuracyInterval: itemInterval(accuracy, { isSingleSample }),
    tokens: meanAndError(lengths)?.mean ?? null,
    tokensInterval: meanInterval(lengths),
    comparison,
  };
}

/** One accuracy an item and run, all in the item order of the first. */
function alignedAccuracy(runs: readonly SeriesRun[]): Float64Array[] {
  const [first] = runs;
  if (first === undefined) return [];
  return runs.map(({ run }) => {
    const { right } = sharedItems(first.run.columns, run.columns);
    return Float64Array.from(right, (position) => run.columns.accuracy[position] ?? 0);
  });
}

function cochranOf(runs: readonly SeriesRun[]): Pick<SeriesReport, 'cochran' | 'cochranReason'> {
  if (!runs.every(({ run }) => run.columns.isSingleSample)) {
    const cochranReason = 'Items have several samples, so that they are not right or wrong.';
    return { cochran: null, cochranReason };
  }
  const cochran = cochranQ(alignedAccuracy(runs));
  return {
    cochran,
    cochranReason: cochran === null ? 'The runs agree on every item.' : null,
  };
}

function findBest(points: readonly SeriesPoint[]): SeriesPoint | undefined {
  return [...points].sort(
    (a, b) =>
      b.accuracy - a.accuracy ||
      (a.tokens ?? Infinity) - (b.tokens ?? Infinity) ||
      a.value - b.value,
  )[0];
}

function oracleOf(runs: readonly SeriesRun[]): number {
  const columns = alignedAccuracy(runs);
  const items = columns[0]?.length ?? 0;
  if (items === 0) return 0;
  let sum = 0;
  for (let item = 0; item < items; item += 1)
    sum += columns.reduce((best, column) => Math.max(best, column[item] ?? 0), 0);
  return sum / items;
}
