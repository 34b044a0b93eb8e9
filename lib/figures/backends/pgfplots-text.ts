import type { Axis } from '../plot.ts';

/** Names of LaTeX hold no digits in every place where these are used. */
export function letters(index: number): string {
  const letter = String.fromCharCode(97 + (index % 26));
  return index < 26 ? letter : `${letters(Math.floor(index / 26) - 1)}${letter}`;
}

export function factorOf(axis: Axis): number {
  return axis.kind === 'number' && (axis.unit === 'fraction' || axis.unit === 'points') ? 100 : 1;
}

export function fixed(value: number): string {
  return String(Number(value.toFixed(4)));
}

/** Twelve digits: what is beyond is dust of the factor 100. */
export function number(value: number): string {
  return String(Number(value.toPrecision(12)));
}
