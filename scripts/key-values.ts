import { UsageError } from './run-script.ts';

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** `--param alpha=0.5 --param warm=true --param stage=two`: numbers and booleans as such, the rest as text. */
export function parseKeyValues(
  flag: string,
  entries: readonly string[],
): Record<string, string | number | boolean> {
  const values: Record<string, string | number | boolean> = {};
  for (const entry of entries) {
    const at = entry.indexOf('=');
    if (at < 1) throw new UsageError(`--${flag} takes key=value, not "${entry}".`);
    const key = entry.slice(0, at);
    if (Object.hasOwn(values, key)) throw new UsageError(`--${flag} has "${key}" twice.`);
    values[key] = toValue(entry.slice(at + 1));
  }
  return values;
}

function toValue(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return NUMBER.test(text) ? Number(text) : text;
}
