import { z } from 'zod';
import { metrics } from '#lib/metrics/index.ts';
import type { MetricInfo } from '#lib/schemas/analysis.ts';

/** Every registered metric as it documents itself. */
export function listMetrics(): MetricInfo[] {
  return metrics.all.map((metric) => ({
    id: metric.id,
    version: metric.version,
    label: metric.label,
    description: metric.description,
    formula: metric.formula,
    source: metric.source,
    direction: metric.direction,
    unit: metric.unit,
    needs: [...metric.needs],
    isPoolDependent: metric.isPoolDependent,
    intervalMethod: metric.intervalMethod,
    options: z.toJSONSchema(metric.options, { io: 'input', unrepresentable: 'any' }),
  }));
}
