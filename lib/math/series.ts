import { elementAt } from '#lib/text/element.ts';
import * as q from './rational.ts';
import type { Rational } from './rational.ts';

/**
 * A Laurent series in t with rational coefficients, cut off behind its last term: the sum of `terms[k] · t^(low + k)`, and
 * nothing is known beyond. What is exact is filled up with zeros.
 */
export interface Series {
  readonly low: number;
  readonly terms: readonly Rational[];
}

/** Terms that are carried; where all of them cancel, nothing is known. */
const ORDER = 8;
/** Longer coefficients take longer than an answer is worth. */
const MAX_BITS = 4000;

function padded(low: number, terms: readonly Rational[]): Series {
  return { low, terms: [...terms, ...Array.from({ length: ORDER - terms.length }, () => q.ZERO)] };
}

export function constant(value: Rational): Series {
  return padded(0, [value]);
}

/** `value + sign · t`, or `sign / t` where the value is null. */
export function approaching(value: Rational | null, sign: 1 | -1): Series {
  const slope = q.rational(BigInt(sign));
  return value === null ? padded(-1, [slope]) : padded(0, [value, slope]);
}

export function add(a: Series, b: Series): Series {
  const low = Math.min(a.low, b.low);
  const end = Math.min(a.low + a.terms.length, b.low + b.terms.length);
  const length = Math.max(0, end - low);
  return {
    low,
    terms: Array.from({ length }, (_, k) => q.add(at(a, low + k), at(b, low + k))),
  };
}

function at(series: Series, power: number): Rational {
  return series.terms[power - series.low] ?? q.ZERO;
}

export function scale(series: Series, factor: Rational): Series {
  return { low: series.low, terms: series.terms.map((term) => q.multiply(term, factor)) };
}

export function multiply(a: Series, b: Series): Series | null {
  const length = Math.min(a.terms.length, b.terms.length);
  const terms: Rational[] = [];
  for (let k = 0; k < length; k += 1) {
    let sum = q.ZERO;
    for (let i = 0; i <= k; i += 1) {
      const [x, y] = [elementAt(a.terms, i), elementAt(b.terms, k - i)];
      if (x.n !== 0n && y.n !== 0n) sum = q.add(sum, q.multiply(x, y));
    }
    if (q.bitLength(sum.n) + q.bitLength(sum.d) > MAX_BITS) return null;
    terms.push(sum);
  }
  return { low: a.low + b.low, terms };
}

/** Without zeros before its first term; null where no term but zeros is known. */
export function leading(series: Series): Series | null {
  const first = series.terms.findIndex(({ n }) => n !== 0n);
  return first === -1 ? null : { low: series.low + first, terms: series.terms.slice(first) };
}

export function divide(a: Series, b: Series): Series | null {
  const inverse = power(b, q.rational(-1n));
  return inverse === null ? null : multiply(a, inverse);
}

/** A rational power, by the binomial series behind the first term; null where that term has no rational power. */
export function power(series: Series, exponent: Rational): Series | null {
  if (exponent.n === 0n) return constant(q.ONE);
  const from = leading(series);
  if (from === null) return null;
  const shift = q.multiply(q.rational(BigInt(from.low)), exponent);
  const first = elementAt(from.terms, 0);
  const root = exponent.d === 1n ? first : realRoot(first, exponent.d);
  const factor = root === null ? null : q.power(root, exponent.n);
  const inverse = q.divide(q.ONE, first);
  if (shift.d !== 1n || factor === null || inverse === null) return null;
  const rest = scale({ low: 0, terms: from.terms }, inverse);
  const small: Series = { low: 0, terms: [q.ZERO, ...rest.terms.slice(1)] };
  let coefficient = q.ONE;
  const raised = compose(small, (k) => {
    if (k > 0) {
      const next = q.add(exponent, q.rational(BigInt(1 - k)));
      coefficient = q.multiply(coefficient, q.multiply(next, q.rational(1n, BigInt(k))));
    }
    return coefficient;
  });
  return raised === null ? null : { low: Number(shift.n), terms: scale(raised, factor).terms };
}

/** Near a positive number a root is its principal one; near a negative number it may leave the reals. */
function realRoot(value: Rational, degree: bigint): Rational | null {
  return value.n > 0n && degree <= 12n ? q.exactRoot(value, Number(degree)) : null;
}

/** `f(u)` for u that vanishes at t = 0, by the coefficients of f, which are asked for in order; null where u does not vanish. */
export function compose(u: Series, coefficient: (k: number) => Rational): Series | null {
  if (u.low < 0 || at(u, 0).n !== 0n || u.low + u.terms.length < 1) return null;
  const inner: Series = {
    low: 0,
    terms: Array.from({ length: u.low + u.terms.length }, (_, k) => at(u, k)).slice(0, ORDER),
  };
  let sum: Series = scale({ ...constant(q.ONE), low: 0 }, coefficient(0));
  let raised: Series | null = constant(q.ONE);
  for (let k = 1; k < ORDER; k += 1) {
    raised = multiply(raised, inner);
    if (raised === null) return null;
    sum = add(sum, scale(raised, coefficient(k)));
  }
  return sum;
}
