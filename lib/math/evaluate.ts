import * as c from './complex.ts';
import type { Complex } from './complex.ts';
import { MINUS_ONE, ONE, valueOfFunction } from './complex-functions.ts';
import { evaluateExact } from './exact.ts';
import { EVALUATIONS, integrate } from './integral.ts';
import { limitOf } from './limit.ts';
import { fromNumber, toNumber, type Rational } from './rational.ts';
import { boundDepth, countNodes, isLimit, type Node, type NodeOf } from './tree.ts';

/** One point of evaluation; the flags are set on the way. */
export interface Point {
  readonly values: Map<string, Complex>;
  /** True when a root, power or logarithm left the real numbers. */
  hasLeftReals: boolean;
  /** True when a part has no numeric meaning and was replaced by a generic one. */
  isOpaque: boolean;
  /** True when a number or a term fell below the last digit of what it is a part of. */
  hasLost: boolean;
  /** `real`: powers with an odd denominator of negative reals are real, as in school mathematics. */
  readonly roots: 'principal' | 'real';
  /** Limits so far. */
  limits: number;
  /** Nodes that sums and integrals may still evaluate. */
  work: number;
  isInIntegral: boolean;
}

/** At a point of constants, which is the only one, and at one of many points. */
const MAX_WORK = 400_000;
const MAX_SAMPLE_WORK = 20_000;

export function createPoint(
  values: Map<string, Complex>,
  roots: Point['roots'] = 'principal',
): Point {
  const work = values.size === 0 ? MAX_WORK : MAX_SAMPLE_WORK;
  return {
    values,
    roots,
    work,
    hasLeftReals: false,
    isOpaque: false,
    hasLost: false,
    limits: 0,
    isInIntegral: false,
  };
}

/** The value at a point; not a number where the expression has none. Never throws. */
export function evaluate(node: Node, point: Point): Complex {
  switch (node.kind) {
    case 'number':
      return fromRational(node, point);
    case 'symbol':
      return point.values.get(node.name) ?? named(node.name);
    case 'constant':
      return CONSTANTS[node.name];
    case 'base': {
      const value = evaluateExact(node);
      return value === null ? c.UNDEFINED : c.complex(toNumber(value));
    }
    case 'negate':
      return c.negate(evaluate(node.arg, point));
    case 'percent':
      return c.multiply(evaluate(node.arg, point), HUNDREDTH);
    case 'degree':
      return c.multiply(evaluate(node.arg, point), RADIANS);
    case 'add':
      return sum(node.args, point);
    case 'multiply':
      return product(node.args, point);
    case 'divide':
      return c.divide(evaluate(node.top, point), evaluate(node.bottom, point));
    case 'power':
      return raised(evaluate(node.base, point), evaluate(node.exponent, point), point);
    case 'call':
      return call(node, point);
    case 'bound':
      return bound(node, point);
    default:
      return c.UNDEFINED;
  }
}

function sum(args: readonly Node[], point: Point): Complex {
  let value: Complex | null = null;
  for (const arg of args) {
    const term = evaluate(arg, point);
    const before: Complex | null = value;
    value = before === null ? term : c.add(before, term);
    point.hasLost ||= before !== null && (c.isLost(term, value) || c.isLost(before, value));
  }
  return value ?? c.UNDEFINED;
}

function product(args: readonly Node[], point: Point): Complex {
  let value: Complex | null = null;
  for (const arg of args) {
    const factor = evaluate(arg, point);
    value = value === null ? factor : c.multiply(value, factor);
  }
  return value ?? c.UNDEFINED;
}

const CONSTANTS = {
  pi: c.complex(Math.PI),
  e: c.complex(Math.E),
  i: c.complex(0, 1, 0),
  inf: { re: Infinity, im: 0, error: 0 },
  emptyset: c.UNDEFINED,
} as const;
const HUNDREDTH = c.complex(0.01);
const RADIANS = c.complex(Math.PI / 180);

function fromRational({ value }: NodeOf<'number'>, point: Point): Complex {
  const number = toNumber(value);
  if (value.d === 1n && Number.isSafeInteger(number)) return { re: number, im: 0, error: 0 };
  point.hasLost ||= !(
    Number.isSafeInteger(Number(value.n)) && Number.isSafeInteger(Number(value.d))
  );
  return c.complex(number);
}

/** A name without a value here stands for something fixed and generic, the same on both sides. */
function named(name: string): Complex {
  return c.complex(0.5 + hash(name));
}

function raised(base: Complex, exponent: Complex, point: Point): Complex {
  const isReal = c.isReal(base) && c.isReal(exponent);
  const sign = isReal && base.re < 0 && point.roots === 'real' ? signOfPower(exponent.re) : null;
  if (sign !== null) return c.multiply(sign, c.power(c.negate(base), exponent));
  const value = c.power(base, exponent);
  if (isReal && !c.isReal(value)) point.hasLeftReals = true;
  return value;
}

const ODD = [3, 5, 7, 9] as const;

/** Of (−1)^(p/q) with a small odd q; null for any other exponent. */
function signOfPower(exponent: number): Complex | null {
  const degree = ODD.find((odd) => Math.abs(exponent * odd - Math.round(exponent * odd)) < 1e-9);
  if (degree === undefined || Number.isInteger(exponent)) return null;
  return Math.round(exponent * degree) % 2 === 0 ? ONE : MINUS_ONE;
}

/** Functions that a real argument can lead out of the reals. */
const LEAVING: ReadonlySet<string> = new Set([
  'arcsin',
  'arccos',
  'arcsec',
  'arccsc',
  'arcosh',
  'artanh',
  'arcoth',
  'log',
  'root',
]);

function call(node: NodeOf<'call'>, point: Point): Complex {
  const args = node.args.map((arg) => evaluate(arg, point));
  if (args.length === 0) return c.UNDEFINED;
  if (node.name.endsWith('_()') && args.every(isWhole))
    return evaluate(indexed(node.name, args), point);
  const value = valueOfFunction(node.name, args);
  if (value === null) {
    point.isOpaque = true;
    return generic(node.name, args);
  }
  if (LEAVING.has(node.name) && args.every(c.isReal) && !c.isReal(value)) point.hasLeftReals = true;
  return value;
}

function isWhole({ re, im, error }: Complex): boolean {
  return im === 0 && error === 0 && Number.isInteger(re);
}

/** A value of a sequence by the name that it has outside of sums: `a_3`. */
function indexed(name: string, args: readonly Complex[]): Node {
  return { kind: 'symbol', name: name.replace('()', args.map(({ re }) => re).join('')) };
}

const MAX_TERMS = 200;
const PANELS = 6;

/** Finite sums are added up, integrals over finite intervals computed; what can't be is replaced by a generic function of its parts. */
function bound(node: NodeOf<'bound'>, point: Point): Complex {
  const bounds = node.bounds.map((part) => evaluate(part, point));
  const [lower, upper] = bounds;
  const value =
    lower === undefined || upper === undefined ? null : between(node, [lower, upper], point);
  return value ?? limit(node, point) ?? opaque(node, bounds, point);
}

/** A sum, a product or an integral from one end to the other; null where it is too long or has no numeric value. */
function between(
  node: NodeOf<'bound'>,
  [lower, upper]: readonly [Complex, Complex],
  point: Point,
): Complex | null {
  const depth = boundDepth(node.body);
  if (node.op === 'sum' || node.op === 'prod') {
    const isFinite = Number.isInteger(lower.re) && Number.isInteger(upper.re);
    const terms = upper.re - lower.re + 1;
    if (!isFinite || terms - 1 > MAX_TERMS ** (1 / (1 + depth))) return null;
    if (!isAffordable(node, Math.max(terms, 0), point)) return null;
    let value = node.op === 'sum' ? c.complex(0) : ONE;
    for (let index = lower.re; index <= upper.re; index += 1) {
      const term = atVariable(node, c.complex(index, 0, 0), point);
      value = node.op === 'sum' ? c.add(value, term) : c.multiply(value, term);
    }
    return value;
  }
  if (node.op !== 'int' || depth > 1 || node.variable === '') return null;
  if (!c.isFinite(lower) || !c.isFinite(upper)) return null;
  // Inside another integral one panel has to do.
  const panels = depth === 1 || point.isInIntegral ? 1 : PANELS;
  if (!isAffordable(node, panels * EVALUATIONS, point)) return null;
  const { isInIntegral } = point;
  point.isInIntegral = true;
  const value = integrate((x) => atVariable(node, x, point), [lower, upper], panels);
  point.isInIntegral = isInIntegral;
  return value;
}

/** Takes the evaluations of a body off what is left at this point; false where they are too many. */
function isAffordable(node: NodeOf<'bound'>, count: number, point: Point): boolean {
  const cost = count * countNodes(node.body, MAX_WORK);
  if (cost > point.work) return false;
  point.work -= cost;
  return true;
}

/** More of them at one point are left as they are. */
const MAX_LIMITS = 2;

/** Null for what is no limit, and where it is not told. */
function limit(node: NodeOf<'bound'>, point: Point): Complex | null {
  if (!isLimit(node)) return null;
  point.limits += 1;
  if (point.limits > MAX_LIMITS) return null;
  const values = new Map<string, Rational>();
  for (const [name, { re, im }] of point.values) if (im === 0) values.set(name, fromNumber(re));
  const value = limitOf(node, values);
  if (value === null) return null;
  if (value === 'inf') return CONSTANTS.inf;
  return value === '-inf' ? c.negate(CONSTANTS.inf) : c.complex(toNumber(value));
}

/** Of a running index, and of any other bound variable: apart enough for steps, remainders and absolute values to show. */
const INDEX_SAMPLES = [0.37, 1.83, 17, 46] as const;
const VARIABLE_SAMPLES = [0.37, 1.83, 17.29, -2.61] as const;

/** A generic function of the bounds and of the body at a few places. */
function opaque(node: NodeOf<'bound'>, bounds: readonly Complex[], point: Point): Complex {
  const { hasLeftReals } = point;
  const places = node.op === 'sum' || node.op === 'prod' ? INDEX_SAMPLES : VARIABLE_SAMPLES;
  point.isOpaque = true;
  if (!isAffordable(node, places.length ** (boundDepth(node.body) + 1), point)) return c.UNDEFINED;
  const samples = places.map((at) => atVariable(node, c.complex(at), point));
  point.hasLeftReals = hasLeftReals;
  if (!samples.some(c.isFinite)) return c.UNDEFINED;
  const known = samples.map((sample) => (c.isFinite(sample) ? sample : c.complex(3.3)));
  return generic(node.op, [...known, ...bounds.map(withoutInfinity)]);
}

function withoutInfinity(value: Complex): Complex {
  if (value.re === Infinity) return c.complex(7.1);
  return value.re === -Infinity ? c.complex(-7.1) : value;
}

function atVariable(node: NodeOf<'bound'>, value: Complex, point: Point): Complex {
  if (node.variable === '') return evaluate(node.body, point);
  const saved = point.values.get(node.variable);
  point.values.set(node.variable, value);
  const result = evaluate(node.body, point);
  if (saved === undefined) point.values.delete(node.variable);
  else point.values.set(node.variable, saved);
  return result;
}

/** A smooth function with coefficients from its name: equal arguments give equal values, others almost never do. */
function generic(name: string, args: readonly Complex[]): Complex {
  const seed = hash(name);
  let value = c.complex(1 + seed);
  for (const [index, arg] of args.entries()) {
    const weight = c.complex(0.4 + hash(`${name}:${index}`));
    value = c.add(value, c.multiply(weight, c.add(arg, c.sine(c.multiply(weight, arg)))));
    value = c.add(value, c.multiply(c.complex(0.1 * (index + 1)), c.multiply(arg, value)));
  }
  return value;
}

/** A fraction in [0, 1) from a name (FNV-1a). */
function hash(name: string): number {
  let state = 2166136261;
  for (let index = 0; index < name.length; index += 1)
    state = Math.imul(state ^ name.charCodeAt(index), 16777619);
  return (state >>> 0) / 2 ** 32;
}
