import type { Rational } from './rational.ts';
import type { Node } from './tree.ts';

/** Primes below 2^26, so that products stay exact in doubles. */
export const PRIMES = [67_108_859, 67_108_837] as const;
const MAX_FACTORIAL = 1_500_000;

export type Residues = ReadonlyMap<string, number>;

/**
 * The value of a rational expression in the field of p elements, or null where it has none (a root, a function,
 * a variable exponent, a zero divisor). Unequal values prove that two expressions differ; equal values at random points
 * make them equal up to (degree ÷ p) a point (Schwartz 1980, Zippel 1979).
 */
export function evaluateModulo(node: Node, values: Residues, p: number): number | null {
  switch (node.kind) {
    case 'number':
      return residue(node.value, p);
    case 'symbol':
      return values.get(node.name) ?? null;
    case 'negate': {
      const arg = evaluateModulo(node.arg, values, p);
      return arg === null ? null : (p - arg) % p;
    }
    case 'percent': {
      const arg = evaluateModulo(node.arg, values, p);
      return arg === null ? null : (arg * inverse(100, p)) % p;
    }
    case 'add':
    case 'multiply': {
      let result = node.kind === 'add' ? 0 : 1;
      for (const part of node.args) {
        const arg = evaluateModulo(part, values, p);
        if (arg === null) return null;
        result = node.kind === 'add' ? (result + arg) % p : (result * arg) % p;
      }
      return result;
    }
    case 'divide': {
      const top = evaluateModulo(node.top, values, p);
      const bottom = top === null ? null : evaluateModulo(node.bottom, values, p);
      return top === null || bottom === null || bottom === 0
        ? null
        : (top * inverse(bottom, p)) % p;
    }
    case 'power': {
      const exponent = integerExponent(node.exponent);
      const base = exponent === null ? null : evaluateModulo(node.base, values, p);
      if (base === null || exponent === null || (base === 0 && exponent < 0n)) return null;
      const size = exponent < 0n ? -exponent : exponent;
      const raised =
        base === 0 && size > 0n ? 0 : powerModulo(base, Number(size % BigInt(p - 1)), p);
      return exponent < 0n ? inverse(raised, p) : raised;
    }
    case 'call':
      return node.name === 'factorial' && node.args[0] !== undefined
        ? factorial(node.args[0], p)
        : null;
    default:
      return null;
  }
}

function residue(value: Rational, p: number): number | null {
  const prime = BigInt(p);
  const bottom = Number(value.d % prime);
  if (bottom === 0) return null;
  const top = Number(((value.n % prime) + prime) % prime);
  return bottom === 1 ? top : (top * inverse(bottom, p)) % p;
}

function integerExponent(node: Node): bigint | null {
  if (node.kind === 'number') return node.value.d === 1n ? node.value.n : null;
  if (node.kind === 'negate') {
    const arg = integerExponent(node.arg);
    return arg === null ? null : -arg;
  }
  return null;
}

export function powerModulo(base: number, exponent: number, p: number): number {
  let result = 1;
  let square = base % p;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = (result * square) % p;
    square = (square * square) % p;
  }
  return result;
}

function inverse(value: number, p: number): number {
  return powerModulo(value, p - 2, p);
}

function factorial(node: Node, p: number): number | null {
  const size = integerExponent(node);
  if (size === null || size < 0n || size > BigInt(MAX_FACTORIAL)) return null;
  let result = 1;
  for (let factor = 2; factor <= Number(size); factor += 1) result = (result * factor) % p;
  return result;
}
