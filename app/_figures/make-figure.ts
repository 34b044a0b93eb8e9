import { queryOptions } from '@tanstack/react-query';
import { Figure } from '#lib/schemas/figure.ts';
import { Problem } from '#lib/schemas/problem.ts';
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
      const answer: unknown = await response.json();
      if (response.ok) return Figure.parse(answer);
      const problem = Problem.safeParse(answer);
      throw new Error(
        problem.success
          ? problem.data.detail
          : `The figure could not be drawn (${response.status}).`,
      );
    },
  });
}
