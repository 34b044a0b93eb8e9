import type { Board as BoardView, BoardQuery, BoardRow } from '#lib/schemas/board.ts';
import { toBoard, type Board } from './board.ts';
import type { BoardEntry } from './board-entry.ts';
import type { BoardRunRow, LengthColumn } from './board-row.ts';
import type { ItemGroups } from './item-slice.ts';
import { describeLengthColumn } from './length-column.ts';
import { toMeanBoard, type MeanBoard } from './mean-board.ts';
import { rankRuns, type RankedRun } from './rank.ts';

/** On a board with a long front a run may be behind hundreds of others, which would be most of the answer. */
const MAX_DOMINATORS = 3;

/** A row of the database: a run with one of its summaries. A run has as many rows as length columns. */
export interface StoredBoardRow extends BoardRunRow {
  /** `reported` or a tokenizer. */
  column: string;
  isProgram: boolean;
  isFamilyBase: boolean;
  verifier: string | null;
  tokensBy: string | null;
  citation: { arxiv: string | null; note: string | null } | null;
  progress: number | null;
  storedRank: number | null;
  storedTieGroup: number | null;
}

/** What the board is of; a board of means has several. */
export interface BoardSubject {
  benchmark: NonNullable<BoardView['benchmark']>;
  rowsByBenchmark: ReadonlyMap<string, readonly StoredBoardRow[]>;
  /** What new runs are counted with: it stays the column while no other has more runs. */
  tokenizer?: string | null;
  /** What its items can be told apart by. */
  groups?: readonly ItemGroups[];
  /** How many items the rows are about where the question asks for a part; their item means are then loaded. */
  sliceItems?: number;
}

/** How the columns of the database are called in the length columns of the board. */
export function toLengthColumn(column: string): LengthColumn {
  if (column === 'reported') return { kind: 'reported', tokenizer: null };
  if (column === 'characters') return { kind: 'characters', tokenizer: null };
  return { kind: 'counted', tokenizer: column };
}

/** The board as pages, API and downloads show it: one length column, tie groups of the whole board, then the filters. */
export function toBoardView(subject: BoardSubject, query: BoardQuery): BoardView {
  const all = [...subject.rowsByBenchmark.values()].flat();
  const columns = countColumns(all, subject.tokenizer ?? null);
  const column = query.column ?? columns[0]?.id ?? null;
  const chosen = new Map(
    [...subject.rowsByBenchmark].map(([id, rows]) => [id, chooseSummaries(rows, column)]),
  );
  const options = column === null ? {} : { lengthColumn: toLengthColumn(column) };
  const isKept = createFilter(query);
  const whole = [...chosen.values()].flat();
  const slice =
    query.slice.length === 0 ? null : { pairs: query.slice, items: subject.sliceItems ?? 0 };
  const board: Pick<MeanBoard, keyof Board | 'parts' | 'omitted'> =
    chosen.size === 1
      ? {
          ...toBoard(whole.filter(isKept), {
            ...options,
            benchmarkId: subject.benchmark.id,
            ranks: rankAmong(
              slice === null ? storedRanks(whole) : ranksInSlice(whole, options),
              new Set(whole.filter(isKept).map((row) => row.runId)),
            ),
          }),
          parts: {},
          omitted: [],
        }
      : toFilteredMeans(chosen, isKept, options);
  const details = new Map(whole.map((row) => [row.runId, row]));
  return {
    benchmark: subject.benchmark,
    finding: board.finding,
    column,
    lengthLabel: board.lengthLabel,
    columns,
    rows: board.rows.flatMap((entry) => {
      const row = details.get(entry.runId);
      return row === undefined ? [] : [toViewRow(entry, row, board.parts[entry.runId] ?? null)];
    }),
    front: board.front.map(({ runId, tokens, accuracy }) => ({ runId, tokens, accuracy })),
    families: board.families.map(toFamily),
    facets: {
      models: countFacet(whole, (row) => row.model),
      methods: countFacet(whole, (row) => row.method),
      families: countFacet(whole, (row) => row.family),
      trusts: countFacet(whole, (row) => row.trust),
    },
    groups: (subject.groups ?? []).map(({ name, values }) => ({ name, values: [...values] })),
    slice,
    omitted: board.omitted,
    runs: chosen.size === 1 ? whole.length : countMeans(chosen),
  };
}

function toFilteredMeans(
  chosen: ReadonlyMap<string, readonly StoredBoardRow[]>,
  isKept: (row: StoredBoardRow) => boolean,
  options: { lengthColumn?: LengthColumn },
) {
  return toMeanBoard(new Map([...chosen].map(([id, rows]) => [id, rows.filter(isKept)])), options);
}

/** Before filters, what misses a benchmark included. */
function countMeans(chosen: ReadonlyMap<string, readonly StoredBoardRow[]>): number {
  const { rows, omitted } = toMeanBoard(chosen);
  return rows.length + omitted.length;
}

/** Most frequent first; counts of ours before those of the sources among equals. */
function countColumns(
  rows: readonly StoredBoardRow[],
  tokenizer: string | null,
): BoardView['columns'] {
  const runs = new Map<string, number>();
  for (const { column, figures } of rows) {
    if (figures.tokensMean !== null) runs.set(column, (runs.get(column) ?? 0) + 1);
  }
  return [...runs]
    .map(([id, count]) => ({ id, label: describeLengthColumn(toLengthColumn(id)), runs: count }))
    .sort(
      (a, b) =>
        b.runs - a.runs ||
        Number(a.id === 'reported') - Number(b.id === 'reported') ||
        Number(b.id === tokenizer) - Number(a.id === tokenizer) ||
        (a.id < b.id ? -1 : 1),
    );
}

/** One summary a run: in the board's column where it has one, else any with lengths. */
function chooseSummaries(rows: readonly StoredBoardRow[], column: string | null): StoredBoardRow[] {
  const best = new Map<string, StoredBoardRow>();
  const worth = (row: StoredBoardRow): number =>
    row.figures.tokensMean === null
      ? 0
      : row.column === column
        ? 3
        : row.column === 'reported'
          ? 2
          : 1;
  for (const row of rows) {
    const rival = best.get(row.runId);
    if (rival === undefined || worth(row) > worth(rival)) best.set(row.runId, row);
  }
  return [...best.values()];
}

/** Published figures have no items to test, so that their ranks follow from the figures alone. */
function storedRanks(rows: readonly StoredBoardRow[]): RankedRun[] {
  if (rows.every((row) => row.trust === 'reported')) {
    return rankRuns(
      rows.map(({ runId, figures }) => ({
        runId,
        accuracy: figures.accuracy,
        tokens: figures.tokensMean,
        itemMeans: null,
      })),
    );
  }
  const members = new Map<number, number>();
  for (const { storedTieGroup } of rows) {
    if (storedTieGroup !== null)
      members.set(storedTieGroup, (members.get(storedTieGroup) ?? 0) + 1);
  }
  return [...rows]
    .sort(
      (a, b) =>
        (a.storedRank ?? Infinity) - (b.storedRank ?? Infinity) ||
        (a.figures.tokensMean ?? Infinity) - (b.figures.tokensMean ?? Infinity) ||
        (a.runId < b.runId ? -1 : 1),
    )
    .map(({ runId, storedRank, storedTieGroup }) => ({
      runId,
      rank: storedRank,
      tieGroup: storedTieGroup,
      isTied: storedTieGroup !== null && (members.get(storedTieGroup) ?? 0) > 1,
    }));
}

/** As the ranking job does it for the whole benchmark, over the items of the slice. */
function ranksInSlice(
  rows: readonly StoredBoardRow[],
  options: { lengthColumn?: LengthColumn },
): RankedRun[] {
  const finished = rows.filter(({ state }) => state === 'done');
  return finished.length === 0 ? [] : toBoard(finished, options).rows;
}

/** The groups are those of the whole board; the places are counted among what the filters leave. */
function rankAmong(ranked: readonly RankedRun[], shown: ReadonlySet<string>): RankedRun[] {
  const kept = ranked.filter((run) => shown.has(run.runId));
  const members = new Map<number, number>();
  for (const { tieGroup } of kept) {
    if (tieGroup !== null) members.set(tieGroup, (members.get(tieGroup) ?? 0) + 1);
  }
  const places = new Map<number, number>();
  let place = 1;
  for (const [group, count] of [...members].sort(([a], [b]) => a - b)) {
    places.set(group, place);
    place += count;
  }
  return kept.map((run) => ({
    ...run,
    rank: run.tieGroup === null ? null : (places.get(run.tieGroup) ?? null),
    isTied: run.tieGroup !== null && (members.get(run.tieGroup) ?? 0) > 1,
  }));
}

function createFilter(query: BoardQuery): (row: StoredBoardRow) => boolean {
  const words = query.q.toLowerCase().split(/\s+/).filter(Boolean);
  const allows = (wanted: readonly string[], value: string | null): boolean =>
    wanted.length === 0 || (value !== null && wanted.includes(value));
  return (row) => {
    const text = `${row.label} ${row.model} ${row.method ?? ''}`.toLowerCase();
    return (
      allows(query.model, row.model) &&
      allows(query.method, row.method) &&
      allows(query.family, row.family) &&
      allows(query.trust, row.trust) &&
      words.every((word) => text.includes(word))
    );
  };
}

function toViewRow(entry: BoardEntry, row: StoredBoardRow, parts: string[] | null): BoardRow {
  return {
    runId: entry.runId,
    label: entry.label,
    model: entry.model,
    isProgram: row.isProgram,
    method: entry.method,
    family: entry.family,
    isFamilyBase: row.isFamilyBase,
    params: entry.params,
    trust: entry.trust,
    state: entry.state,
    progress: row.progress,
    verifier: row.verifier,
    tokensBy: row.tokensBy,
    citation: row.citation,
    rank: entry.rank,
    isTied: entry.isTied,
    isLengthComparable: entry.isLengthComparable,
    lengthNote: entry.lengthNote,
    isOnFront: entry.isOnFront,
    dominatedBy: entry.dominatedBy.slice(0, MAX_DOMINATORS),
    figures: toViewFigures(entry.figures),
    sensitivity: entry.sensitivity,
    parts,
  };
}

const viewFigures = new WeakMap<BoardRunRow['figures'], BoardRow['figures']>();

/** What the board shows, and the reasons for that alone: a thousand rows travel with every answer. Equal for one object. */
function toViewFigures(figures: BoardRunRow['figures']): BoardRow['figures'] {
  const known = viewFigures.get(figures);
  if (known !== undefined) return known;
  const shown = {
    accuracy: figures.accuracy,
    accuracyInterval: figures.accuracyInterval,
    answeredAccuracy: figures.answeredAccuracy,
    tokensMean: figures.tokensMean,
    tokensInterval: figures.tokensInterval,
    tokensMedian: figures.tokensMedian,
    tokensP90: figures.tokensP90,
    clipRatio: figures.clipRatio,
    tokensPerCorrect: figures.tokensPerCorrect,
    reflectionsPer1kTokens: figures.reflectionsPer1kTokens,
    samplesPerItem: figures.samplesPerItem,
  };
  const reasons = Object.entries(figures.reasons).filter(([name]) => Object.hasOwn(shown, name));
  const made = { ...shown, reasons: Object.fromEntries(reasons) };
  viewFigures.set(figures, made);
  return made;
}

function toFamily({ model, family, parameter, points }: Board['families'][number]) {
  return { model, family, parameter, runIds: points.map((point) => point.runId) };
}

function countFacet(
  rows: readonly StoredBoardRow[],
  of: (row: StoredBoardRow) => string | null,
): { value: string; runs: number }[] {
  const runs = new Map<string, number>();
  for (const row of rows) {
    const value = of(row);
    if (value !== null) runs.set(value, (runs.get(value) ?? 0) + 1);
  }
  return [...runs]
    .map(([value, count]) => ({ value, runs: count }))
    .sort((a, b) => b.runs - a.runs || (a.value < b.value ? -1 : 1));
}
