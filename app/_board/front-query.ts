import { queryOptions } from '@tanstack/react-query';
import { Front } from '#lib/schemas/front.ts';
import type { BoardQuery } from '#lib/schemas/board.ts';
import { frontAddress } from './board-state.ts';

/** The front with its uncertainty: read after the board, so that the board need not wait for resamples. */
export function frontQuery(query: BoardQuery, isForeignIn: boolean) {
  return queryOptions({
    queryKey: ['front', query, isForeignIn],
    queryFn: async ({ signal }) => {
      const response = await fetch(frontAddress(query, isForeignIn), { signal });
      if (!response.ok) throw new Error(`The front could not be read (${response.status}).`);
      return Front.parse(await response.json());
    },
  });
}
