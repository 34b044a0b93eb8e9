import { queryOptions } from '@tanstack/react-query';
import { BoardMetric } from '#lib/schemas/board-metric.ts';
import type { BoardQuery } from '#lib/schemas/board.ts';
import { Problem } from '#lib/schemas/problem.ts';
import { metricAddress } from './board-state.ts';

/** A metric of the runs shown: read after the board, and again where the runs shown are others. */
export function metricQuery(query: BoardQuery, metric: string | null) {
  return queryOptions({
    queryKey: ['board metric', query, metric],
    enabled: metric !== null,
    retry: false,
    queryFn: async ({ signal }) => {
      const response = await fetch(metricAddress(query, metric ?? ''), { signal });
      const answer: unknown = await response.json();
      if (response.ok) return BoardMetric.parse(answer);
      const problem = Problem.safeParse(answer);
      throw new Error(
        problem.success ? problem.data.detail : `It could not be read (${response.status}).`,
      );
    },
  });
}
