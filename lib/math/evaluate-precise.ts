import { evaluateExact } from './exact.ts';
import { limitOf } from './limit.ts';
import * as p from './precise.ts';
import type { Precise } from './precise.ts';
import { rational } from './rational.ts';
import type { Node, NodeOf } from './tree.ts';

/** The real value of a closed expression to about 70 digits; null where it is complex, too large or not known how. */
export function evaluatePrecisely(node: Node): Precise | null {
  const exact = evaluateExact(node);
  if (exact !== null) return p.fromRational(exact);
  const value = inexact(node);
  return value === null || p.isHuge(value) ? null : value;
}

function inexact(node: Node): Precise | null {
  switch (node.kind) {
    case 'constant':
      return node.name === 'pi' ? p.PI() : node.name === 'e' ? p.exponential(p.ONE) : null;
    case 'negate':
      return unary(node.arg, p.negate);
    case 'percent':
      return unary(node.arg, (x) => p.multiply(x, HUNDREDTH));
    case 'degree':
      return unary(node.arg, (x) => p.divide(p.multiply(x, p.PI()), HALF_TURN));
    case 'add':
      return fold(node.args, p.add);
    case 'multiply':
      return fold(node.args, p.multiply);
    case 'divide':
      return binary(node.top, node.bottom, (x, y) => (p.isZero(y) ? null : p.divide(x, y)));
    case 'power':
      return power(node);
    case 'call':
      return call(node);
    case 'bound': {
      const limit = node.op.startsWith('lim') ? limitOf(node, new Map()) : null;
      return limit === null || typeof limit === 'string' ? null : p.fromRational(limit);
    }
    default:
      return null;
  }
}

const HUNDREDTH = p.fromRational(rational(1n, 100n));
const HALF_TURN = p.fromRational(rational(180n));
const TWO = p.fromRational(rational(2n));

function unary(node: Node, change: (x: Precise) => Precise | null): Precise | null {
  const value = evaluatePrecisely(node);
  return value === null ? null : change(value);
}

function binary(
  left: Node,
  right: Node,
  join: (x: Precise, y: Precise) => Precise | null,
): Precise | null {
  const x = evaluatePrecisely(left);
  const y = x === null ? null : evaluatePrecisely(right);
  return x === null || y === null ? null : join(x, y);
}

function fold(nodes: readonly Node[], join: (x: Precise, y: Precise) => Precise): Precise | null {
  let result: Precise | null = null;
  for (const node of nodes) {
    const value = evaluatePrecisely(node);
    if (value === null) return null;
    result = result === null ? value : join(result, value);
  }
  return result;
}

function isPositive(value: Precise): boolean {
  return value.m > 0n;
}

/** Integer exponents by squaring, any other through the logarithm of a positive base. */
function power(node: NodeOf<'power'>): Precise | null {
  const exponent = evaluateExact(node.exponent);
  if (exponent !== null && exponent.n >= -5000n && exponent.n <= 5000n) {
    if (exponent.d === 1n) return unary(node.base, (x) => integerPower(x, Number(exponent.n)));
    if (exponent.d <= p.MAX_DEGREE)
      return unary(node.base, (x) =>
        isPositive(x) ? integerPower(p.root(x, Number(exponent.d)), Number(exponent.n)) : null,
      );
  }
  if (node.base.kind === 'constant' && node.base.name === 'e')
    return unary(node.exponent, exponentialOf);
  return binary(node.base, node.exponent, (x, y) =>
    isPositive(x) ? exponentialOf(p.multiply(y, p.logarithm(x))) : null,
  );
}

function exponentialOf(x: Precise): Precise | null {
  return p.magnitude(x) > 15 ? null : p.exponential(x);
}

function integerPower(base: Precise, exponent: number): Precise | null {
  if (exponent < 0 && p.isZero(base)) return null;
  const result = p.integerPower(base, Math.abs(exponent));
  return exponent < 0 ? p.divide(p.ONE, result) : result;
}

type Real = (x: Precise) => Precise | null;

const quotient = (top: Precise, bottom: Precise): Precise | null =>
  p.isZero(bottom) ? null : p.divide(top, bottom);
/** Reduction by π needs the argument to be moderate. */
const circular =
  (change: (sine: Precise, cosine: Precise) => Precise | null): Real =>
  (x) => {
    if (p.magnitude(x) > 40) return null;
    const [sine, cosine] = p.sineCosine(x);
    return change(sine, cosine);
  };

const FUNCTIONS: Readonly<Record<string, Real>> = {
  sin: circular((sine) => sine),
  cos: circular((_, cosine) => cosine),
  tan: circular(quotient),
  cot: circular((sine, cosine) => quotient(cosine, sine)),
  sec: circular((_, cosine) => quotient(p.ONE, cosine)),
  csc: circular((sine) => quotient(p.ONE, sine)),
  arctan: p.arctangent,
  arcsin: (x) => arcsine(x),
  arccos: (x) => {
    const sine = arcsine(x);
    return sine === null ? null : p.add(p.divide(p.PI(), TWO), p.negate(sine));
  },
  abs: (x) => (x.m < 0n ? p.negate(x) : x),
};

function arcsine(x: Precise): Precise | null {
  const rest = p.add(p.ONE, p.negate(p.multiply(x, x)));
  return isPositive(rest) ? p.arctangent(p.divide(x, p.root(rest, 2))) : null;
}

function call(node: NodeOf<'call'>): Precise | null {
  const [first, second] = node.args;
  if (first === undefined) return null;
  if (node.name === 'root') return root(first, second);
  if (node.name === 'log') {
    const top = unary(first, (x) => (isPositive(x) ? p.logarithm(x) : null));
    if (top === null || second === undefined) return top;
    return unary(second, (x) => (isPositive(x) ? quotient(top, p.logarithm(x)) : null));
  }
  const known = Object.hasOwn(FUNCTIONS, node.name) ? FUNCTIONS[node.name] : undefined;
  return known === undefined || node.args.length !== 1 ? null : unary(first, known);
}

function root(radicand: Node, degreeNode: Node | undefined): Precise | null {
  const degree = degreeNode === undefined ? rational(2n) : evaluateExact(degreeNode);
  if (degree === null) return null;
  return unary(radicand, (x) => {
    if (p.isZero(x)) return p.ZERO;
    if (!isPositive(x)) return null;
    return degree.d === 1n && degree.n > 0n && degree.n <= p.MAX_DEGREE
      ? p.root(x, Number(degree.n))
      : exponentialOf(p.divide(p.logarithm(x), p.fromRational(degree)));
  });
}
