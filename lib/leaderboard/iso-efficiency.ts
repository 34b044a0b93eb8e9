/** Curves along which a measure of efficiency is equal. */
export interface IsoCurves {
  id: 'accuracy-per-1k' | 'e3';
  label: string;
  formula: string;
  /** On a fixed ladder of 1, 2 and 5 times powers of ten, from low to high. */
  constants: number[];
}

const MOST_CURVES = 8;

/**
 * Accuracy per thousand tokens, η = 1000·a/t, and E3 = a²/t: constants that span the points. A curve of η is
 * a = c·t/1000, of E3 a = √(c·t).
 */
export function isoEfficiencyCurves(
  points: readonly { tokens: number; accuracy: number }[],
): IsoCurves[] {
  const known = points.filter(({ tokens, accuracy }) => tokens > 0 && accuracy > 0);
  return [
    {
      id: 'accuracy-per-1k',
      label: 'Accuracy per 1,000 tokens',
      formula: 'accuracy = c · tokens / 1000',
      constants: ladder(known.map(({ tokens, accuracy }) => (1000 * accuracy) / tokens)),
    },
    {
      id: 'e3',
      label: 'E3',
      formula: 'accuracy = √(c · tokens)',
      constants: ladder(known.map(({ tokens, accuracy }) => accuracy ** 2 / tokens)),
    },
  ];
}

/** The accuracy at which a curve crosses a length. */
export function accuracyOnCurve(id: IsoCurves['id'], constant: number, tokens: number): number {
  return id === 'e3' ? Math.sqrt(constant * tokens) : (constant * tokens) / 1000;
}

function ladder(values: readonly number[]): number[] {
  if (values.length === 0) return [];
  const low = Math.min(...values);
  const high = Math.max(...values);
  const steps: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power += 1) {
    for (const factor of [1, 2, 5]) steps.push(Number(`${String(factor)}e${String(power)}`));
  }
  const inside = steps.filter((step) => step >= low / 2 && step <= high * 2);
  const every = Math.ceil(inside.length / MOST_CURVES);
  return inside.filter((_, index) => index % every === 0);
}
