import { elementAt } from '#lib/text/element.ts';
import * as q from './rational.ts';
import type { Rational } from './rational.ts';
import { exactNumber, integer, type Node } from './tree.ts';

/** Coefficients of a polynomial in one letter, the constant one first; the last one is not zero, and zero has none. */
export type Polynomial = readonly Rational[];

const MAX_DEGREE = 24;

/** An expression as a polynomial in one part of it, which is given by its key in `atomOf`; null where it is none. */
export function toPolynomial(node: Node, atomOf: (node: Node) => number | null): Polynomial | null {
  const degree = atomOf(node);
  if (degree !== null) return [...Array.from({ length: degree }, () => q.ZERO), q.ONE];
  const read = (part: Node): Polynomial | null => toPolynomial(part, atomOf);
  switch (node.kind) {
    case 'number':
      return trimmed([node.value]);
    case 'negate': {
      const arg = read(node.arg);
      return arg === null ? null : scaled(arg, q.rational(-1n));
    }
    case 'add':
      return folded(node.args.map(read), sum);
    case 'multiply':
      return folded(node.args.map(read), product);
    case 'divide': {
      const [top, bottom] = [read(node.top), read(node.bottom)];
      const inverse = bottom?.length === 1 ? q.divide(q.ONE, elementAt(bottom, 0)) : null;
      return top === null || inverse === null ? null : scaled(top, inverse);
    }
    case 'power': {
      const [base, exponent] = [read(node.base), read(node.exponent)];
      const count = exponent?.length === 1 ? elementAt(exponent, 0) : null;
      if (base === null || count?.d !== 1n || count.n < 1n || count.n > BigInt(MAX_DEGREE))
        return null;
      return folded(
        Array.from({ length: Number(count.n) }, () => base),
        product,
      );
    }
    default:
      return null;
  }
}

function folded(
  parts: readonly (Polynomial | null)[],
  join: (a: Polynomial, b: Polynomial) => Polynomial | null,
): Polynomial | null {
  return parts.reduce((a, b) => (a === null || b === null ? null : join(a, b)));
}

function trimmed(terms: readonly Rational[]): Polynomial {
  let end = terms.length;
  while (end > 0 && elementAt(terms, end - 1).n === 0n) end -= 1;
  return terms.slice(0, end);
}

function scaled(a: Polynomial, factor: Rational): Polynomial {
  return trimmed(a.map((term) => q.multiply(term, factor)));
}

function sum(a: Polynomial, b: Polynomial): Polynomial {
  return trimmed(
    Array.from({ length: Math.max(a.length, b.length) }, (_, k) =>
      q.add(a[k] ?? q.ZERO, b[k] ?? q.ZERO),
    ),
  );
}

/** Null beyond the degree up to which products are written out. */
function product(a: Polynomial, b: Polynomial): Polynomial | null {
  if (a.length + b.length > MAX_DEGREE) return null;
  const terms = Array.from({ length: Math.max(0, a.length + b.length - 1) }, () => q.ZERO);
  for (const [i, x] of a.entries()) {
    for (const [k, y] of b.entries())
      terms[i + k] = q.add(elementAt(terms, i + k), q.multiply(x, y));
  }
  return trimmed(terms);
}

/** Quotient and rest (long division); the divisor is not zero. */
function division(a: Polynomial, b: Polynomial): { quotient: Polynomial; rest: Polynomial } {
  let rest = a;
  const quotient: Rational[] = Array.from(
    { length: Math.max(0, a.length - b.length + 1) },
    () => q.ZERO,
  );
  while (rest.length >= b.length) {
    const shift = rest.length - b.length;
    const factor = q.divide(elementAt(rest, -1), elementAt(b, -1)) ?? q.ZERO;
    quotient[shift] = factor;
    const taken = [...Array.from({ length: shift }, () => q.ZERO), ...scaled(b, factor)];
    rest = sum(rest, scaled(taken, q.rational(-1n)));
  }
  return { quotient: trimmed(quotient), rest };
}

/**
 * The greatest common divisor: with whole coefficients that of the integer polynomials, contents included; with fractions the
 * one whose first coefficient is 1 (Euclid's algorithm).
 */
export function commonFactor(a: Polynomial, b: Polynomial): Polynomial {
  let [x, y] = [a, b];
  while (y.length > 0) [x, y] = [y, division(x, y).rest];
  return normal(x, contents([a, b]));
}

/** The least common multiple, by the same convention; null where it is too long. */
export function commonMultiple(a: Polynomial, b: Polynomial): Polynomial | null {
  if (a.length === 0 || b.length === 0) return [];
  const all = product(a, b);
  if (all === null) return null;
  const multiple = division(all, commonFactor(a, b)).quotient;
  return isWhole(a) && isWhole(b) ? multiple : normal(multiple, null);
}

function isWhole(a: Polynomial): boolean {
  return a.every(({ d }) => d === 1n);
}

/** The common divisor of all coefficients; null where one is no integer. */
function contents(polynomials: readonly Polynomial[]): bigint | null {
  if (!polynomials.every(isWhole)) return null;
  return polynomials
    .flat()
    .reduce((divisor, { n }) => (divisor === 0n ? abs(n) : q.gcd(divisor, n)), 0n);
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** A multiple with a first coefficient of 1, or with whole coefficients of the given common divisor. */
function normal(a: Polynomial, content: bigint | null): Polynomial {
  const inverse = a.length === 0 ? null : q.divide(q.ONE, elementAt(a, -1));
  if (inverse === null) return a;
  const monic = scaled(a, inverse);
  if (content === null) return monic;
  const denominator = monic.reduce((common, { d }) => (common * d) / q.gcd(common, d), 1n);
  const whole = scaled(monic, q.rational(denominator));
  const own = contents([whole]) ?? 1n;
  return scaled(whole, q.rational(content, own === 0n ? 1n : own));
}

/** A polynomial in a part as an expression. */
export function fromPolynomial(polynomial: Polynomial, atom: Node): Node {
  const args = polynomial.map((value, power): Node => ({
    kind: 'multiply',
    args: [exactNumber(value), { kind: 'power', base: atom, exponent: integer(power) }],
  }));
  return args.length === 0 ? integer(0) : { kind: 'add', args };
}
