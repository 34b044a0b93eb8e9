import * as c from './complex.ts';
import type { Complex } from './complex.ts';

export type Agreement = 'agree' | 'differ' | 'silent';

/** Equal values stay within the bounds of their errors; the bounds leave out terms of higher order. */
const WITHIN = 4;
/** Beyond this many times their errors, and beyond this share of their size, two values are not one. */
const BEYOND = 64;
const BEYOND_SHARE = 1e-12;
/** A value that is mostly error says nothing. */
const LARGEST_ERROR = 1e-9;

/** Two values within their own rounding errors agree; what lies between that and a clear difference says nothing. */
export function agreementOf(a: Complex, b: Complex): Agreement {
  if (!c.isFinite(a) || !c.isFinite(b)) return 'silent';
  const distance = Math.hypot(a.re - b.re, a.im - b.im);
  const error = a.error + b.error;
  const scale = Math.max(c.size(a), c.size(b));
  if (distance > BEYOND * error && distance > BEYOND_SHARE * scale) return 'differ';
  if (isVanishing(a, b) || isVanishing(b, a)) return 'agree';
  if (distance > WITHIN * error) return 'silent';
  return error <= LARGEST_ERROR * scale || (scale === 0 && error === 0) ? 'agree' : 'silent';
}

/** Exactly zero on one side, and nothing but rounding on the other. */
function isVanishing(zero: Complex, other: Complex): boolean {
  return (
    zero.re === 0 &&
    zero.im === 0 &&
    zero.error === 0 &&
    c.size(other) <= other.error &&
    other.error < LARGEST_ERROR
  );
}

/** Whether a value is known well in relation to its size; one beyond all doubles is. */
export function isClear(value: Complex): boolean {
  return Math.abs(value.re) === Infinity || value.error <= LARGEST_ERROR * c.size(value);
}
