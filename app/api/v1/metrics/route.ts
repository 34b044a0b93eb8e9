import { listMetrics } from '#lib/analysis/list-metrics.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { MetricList } from '#lib/schemas/analysis.ts';

export const GET = route({
  summary: 'Every metric',
  description:
    'With version, formula, source, direction, unit, needs and how its interval is made.',
  response: MetricList,
  handle: () => Promise.resolve({ metrics: listMetrics() }),
});

export const { POST, PUT, PATCH, DELETE } = refuseMethodsBut('GET');
