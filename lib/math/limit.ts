import { elementAt } from '#lib/text/element.ts';
import { evaluateExact } from './exact.ts';
import * as q from './rational.ts';
import type { Rational } from './rational.ts';
import * as s from './series.ts';
import type { Series } from './series.ts';
import { children, type Node, type NodeOf } from './tree.ts';

/** A fraction, or an infinity with its sign. */
export type Limit = Rational | 'inf' | '-inf';

type Values = ReadonlyMap<string, Rational>;

/**
 * The limit of rational expressions, roots and elementary functions near their zeros, by Laurent series with rational
 * coefficients; null where it is not told that way. A limit from both sides must be the same from each.
 */
export function limitOf(node: NodeOf<'bound'>, values: Values): Limit | null {
  const [target] = node.bounds;
  if (target === undefined || node.variable === '' || node.bounds.length !== 1) return null;
  if (work(node.body) > MAX_WORK) return null;
  const place = placeOf(target, values);
  if (place === null) return null;
  if (place === 'inf' || place === '-inf')
    return towards(node, s.approaching(null, place === 'inf' ? 1 : -1), values);
  const sides = SIDES[node.op] ?? [];
  const limits = sides.map((side) => towards(node, s.approaching(place, side), values));
  const [first, second = first] = limits;
  return first === undefined || second === undefined || !isSame(first, second) ? null : first;
}

/** Products of series: a limit is found in a few milliseconds or not at all. */
const MAX_WORK = 80;

function work(node: Node): number {
  let products = node.kind === 'power' || node.kind === 'call' || node.kind === 'divide' ? 8 : 1;
  for (const child of children(node)) {
    products += work(child);
    if (products > MAX_WORK) break;
  }
  return products;
}

const SIDES: Readonly<Record<string, readonly (1 | -1)[]>> = {
  lim: [1, -1],
  'lim+': [1],
  'lim-': [-1],
};

function placeOf(target: Node, values: Values): Limit | null {
  if (target.kind === 'constant' && target.name === 'inf') return 'inf';
  if (target.kind === 'negate' && target.arg.kind === 'constant' && target.arg.name === 'inf')
    return '-inf';
  return evaluateExact(target, values);
}

function isSame(a: Limit | null, b: Limit | null): boolean {
  if (a === null || b === null || typeof a === 'string' || typeof b === 'string') return a === b;
  return q.equals(a, b);
}

/** The limit for t → 0 from above. */
function towards(node: NodeOf<'bound'>, variable: Series, values: Values): Limit | null {
  const series = expand(node.body, { name: node.variable, variable, values });
  if (series === null) return null;
  const from = s.leading(series);
  if (from === null) return series.low + series.terms.length > 0 ? q.ZERO : null;
  if (from.low > 0) return q.ZERO;
  const first = elementAt(from.terms, 0);
  if (from.low === 0) return first;
  return first.n > 0n ? 'inf' : '-inf';
}

interface Near {
  readonly name: string;
  readonly variable: Series;
  readonly values: Values;
}

function expand(node: Node, near: Near): Series | null {
  switch (node.kind) {
    case 'symbol': {
      if (node.name === near.name) return near.variable;
      const value = near.values.get(node.name);
      return value === undefined ? null : s.constant(value);
    }
    case 'number':
      return s.constant(node.value);
    case 'negate':
      return mapped(node.arg, near, (arg) => s.scale(arg, MINUS_ONE));
    case 'add':
      return folded(node.args, near, s.add);
    case 'multiply':
      return folded(node.args, near, s.multiply);
    case 'divide':
      return joined(node.top, node.bottom, near, s.divide);
    case 'power': {
      if (node.base.kind === 'constant' && node.base.name === 'e')
        return mapped(node.exponent, near, (arg) => s.compose(arg, exponential));
      const exponent = evaluateExact(node.exponent, near.values);
      return exponent === null ? null : mapped(node.base, near, (arg) => s.power(arg, exponent));
    }
    case 'call':
      return expandCall(node, near);
    default:
      return null;
  }
}

const MINUS_ONE = q.rational(-1n);

function mapped(node: Node, near: Near, change: (series: Series) => Series | null): Series | null {
  const series = expand(node, near);
  return series === null ? null : change(series);
}

function joined(
  left: Node,
  right: Node,
  near: Near,
  join: (a: Series, b: Series) => Series | null,
): Series | null {
  const a = expand(left, near);
  const b = a === null ? null : expand(right, near);
  return a === null || b === null ? null : join(a, b);
}

function folded(
  nodes: readonly Node[],
  near: Near,
  join: (a: Series, b: Series) => Series | null,
): Series | null {
  let result: Series | null = null;
  for (const [index, node] of nodes.entries()) {
    const series = expand(node, near);
    if (series === null) return null;
    result = index === 0 || result === null ? series : join(result, series);
    if (result === null) return null;
  }
  return result;
}

/** The k-th coefficient of a function at zero. */
type Coefficients = (k: number) => Rational;

const inverseFactorial = (k: number): Rational => {
  let value = 1n;
  for (let factor = 2n; factor <= BigInt(k); factor += 1n) value *= factor;
  return q.rational(1n, value);
};
const exponential: Coefficients = inverseFactorial;

/** Every second coefficient, the first of them at `from`, with alternating signs where asked for. */
const everySecond =
  (from: 0 | 1, isAlternating: boolean, size: Coefficients): Coefficients =>
  (k) => {
    if (k % 2 !== from) return q.ZERO;
    return isAlternating && Math.floor(k / 2) % 2 === 1 ? q.negate(size(k)) : size(k);
  };
const reciprocal: Coefficients = (k) => q.rational(1n, BigInt(k));

const COEFFICIENTS: Readonly<Record<string, Coefficients>> = {
  sin: everySecond(1, true, inverseFactorial),
  cos: everySecond(0, true, inverseFactorial),
  sinh: everySecond(1, false, inverseFactorial),
  cosh: everySecond(0, false, inverseFactorial),
  arctan: everySecond(1, true, reciprocal),
  artanh: everySecond(1, false, reciprocal),
};

/** `log(1 + u)`. */
const logarithm: Coefficients = (k) => {
  if (k === 0) return q.ZERO;
  return q.rational(k % 2 === 1 ? 1n : -1n, BigInt(k));
};

function expandCall(node: NodeOf<'call'>, near: Near): Series | null {
  const [arg, second] = node.args;
  if (arg === undefined) return null;
  switch (node.name) {
    case 'root': {
      const degree = second === undefined ? q.rational(2n) : evaluateExact(second, near.values);
      const exponent = degree === null ? null : q.divide(q.ONE, degree);
      return exponent === null ? null : mapped(arg, near, (inner) => s.power(inner, exponent));
    }
    case 'log':
      return second === undefined
        ? mapped(arg, near, (inner) => s.compose(s.add(inner, s.constant(MINUS_ONE)), logarithm))
        : null;
    case 'tan':
      return joined(sine(arg), cosine(arg), near, s.divide);
    case 'abs':
      return mapped(arg, near, (inner) => {
        const from = s.leading(inner);
        if (from === null) return null;
        return elementAt(from.terms, 0).n < 0n ? s.scale(inner, MINUS_ONE) : inner;
      });
    default: {
      const known = Object.hasOwn(COEFFICIENTS, node.name) ? COEFFICIENTS[node.name] : undefined;
      if (known === undefined || node.args.length !== 1) return null;
      return mapped(arg, near, (inner) => s.compose(inner, known));
    }
  }
}

function sine(arg: Node): Node {
  return { kind: 'call', name: 'sin', args: [arg] };
}

function cosine(arg: Node): Node {
  return { kind: 'call', name: 'cos', args: [arg] };
}
