import { infiniteQueryOptions } from '@tanstack/react-query';
import { SamplePage } from '#lib/schemas/sample.ts';

export interface SampleFilters {
  outcome: string | null;
  sort: string;
  q: string;
  loop: string | null;
  minAfterAnswer: number | null;
  minReflections: number | null;
  minTokens: number | null;
  maxTokens: number | null;
  column: string | null;
}

const FILTERS = [
  'outcome',
  'loop',
  'q',
  'minTokens',
  'maxTokens',
  'minAfterAnswer',
  'minReflections',
  'column',
  'cursor',
] as const satisfies readonly (keyof SampleFilters | 'cursor')[];

/** Pages of samples by cursor, in the order and under the filters of the address. */
export function sampleQuery(runId: string, filters: SampleFilters) {
  return infiniteQueryOptions({
    queryKey: ['samples', runId, filters],
    initialPageParam: null as string | null,
    getNextPageParam: (page: SamplePage) => page.nextCursor,
    queryFn: async ({ pageParam, signal }) => {
      const query = new URLSearchParams({ sort: filters.sort });
      const given = { ...filters, cursor: pageParam };
      for (const name of FILTERS) {
        const value = given[name];
        if (value !== null && value !== '') query.set(name, String(value));
      }
      const response = await fetch(`/api/v1/runs/${runId}/samples?${query.toString()}`, { signal });
      if (!response.ok) throw new Error(`The samples could not be read (${response.status}).`);
      return SamplePage.parse(await response.json());
    },
  });
}

/** Keys may hold slashes, spaces and anything else. */
export function sampleAddress(
  runId: string,
  place: { itemKey: string; sampleIndex: number },
): string {
  return `/runs/${runId}/${encodeURIComponent(place.itemKey)}/${place.sampleIndex}`;
}
