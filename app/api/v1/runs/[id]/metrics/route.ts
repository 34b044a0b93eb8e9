import { z } from 'zod';
import { db } from '#lib/db/client.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { metricsOfRun } from '#lib/jobs/analyse-runs.ts';
import { RunMetrics } from '#lib/schemas/analysis.ts';
import { Uuid } from '#lib/schemas/identifiers.ts';
import { RunQuery } from '#lib/schemas/run.ts';

export const dynamic = 'force-dynamic';

export const GET = route({
  summary: 'Every metric of a run',
  description:
    'With intervals, or the reason why a metric has no value, and the profile of inefficiency by how often the run itself solves an item. Metrics that depend on other runs have no value here. Computed in the background of the server and kept by the version of the data; seed and number of resamples are told.',
  params: z.object({ id: Uuid }),
  query: RunQuery,
  response: RunMetrics,
  handle: ({ params: { id }, query: { column }, viewer }) =>
    metricsOfRun(db(), { id, column }, viewer),
});

export const { POST, PUT, PATCH, DELETE } = refuseMethodsBut('GET');
