import type { Board, BoardQuery } from '#lib/schemas/board.ts';
import type { Run } from '#lib/schemas/run.ts';
import type { FigureSubject } from './export-figure.client.tsx';

/** The chart of the board, with its filters and its budget. */
export function frontSubject(
  board: Board,
  query: BoardQuery,
  view: { x: 'log' | 'linear'; budget: number | null; foreign: boolean; sensitivity: boolean },
): FigureSubject {
  return {
    kind: 'pareto',
    x: { scale: view.x },
    marks: view.budget === null ? [] : [{ at: view.budget, across: 'x' }],
    data: {
      boards: [choiceOf(board, query)],
      ...filterOf(query),
      // As on the page: what is measured otherwise is marked, and in the front only when the reader says so.
      mixedLengths: view.foreign ? 'count' : 'hollow',
      ...(view.sensitivity && { sensitivity: true }),
    },
  };
}

/** A table over the front of the board, with its filters. */
export function frontTable(
  view: 'front' | 'front-families',
  board: Board,
  query: BoardQuery,
  isForeignIn: boolean,
): FigureSubject {
  return pageTable(view, {
    board: choiceOf(board, query),
    ...filterOf(query),
    include: isForeignIn ? 'foreign' : 'comparable',
  });
}

/** The table of the board, with its filters. */
export function tableSubject(board: Board, query: BoardQuery): FigureSubject {
  return {
    kind: 'leaderboard-table',
    data: { boards: [choiceOf(board, query)], ...filterOf(query) },
  };
}

/** A table of a run's page. */
export function runTableSubject(
  { id, column }: Pick<Run, 'id' | 'column'>,
  part: { show: 'groups' | 'gradings' | 'agreement'; group?: string },
): FigureSubject {
  return {
    kind: 'run-table',
    data: { runs: [id], ...part, ...(column === null ? {} : { column }) },
  };
}

/** A table of a page as it is: the query is that of the page. */
export function pageTable(view: string, of: Readonly<Record<string, unknown>>): FigureSubject {
  return { kind: 'page-table', data: { view, of } };
}

/** Columns of a table of a page as lines over another; the label is what several of them share. */
export function pageLines(
  view: string,
  of: Readonly<Record<string, unknown>>,
  { label, ...axes }: { x: string; y: readonly string[]; series?: string; label?: string },
): FigureSubject {
  return {
    kind: 'page-lines',
    data: { view, of, ...axes },
    ...(label !== undefined && { y: { label } }),
  };
}

/** Columns of a table of a page as bars. */
export function pageBars(
  view: string,
  of: Readonly<Record<string, unknown>>,
  values: readonly string[],
): FigureSubject {
  return { kind: 'page-bars', data: { view, of, values } };
}

/** By name where there is one: such a spec also runs on another installation. */
function choiceOf({ benchmark }: Board, query: BoardQuery) {
  const isOne = benchmark !== null && benchmark.version !== null;
  const reference = isOne
    ? `${benchmark.name}@${benchmark.version}`
    : (benchmark?.id ?? query.benchmark ?? '');
  return {
    benchmark: reference,
    ...(isOne && benchmark.split !== null ? { split: benchmark.split } : {}),
    ...(query.slice.length > 0 ? { slice: query.slice } : {}),
  };
}

function filterOf({ model, method, family, trust, q, column }: BoardQuery) {
  return { model, method, family, trust, q, ...(column === undefined ? {} : { column }) };
}
