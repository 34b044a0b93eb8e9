import { db } from '#lib/db/client.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { compareStoredRuns } from '#lib/jobs/analyse-runs.ts';
import { CompareQuery, Comparison } from '#lib/schemas/analysis.ts';

export const dynamic = 'force-dynamic';

export const GET = route({
  summary: 'Compare two to eight runs, item by item',
  description:
    'Each run against the first: 2×2 table and exact McNemar test for one sample an item, sign-flip permutation test for several, the difference with its interval, the ratio of lengths on the log scale with a paired bootstrap, flips, p-values adjusted by Holm. Runs over other items are refused with 422 unless `items=intersect`.',
  query: CompareQuery,
  response: Comparison,
  handle: ({ query, viewer }) => compareStoredRuns(db(), query, viewer),
});

export const { POST, PUT, PATCH, DELETE } = refuseMethodsBut('GET');
