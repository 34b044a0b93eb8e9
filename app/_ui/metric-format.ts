import { metricDecimals } from '#lib/analysis/print-metric.ts';
import { formatCount, formatDecimal, formatPercent, UNKNOWN } from './number-format.ts';

/** A value of a metric as its unit wants it; shares as percent without the sign. */
export function formatMetric(value: number | null, unit: string): string {
  if (value === null) return UNKNOWN;
  const decimals = metricDecimals(value, unit);
  if (unit === 'share') return formatPercent(value, decimals);
  return decimals === 0 ? formatCount(value) : formatDecimal(value, decimals);
}

/** An interval of a metric, as `formatMetric` writes its ends. */
export function formatMetricRange(
  interval: { low: number; high: number } | null,
  unit: string,
): string {
  if (interval === null) return UNKNOWN;
  return `${formatMetric(interval.low, unit)} … ${formatMetric(interval.high, unit)}`;
}
