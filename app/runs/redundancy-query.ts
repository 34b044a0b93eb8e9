import { queryOptions } from '@tanstack/react-query';
import { SampleRedundancy } from '#lib/schemas/redundancy.ts';

export interface SamplePlace {
  runId: string;
  itemKey: string;
  sampleIndex: number;
}

/** A segment of the API's addresses for a sample. */
export function sampleApi({ runId, itemKey, sampleIndex }: SamplePlace): string {
  return `/api/v1/runs/${runId}/samples/${encodeURIComponent(itemKey)}/${String(sampleIndex)}`;
}

export function redundancyQuery(place: SamplePlace) {
  return queryOptions({
    queryKey: ['redundancy', place],
    staleTime: Infinity,
    queryFn: async ({ signal }) => {
      const response = await fetch(`${sampleApi(place)}/redundancy`, { signal });
      if (!response.ok)
        throw new Error(`The redundancy could not be read (${String(response.status)}).`);
      return SampleRedundancy.parse(await response.json());
    },
  });
}
