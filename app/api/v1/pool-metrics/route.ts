import { db } from '#lib/db/client.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { poolMetricsOf } from '#lib/jobs/analyse-runs.ts';
import { PoolMetrics, PoolQuery } from '#lib/schemas/analysis.ts';

export const dynamic = 'force-dynamic';

export const GET = route({
  summary: 'Metrics that depend on the other runs',
  description:
    'What a single run can not have: the metrics whose value changes when other runs join, such as the reasoning efficiency gap, for two to eight runs with those runs as the pool. Runs that do not answer the same items get a reason instead of a value.',
  query: PoolQuery,
  response: PoolMetrics,
  handle: ({ query, viewer }) => poolMetricsOf(db(), query, viewer),
});

export const { POST, PUT, PATCH, DELETE } = refuseMethodsBut('GET');
