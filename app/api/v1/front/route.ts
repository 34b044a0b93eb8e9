import { db } from '#lib/db/client.ts';
import { route } from '#lib/http/route.ts';
import { frontOfBenchmark } from '#lib/jobs/analyse-board.ts';
import { Front, FrontQuery } from '#lib/schemas/front.ts';

export const dynamic = 'force-dynamic';

export const GET = route({
  summary: 'The front of a benchmark, and how sure it is',
  description:
    'Runs that no other beats on accuracy and tokens; the probability of each to be among them when the items are resampled (one seeded resample for all runs), the band of what the front attains, hypervolumes on both axes from the stated reference, epsilon and coverage by family. Published figures take part in the front, not in the resampling.',
  query: FrontQuery,
  response: Front,
  handle: ({ query, viewer }) => frontOfBenchmark(db(), query, viewer),
});
