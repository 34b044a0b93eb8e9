import type { AxisUnit } from '../plot.ts';

export interface Tick {
  value: number;
  label: string;
}

/** Round values within the domain, about `count` of them; the steps are 1, 2 and 5 times powers of ten. */
export function linearTicks(low: number, high: number, count: number): number[] {
  const span = high - low;
  if (!(span > 0)) return [low];
  const power = 10 ** Math.floor(Math.log10(span / Math.max(1, count)));
  const factor = [1, 2, 5, 10].find((one) => span / (one * power) <= count) ?? 10;
  const step = factor * power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  // Multiplied, not added up, so that the steps carry no dust of fractions.
  return Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}

const LOG_FACTORS: readonly (readonly number[])[] = [
  [1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9],
  [1, 1.5, 2, 3, 4, 5, 6, 8],
  [1, 2, 3, 5],
  [1, 2, 5],
  [1, 3],
  [1],
];

/** Sets of ticks on a logarithmic axis from dense to sparse. */
export function logTickSets(low: number, high: number): number[][] {
  const sets = LOG_FACTORS.map((factors) => {
    const ticks: number[] = [];
    for (let power = Math.floor(Math.log10(low)); 10 ** power <= high; power += 1) {
      for (const factor of factors) ticks.push(Number((factor * 10 ** power).toPrecision(12)));
    }
    return ticks.filter((tick) => tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9));
  });
  const decades = sets.at(-1) ?? [];
  const thinned = [2, 3, 4].map((step) => decades.filter((_, index) => index % step === 0));
  return [...sets, ...thinned].filter((set) => set.length > 1);
}

/** Labels of one axis with the same number of decimals, as many as tell the ticks apart. */
export function tickLabels(values: readonly number[], unit: AxisUnit): string[] {
  if (unit === 'tokens' && values.some((value) => value >= 10_000)) return thousandLabels(values);
  const factor = unit === 'fraction' || unit === 'points' ? 100 : 1;
  const scaled = values.map((value) => Number((value * factor).toPrecision(10)));
  const decimals = Math.min(6, Math.max(0, ...scaled.map(decimalsOf)));
  const sign = unit === 'points' ? '+' : '';
  return scaled.map((value) => {
    const text = groupThousands(Math.abs(value).toFixed(decimals));
    return value < 0 ? `−${text}` : value > 0 ? `${sign}${text}` : text;
  });
}

function thousandLabels(values: readonly number[]): string[] {
  return values.map((value) => {
    if (value !== 0 && Math.abs(value) < 1000) return String(Number(value.toPrecision(6)));
    return value === 0 ? '0' : `${Number((value / 1000).toPrecision(6))}k`;
  });
}

function decimalsOf(value: number): number {
  const [, fraction = ''] = /\.(\d+)$/.exec(String(value)) ?? [];
  return fraction.length;
}

function groupThousands(text: string): string {
  const [whole = '', fraction] = text.split('.');
  let grouped = whole;
  for (let at = whole.length - 3; at > 0; at -= 3) {
    grouped = `${grouped.slice(0, at)},${grouped.slice(at)}`;
  }
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
