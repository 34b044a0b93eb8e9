/** A part of the plane of cost and quality; accuracy from 0 to 1, both ends belong to it. */
export interface Region {
  tokens: readonly [low: number, high: number];
  accuracy: readonly [low: number, high: number];
}

/** False for what has no place in the plane. */
export function isInRegion(
  { tokens, accuracy }: Region,
  point: { tokens: number | null; accuracy: number | null },
): boolean {
  return isBetween(point.tokens, tokens) && isBetween(point.accuracy, accuracy);
}

function isBetween(value: number | null, [low, high]: readonly [number, number]): boolean {
  return value !== null && value >= low && value <= high;
}

/** As it stands in an address: `200~1500~0.31~0.6`. */
export function writeRegion({ tokens, accuracy }: Region): string {
  return [...tokens.map((value) => value.toFixed(1)), ...accuracy.map((value) => value.toFixed(4))]
    .map(Number)
    .join('~');
}

/** Null for what names no region. */
export function readRegion(text: string): Region | null {
  const numbers = text.split('~').map((part) => (part === '' ? NaN : Number(part)));
  const [a, b, c, d] = numbers;
  if (numbers.length !== 4 || !numbers.every(Number.isFinite)) return null;
  if (a === undefined || b === undefined || c === undefined || d === undefined) return null;
  return a <= b && c <= d ? { tokens: [a, b], accuracy: [c, d] } : null;
}
