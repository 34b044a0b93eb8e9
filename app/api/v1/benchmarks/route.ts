import { db } from '#lib/db/client.ts';
import { listBoards } from '#lib/db/benchmarks.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { BenchmarkList } from '#lib/schemas/benchmark.ts';

export const GET = route({
  summary: 'Benchmarks',
  description:
    'Those that this reader may see, the most used first, and the groups that a mean makes sense over.',
  response: BenchmarkList,
  handle: ({ viewer }) => listBoards(db(), viewer),
});

export const { POST, PUT, PATCH, DELETE } = refuseMethodsBut('GET');
