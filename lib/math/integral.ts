import * as c from './complex.ts';
import type { Complex } from './complex.ts';

const ORDER = 20;
/** Of the integrand for every panel: once, and twice more for the error. */
export const EVALUATIONS = 3 * ORDER;

/**
 * The integral of a function over a finite interval by composite Gauss–Legendre quadrature; the error is the difference
 * between two subdivisions, so that a function that is not smooth enough says nothing.
 */
export function integrate(
  integrand: (x: Complex) => Complex,
  [low, high]: readonly [Complex, Complex],
  panels: number,
): Complex {
  const coarse = composite(integrand, [low.re, high.re], panels);
  const fine = composite(integrand, [low.re, high.re], 2 * panels);
  const gap = c.size(c.add(fine, c.negate(coarse)));
  return { re: fine.re, im: fine.im, error: fine.error + gap };
}

function composite(
  integrand: (x: Complex) => Complex,
  [low, high]: readonly [number, number],
  panels: number,
): Complex {
  const half = (high - low) / panels / 2;
  let sum = c.complex(0, 0, 0);
  for (let panel = 0; panel < panels; panel += 1) {
    const middle = low + (2 * panel + 1) * half;
    for (const { at, weight } of rule()) {
      sum = c.add(
        sum,
        c.multiply(c.complex(weight * half), integrand(c.complex(middle + half * at))),
      );
    }
  }
  return sum;
}

interface Abscissa {
  readonly at: number;
  readonly weight: number;
}

let known: readonly Abscissa[] | null = null;

/** Roots of the Legendre polynomial by Newton's iteration from Tricomi's guess, with their weights. */
function rule(): readonly Abscissa[] {
  known ??= Array.from({ length: ORDER }, (_, index) => {
    let x = Math.cos((Math.PI * (index + 0.75)) / (ORDER + 0.5));
    let slope = 1;
    for (let round = 0; round < 8; round += 1) {
      const { value, derivative } = legendre(x);
      slope = derivative;
      x -= value / derivative;
    }
    return { at: x, weight: 2 / ((1 - x * x) * slope * slope) };
  });
  return known;
}

function legendre(x: number): { value: number; derivative: number } {
  let [before, value] = [1, x];
  for (let degree = 2; degree <= ORDER; degree += 1) {
    [before, value] = [value, ((2 * degree - 1) * x * value - (degree - 1) * before) / degree];
  }
  return { value, derivative: (ORDER * (x * value - before)) / (x * x - 1) };
}
