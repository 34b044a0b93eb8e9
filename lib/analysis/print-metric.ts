/** What stands beside values of a metric, by its unit; a score and a ratio have none. */
const METRIC_UNITS: Readonly<Record<string, string>> = {
  share: '%',
  tokens: 'tokens',
  dollars: '$',
  ratio: '',
  score: '',
  points: 'points',
};

/** What a value of a metric is measured in; empty where that needs no word. */
export function metricUnit(unit: string): string {
  return METRIC_UNITS[unit] ?? unit;
}

/** The unit as it follows the name of a metric in a heading: ", tokens". */
export function unitSuffix(unit: string): string {
  const name = metricUnit(unit);
  return name === '' ? '' : `, ${name}`;
}

/** With how many decimals a value of a metric is written, by its unit; shares are written in percent. */
export function metricDecimals(value: number, unit: string): number {
  const size = Math.abs(value);
  if (unit === 'share') return 1;
  if (unit === 'tokens') return size >= 100 ? 0 : 1;
  if (size >= 1000) return 0;
  return size < 1 ? 3 : 2;
}
