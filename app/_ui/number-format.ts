/** What stands in the place of an unknown figure; the reason belongs beside it, on hover. */
export const UNKNOWN = '—';

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A fraction as percent without its sign: the unit stands in the header. */
export function formatPercent(fraction: number | null, digits = 1): string {
  return fraction === null ? UNKNOWN : (fraction * 100).toFixed(digits);
}

/** Whole tokens with thousands apart. */
export function formatCount(value: number | null): string {
  return value === null ? UNKNOWN : whole.format(value);
}

/** `1 token`, `1,204 tokens` */
export function formatTokens(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'token' : 'tokens'}`;
}

export function formatDecimal(value: number | null, digits = 2): string {
  return value === null ? UNKNOWN : value.toFixed(digits);
}

/** For axes, where room is short: 950, 1.5k, 32k, 1.2M. */
export function formatShort(value: number): string {
  if (value < 1000) return whole.format(value);
  const [scaled, unit] = value < 1e6 ? [value / 1e3, 'k'] : [value / 1e6, 'M'];
  return `${scaled < 10 ? trimZero(scaled.toFixed(1)) : scaled.toFixed(0)}${unit}`;
}

/** Half the width of an interval: what stands behind ±. */
export function halfWidth(interval: { low: number; high: number } | null): number | null {
  return interval === null ? null : (interval.high - interval.low) / 2;
}

/** `2026-11-23 17:09 UTC`: the same on the server and in every browser. */
export function formatTime(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`;
  if (bytes < 1e9) return `${(bytes / 1e6).toFixed(1)} MB`;
  return `${(bytes / 1e9).toFixed(2)} GB`;
}

function trimZero(text: string): string {
  return text.endsWith('.0') ? text.slice(0, -2) : text;
}
