import { z } from 'zod';
import { metrics } from '#lib/metrics/index.ts';
import type { MetricInfo } from '#lib/schemas/analysis.ts';

/** A metric that a reader of a board can choose as a further column. */
export interface MetricChoice {
  id: string;
  label: string;
  group: 'pool' | 'base' | 'own';
}

/** What has a value without options of its own: prices and names of signals are nothing that a board knows. */
export function listBoardMetrics(): MetricChoice[] {
  return metrics.all
    .filter(({ needs }) => !needs.includes('price') && !needs.includes('signal'))
    .map(({ id, label, isPoolDependent, needs }) => ({
      id,
      label,
      group: isPoolDependent ? 'pool' : needs.includes('base-run') ? 'base' : 'own',
    }));
}

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
