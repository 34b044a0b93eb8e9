import { AppError } from '#lib/errors.ts';
import { metrics } from '#lib/metrics/index.ts';

/** A metric with all its options, as `parseMetricKey` found them. */
export interface KeyedMetric {
  metric: string;
  options: Readonly<Record<string, unknown>>;
}

/**
 * A metric and those of its options that are not the defaults, as one word that addresses and stored values can hold:
 * `clip-ratio`, `pass-at-k?k=8`. Equal questions have equal keys.
 */
export function metricKey(id: string, options: Readonly<Record<string, unknown>>): string {
  const metric = metrics.get(id);
  const defaults = toRecord(metric.options.parse({}));
  const chosen = Object.entries(toRecord(metric.options.parse(options)))
    .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(defaults[name]))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]);
  return chosen.length === 0 ? id : `${id}?${new URLSearchParams(chosen).toString()}`;
}

/** Throws `invalid_input` for a metric that is not registered and for options that it does not have. */
export function parseMetricKey(key: string): KeyedMetric {
  const mark = key.indexOf('?');
  const id = mark < 0 ? key : key.slice(0, mark);
  if (!metrics.has(id))
    throw new AppError(
      'invalid_input',
      `There is no metric "${id}". GET /api/v1/metrics lists them.`,
    );
  const given = mark < 0 ? [] : [...new URLSearchParams(key.slice(mark + 1))];
  const options = Object.fromEntries(given.map(([name, text]) => [name, readValue(text)]));
  const parsed = metrics.get(id).options.safeParse(options);
  if (parsed.success) return { metric: id, options: toRecord(parsed.data) };
  const [issue] = parsed.error.issues;
  const place = issue?.path.join('.') ?? '';
  throw new AppError(
    'invalid_input',
    `${key} is no option of the metric ${id}: ${place === '' ? '' : `${place}: `}${issue?.message ?? 'not valid'}.`,
  );
}

/** Numbers, booleans and lists as in JSON; anything else is a text. */
function readValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function toRecord(options: unknown): Record<string, unknown> {
  return typeof options === 'object' && options !== null ? { ...options } : {};
}
