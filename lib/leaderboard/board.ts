import { AppError } from '#lib/errors.ts';
import type { BoardEntry } from './board-entry.ts';
import type { BoardRunRow, LengthColumn } from './board-row.ts';
import { toFamilyLines, type FamilyLine } from './families.ts';
import { toFinding } from './finding.ts';
import { listDominators, paretoFront, type FrontPoint } from './front.ts';
import type { FrontReference } from './hypervolume.ts';
import { chooseLengthColumn, describeLengthColumn, whyNotComparable } from './length-column.ts';
import { rankRuns, type RankedRun, type RankInput } from './rank.ts';

/** All that the page, the API and the CLI show of a benchmark. */
export interface Board {
  /** Null for an empty board without a stated benchmark. */
  benchmarkId: string | null;
  /** The one column in which lengths are ranked; null when no run has a length. */
  lengthColumn: LengthColumn | null;
  lengthLabel: string;
  /** By rank, then fewer tokens. */
  rows: BoardEntry[];
  /** From few tokens to many; equal runs are all here. */
  front: FrontPoint[];
  families: FamilyLine[];
  /** One sentence for the title of the chart. */
  finding: string;
}

/** What the ranking job keeps of a `RankedRun`; who is tied follows from the groups. */
export type StoredRank = Pick<RankedRun, 'runId' | 'rank' | 'tieGroup'>;

export interface BoardOptions {
  benchmarkId?: string;
  /** The reader's own choice; by default the column that most runs have. */
  lengthColumn?: LengthColumn;
  /**
   * Stored ranks of the whole benchmark in any order, where item means are not loaded or only some runs are shown. Runs
   * that they lack have no rank yet.
   */
  ranks?: readonly StoredRank[];
  /** The benchmark's fixed corner; without it families have no hypervolume. */
  reference?: FrontReference;
}

/** The board of one benchmark. Total: no rows, one row and unknown figures all give a board. */
export function toBoard(rows: readonly BoardRunRow[], options: BoardOptions = {}): Board {
  const benchmarkId = options.benchmarkId ?? rows[0]?.benchmarkId ?? null;
  const foreign = rows.find((row) => row.benchmarkId !== benchmarkId);
  if (foreign !== undefined) {
    throw new AppError(
      'unprocessable',
      `Run ${foreign.runId} answers another benchmark than this board: accuracies over two item sets are not comparable.`,
    );
  }
  const lengthColumn = options.lengthColumn ?? chooseLengthColumn(rows);
  const notes = new Map(rows.map((row) => [row.runId, whyNotComparable(row, lengthColumn)]));
  const comparable = rows.filter((row) => notes.get(row.runId) === null);
  const points = new Map(
    comparable.flatMap((row) => toPoint(row).map((point) => [row.runId, point])),
  );
  const front = paretoFront([...points.values()]);
  const onFront = new Set(front.map((point) => point.runId));
  const ranks =
    options.ranks ?? rankRuns(rows.map((row) => toRankInput(row, notes.get(row.runId) === null)));
  const places = new Map(ranks.map((ranked) => [ranked.runId, ranked]));
  const groupSizes = countGroups(ranks);

  const entries = rows
    .map(({ itemMeans: _, ...row }): BoardEntry => {
      const point = points.get(row.runId);
      const lengthNote = notes.get(row.runId) ?? null;
      const tieGroup = places.get(row.runId)?.tieGroup ?? null;
      return {
        ...row,
        rank: places.get(row.runId)?.rank ?? null,
        tieGroup,
        isTied: tieGroup !== null && (groupSizes.get(tieGroup) ?? 0) > 1,
        isLengthComparable: lengthNote === null,
        lengthNote,
        isOnFront: point === undefined ? null : onFront.has(row.runId),
        dominatedBy:
          point === undefined ? [] : listDominators(point, front).map(({ runId }) => runId),
      };
    })
    .sort(byPlace);

  return {
    benchmarkId,
    lengthColumn,
    lengthLabel: lengthColumn === null ? 'no lengths known' : describeLengthColumn(lengthColumn),
    rows: entries,
    front,
    families: toFamilyLines(comparable, options.reference ?? null),
    finding: toFinding(entries, front, lengthColumn),
  };
}

function toPoint({ runId, figures }: BoardRunRow): FrontPoint[] {
  const { accuracy, tokensMean } = figures;
  return accuracy === null || tokensMean === null ? [] : [{ runId, tokens: tokensMean, accuracy }];
}

function toRankInput(row: BoardRunRow, isComparable: boolean): RankInput {
  return {
    runId: row.runId,
    // A run in progress has no place yet.
    accuracy: row.state === 'live' ? null : row.figures.accuracy,
    tokens: isComparable ? row.figures.tokensMean : null,
    itemMeans: row.itemMeans,
  };
}

function countGroups(ranks: readonly StoredRank[]): Map<number, number> {
  const sizes = new Map<number, number>();
  for (const { tieGroup } of ranks) {
    if (tieGroup !== null) sizes.set(tieGroup, (sizes.get(tieGroup) ?? 0) + 1);
  }
  return sizes;
}

/** Unranked runs stand last. */
function byPlace(a: BoardEntry, b: BoardEntry): number {
  // Two infinities subtract to NaN, which is falsy like a tie.
  return (
    (a.rank ?? Infinity) - (b.rank ?? Infinity) ||
    rankedLength(a) - rankedLength(b) ||
    (b.figures.accuracy ?? -1) - (a.figures.accuracy ?? -1) ||
    (a.runId < b.runId ? -1 : 1)
  );
}

function rankedLength(entry: BoardEntry): number {
  return entry.isLengthComparable ? (entry.figures.tokensMean ?? Infinity) : Infinity;
}
