import type { Interval } from '#lib/stats/interval.ts';
import { DEFAULT_LEVEL } from '#lib/stats/interval.ts';
import { normalQuantile } from '#lib/stats/normal.ts';
import { toBoard, type Board, type BoardOptions } from './board.ts';
import { toReportedFigures, type BoardFigures, type BoardRunRow } from './board-row.ts';
import { lengthColumnKey } from './length-column.ts';

/** The benchmark id that boards of means carry. */
export const MEAN_BENCHMARK_ID = 'mean';

export interface MeanBoard extends Board {
  /** In the order given. */
  benchmarkIds: string[];
  /** The run of every benchmark, in that order, by the id of the row that stands for them: the run of the first. */
  parts: Record<string, string[]>;
  /** What is not on the board and why, for the reader. */
  omitted: { label: string; model: string; reason: string }[];
}

/**
 * Mean over benchmarks with equal weight, over what has a run on every one of them; a mean over fewer would be another
 * figure under the same name. Runs belong together when model, label, family and parameters agree.
 */
export function toMeanBoard(
  rowsByBenchmark: ReadonlyMap<string, readonly BoardRunRow[]>,
  options: Omit<BoardOptions, 'benchmarkId' | 'ranks'> = {},
): MeanBoard {
  const benchmarkIds = [...rowsByBenchmark.keys()];
  const series = new Map<string, BoardRunRow[]>();
  for (const row of [...rowsByBenchmark.values()].flat()) {
    const key = seriesKey(row);
    series.set(key, [...(series.get(key) ?? []), row]);
  }
  const rows: BoardRunRow[] = [];
  const parts: MeanBoard['parts'] = {};
  const omitted: MeanBoard['omitted'] = [];
  for (const members of series.values()) {
    const [first] = members;
    if (first === undefined) continue;
    const reason = whyOmitted(members, benchmarkIds);
    if (reason === null) {
      rows.push(toMeanRow(first, members));
      parts[first.runId] = members.map((row) => row.runId);
    } else {
      omitted.push({ label: first.label, model: first.model, reason });
    }
  }
  return {
    ...toBoard(rows, { ...options, benchmarkId: MEAN_BENCHMARK_ID }),
    benchmarkIds,
    parts,
    omitted,
  };
}

function seriesKey({ model, label, family, params }: BoardRunRow): string {
  const sorted = Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([model, label, family, sorted]);
}

function whyOmitted(
  members: readonly BoardRunRow[],
  benchmarkIds: readonly string[],
): string | null {
  const present = members.map((row) => row.benchmarkId);
  const missing = benchmarkIds.filter((id) => !present.includes(id));
  if (missing.length > 0) return `No run on ${missing.join(', ')}.`;
  if (present.length > benchmarkIds.length) {
    return 'Several runs on one benchmark can not be told apart by their parameters.';
  }
  if (members.some((row) => row.figures.accuracy === null)) return 'Not every run has a result.';
  return null;
}

/** A mean is no better founded than its weakest part. */
const TRUST_ORDER = [
  'reported',
  'scored',
  'rerun',
] as const satisfies readonly BoardRunRow['trust'][];
const STATE_ORDER = ['live', 'scoring', 'done'] as const satisfies readonly BoardRunRow['state'][];
const VISIBILITY_ORDER = [
  'hidden',
  'summary',
  'unknown',
  'full',
] as const satisfies readonly BoardRunRow['traceVisibility'][];

function toMeanRow(first: BoardRunRow, members: readonly BoardRunRow[]): BoardRunRow {
  const has = <Value>(value: Value, of: (row: BoardRunRow) => Value): boolean =>
    members.some((row) => of(row) === value);
  return {
    ...first,
    benchmarkId: MEAN_BENCHMARK_ID,
    trust: TRUST_ORDER.find((trust) => has(trust, (row) => row.trust)) ?? first.trust,
    traceVisibility:
      VISIBILITY_ORDER.find((seen) => has(seen, (row) => row.traceVisibility)) ??
      first.traceVisibility,
    state: STATE_ORDER.find((state) => has(state, (row) => row.state)) ?? first.state,
    tokenSource: has('derived', (row) => row.tokenSource) ? 'derived' : first.tokenSource,
    lengthColumn: sharedLengthColumn(members),
    figures: toMeanFigures(members),
    sensitivity: toMeanSensitivity(members),
    itemMeans: null,
  };
}

/** With equal weight like the accuracy; null where one benchmark has none. */
function toMeanSensitivity(members: readonly BoardRunRow[]): BoardRunRow['sensitivity'] {
  const strictest = meanOf(members.map((row) => row.sensitivity?.strictest ?? null));
  const lenient = meanOf(members.map((row) => row.sensitivity?.lenient ?? null));
  return strictest === null || lenient === null ? null : { strictest, lenient };
}

function sharedLengthColumn(members: readonly BoardRunRow[]): BoardRunRow['lengthColumn'] {
  const [first] = members;
  if (first?.lengthColumn == null) return null;
  const key = lengthColumnKey(first.lengthColumn);
  const isShared = members.every(
    (row) => row.lengthColumn !== null && lengthColumnKey(row.lengthColumn) === key,
  );
  return isShared ? first.lengthColumn : null;
}

function toMeanFigures(members: readonly BoardRunRow[]): BoardFigures {
  const figuresOf = members.map((row) => row.figures);
  const hasOneColumn = sharedLengthColumn(members) !== null;
  const accuracy = meanOf(figuresOf.map((figures) => figures.accuracy));
  const tokensMean = hasOneColumn ? meanOf(figuresOf.map((figures) => figures.tokensMean)) : null;
  const accuracyError = errorOfMean(figuresOf.map((figures) => figures.accuracyError));
  const tokensError =
    tokensMean === null ? null : errorOfMean(figuresOf.map((figures) => figures.tokensError));
  const mean: BoardFigures = {
    ...toReportedFigures({
      accuracy,
      tokensMean,
      clipRatio: meanOf(figuresOf.map((figures) => figures.clipRatio)),
    }),
    accuracyError,
    accuracyInterval: toInterval(accuracy, accuracyError, 1),
    tokensError,
    tokensInterval: toInterval(tokensMean, tokensError, Infinity),
  };
  return { ...mean, reasons: reasonsFor(mean, hasOneColumn) };
}

function reasonsFor(mean: BoardFigures, hasOneColumn: boolean): BoardFigures['reasons'] {
  const reasons: BoardFigures['reasons'] = {};
  for (const name of Object.keys(mean) as (keyof BoardFigures)[]) {
    if (name !== 'reasons' && mean[name] === null) reasons[name] = 'Not known on every benchmark.';
  }
  if (!hasOneColumn) reasons.tokensMean = 'The lengths are not measured alike on every benchmark.';
  return reasons;
}

function meanOf(values: readonly (number | null)[]): number | null {
  let sum = 0;
  for (const value of values) {
    if (value === null) return null;
    sum += value;
  }
  return values.length === 0 ? null : sum / values.length;
}

/** Benchmarks are independent: √(Σ SE²) ÷ B. */
function errorOfMean(errors: readonly (number | null)[]): number | null {
  const variance = meanOf(errors.map((error) => (error === null ? null : error * error)));
  return variance === null ? null : Math.sqrt(variance / errors.length);
}

function toInterval(mean: number | null, error: number | null, highest: number): Interval | null {
  if (mean === null || error === null || error === 0) return null;
  const half = normalQuantile(0.5 + DEFAULT_LEVEL / 2) * error;
  return {
    low: Math.max(0, mean - half),
    high: Math.min(highest, mean + half),
    level: DEFAULT_LEVEL,
    method: 'normal',
  };
}
