import type { Board, BoardQuery } from '#lib/schemas/board.ts';
import type { FigureSubject } from './export-figure.client.tsx';

/** The chart of the board, with its filters and its budget. */
export function frontSubject(
  board: Board,
  query: BoardQuery,
  view: { x: 'log' | 'linear'; budget: number | null; foreign: boolean },
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
    },
  };
}

/** The table of the board, with its filters. */
export function tableSubject(board: Board, query: BoardQuery): FigureSubject {
  return {
    kind: 'leaderboard-table',
    data: { boards: [choiceOf(board, query)], ...filterOf(query) },
  };
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
  };
}

function filterOf({ model, method, family, trust, q, column }: BoardQuery) {
  return { model, method, family, trust, q, ...(column === undefined ? {} : { column }) };
}
