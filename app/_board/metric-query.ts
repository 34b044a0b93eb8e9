import { queryOptions } from '@tanstack/react-query';
import { toApiError } from '#app/submissions/api-call.client.ts';
import { BoardMetric } from '#lib/schemas/board-metric.ts';
import type { BoardQuery } from '#lib/schemas/board.ts';
import { metricAddress } from './board-state.ts';

/** A metric of the runs shown: read after the board, and again where the runs shown are others. */
export function metricQuery(query: BoardQuery, metric: string | null) {
  return queryOptions({
    queryKey: ['board metric', query, metric],
    enabled: metric !== null,
    retry: false,
    queryFn: async ({ signal }) => {
      const response = await fetch(metricAddress(query, metric ?? ''), { signal });
      if (!response.ok) throw toApiError(response.status, await response.text());
      return BoardMetric.parse(await response.json());
    },
  });
}
