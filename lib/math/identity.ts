import { elementAt } from '#lib/text/element.ts';
import { createRng, type Rng } from '../rng.ts';
import * as c from './complex.ts';
import type { Complex } from './complex.ts';
import { createPoint, evaluate } from './evaluate.ts';
import { evaluateExact } from './exact.ts';
import { evaluatePrecisely } from './evaluate-precise.ts';
import { add as addPrecisely, isZero, magnitude, negate as negatePrecisely } from './precise.ts';
import { different, equal, unknown, type Judgement } from './judgement.ts';
import { limitOf } from './limit.ts';
import { fieldPoints, type FieldPlace } from './field-points.ts';
import { evaluateModulo, FIELDS } from './modular.ts';
import { sameTree } from './canonical.ts';
import { compareDivisors, withPolynomials } from './divisors.ts';
import { equals, type Rational } from './rational.ts';
import { isComplexLetter } from './names.ts';
import { BOUND, traitsOf } from './traits.ts';
import { contains, freeSymbols, type Node } from './tree.ts';

const FIELD_POINTS = 2;
const DRAW = { seed: 'field', fields: FIELDS, count: FIELD_POINTS } as const;
const SAMPLES = 24;
/** A limit takes longer than any other part. */
const LIMIT_SAMPLES = 6;
/** Agreement at fewer points than this proves nothing. */
const NEEDED = 3;

/** Whether two scalar expressions are the same for all values of their variables. */
export function sameValue(a: Node, b: Node): Judgement {
  const exact = sameExactly(a, b) ?? sameFactorial(a, b);
  if (exact !== null) return exact;
  const symbols = [...freeSymbols(b, freeSymbols(a))];
  if (symbols.includes('...'))
    return sameTree(a, b)
      ? equal('both read the same')
      : unknown('the dots leave open what is meant');
  // Sums and integrals cost many evaluations, and most are written alike.
  if ((traitsOf(a) & traitsOf(b) & BOUND) !== 0 && sameTree(a, b))
    return equal('both read the same');
  if (symbols.length === 0) return sameConstant(a, b);
  return proven(a, b, symbols) ?? sameDivisors(a, b, symbols) ?? sameAtSamples(a, b, symbols);
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
  const points = fieldPoints(DRAW, symbols);
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

type Agreement = 'agree' | 'differ' | 'silent';

/** Two values within their own rounding errors agree; a value that is mostly error says nothing. */
function agreementOf(a: Complex, b: Complex): Agreement {
  if (!c.isFinite(a) || !c.isFinite(b)) return 'silent';
  const distance = Math.hypot(a.re - b.re, a.im - b.im);
  const error = a.error + b.error;
  const scale = Math.max(c.size(a), c.size(b));
  if (distance > 64 * error && distance > 1e-12 * scale) return 'differ';
  if (isVanishing(a, b) || isVanishing(b, a)) return 'agree';
  return error <= 1e-9 * scale || (scale === 0 && error === 0) ? 'agree' : 'silent';
}

/** Exactly zero on one side, and nothing but rounding on the other. */
function isVanishing(zero: Complex, other: Complex): boolean {
  return (
    zero.re === 0 &&
    zero.im === 0 &&
    zero.error === 0 &&
    c.size(other) <= other.error &&
    other.error < 1e-9
  );
}

function sameConstant(a: Node, b: Node): Judgement {
  const point = createPoint(new Map());
  const left = evaluate(a, point);
  const right = evaluate(b, point);
  const agreement = agreementOf(left, right);
  if (agreement === 'differ' && !point.isOpaque) return different('the values differ');
  const field = proven(a, b, []);
  if (field !== null) return field;
  if (agreement === 'silent')
    return sameInfinity(a, b) ?? unknown('the value is too large, too small or undefined');
  if (agreement === 'agree')
    return samePrecisely(a, b) ?? equal('both have the same value to all digits of a double');
  return point.isOpaque
    ? unknown('a part of the expression has no numeric value here')
    : different('the values differ');
}

/** Some bits are lost on the way; equal values agree to many more than unequal ones ever do by chance. */
const AGREEING_BITS = 180;

/** Tells near-equal real constants apart; null where one has no precise value. */
function samePrecisely(a: Node, b: Node): Judgement | null {
  const left = evaluatePrecisely(a);
  const right = left === null ? null : evaluatePrecisely(b);
  if (left === null || right === null) return null;
  const difference = addPrecisely(left, negatePrecisely(right));
  if (isZero(difference)) return equal('both have the same exact value');
  const distance = magnitude(difference);
  const scale = Math.max(magnitude(left), magnitude(right));
  return distance < scale - AGREEING_BITS
    ? equal('both have the same value to 50 digits')
    : different('the values differ after many equal digits');
}

function sameInfinity(a: Node, b: Node): Judgement | null {
  const signs = [a, b].map(infinitySign);
  if (signs[0] === null && signs[1] === null) return null;
  return signs[0] === signs[1]
    ? equal('both are the same infinity')
    : different('only one is that infinity');
}

function infinitySign(node: Node): 1 | -1 | null {
  if (node.kind === 'constant' && node.name === 'inf') return 1;
  if (node.kind === 'percent') return infinitySign(node.arg);
  if (node.kind === 'bound') {
    const limit = node.op.startsWith('lim') ? limitOf(node, new Map()) : null;
    return limit === 'inf' ? 1 : limit === '-inf' ? -1 : null;
  }
  if (node.kind !== 'negate') return null;
  const sign = infinitySign(node.arg);
  return sign === null ? null : sign === 1 ? -1 : 1;
}

const INTEGER_LETTER = /^[nkmjNKM](?:_\w+)?$/u;

/** Seeded points, positive first, then of both signs; agreement counts only where the values are well conditioned. */
function sameAtSamples(a: Node, b: Node, symbols: readonly string[]): Judgement {
  const isBranching = [a, b].some((node) => contains(node, isPowerOfPower));
  const hasLimit = [a, b].some((node) => contains(node, isLimit));
  const isConjugating = [a, b].some((node) => contains(node, isConjugate));
  const rng = createRng('samples', ...symbols);
  const tally = { agree: 0, differ: 0, agreeComplex: 0, differComplex: 0, isOpaque: false };
  for (let index = 0; index < (hasLimit ? LIMIT_SAMPLES : SAMPLES); index += 1) {
    const values = sample(rng, symbols, index);
    if (isConjugating) turnComplex(values, rng);
    if (hasLimit) simplify(values);
    const point = createPoint(values);
    const agreement = agreementOf(evaluate(a, point), evaluate(b, point));
    tally.isOpaque ||= point.isOpaque;
    if (agreement === 'silent') continue;
    const isComplex = point.hasLeftReals;
    // Off the real line with mixed signs the branch of a root is a convention, not a fact about the answer.
    if (isComplex && index >= SAMPLES / 2) {
      if (isBranching && agreement === 'differ')
        return unknown('the two sides are equal for positive letters only');
      continue;
    }
    if (agreement === 'agree') tally[isComplex ? 'agreeComplex' : 'agree'] += 1;
    else tally[isComplex ? 'differComplex' : 'differ'] += 1;
    if (tally.differ >= 2) break;
    if (!isBranching && tally.agree >= 10 && index >= SAMPLES / 2 + 3) break;
  }
  if (tally.differ > 0) {
    if (sameAtIntegers(a, b, symbols))
      return equal('the two sides agree at all integers that were tried');
    return tally.isOpaque
      ? unknown('the difference may come from a part that was not evaluated')
      : different('the values differ at a sample point');
  }
  if (tally.agree >= NEEDED) return equal('the two sides agree at all sample points');
  if (tally.differComplex > 0) return different('the values differ at a complex sample point');
  if (tally.agreeComplex >= NEEDED) return equal('the two sides agree at all sample points');
  return unknown('no sample point lies in the domain of both sides');
}

function sample(rng: Rng, symbols: readonly string[], index: number): Map<string, Complex> {
  const values = new Map<string, Complex>();
  for (const name of symbols) values.set(name, coordinate(rng, index));
  return values;
}

/** A conjugate, a part or an argument tells complex numbers from real ones. */
function isConjugate(node: Node): boolean {
  return node.kind === 'call' && CONJUGATES.has(node.name);
}

const CONJUGATES: ReadonlySet<string> = new Set(['conj', 'Re', 'Im', 'arg']);

/** The letters of complex numbers leave the real line, `a` and `b` of `a + bi` stay on it. */
function turnComplex(values: Map<string, Complex>, rng: Rng): void {
  for (const [name, value] of values)
    if (isComplexLetter(name)) values.set(name, c.complex(value.re, rng.float() * 4 - 2, 0));
}

function isLimit(node: Node): boolean {
  return node.kind === 'bound' && node.op.startsWith('lim');
}

/** Limits are found in fractions: short ones keep them quick. */
function simplify(values: Map<string, Complex>): void {
  for (const [name, { re, im }] of values)
    values.set(name, c.complex(Math.round(re * 16) / 16, im, 0));
}

const SCALES = [1, 3, 0.5, 8] as const;

/** Below one, around one, a few units, then both signs and some integers. */
function coordinate(rng: Rng, index: number): Complex {
  const fraction = rng.float();
  if (index < SAMPLES / 2) {
    const scale = elementAt(SCALES, index % 4);
    return c.complex(0.05 + fraction * scale, 0, 0);
  }
  if (index % 3 === 2) return c.complex(Math.round(fraction * 12 - 6) || 2, 0, 0);
  return c.complex((fraction - 0.5) * (index % 2 === 0 ? 2 : 9), 0, 0);
}

/** `(-1)^n`, `\cos n\pi` and factorials speak of integers: there the two sides must agree everywhere. */
function sameAtIntegers(a: Node, b: Node, symbols: readonly string[]): boolean {
  const integers = symbols.filter((name) => INTEGER_LETTER.test(name));
  if (integers.length === 0 || !(speaksOfIntegers(a) || speaksOfIntegers(b))) return false;
  const rng = createRng('integers', ...symbols);
  let agreements = 0;
  for (let index = 0; index < 10; index += 1) {
    const values = new Map(
      symbols.map((name) => [
        name,
        integers.includes(name)
          ? c.complex(rng.between(1, 9 + index), 0, 0)
          : coordinate(rng, index),
      ]),
    );
    const point = createPoint(values);
    const agreement = agreementOf(evaluate(a, point), evaluate(b, point));
    if (agreement === 'differ') return false;
    if (agreement === 'agree' && !point.isOpaque) agreements += 1;
  }
  return agreements >= 6;
}

/** `(a^b)^c` with letters in both exponents is `a^(bc)` for positive a only. */
function isPowerOfPower(node: Node): boolean {
  if (node.kind !== 'power' || node.base.kind !== 'power') return false;
  return freeSymbols(node.exponent).size > 0 && freeSymbols(node.base.exponent).size > 0;
}

function speaksOfIntegers(node: Node): boolean {
  return contains(node, (part) => {
    if (part.kind === 'bound') return part.op === 'sum' || part.op === 'prod';
    if (part.kind === 'power')
      return part.base.kind === 'negate' && part.exponent.kind !== 'number';
    if (part.kind !== 'call') return false;
    if (
      part.name === 'factorial' ||
      part.name === 'binom' ||
      part.name === 'floor' ||
      part.name === 'mod'
    )
      return true;
    return (
      (part.name === 'sin' || part.name === 'cos') &&
      contains(part, (inner) => inner.kind === 'constant' && inner.name === 'pi')
    );
  });
}
