import { evaluateExact } from './exact.ts';
import { limitOf } from './limit.ts';
import * as p from './precise.ts';
import type { Precise } from './precise.ts';
import { bitLength, rational } from './rational.ts';
import { isLimit, type Node, type NodeOf } from './tree.ts';

export interface PreciseValue {
  /** Null where it is complex, too large or not known how. */
  readonly value: Precise | null;
  /** Whether a part of it fell below the last bit, so that another value may look the same. */
  readonly hasLost: boolean;
}

/** The real value of a closed expression to about 70 digits. */
export function evaluatePrecisely(node: Node): PreciseValue {
  const loss: Loss = { hasLost: false };
  const value = valueOf(node, loss);
  return { value, hasLost: loss.hasLost };
}

interface Loss {
  hasLost: boolean;
}

function valueOf(node: Node, loss: Loss): Precise | null {
  const exact = evaluateExact(node);
  if (exact !== null) {
    loss.hasLost ||= bitLength(exact.n) + bitLength(exact.d) > p.AGREEING_BITS;
    return p.fromRational(exact);
  }
  const value = inexact(node, loss);
  return value === null || p.isHuge(value) ? null : value;
}

function inexact(node: Node, loss: Loss): Precise | null {
  switch (node.kind) {
    case 'constant':
      return node.name === 'pi' ? p.PI() : node.name === 'e' ? p.exponential(p.ONE) : null;
    case 'negate':
      return unary(node.arg, loss, p.negate);
    case 'percent':
      return unary(node.arg, loss, (x) => p.multiply(x, HUNDREDTH));
    case 'degree':
      return unary(node.arg, loss, (x) => p.divide(p.multiply(x, p.PI()), HALF_TURN));
    case 'add':
      return fold(node.args, loss, (x, y) => sum(x, y, loss));
    case 'multiply':
      return fold(node.args, loss, p.multiply);
    case 'divide':
      return binary(node.top, node.bottom, loss, (x, y) => (p.isZero(y) ? null : p.divide(x, y)));
    case 'power':
      return power(node, loss);
    case 'call':
      return call(node, loss);
    case 'bound': {
      const limit = isLimit(node) ? limitOf(node, new Map()) : null;
      return limit === null || typeof limit === 'string' ? null : p.fromRational(limit);
    }
    default:
      return null;
  }
}

const HUNDREDTH = p.fromRational(rational(1n, 100n));
const HALF_TURN = p.fromRational(rational(180n));
const TWO = p.fromRational(rational(2n));

function unary(
  node: Node,
  loss: Loss,
  change: (x: Precise, loss: Loss) => Precise | null,
): Precise | null {
  const value = valueOf(node, loss);
  return value === null ? null : change(value, loss);
}

function binary(
  left: Node,
  right: Node,
  loss: Loss,
  join: (x: Precise, y: Precise) => Precise | null,
): Precise | null {
  const x = valueOf(left, loss);
  const y = x === null ? null : valueOf(right, loss);
  return x === null || y === null ? null : join(x, y);
}

function fold(
  nodes: readonly Node[],
  loss: Loss,
  join: (x: Precise, y: Precise) => Precise,
): Precise | null {
  let result: Precise | null = null;
  for (const node of nodes) {
    const value = valueOf(node, loss);
    if (value === null) return null;
    result = result === null ? value : join(result, value);
  }
  return result;
}

/** What is left of two terms this many bits below them is rounding, and means zero. */
const NOISE_BITS = p.PRECISION - 16;

function sum(x: Precise, y: Precise, loss: Loss): Precise {
  const [low, high] = [p.magnitude(x), p.magnitude(y)].sort((a, b) => a - b) as [number, number];
  loss.hasLost ||= Number.isFinite(low) && low < high - p.AGREEING_BITS;
  return withoutNoise(p.add(x, y), high);
}

function withoutNoise(value: Precise, scale: number): Precise {
  return p.magnitude(value) < scale - NOISE_BITS ? p.ZERO : value;
}

function isPositive(value: Precise): boolean {
  return value.m > 0n;
}

/** Integer exponents by squaring, any other through the logarithm of a positive base. */
function power(node: NodeOf<'power'>, loss: Loss): Precise | null {
  const exponent = evaluateExact(node.exponent);
  if (exponent !== null && exponent.n >= -5000n && exponent.n <= 5000n) {
    if (exponent.d === 1n)
      return unary(node.base, loss, (x) => integerPower(x, Number(exponent.n)));
    if (exponent.d <= p.MAX_DEGREE)
      return unary(node.base, loss, (x) =>
        isPositive(x) ? integerPower(p.root(x, Number(exponent.d)), Number(exponent.n)) : null,
      );
  }
  if (node.base.kind === 'constant' && node.base.name === 'e')
    return unary(node.exponent, loss, exponentialOf);
  return binary(node.base, node.exponent, loss, (x, y) =>
    isPositive(x) ? exponentialOf(p.multiply(y, p.logarithm(x)), loss) : null,
  );
}

/** Arguments below 2 to this power leave no trace, or not enough of one, in a function that is not zero at zero. */
const LEAST_ARGUMENT = -80;

function isTiny(x: Precise): boolean {
  return !p.isZero(x) && p.magnitude(x) < LEAST_ARGUMENT;
}

function exponentialOf(x: Precise, loss: Loss): Precise | null {
  loss.hasLost ||= isTiny(x);
  return p.magnitude(x) > 15 ? null : p.exponential(x);
}

function integerPower(base: Precise, exponent: number): Precise | null {
  if (exponent <= 0 && p.isZero(base)) return null;
  const result = p.integerPower(base, Math.abs(exponent));
  return exponent < 0 ? p.divide(p.ONE, result) : result;
}

type Real = (x: Precise, loss: Loss) => Precise | null;

const quotient = (top: Precise, bottom: Precise): Precise | null =>
  p.isZero(bottom) ? null : p.divide(top, bottom);
/** Reduction by π needs the argument to be moderate. */
const circular =
  (change: (sine: Precise, cosine: Precise) => Precise | null): Real =>
  (x, loss) => {
    loss.hasLost ||= isTiny(x);
    if (isTiny(x) || p.magnitude(x) > 40) return null;
    const [sine, cosine] = p.sineCosine(x);
    return change(withoutNoise(sine, p.magnitude(x)), withoutNoise(cosine, p.magnitude(x)));
  };
/** Of the sum and the difference of e^x and e^(−x). */
const hyperbolic =
  (change: (sum: Precise, difference: Precise) => Precise | null): Real =>
  (x, loss) => {
    const up = exponentialOf(x, loss);
    if (up === null || isTiny(x)) return null;
    const down = p.divide(p.ONE, up);
    return change(sum(up, down, loss), sum(up, p.negate(down), loss));
  };

const FUNCTIONS: Readonly<Record<string, Real>> = {
  sin: circular((sine) => sine),
  cos: circular((_, cosine) => cosine),
  tan: circular(quotient),
  cot: circular((sine, cosine) => quotient(cosine, sine)),
  sec: circular((_, cosine) => quotient(p.ONE, cosine)),
  csc: circular((sine) => quotient(p.ONE, sine)),
  arctan: arctangent,
  arcsin: arcsine,
  arccos: (x, loss) => {
    const sine = arcsine(x, loss);
    return sine === null ? null : sum(p.divide(p.PI(), TWO), p.negate(sine), loss);
  },
  exp: exponentialOf,
  sinh: hyperbolic((_, difference) => p.divide(difference, TWO)),
  cosh: hyperbolic((all) => p.divide(all, TWO)),
  tanh: hyperbolic((all, difference) => p.divide(difference, all)),
  abs: (x) => (x.m < 0n ? p.negate(x) : x),
};

function arctangent(x: Precise, loss: Loss): Precise | null {
  loss.hasLost ||= isTiny(x);
  return isTiny(x) ? null : p.arctangent(x);
}

function arcsine(x: Precise, loss: Loss): Precise | null {
  const rest = p.add(p.ONE, p.negate(p.multiply(x, x)));
  return isPositive(rest) ? arctangent(p.divide(x, p.root(rest, 2)), loss) : null;
}

function call(node: NodeOf<'call'>, loss: Loss): Precise | null {
  const [first, second] = node.args;
  if (first === undefined) return null;
  if (node.name === 'root') return root(first, second, loss);
  if (node.name === 'log') {
    const top = unary(first, loss, (x) => (isPositive(x) ? p.logarithm(x) : null));
    if (top === null || second === undefined) return top;
    return unary(second, loss, (x) => (isPositive(x) ? quotient(top, p.logarithm(x)) : null));
  }
  const known = Object.hasOwn(FUNCTIONS, node.name) ? FUNCTIONS[node.name] : undefined;
  return known === undefined || node.args.length !== 1 ? null : unary(first, loss, known);
}

function root(radicand: Node, degreeNode: Node | undefined, loss: Loss): Precise | null {
  const degree = degreeNode === undefined ? rational(2n) : evaluateExact(degreeNode);
  if (degree === null) return null;
  return unary(radicand, loss, (x) => {
    if (p.isZero(x)) return p.ZERO;
    if (!isPositive(x)) return null;
    return degree.d === 1n && degree.n > 0n && degree.n <= p.MAX_DEGREE
      ? p.root(x, Number(degree.n))
      : exponentialOf(p.divide(p.logarithm(x), p.fromRational(degree)), loss);
  });
}
