import { elementAt } from '#lib/text/element.ts';
import { createRng, type Rng } from '../rng.ts';
import { agreementOf, isClear, type Agreement } from './agreement.ts';
import * as c from './complex.ts';
import type { Complex } from './complex.ts';
import { differsPrecisely } from './constant-values.ts';
import { createPoint, evaluate } from './evaluate.ts';
import { evaluateExact } from './exact.ts';
import { different, equal, unknown, type Judgement } from './judgement.ts';
import { keptBySymbols } from './kept-points.ts';
import { isComplexLetter } from './names.ts';
import { equals, rational, toNumber } from './rational.ts';
import {
  COMPLEX_PART,
  HIDING,
  LIMIT,
  LONG,
  RAISED_AGAIN,
  ROOT,
  STEPS,
  traitsOf,
} from './traits.ts';
import { children, contains, exactNumber, freeSymbols, substitute, type Node } from './tree.ts';

const NEAR = 24;
/** Agreement at fewer points than this proves nothing. */
const NEEDED = 3;
/** After so many agreements the rest of the near points would say nothing new; functions with steps and corners need more. */
const PLENTY = 6;
const PLENTY_OF_STEPS = 10;

type Values = Map<string, Complex>;

interface Place {
  readonly values: Values;
  readonly isPositive: boolean;
}

/**
 * Compares at seeded points, near and far, of all signs. Two sides that agree where both are real, and of which only one is
 * real somewhere else, are neither equal nor different.
 */
export function sameAtSamples(a: Node, b: Node, symbols: readonly string[]): Judgement {
  const traits = traitsOf(a) | traitsOf(b);
  const isBranching =
    (traits & RAISED_AGAIN) !== 0 && (contains(a, isPowerOfPower) || contains(b, isPowerOfPower));
  // Several letters below roots are the sides and masses of some figure, and positive.
  const isPlain =
    (traits & ROOT) === 0 ||
    symbols.length <= 1 ||
    lettersBelowRoots(a, lettersBelowRoots(b)).size <= 1;
  const isSmooth = (traits & STEPS) === 0;
  const plenty = isSmooth ? PLENTY : PLENTY_OF_STEPS;
  const isOfNoUse = (index: number): boolean =>
    index > NEAR / 2 + 3 || (isSmooth && (index < NEAR / 2 || index > NEAR / 2 + 2));
  const tally = { agree: 0, differ: 0, agreeComplex: 0, differComplex: 0, parted: 0 };
  let [isOpaque, hasLost] = [false, false];
  for (const [index, place] of placesOf(a, b, { symbols, traits }).entries()) {
    if (index < NEAR && !isBranching && tally.agree >= plenty && isOfNoUse(index)) continue;
    const met = meeting(a, b, place.values);
    isOpaque ||= met.isOpaque;
    // Far away, terms of several sizes always lose some of their digits.
    hasLost ||= met.hasLost && index < NEAR;
    if (met.agreement === 'silent') continue;
    if (met.real === 'both') tally[met.agreement] += 1;
    else if (met.real === 'one' && met.agreement === 'differ' && isPlain) tally.parted += 1;
    else if (place.isPositive)
      tally[met.agreement === 'agree' ? 'agreeComplex' : 'differComplex'] += 1;
    else if (isBranching && met.agreement === 'differ')
      return unknown('the two sides are equal for positive letters only');
    if (tally.differ >= 2) break;
  }
  if (tally.differ > 0 || tally.parted > 0) {
    const atIntegers = sameAtIntegers(a, b, symbols);
    if (atIntegers !== null) return atIntegers;
    if (tally.differ === 0 && tally.agree >= NEEDED)
      return unknown('the two sides are equal only where both are real');
    return isOpaque
      ? unknown('the difference may come from a part that was not evaluated')
      : different('the values differ at a sample point');
  }
  if (tally.agree < NEEDED && tally.differComplex > 0)
    return different('the values differ at a complex sample point');
  if (tally.agree < NEEDED && tally.agreeComplex < NEEDED)
    return unknown('no sample point lies in the domain of both sides');
  if ((traits & STEPS) !== 0 && differAtComplexLetters(a, b, { symbols, traits }))
    return unknown('the two sides are equal for real letters only');
  const mayHide = hasLost || ((traits & HIDING) !== 0 && (hidesDigits(a) || hidesDigits(b)));
  return mayHide && differsAtFractions(a, b, symbols)
    ? different('the values differ after many equal digits')
    : equal('the two sides agree at all sample points');
}

const COMPLEX_TRIES = 4;

/** Beside an absolute value, z and w may be complex where no other coordinate is there: `|z|^2` is not `z^2`. */
function differAtComplexLetters(a: Node, b: Node, { symbols, traits }: Drawn): boolean {
  const complex = (traits & COMPLEX_PART) === 0 ? symbols.filter(isComplexLetter) : [];
  if (complex.length === 0 || symbols.includes('x') || symbols.includes('y')) return false;
  if (!contains(a, isAbsolute) && !contains(b, isAbsolute)) return false;
  return near(symbols, complex)
    .slice(0, COMPLEX_TRIES)
    .some(({ values }) => meetingBy('principal', a, b, values).agreement === 'differ');
}

function isAbsolute(node: Node): boolean {
  return node.kind === 'call' && node.name === 'abs';
}

interface Meeting {
  readonly agreement: Agreement;
  /** How many sides stayed among the reals. */
  readonly real: 'both' | 'one' | 'none';
  readonly isOpaque: boolean;
  readonly hasLost: boolean;
}

function meeting(a: Node, b: Node, values: Values): Meeting {
  const principal = meetingBy('principal', a, b, values);
  if (principal.real !== 'one' || principal.agreement !== 'differ') return principal;
  const school = meetingBy('real', a, b, values);
  return school.real === 'both' && school.agreement === 'agree' ? school : principal;
}

function meetingBy(roots: 'principal' | 'real', a: Node, b: Node, values: Values): Meeting {
  const [left, right] = [createPoint(values, roots), createPoint(values, roots)];
  const agreement = agreementOf(evaluate(a, left), evaluate(b, right));
  const real =
    left.hasLeftReals === right.hasLeftReals ? (left.hasLeftReals ? 'none' : 'both') : 'one';
  return {
    agreement,
    real,
    isOpaque: left.isOpaque || right.isOpaque,
    hasLost: left.hasLost || right.hasLost,
  };
}

/** The letters on which it depends whether a root, a logarithm or a power is real. */
function lettersBelowRoots(node: Node, found = new Set<string>()): Set<string> {
  if (node.kind === 'call' && (node.name === 'root' || node.name === 'log'))
    for (const arg of node.args) freeSymbols(arg, found);
  else if (node.kind === 'power' && evaluateExact(node.exponent)?.d !== 1n)
    freeSymbols(node, found);
  else for (const child of children(node)) lettersBelowRoots(child, found);
  return found;
}

/** The letters of both sides, and their traits together. */
interface Drawn {
  readonly symbols: readonly string[];
  readonly traits: number;
}

/** Near points, then far ones. */
function placesOf(a: Node, b: Node, { symbols, traits }: Drawn): readonly Place[] {
  if ((traits & LIMIT) !== 0) return usualNear(symbols).slice(0, LIMIT_PLACES).map(inSixteenths);
  const reach =
    (traits & LONG) === 0
      ? LEAST_REACH
      : Math.min(MOST_REACH, Math.max(LEAST_REACH, largestNumber(a), largestNumber(b)));
  // Beside parts and conjugates, z and w are complex; every other letter is real.
  const complex = (traits & COMPLEX_PART) === 0 ? [] : symbols.filter(isComplexLetter);
  if (complex.length > 0) return [...near(symbols, complex), ...far(symbols, complex, reach)];
  return reach === LEAST_REACH
    ? usualPlaces(symbols)
    : [...usualNear(symbols), ...far(symbols, complex, reach)];
}

/** A limit takes longer than any other part. */
const LIMIT_PLACES = 6;

/** Limits are found in fractions: short ones keep them quick. */
function inSixteenths({ values, isPositive }: Place): Place {
  const short = [...values].map(([name, { re, im }]): [string, Complex] => [
    name,
    c.complex(Math.round(re * 16) / 16, im, 0),
  ]);
  return { values: new Map(short), isPositive };
}

const usualNear = keptBySymbols((symbols: readonly string[]) => near(symbols, []));
const usualPlaces = keptBySymbols((symbols: readonly string[]) => [
  ...usualNear(symbols),
  ...far(symbols, [], LEAST_REACH),
]);

/** Positive first, then of both signs. */
function near(symbols: readonly string[], complex: readonly string[]): readonly Place[] {
  const rng = createRng('samples', ...symbols);
  return Array.from({ length: NEAR }, (_, index) => {
    const values: Values = new Map();
    for (const name of symbols) values.set(name, coordinate(rng, index));
    for (const name of complex)
      values.set(name, c.complex(rng.float() * 4 - 2, rng.float() * 4 - 2, 0));
    return { values, isPositive: index < NEAR / 2 };
  });
}

const SCALES = [1, 3, 0.5, 8] as const;

/** Below one, around one, a few units, then both signs and some integers. */
function coordinate(rng: Rng, index: number): Complex {
  const fraction = rng.float();
  if (index < NEAR / 2) return c.complex(0.05 + fraction * elementAt(SCALES, index % 4), 0, 0);
  if (index % 3 === 2) return c.complex(Math.round(fraction * 12 - 6) || 2, 0, 0);
  return c.complex((fraction - 0.5) * (index % 2 === 0 ? 2 : 9), 0, 0);
}

const LEAST_REACH = 10;
const MOST_REACH = 1e6;
const MAX_TURNED = 4;

/**
 * Beyond every number that is written, where `|x − 50|` is no longer `50 − x`; then with one letter negative at a time,
 * where `ln x²` is real and `2 ln x` is not.
 */
function far(
  symbols: readonly string[],
  complex: readonly string[],
  reach: number,
): readonly Place[] {
  const rng = createRng('far', ...symbols);
  const place = (scale: number, turned: string | null): Place => {
    const values: Values = new Map();
    for (const name of symbols) {
      const size = scale * (0.3 + rng.float());
      values.set(
        name,
        complex.includes(name)
          ? c.complex(size * (rng.float() - 0.5), size, 0)
          : c.complex(name === turned ? -size : size, 0, 0),
      );
    }
    return { values, isPositive: turned === null };
  };
  const turned = symbols.slice(0, MAX_TURNED);
  return [
    ...[1, 2, 40].map((times) => place(reach * times, null)),
    ...turned.flatMap((name) => [1, 2 * reach].map((scale) => place(scale, name))),
  ];
}

function largestNumber(node: Node): number {
  if (node.kind === 'number') return Math.abs(toNumber(node.value));
  let largest = 0;
  for (const child of children(node)) largest = Math.max(largest, largestNumber(child));
  return largest;
}

/**
 * Whether something comes so near a round value, or is so small beside others, that a double does not show it: `\tanh 20`,
 * `10^{-14}`, `1.00000000000001`.
 */
function hidesDigits(node: Node): boolean {
  switch (node.kind) {
    case 'number':
      return node.written.length > SHORT_NUMBER;
    case 'power':
      if (isLargeExponent(node.exponent)) return true;
      break;
    case 'call':
      if (LEVELLING.has(node.name) && freeSymbols(node).size === 0) return true;
      break;
    default:
  }
  return children(node).some(hidesDigits);
}

const SHORT_NUMBER = 8;

function isLargeExponent(node: Node): boolean {
  const value = evaluateExact(node);
  return value !== null && Math.abs(toNumber(value)) >= SHORT_NUMBER;
}

const LEVELLING: ReadonlySet<string> = new Set(
  'cos sec cosh sech tanh coth arctan arccot zeta'.split(' '),
);

const FRACTION_TRIES = 3;

/** Whether the two sides part at a fraction behind the digits of a double, as `x + \sin 10^{-20}` does from `x`. */
function differsAtFractions(a: Node, b: Node, symbols: readonly string[]): boolean {
  const rng = createRng('fractions', ...symbols);
  for (let round = 0; round < FRACTION_TRIES; round += 1) {
    const sixtyFourths = symbols.map((name) => [name, BigInt(rng.between(5, 200))] as const);
    const nodes = new Map<string, Node>(
      sixtyFourths.map(([name, n]) => [name, exactNumber(rational(n, 64n))]),
    );
    const values = new Map(
      sixtyFourths.map(([name, n]) => [name, c.complex(Number(n) / 64, 0, 0)]),
    );
    if (![a, b].every((side) => isClear(evaluate(side, createPoint(values))))) continue;
    const differs = differsPrecisely(substitute(a, nodes), substitute(b, nodes));
    if (differs !== null) return differs === true;
  }
  return false;
}

const INTEGER_LETTER = /^[nkmjNKM](?:_\w+)?$/u;
const INTEGERS = 32;
/** The first of them are small, the last negative. */
const NEGATIVE_INTEGERS = 6;
const NEEDED_INTEGERS = 6;

/**
 * `(-1)^n`, `\cos n\pi` and factorials speak of integers: there the two sides must agree everywhere. Null where they do not
 * or speak of something else.
 */
function sameAtIntegers(a: Node, b: Node, symbols: readonly string[]): Judgement | null {
  const integers = symbols.filter((name) => INTEGER_LETTER.test(name));
  if (integers.length === 0 || !(speaksOfIntegers(a) || speaksOfIntegers(b))) return null;
  const rng = createRng('integers', ...symbols);
  const reach = Math.ceil(Math.min(MOST_REACH, 3 * Math.max(largestNumber(a), largestNumber(b))));
  const isCounting = [a, b].some((node) => contains(node, counts));
  let agreements = 0;
  for (let index = 0; index < INTEGERS; index += 1) {
    const isNegative = !isCounting && index >= INTEGERS - NEGATIVE_INTEGERS;
    const chosen = new Map(
      integers.map((name) => [name, wholeNumber(rng, index, reach) * (isNegative ? -1 : 1)]),
    );
    const others = symbols.filter((name) => !chosen.has(name));
    const values: Values = new Map([
      ...others.map((name): [string, Complex] => [name, coordinate(rng, index % (NEAR / 2))]),
      ...[...chosen].map(([name, n]): [string, Complex] => [name, c.complex(n, 0, 0)]),
    ]);
    const agreement =
      (others.length === 0 ? exactAgreement(a, b, chosen) : null) ?? sampledAgreement(a, b, values);
    if (agreement === 'differ')
      return isNegative ? unknown('the two sides differ at negative integers') : null;
    if (agreement === 'agree') agreements += 1;
  }
  return agreements >= NEEDED_INTEGERS
    ? equal('the two sides agree at all integers that were tried')
    : unknown('too few integers lie in the domain of both sides');
}

/** Where every letter is an integer, floors and factorials have exact values; null where they have none. */
function exactAgreement(a: Node, b: Node, chosen: ReadonlyMap<string, number>): Agreement | null {
  const values = new Map([...chosen].map(([name, n]) => [name, rational(BigInt(n))]));
  const left = evaluateExact(a, values);
  const right = left === null ? null : evaluateExact(b, values);
  return left === null || right === null ? null : equals(left, right) ? 'agree' : 'differ';
}

function sampledAgreement(a: Node, b: Node, values: Values): Agreement {
  const point = createPoint(values);
  const agreement = agreementOf(evaluate(a, point), evaluate(b, point));
  return agreement === 'agree' && point.isOpaque ? 'silent' : agreement;
}

/** Sums, factorials and binomials speak of natural numbers. */
function counts(node: Node): boolean {
  return node.kind === 'bound' || (node.kind === 'call' && COUNTING.has(node.name));
}

const COUNTING: ReadonlySet<string> = new Set(['factorial', 'double-factorial', 'binom']);

/** Every third lies around and beyond the numbers that are written. */
function wholeNumber(rng: Rng, index: number, reach: number): number {
  return index % 3 === 2 ? rng.between(1, Math.max(20, reach)) : rng.between(1, 9 + index);
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
      COUNTING.has(part.name) ||
      part.name === 'floor' ||
      part.name === 'ceil' ||
      part.name === 'mod'
    )
      return true;
    return (
      (part.name === 'sin' || part.name === 'cos') &&
      contains(part, (inner) => inner.kind === 'constant' && inner.name === 'pi')
    );
  });
}
