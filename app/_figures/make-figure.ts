import { queryOptions } from '@tanstack/react-query';
import { toApiError } from '#app/submissions/api-call.client.ts';
import { Figure } from '#lib/schemas/figure.ts';
import type { FigureSpecInput } from '#lib/figures/spec.ts';

/** Asks for a figure: its numbers, drawing and files. What the server refuses becomes an error with its words. */
export function figureQuery(spec: FigureSpecInput) {
  return queryOptions({
    queryKey: ['figure', spec],
    retry: false,
    queryFn: async ({ signal }) => {
      const response = await fetch('/api/v1/figures', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(spec),
        signal,
      });
      if (!response.ok) throw toApiError(response.status, await response.text());
      return Figure.parse(await response.json());
    },
  });
}
