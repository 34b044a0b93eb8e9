import { withCommonLogs } from './common-logs.ts';
import { evaluateExact } from './exact.ts';
import { withPrimes } from './differentials.ts';
import { sameValue } from './identity.ts';
import { createPoint, evaluate } from './evaluate.ts';
import { evaluatePrecisely } from './evaluate-precise.ts';
import { different, equal, unknown, type Judgement } from './judgement.ts';
import type { MathPolicy } from './policy.ts';
import * as p from './precise.ts';
import * as q from './rational.ts';
import { withRealRoots } from './real-roots.ts';
import { DEGREE, IMAGINARY, PERCENT, ROOT, SYMBOL, traitsOf } from './traits.ts';
import { contains, freeSymbols, substitute, type Node, type NodeOf } from './tree.ts';

/** A decimal of this many digits is a printed double: it stands for every value that prints as it. */
const DOUBLE_DIGITS = 15;
/** No double has more, but for the zeros of a small one. */
const MOST_DOUBLE_DIGITS = 17;

/** Compares two scalar answers under the policies on percent, degrees, rounding and bases. */
export function compareScalars(gold: Node, answer: Node, policy: MathPolicy): Judgement {
  const plain = sameValue(gold, answer);
  if (plain.result === 'equal') {
    return policy.unreducedFractions === 'refuse' && isUnreduced(answer) && !isUnreduced(gold)
      ? different('the value is right and was not reduced')
      : plain;
  }
  const [left, right] = [traitsOf(gold), traitsOf(answer)];
  const onOneSide = left ^ right;
  const isPercentFree = policy.percent === 'sign-optional' && (onOneSide & PERCENT) !== 0;
  const isDegreeFree = policy.degrees === 'either' && (onOneSide & DEGREE) !== 0;
  return (
    (isPercentFree ? withoutSign(gold, answer, 'percent') : null) ??
    (isDegreeFree ? withoutSign(gold, answer, 'degree') : null) ??
    sameDigitsInBase(gold, answer) ??
    samePrintedDouble(gold, answer) ??
    (policy.rounding === 'gold-places' ? sameAtGoldPlaces(gold, answer) : null) ??
    (((left | right) & SYMBOL) === 0 ? sameWithRealRoots(gold, answer) : null) ??
    ((left & right & SYMBOL) === 0 ? null : sameParameter(gold, answer)) ??
    ((onOneSide & IMAGINARY) === 0 ? null : sameImaginary(gold, answer, left)) ??
    ((left & right & SYMBOL) === 0 ? null : sameDerivative(gold, answer)) ??
    (((left | right) & ROOT) === 0 ? null : sameWithCommonLogs(gold, answer)) ??
    plain
  );
}

function sameWithRealRoots(gold: Node, answer: Node): Judgement | null {
  const [left, right] = [withRealRoots(gold), withRealRoots(answer)];
  if (left === gold && right === answer) return null;
  return sameValue(left, right).result === 'equal'
    ? equal('the same with the real root of odd order')
    : null;
}

/** `\log 100` is 2 for those who write `\ln` for the natural logarithm. */
function sameWithCommonLogs(gold: Node, answer: Node): Judgement | null {
  const [left, right] = [withCommonLogs(gold), withCommonLogs(answer)];
  if (left === gold && right === answer) return null;
  return sameValue(left, right).result === 'equal'
    ? unknown('the two sides are equal if a logarithm without a base has the base 10')
    : null;
}

function isUnreduced(node: Node): boolean {
  if (node.kind === 'negate') return isUnreduced(node.arg);
  if (node.kind !== 'divide' || node.top.kind !== 'number' || node.bottom.kind !== 'number')
    return false;
  const [top, bottom] = [node.top.value, node.bottom.value];
  return bottom.n === 1n || q.gcd(top.n, bottom.n) !== 1n;
}

/** Where only one side writes the sign (`%`, `°`), the bare numbers may be compared. */
function withoutSign(gold: Node, answer: Node, kind: 'percent' | 'degree'): Judgement | null {
  const judgement = sameValue(strip(gold, kind), strip(answer, kind));
  return judgement.result === 'equal' ? equal(`the ${kind} sign was left out on one side`) : null;
}

function strip(node: Node, kind: 'percent' | 'degree'): Node {
  if (node.kind === kind) return node.arg;
  if (node.kind === 'negate') return { kind: 'negate', arg: strip(node.arg, kind) };
  if (node.kind === 'add' || node.kind === 'multiply')
    return { kind: node.kind, args: node.args.map((arg) => strip(arg, kind)) };
  if (node.kind === 'divide')
    return { kind: 'divide', top: strip(node.top, kind), bottom: node.bottom };
  return node;
}

/** A question that asks for base 8 may be answered without writing the base. */
function sameDigitsInBase(gold: Node, answer: Node): Judgement | null {
  const [based, other] = gold.kind === 'base' ? [gold, answer] : [answer, gold];
  if (based.kind !== 'base' || evaluateExact(based) === null) return null;
  return based.digits === digitsWritten(other)
    ? equal('the same digits, the base written on one side only')
    : null;
}

/** `2AF` without its base reads as a product. */
function digitsWritten(node: Node): string | null {
  if (node.kind === 'number') return node.places === null ? node.written : null;
  if (node.kind === 'symbol') return node.name;
  if (node.kind !== 'multiply') return null;
  const digits = node.args.map(digitsWritten);
  return digits.includes(null) ? null : digits.join('');
}

/** A decimal of so many digits was computed: it is what a double prints, or the value rounded or cut at its own places. */
function samePrintedDouble(gold: Node, answer: Node): Judgement | null {
  for (const [decimal, other] of [
    [gold, answer],
    [answer, gold],
  ] as const) {
    const number = signedNumber(decimal);
    if (number?.places == null || significantDigits(number.written) < DOUBLE_DIGITS) continue;
    if (isPlainDecimal(other) || freeSymbols(other).size > 0) continue;
    if (isDoubleOf(other, number) || isDistanceWithin(other, number.value, number.places))
      return equal('the decimal is the other value as a computer prints it');
  }
  return null;
}

/** Whether a double prints as the number and is the value, but for what a computation adds up. */
function isDoubleOf(other: Node, { value, written }: SignedNumber): boolean {
  const digits = significantDigits(written);
  const printed = q.toNumber(value);
  if (digits > MOST_DOUBLE_DIGITS) return false;
  if (significant(Math.abs(printed).toPrecision(digits)) !== significant(written)) return false;
  const computed = numericValue(other);
  return computed !== null && Math.abs(computed - printed) <= Math.abs(printed) * 2 ** -50;
}

/** Whether the number is the value rounded at its places, or cut there. */
function isDistanceWithin(other: Node, number: q.Rational, places: number): boolean {
  const { value } = evaluatePrecisely(other);
  if (value === null) return false;
  const excess = p.toNumber(p.add(value, p.negate(p.fromRational(number)))) * 10 ** places;
  const isCut = p.magnitude(value) !== -Infinity && excess * p.toNumber(value) > 0;
  return Math.abs(excess) < (isCut ? 1 : 0.5) - 1e-9;
}

/** A decimal reference with d places accepts what rounds to it there, and a value that is no decimal also where it is cut. */
function sameAtGoldPlaces(gold: Node, answer: Node): Judgement | null {
  const percent = gold.kind === 'percent';
  const number = signedNumber(percent ? gold.arg : gold);
  if (number === null || number.value.n === 0n) return null;
  const value = numericValue(percent && answer.kind === 'percent' ? answer.arg : answer);
  if (value === null) return null;
  const answered = signedNumber(answer.kind === 'percent' ? answer.arg : answer);
  const places = placesOf(number);
  const scale = percent && answer.kind !== 'percent' ? 100 : 1;
  const isNear = answered === null ? meetsPlaces : isWithinHalf;
  if (places !== null && isNear(value * scale, q.toNumber(number.value), places))
    return equal(`the value rounds to the reference at ${places} places`);
  const given = answered === null ? null : placesOf(answered);
  const isShorter =
    answered !== null &&
    places !== null &&
    significantDigits(answered.written) >= 3 &&
    (given ?? 0) < places;
  if (isShorter && isWithinHalf(q.toNumber(number.value), value, given ?? 0))
    return equal(`the reference rounds to the value at ${given ?? 0} places`);
  return null;
}

function placesOf(number: { readonly places: number | null }): number | null {
  return number.places === null || number.places === 0 ? null : number.places;
}

function meetsPlaces(value: number, written: number, places: number): boolean {
  const isCut =
    Math.abs(value) > Math.abs(written) &&
    Math.sign(value) === Math.sign(written) &&
    Math.abs(value - written) < 10 ** -places * (1 - 2 ** -40);
  return isCut || isWithinHalf(value, written, places);
}

function isWithinHalf(value: number, rounded: number, places: number): boolean {
  const unit = 10 ** -places;
  return Math.abs(value - rounded) <= unit / 2 + Math.abs(rounded) * 2 ** -50;
}

interface SignedNumber {
  readonly value: q.Rational;
  readonly places: number | null;
  readonly written: string;
}

function signedNumber(node: Node): SignedNumber | null {
  if (node.kind === 'number') return node;
  if (node.kind !== 'negate' || node.arg.kind !== 'number') return null;
  return { ...node.arg, value: q.negate(node.arg.value) };
}

function isPlainDecimal(node: Node): node is NodeOf<'number'> {
  return signedNumber(node) !== null;
}

function significantDigits(written: string): number {
  return significant(written).length;
}

function significant(written: string): string {
  return written.split(/e/iu, 1).join('').replace('.', '').replace(/^0+/u, '');
}

function numericValue(node: Node): number | null {
  const exact = evaluateExact(node);
  if (exact !== null) return q.toNumber(exact);
  if (freeSymbols(node).size > 0) return null;
  const value = evaluate(node, createPoint(new Map()));
  return Number.isFinite(value.re) && Math.abs(value.im) <= value.error ? value.re : null;
}

/**
 * Engineers write `3 - 4j`, computer algebra `3*I`: a single such letter is the imaginary unit where the other side
 * has it. A lone `j` is left alone, because it may be a unit vector.
 */
function sameImaginary(gold: Node, answer: Node, goldTraits: number): Judgement | null {
  const [whole, lettered] = (goldTraits & IMAGINARY) === 0 ? [answer, gold] : [gold, answer];
  const [letter, ...others] = [...freeSymbols(lettered)];
  if (letter === undefined || others.length > 0) return null;
  if (letter !== 'I' && !(letter === 'j' && lettered.kind === 'add')) return null;
  const unit: Node = { kind: 'constant', name: 'i' };
  return sameValue(whole, substitute(lettered, new Map([[letter, unit]]))).result === 'equal'
    ? equal('the same with the imaginary unit by another letter')
    : null;
}

/** `dy/dx` and `y'`. */
function sameDerivative(gold: Node, answer: Node): Judgement | null {
  const pair = withPrimes(gold, answer);
  if (pair === null) return null;
  return sameValue(...pair).result === 'equal'
    ? equal('the same up to the sign of a derivative')
    : null;
}

const PARAMETER = /^[nkmlNKcC]$/u;

/** The integer of a periodic solution and the constant of integration may have any name: `kπ` and `nπ`. */
function sameParameter(gold: Node, answer: Node): Judgement | null {
  const [left, right] = [freeSymbols(gold), freeSymbols(answer)];
  const only = [...left].filter((name) => !right.has(name));
  const other = [...right].filter((name) => !left.has(name));
  const [from] = other;
  const [to] = only;
  if (only.length !== 1 || other.length !== 1 || from === undefined || to === undefined)
    return null;
  if (!PARAMETER.test(from) || !PARAMETER.test(to)) return null;
  const isConstant = from.toLowerCase() === 'c' && to.toLowerCase() === 'c';
  const isPeriodic =
    contains(gold, (part) => part.kind === 'constant' && part.name === 'pi') && left.size === 1;
  if (!isConstant && !isPeriodic) return null;
  const renamed = substitute(answer, new Map([[from, { kind: 'symbol', name: to }]]));
  return sameValue(gold, renamed).result === 'equal'
    ? equal('the same up to the name of a parameter')
    : null;
}
