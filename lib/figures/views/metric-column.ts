import { metricUnit } from '#lib/analysis/print-metric.ts';
import type { ViewColumn } from './view.ts';

/** A column that holds one metric in all of its rows. */
export function metricColumn(label: string, unit: string): ViewColumn {
  const printed = metricUnit(unit);
  const head = { label: printed === '' ? label : `${label} (${printed})`, hasInterval: true };
  if (unit === 'share') return { ...head, unit: 'fraction', decimals: 1 };
  return unit === 'tokens'
    ? { ...head, unit: 'tokens', decimals: 0 }
    : { ...head, unit: 'number', decimals: 3 };
}
