import { elementAt } from '#lib/text/element.ts';
import { sameConstant } from './constant-values.ts';
import { evaluateExact } from './exact.ts';
import { different, equal, unknown, type Judgement } from './judgement.ts';
import { fieldPoints, type FieldPlace } from './field-points.ts';
import { evaluateModulo, FIELDS } from './modular.ts';
import { sameTree } from './canonical.ts';
import { withoutDots } from './dots.ts';
import { compareDivisors, withPolynomials } from './divisors.ts';
import { equals, type Rational } from './rational.ts';
import { sameAtSamples } from './samples.ts';
import { BOUND, traitsOf } from './traits.ts';
import { freeSymbols, type Node } from './tree.ts';

const FIELD_POINTS = 2;
const placesOf = fieldPoints({ seed: 'field', fields: FIELDS, count: FIELD_POINTS });
/** Agreement at fewer points than this proves nothing. */
const NEEDED = 3;

/** Whether two scalar expressions are the same for all values of their variables. */
export function sameValue(a: Node, b: Node): Judgement {
  const exact = sameExactly(a, b) ?? sameFactorial(a, b);
  if (exact !== null) return exact;
  const symbols = [...freeSymbols(b, freeSymbols(a))];
  if (symbols.includes('...')) return sameTree(a, b) ? equal('both read the same') : sameRows(a, b);
  // Sums and integrals cost many evaluations, and most are written alike.
  if ((traitsOf(a) & traitsOf(b) & BOUND) !== 0 && sameTree(a, b))
    return equal('both read the same');
  if (symbols.length === 0) return sameConstant(a, b, () => proven(a, b, symbols));
  return proven(a, b, symbols) ?? sameDivisors(a, b, symbols) ?? sameAtSamples(a, b, symbols);
}

function sameRows(a: Node, b: Node): Judgement {
  const areSame = (left: Node, right: Node): boolean => sameValue(left, right).result === 'equal';
  const [left, right] = [withoutDots(a, areSame), withoutDots(b, areSame)];
  return freeSymbols(right, freeSymbols(left)).has('...')
    ? unknown('the dots leave open what is meant')
    : sameValue(left, right);
}

/** Null where neither side has a divisor or a multiple of letters. */
function sameDivisors(a: Node, b: Node, symbols: readonly string[]): Judgement | null {
  const whole = compareDivisors(a, b, symbols);
  if (whole?.result !== 'unknown') return whole;
  const [left, right] = [withPolynomials(a), withPolynomials(b)];
  if (left === a && right === b) return whole;
  const asPolynomials = proven(left, right, symbols) ?? sameAtSamples(left, right, symbols);
  return asPolynomials.result === 'equal' ? asPolynomials : whole;
}

/** What finite fields decide; null when they decide nothing. */
function proven(a: Node, b: Node, symbols: readonly string[]): Judgement | null {
  const points = placesOf(symbols);
  return sameInFields(a, b, points, false) ?? sameInFields(a, b, points, true);
}

function sameExactly(a: Node, b: Node): Judgement | null {
  const left = evaluateExact(a);
  const right = left === null ? null : evaluateExact(b);
  return left === null || right === null ? null : compareExactly(left, right);
}

export function compareExactly(a: Rational, b: Rational): Judgement {
  return equals(a, b)
    ? equal('both are the same exact number')
    : different('both are exact numbers, and they differ');
}

/** Factorials from 2! on are equal only for equal arguments, so that large ones need not be computed. */
function sameFactorial(a: Node, b: Node): Judgement | null {
  if (a.kind !== 'call' || b.kind !== 'call' || a.name !== 'factorial' || b.name !== 'factorial')
    return null;
  const [left, right] = [evaluateExact(elementAt(a.args, 0)), evaluateExact(elementAt(b.args, 0))];
  if (left === null || right === null || left.n < 2n || right.n < 2n) return null;
  return equals(left, right)
    ? equal('both are the same factorial')
    : different('the factorials are of different numbers');
}

/**
 * Decides polynomial and rational expressions. With generic elements in place of functions it can still prove equality;
 * null when it proves nothing.
 */
function sameInFields(
  a: Node,
  b: Node,
  points: readonly FieldPlace[],
  isGeneric: boolean,
): Judgement | null {
  let agreements = 0;
  for (const [index, { field, values }] of points.entries()) {
    const point = { field, values, isGeneric };
    const left = evaluateModulo(a, point);
    const right = left === null ? null : evaluateModulo(b, point);
    if (left === null || right === null) {
      if (index % FIELD_POINTS === 0) return null;
      continue;
    }
    if (left !== right)
      return isGeneric ? null : different('the two sides differ at a point of a finite field');
    agreements += 1;
    if (agreements === NEEDED) break;
  }
  return agreements === NEEDED
    ? equal('the two sides agree at random points of two finite fields')
    : null;
}
