import { z } from 'zod';
import { readBoard } from '#lib/db/board.ts';
import { db } from '#lib/db/client.ts';
import { AppError } from '#lib/errors.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { toBoardCsv } from './board-csv.ts';
import { toBoardResponse } from './board-response.ts';
import { Board, BoardQuery } from '#lib/schemas/board.ts';

export const GET = route({
  summary: 'The board of a benchmark',
  description:
    'Rows, ranks with ties, the front of accuracy against tokens and the families, after the filters. Runs are tied as on the whole board and ranked among those shown.',
  query: BoardQuery.extend({ format: z.enum(['json', 'csv']).default('json') }),
  response: Board,
  async handle({ query: { format, ...query }, viewer, request }) {
    const found = await readBoard(db(), query, viewer);
    if (found === null) {
      throw new AppError('not_found', 'There is no such benchmark, or it is not public.');
    }
    if (format === 'json') return toBoardResponse(found, request);
    return new Response(toBoardCsv(found.board), {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="leaderboard.csv"',
      },
    });
  },
});

export const { POST, PUT, PATCH, DELETE } = refuseMethodsBut('GET');
