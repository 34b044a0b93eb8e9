import { formatCount, formatDecimal, formatPercent, UNKNOWN } from './number-format.ts';

/** What stands in a header over values of a metric, by its unit; a score and a ratio have none. */
export const METRIC_UNITS: Readonly<Record<string, string>> = {
  share: '%',
  tokens: 'tokens',
  dollars: '$',
  ratio: '',
  score: '',
  points: 'points',
};

/** A value of a metric as its unit wants it; shares as percent without the sign. */
export function formatMetric(value: number | null, unit: string): string {
  if (value === null) return UNKNOWN;
  if (unit === 'share') return formatPercent(value, 1);
  if (unit === 'tokens')
    return Math.abs(value) >= 100 ? formatCount(value) : formatDecimal(value, 1);
  return Math.abs(value) >= 1000
    ? formatCount(value)
    : formatDecimal(value, Math.abs(value) < 1 ? 3 : 2);
}
