import { db } from '#lib/db/client.ts';
import { AppError } from '#lib/errors.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { frontOfBoard } from '#lib/jobs/analyse-front.ts';
import { Front, FrontQuery } from '#lib/schemas/front.ts';

export const dynamic = 'force-dynamic';

export const GET = route({
  summary: 'The front of a board with its uncertainty',
  description:
    'Accuracy against mean tokens under the filters of the board: the front, who dominates whom, how often each run is on the front under one item bootstrap that all runs share, the attainment band, hypervolumes on a linear and a logarithmic axis with their reference, epsilon indicator and coverage between families, constants of iso-efficiency curves. Published figures are on the front and take no part in the bootstrap.',
  query: FrontQuery,
  response: Front,
  handle: async ({ query, viewer }) => {
    const front = await frontOfBoard(db(), query, viewer);
    if (front === null)
      throw new AppError('not_found', `There is no benchmark ${query.benchmark ?? ''} here.`);
    return front;
  },
});

export const { POST, PUT, PATCH, DELETE } = refuseMethodsBut('GET');
