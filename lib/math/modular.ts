import { evaluateExact } from './exact.ts';
import type { Rational } from './rational.ts';
import { boundDepth, countNodes, type Node, type NodeOf } from './tree.ts';

/** A prime below 2^26, so that products stay exact in doubles, and 1 modulo 4, so that −1 has a root in its field. */
export interface Field {
  readonly p: number;
  readonly i: number;
}

export const FIELDS: readonly Field[] = [
  { p: 67108837, i: 55262216 },
  { p: 67108777, i: 48722652 },
];
const MAX_FACTORIAL = 20_000;

export interface FieldPoint {
  readonly field: Field;
  readonly values: ReadonlyMap<string, number>;
  /**
   * When true, functions, roots and constants stand for generic elements that depend on their arguments only:
   * then equality still proves equality, but a difference proves nothing.
   */
  readonly isGeneric: boolean;
}

/**
 * The value of an expression in a finite field, or null where it has none. For rational expressions unequal values prove
 * a difference; equal values at random points prove equality up to (degree ÷ p) a point (Schwartz 1980, Zippel 1979).
 */
export function evaluateModulo(node: Node, point: FieldPoint): number | null {
  const { p } = point.field;
  switch (node.kind) {
    case 'number':
      return residue(node.value, p);
    case 'symbol':
      return point.values.get(node.name) ?? null;
    case 'constant':
      return point.isGeneric ? constant(node.name, point.field) : null;
    case 'negate': {
      const arg = evaluateModulo(node.arg, point);
      return arg === null ? null : (p - arg) % p;
    }
    case 'percent': {
      const arg = evaluateModulo(node.arg, point);
      return arg === null ? null : product(arg, inverse(100, p), p);
    }
    case 'add':
    case 'multiply': {
      let result = node.kind === 'add' ? 0 : 1;
      for (const part of node.args) {
        const arg = evaluateModulo(part, point);
        if (arg === null) return null;
        result = node.kind === 'add' ? (result + arg) % p : product(result, arg, p);
      }
      return result;
    }
    case 'divide': {
      const top = evaluateModulo(node.top, point);
      const bottom = top === null ? null : evaluateModulo(node.bottom, point);
      return top === null || bottom === null || bottom === 0
        ? null
        : product(top, inverse(bottom, p), p);
    }
    case 'power':
      return power(node.base, node.exponent, point);
    case 'call':
      return call(node.name, node.args, point);
    case 'bound':
      return point.isGeneric ? bound(node, point) : null;
    default:
      return null;
  }
}

function isInfinity(node: Node): boolean {
  return node.kind === 'constant' && node.name === 'inf';
}

/** Places of a bound variable; what agrees there has the same body. */
const PLACES = [48_271_903, 20_175_661, 61_803_398] as const;
/** Nodes that one sum, integral or derivative may evaluate, with those inside it. */
const MAX_WORK = 20_000;

/** Sums, integrals and limits as generic elements of their bounds and of their body at a few places. */
function bound(node: NodeOf<'bound'>, point: FieldPoint): number | null {
  if (node.variable === '' || workOf(node) > MAX_WORK) return null;
  const parts: number[] = [];
  for (const part of node.bounds) {
    const value = isInfinity(part)
      ? generic('inf', [], point.field.p)
      : evaluateModulo(part, point);
    if (value === null) return null;
    parts.push(value);
  }
  for (const place of PLACES) {
    const values = new Map(point.values).set(node.variable, place);
    const value = evaluateModulo(node.body, { ...point, values });
    if (value === null) return null;
    parts.push(value);
  }
  return generic(node.op, parts, point.field.p);
}

function workOf(node: NodeOf<'bound'>): number {
  return PLACES.length ** boundDepth(node) * countNodes(node.body, MAX_WORK);
}

function power(baseNode: Node, exponentNode: Node, point: FieldPoint): number | null {
  const { p } = point.field;
  const base = evaluateModulo(baseNode, point);
  if (base === null) return null;
  const short = smallExponent(exponentNode);
  if (short !== null) return powerModulo(base, short, p);
  const exponent = integerExponent(exponentNode);
  if (exponent === null) {
    const raised = point.isGeneric ? evaluateModulo(exponentNode, point) : null;
    return raised === null ? null : generic('power', [base, raised], p);
  }
  if (base === 0) return exponent > 0n ? 0 : null;
  const size = exponent < 0n ? -exponent : exponent;
  const raised = powerModulo(base, Number(size % BigInt(p - 1)), p);
  return exponent < 0n ? inverse(raised, p) : raised;
}

/** Functions with f(0) = 0. */
const VANISHING: ReadonlySet<string> = new Set([
  'abs',
  'floor',
  'ceil',
  'round',
  'root',
  'sin',
  'tan',
  'arcsin',
  'arctan',
  'sinh',
  'tanh',
]);

function call(name: string, nodes: readonly Node[], point: FieldPoint): number | null {
  const { p } = point.field;
  const [only] = nodes;
  if (name === 'factorial' && only !== undefined) {
    const value = factorial(only, p);
    if (value !== null) return value;
  }
  if (!point.isGeneric) return null;
  const args: number[] = [];
  for (const node of nodes) {
    const arg = evaluateModulo(node, point);
    if (arg === null) return null;
    args.push(arg);
  }
  return args[0] === 0 && VANISHING.has(name) ? 0 : generic(name, args, p);
}

function constant(name: string, field: Field): number | null {
  if (name === 'i') return field.i;
  return name === 'pi' || name === 'e' ? generic(name, [], field.p) : null;
}

/** A fixed element for a name and arguments (FNV-1a over both, then mixed). */
function generic(name: string, args: readonly number[], p: number): number {
  let state = 2166136261;
  for (let index = 0; index < name.length; index += 1)
    state = Math.imul(state ^ name.charCodeAt(index), 16777619);
  for (const arg of args) {
    for (let shift = 0; shift < 32; shift += 8)
      state = Math.imul(state ^ ((arg >>> shift) & 255), 16777619);
  }
  state = Math.imul(state ^ (state >>> 15), 2246822507);
  return (((state ^ (state >>> 13)) >>> 0) % (p - 2)) + 2;
}

function residue(value: Rational, p: number): number | null {
  if (value.d === 1n && value.n >= 0n && value.n < SMALL) return Number(value.n);
  const prime = BigInt(p);
  const bottom = Number(value.d % prime);
  if (bottom === 0) return null;
  const top = Number(((value.n % prime) + prime) % prime);
  return bottom === 1 ? top : product(top, inverse(bottom, p), p);
}

/** Below both primes. */
const SMALL = 67_000_000n;

/** Most exponents are written as a number of one digit or two, and from 1 on there is no special case; else null. */
function smallExponent(node: Node): number | null {
  if (node.kind !== 'number' || node.written.length > 2 || node.value.d !== 1n) return null;
  return node.value.n > 0n ? Number(node.value.n) : null;
}

function integerExponent(node: Node): bigint | null {
  const value = evaluateExact(node);
  return value?.d === 1n ? value.n : null;
}

function powerModulo(base: number, exponent: number, p: number): number {
  let result = 1;
  let square = base % p;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = product(result, square, p);
    square = product(square, square, p);
  }
  return result;
}

/** The product of two residues: both factors are below p, so that it is exact, and the quotient is off by one at most. */
export function product(a: number, b: number, p: number): number {
  const exact = a * b;
  const rest = exact - Math.floor(exact / p) * p;
  return rest < 0 ? rest + p : rest >= p ? rest - p : rest;
}

/** Euclid's algorithm, extended; of a value other than zero. */
function inverse(value: number, p: number): number {
  let [low, high] = [value % p, p];
  let [factor, before] = [1, 0];
  while (low > 1) {
    const quotient = Math.floor(high / low);
    [low, high] = [high - quotient * low, low];
    [factor, before] = [before - quotient * factor, factor];
  }
  return factor < 0 ? factor + p : factor;
}

function factorial(node: Node, p: number): number | null {
  const size = integerExponent(node);
  if (size === null || size < 0n || size > BigInt(MAX_FACTORIAL)) return null;
  let result = 1;
  for (let factor = 2; factor <= Number(size); factor += 1) result = product(result, factor, p);
  return result;
}
