import type { Comparison, RunComparison } from '#lib/schemas/analysis.ts';

/** The finding of a comparison in one sentence. */
export function headlineOf({ comparisons }: Comparison): string {
  const [only, ...more] = comparisons;
  if (only === undefined) return 'Nothing to compare';
  if (more.length === 0) return sentenceOf(only);
  const separated = comparisons.filter((one) => isSeparated(one));
  return `${String(separated.length)} of ${String(comparisons.length)} runs differ from ${only.a.label} beyond chance`;
}

/** At the usual five percent, after Holm. */
export function isSeparated({ adjustedP }: RunComparison): boolean {
  return adjustedP !== null && adjustedP < 0.05;
}

function sentenceOf(one: RunComparison): string {
  const { a, b, paired, tokens } = one;
  const points = Math.abs(paired.difference * 100).toFixed(1);
  const interval = paired.interval;
  const range = interval === null ? '' : ` (${signed(interval.low)} … ${signed(interval.high)})`;
  const quality = isSeparated(one)
    ? `${b.label} is ${points} points ${paired.difference > 0 ? 'better' : 'worse'} than ${a.label}${range}`
    : `${b.label} and ${a.label} are not separated: ${signed(paired.difference)} points${range}`;
  if (tokens === null) return quality;
  const change = Math.round(Math.abs(1 - tokens.ratio) * 100);
  const length =
    change === 0
      ? 'with as many tokens'
      : `with ${String(change)} % ${tokens.ratio < 1 ? 'fewer' : 'more'} tokens`;
  return `${quality}, ${length}`;
}

/** Points with their sign; a real minus. */
export function signed(fraction: number, digits = 1): string {
  const text = Math.abs(fraction * 100).toFixed(digits);
  return Number(text) === 0 ? text : `${fraction < 0 ? '−' : '+'}${text}`;
}
