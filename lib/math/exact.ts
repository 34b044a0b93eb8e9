import { elementAt } from '#lib/text/element.ts';
import * as q from './rational.ts';
import type { Rational } from './rational.ts';
import { boundDepth, countNodes, type Node, type NodeOf } from './tree.ts';

const MAX_FACTORIAL = 2000n;
const MAX_TERMS = 500;

type Values = ReadonlyMap<string, Rational>;
const NO_VALUES: Values = new Map();

/**
 * The exact rational value of a closed expression, or null when it has none or is too large to be written out.
 * Every size is checked before the arithmetic, so the time is bounded by the size of the tree.
 */
export function evaluateExact(node: Node, values: Values = NO_VALUES): Rational | null {
  switch (node.kind) {
    case 'number':
      return node.value;
    case 'symbol':
      return values.get(node.name) ?? null;
    case 'base':
      return parseInBase(node.digits, node.base);
    case 'negate': {
      const arg = evaluateExact(node.arg, values);
      return arg === null ? null : q.negate(arg);
    }
    case 'percent': {
      const arg = evaluateExact(node.arg, values);
      return arg === null ? null : q.multiply(arg, HUNDREDTH);
    }
    case 'add':
    case 'multiply':
      return fold(node, values);
    case 'divide': {
      const top = evaluateExact(node.top, values);
      const bottom = top === null ? null : evaluateExact(node.bottom, values);
      return top === null || bottom === null ? null : bounded(q.divide(top, bottom));
    }
    case 'power':
      return powerOf(evaluateExact(node.base, values), evaluateExact(node.exponent, values));
    case 'call': {
      const compute = Object.hasOwn(FUNCTIONS, node.name) ? FUNCTIONS[node.name] : undefined;
      if (compute === undefined) return null;
      const args: Rational[] = [];
      for (const arg of node.args) {
        const value = evaluateExact(arg, values);
        if (value === null) return null;
        args.push(value);
      }
      const [first] = args;
      return first === undefined ? null : bounded(compute(first, args));
    }
    case 'bound':
      return iterate(node, values);
    default:
      return null;
  }
}

const HUNDREDTH = q.rational(1n, 100n);

function fold(node: NodeOf<'add' | 'multiply'>, values: Values): Rational | null {
  let result = node.kind === 'add' ? q.ZERO : q.ONE;
  for (const arg of node.args) {
    const value = evaluateExact(arg, values);
    if (value === null) return null;
    result = node.kind === 'add' ? q.add(result, value) : q.multiply(result, value);
    if (bounded(result) === null) return null;
  }
  return result;
}

function bounded(value: Rational | null): Rational | null {
  return value === null || isLong(value.n) || isLong(value.d) ? null : value;
}

/** Both are kept: a bound of this size takes longer to negate than most expressions to evaluate. */
const LONGEST = 1n << BigInt(q.MAX_BITS * 2);
const LONGEST_NEGATIVE = -LONGEST;

function isLong(value: bigint): boolean {
  return value >= LONGEST || value <= LONGEST_NEGATIVE;
}

/** `x^{a/b}` has an exact value only where the b-th root of x is a fraction. */
export function powerOf(base: Rational | null, exponent: Rational | null): Rational | null {
  if (base === null || exponent === null) return null;
  if (exponent.d === 1n) return q.power(base, exponent.n);
  if (exponent.d > 64n) return null;
  const root = base.n < 0n ? null : q.exactRoot(base, Number(exponent.d));
  return root === null ? null : q.power(root, exponent.n);
}

export function parseInBase(digits: string, base: number): Rational | null {
  let value = 0n;
  for (const digit of digits.toLowerCase()) {
    const size = '0123456789abcdefghijklmnopqrstuvwxyz'.indexOf(digit);
    if (size < 0 || size >= base) return null;
    value = value * BigInt(base) + BigInt(size);
  }
  return q.rational(value);
}

type ExactFunction = (first: Rational, all: readonly Rational[]) => Rational | null;

const FUNCTIONS: Readonly<Record<string, ExactFunction>> = {
  abs: (x) => (x.n < 0n ? q.negate(x) : x),
  floor: (x) => q.rational(floor(x)),
  ceil: (x) => q.rational(-floor(q.negate(x))),
  round: (x) => q.rational(floor(q.add(x, q.rational(1n, 2n)))),
  sign: (x) => q.rational(x.n > 0n ? 1n : x.n < 0n ? -1n : 0n),
  max: (_, all) => all.reduce((a, b) => (q.compare(a, b) >= 0 ? a : b)),
  min: (_, all) => all.reduce((a, b) => (q.compare(a, b) <= 0 ? a : b)),
  gcd: (_, all) => all.reduce((a, b) => commonDivisor(a, b)),
  lcm: (_, all) => all.reduce((a, b) => commonMultiple(a, b)),
  root: (x, all) => {
    const degree = all[1] ?? q.rational(2n);
    return degree.d === 1n && degree.n > 0n && degree.n < 1000n
      ? q.exactRoot(x, Number(degree.n))
      : null;
  },
  log: (x, all) =>
    all[1] === undefined ? (q.equals(x, q.ONE) ? q.ZERO : null) : exactLogarithm(x, all[1]),
  mod: (x, all) => {
    const by = all[1];
    const quotient = by === undefined ? null : q.divide(x, by);
    return by === undefined || quotient === null
      ? null
      : q.add(x, q.negate(q.multiply(by, q.rational(floor(quotient)))));
  },
  factorial: (x) =>
    x.d === 1n && x.n >= 0n && x.n <= MAX_FACTORIAL ? q.rational(falling(x.n, x.n)) : null,
  'double-factorial': (x) => {
    if (x.d !== 1n || x.n < 0n || x.n > MAX_FACTORIAL) return null;
    let value = 1n;
    for (let factor = x.n; factor > 1n; factor -= 2n) value *= factor;
    return q.rational(value);
  },
  binom: (top, all) => {
    const below = all[1];
    if (below?.d !== 1n || top.d !== 1n || top.n < 0n || below.n < 0n) return null;
    if (below.n > top.n) return q.ZERO;
    const k = below.n * 2n > top.n ? top.n - below.n : below.n;
    return k > MAX_FACTORIAL ? null : q.rational(falling(top.n, k) / falling(k, k));
  },
  'C()': (top, all) => (all.length === 2 ? combination(top, all) : null),
  'P()': (top, all) => {
    const count = all.length === 2 ? all[1] : undefined;
    if (count?.d !== 1n || top.d !== 1n || count.n < 0n || count.n > top.n) return null;
    return count.n > MAX_FACTORIAL ? null : q.rational(falling(top.n, count.n));
  },
};

function combination(top: Rational, all: readonly Rational[]): Rational | null {
  return FUNCTIONS.binom?.(top, all) ?? null;
}

function floor(x: Rational): bigint {
  const quotient = x.n / x.d;
  return x.n < 0n && quotient * x.d !== x.n ? quotient - 1n : quotient;
}

/** Halves are multiplied: factors of one length are quicker than a long one by a short one. */
function falling(from: bigint, count: bigint): bigint {
  if (count > 16n) {
    const half = count / 2n;
    return falling(from, half) * falling(from - half, count - half);
  }
  let value = 1n;
  for (let index = 0n; index < count; index += 1n) value *= from - index;
  return value;
}

/** Of fractions: the largest fraction of which both are multiples. */
function commonDivisor(a: Rational, b: Rational): Rational {
  const size = (x: bigint): bigint => (x < 0n ? -x : x);
  if (a.n === 0n) return FUNCTIONS.abs?.(b, []) ?? b;
  if (b.n === 0n) return FUNCTIONS.abs?.(a, []) ?? a;
  return q.rational(q.gcd(size(a.n * b.d), size(b.n * a.d)), a.d * b.d);
}

function commonMultiple(a: Rational, b: Rational): Rational {
  if (a.n === 0n || b.n === 0n) return q.ZERO;
  const product = q.multiply(a, b);
  const positive = product.n < 0n ? q.negate(product) : product;
  return q.divide(positive, commonDivisor(a, b)) ?? q.ZERO;
}

/** The exact logarithm when x is a power of the base with a small integer or half-integer exponent. */
function exactLogarithm(x: Rational, base: Rational): Rational | null {
  if (x.n <= 0n || base.n <= 0n || q.equals(base, q.ONE)) return null;
  const guess = q.toNumber(x) > 0 ? Math.log(q.toNumber(x)) / Math.log(q.toNumber(base)) : NaN;
  for (const d of [1, 2, 3, 4, 5, 6]) {
    const n = Math.round(guess * d);
    if (!Number.isSafeInteger(n) || Math.abs(n) > 20_000) continue;
    const left = q.power(x, BigInt(d));
    const right = q.power(base, BigInt(n));
    if (left !== null && right !== null && q.equals(left, right))
      return q.rational(BigInt(n), BigInt(d));
  }
  return null;
}

/** Nested sums share the terms, so that their product stays bounded. */
function termsAllowed(node: NodeOf<'bound'>): bigint {
  return BigInt(Math.floor(MAX_TERMS ** (1 / (1 + boundDepth(node.body)))));
}

/** Finite sums and products over integers or divisors, and geometric series; null for any others. */
function iterate(node: NodeOf<'bound'>, values: Values): Rational | null {
  if ((node.op !== 'sum' && node.op !== 'prod') || node.variable === '') return null;
  const [low, high] = node.bounds;
  if (low?.kind === 'call' && low.name === 'divisors' && high === undefined)
    return overIndices(node, divisorsOf(evaluateExact(elementAt(low.args, 0), values)), values);
  const lower = low === undefined ? null : evaluateExact(low, values);
  if (lower?.d !== 1n || high === undefined) return null;
  if (high.kind === 'constant' && high.name === 'inf') return geometric(node, lower, values);
  const upper = evaluateExact(high, values);
  if (upper?.d !== 1n || upper.n - lower.n > termsAllowed(node)) return null;
  const indices: bigint[] = [];
  for (let index = lower.n; index <= upper.n; index += 1n) indices.push(index);
  return overIndices(node, indices, values);
}

/** Nodes that a sum may evaluate. */
const MAX_WORK = 60_000;

function overIndices(
  node: NodeOf<'bound'>,
  indices: readonly bigint[] | null,
  values: Values,
): Rational | null {
  if (indices === null || indices.length * countNodes(node.body, MAX_WORK) > MAX_WORK) return null;
  const inner = new Map(values);
  let result = node.op === 'sum' ? q.ZERO : q.ONE;
  let work = 0;
  for (const index of indices) {
    inner.set(node.variable, q.rational(index));
    const term = evaluateExact(node.body, inner);
    if (term === null) return null;
    result = node.op === 'sum' ? q.add(result, term) : q.multiply(result, term);
    const bits = q.bitLength(result.d);
    if (bits + q.bitLength(result.n) > q.MAX_BITS) return null;
    if (bits > 1) work += bits * bits;
    if (work > MAX_REDUCTION) return null;
  }
  return result;
}

/** Reducing a fraction takes time by the square of its bits; the 500th harmonic number needs two thirds of this. */
const MAX_REDUCTION = 1.5e8;

const MAX_DIVIDED = 1_000_000n;

function divisorsOf(value: Rational | null): bigint[] | null {
  if (value?.d !== 1n || value.n < 1n || value.n > MAX_DIVIDED) return null;
  const found: bigint[] = [];
  for (let divisor = 1n; divisor * divisor <= value.n; divisor += 1n) {
    if (value.n % divisor !== 0n) continue;
    found.push(divisor);
    if (divisor * divisor !== value.n) found.push(value.n / divisor);
  }
  return found;
}

/** The sum to infinity of `c · r^k` with |r| < 1, by its first two terms. */
function geometric(node: NodeOf<'bound'>, lower: Rational, values: Values): Rational | null {
  if (node.op !== 'sum' || !isGeometric(node.body, node.variable, values)) return null;
  const [first, second] = [lower, q.add(lower, q.ONE)].map((index) =>
    evaluateExact(node.body, new Map([...values, [node.variable, index]])),
  );
  const ratio = first == null || second == null ? null : q.divide(second, first);
  if (first == null || ratio === null || q.compare(q.multiply(ratio, ratio), q.ONE) >= 0)
    return null;
  return q.divide(first, q.add(q.ONE, q.negate(ratio)));
}

function isGeometric(node: Node, variable: string, values: Values): boolean {
  switch (node.kind) {
    case 'multiply':
      return node.args.every((arg) => isGeometric(arg, variable, values));
    case 'divide':
      return isGeometric(node.top, variable, values) && isGeometric(node.bottom, variable, values);
    case 'negate':
      return isGeometric(node.arg, variable, values);
    case 'power':
      return evaluateExact(node.base, values) !== null && isLinear(node.exponent, variable, values);
    default:
      return evaluateExact(node, values) !== null;
  }
}

function isLinear(node: Node, variable: string, values: Values): boolean {
  switch (node.kind) {
    case 'symbol':
      return node.name === variable || values.has(node.name);
    case 'add':
      return node.args.every((arg) => isLinear(arg, variable, values));
    case 'negate':
      return isLinear(node.arg, variable, values);
    case 'multiply': {
      const moving = node.args.filter((arg) => evaluateExact(arg, values) === null);
      return moving.length <= 1 && moving.every((arg) => isLinear(arg, variable, values));
    }
    default:
      return evaluateExact(node, values) !== null;
  }
}
