import { queryOptions } from '@tanstack/react-query';
import { Board, type BoardQuery } from '#lib/schemas/board.ts';
import { boardAddress } from './board-state.ts';

/** Scores arrive in batches; a board that is being scored asks this often. */
const LIVE_MS = 2000;

/** The board of a question, for the page's first paint and for every change after it. */
export function boardQuery(query: BoardQuery) {
  return queryOptions({
    queryKey: ['leaderboard', query],
    queryFn: async ({ signal }) => {
      const response = await fetch(boardAddress(query), { signal });
      if (!response.ok) throw new Error(`The board could not be read (${response.status}).`);
      return Board.parse(await response.json());
    },
    refetchInterval: ({ state }) =>
      state.data?.rows.some((row) => row.state !== 'done') === true ? LIVE_MS : false,
  });
}
