import { db } from '#lib/db/client.ts';
import { AppError } from '#lib/errors.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { metricOfBoard } from '#lib/jobs/analyse-board-metric.ts';
import { BoardMetric, BoardMetricQuery } from '#lib/schemas/board-metric.ts';

export const dynamic = 'force-dynamic';

export const GET = route({
  summary: 'One metric of every run of a board',
  description:
    'Under the filters of the board. Metrics that depend on the other runs, such as the reasoning efficiency gap, take the runs with outputs shown as their pool; those that need a base, such as AES, take that of the family. A published figure has a value where it follows from its accuracy and mean length, without an interval. Null values say why.',
  query: BoardMetricQuery,
  response: BoardMetric,
  handle: async ({ query, viewer }) => {
    const found = await metricOfBoard(db(), query, viewer);
    if (found === null)
      throw new AppError('not_found', `There is no benchmark ${query.benchmark ?? ''} here.`);
    return found;
  },
});

export const { POST, PUT, PATCH, DELETE } = refuseMethodsBut('GET');
