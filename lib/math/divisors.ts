import { elementAt } from '#lib/text/element.ts';
import * as c from './complex.ts';
import type { Complex } from './complex.ts';
import { createPoint, evaluate } from './evaluate.ts';
import { equal, unknown, type Judgement } from './judgement.ts';
import {
  commonFactor,
  commonMultiple,
  fromPolynomial,
  toPolynomial,
  type Polynomial,
} from './polynomial.ts';
import { DIVISOR, traitsOf } from './traits.ts';
import {
  children,
  contains,
  countNodes,
  freeSymbols,
  integer,
  type Node,
  type NodeOf,
} from './tree.ts';

/** Greatest common divisors and least common multiples of expressions with letters. */

const MAX_NODES = 200;
/** The side of the grid of whole numbers, by the number of letters. */
const SIDES: readonly number[] = [0, 160, 14, 7];

/**
 * Two expressions with such divisors, by their values at whole numbers; null where none has one. That they differ there is not the last word: the letters may
 * stand for polynomials or be bound by the question.
 */
export function compareDivisors(a: Node, b: Node, symbols: readonly string[]): Judgement | null {
  if (((traitsOf(a) | traitsOf(b)) & DIVISOR) === 0) return null;
  if (!contains(a, isDivisor) && !contains(b, isDivisor)) return null;
  if (countNodes(a, MAX_NODES) + countNodes(b, MAX_NODES) > MAX_NODES)
    return unknown('the expressions are too long to be tried at whole numbers');
  const side = SIDES[symbols.length];
  const isSmall = ![a, b].some((node) => contains(node, (part) => isLarge(part, side ?? 0)));
  return side !== undefined && isSmall && sameOnGrid(a, b, symbols, side)
    ? equal('the two sides agree at all whole numbers that were tried')
    : unknown('the two sides differ at whole numbers, which the letters may not stand for');
}

function isDivisor(node: Node): boolean {
  return (
    node.kind === 'call' &&
    (node.name === 'gcd' || node.name === 'lcm') &&
    freeSymbols(node).size > 0
  );
}

/** A number shows in divisors only where its multiples are tried. */
function isLarge(node: Node, side: number): boolean {
  return node.kind === 'number' && node.value.n > BigInt(Math.floor(side / 3));
}

function sameOnGrid(a: Node, b: Node, symbols: readonly string[], side: number): boolean {
  for (let index = 0; index < side ** symbols.length; index += 1) {
    const values = new Map<string, Complex>();
    let rest = index;
    for (const name of symbols) {
      values.set(name, c.complex((rest % side) + 1, 0, 0));
      rest = Math.floor(rest / side);
    }
    const point = createPoint(values);
    const [left, right] = [evaluate(a, point), evaluate(b, point)];
    if (point.isOpaque || !c.isFinite(left) || !c.isFinite(right)) return false;
    if (c.size(c.add(left, c.negate(right))) > 64 * (left.error + right.error)) return false;
  }
  return true;
}

/** The expression with divisors of polynomials written out where the arguments can be nothing else: with roots or fractions in them. */
export function withPolynomials(node: Node): Node {
  if (node.kind === 'call' && isDivisor(node)) return ofPolynomials(node) ?? node;
  switch (node.kind) {
    case 'add':
    case 'multiply':
      return { kind: node.kind, args: node.args.map(withPolynomials) };
    case 'negate':
      return { kind: 'negate', arg: withPolynomials(node.arg) };
    case 'divide':
      return {
        kind: 'divide',
        top: withPolynomials(node.top),
        bottom: withPolynomials(node.bottom),
      };
    default:
      return node;
  }
}

function ofPolynomials(node: NodeOf<'call'>): Node | null {
  const letters = [...freeSymbols(node)];
  if (letters.length !== 1 || countNodes(node, MAX_NODES) > MAX_NODES) return null;
  const letter: Node = { kind: 'symbol', name: elementAt(letters, 0) };
  const hasRoot = contains(node, isRoot);
  const atom: Node = hasRoot ? { kind: 'call', name: 'root', args: [letter, TWO] } : letter;
  const degreeOf = (part: Node): number | null => {
    if (part.kind === 'symbol') return hasRoot ? 2 : 1;
    return isRoot(part) && children(part)[0]?.kind === 'symbol' ? 1 : null;
  };
  const polynomials: Polynomial[] = [];
  for (const arg of node.args) {
    const polynomial = toPolynomial(arg, degreeOf);
    if (polynomial === null) return null;
    polynomials.push(polynomial);
  }
  const isWhole = polynomials.every((polynomial) => polynomial.every(({ d }) => d === 1n));
  if (isWhole && !hasRoot) return null;
  const join = node.name === 'gcd' ? commonFactor : commonMultiple;
  const result = polynomials.reduce<Polynomial | null>(
    (joined, next) => (joined === null ? null : join(joined, next)),
    elementAt(polynomials, 0),
  );
  return result === null ? null : fromPolynomial(result, atom);
}

const TWO = integer(2);

function isRoot(node: Node): boolean {
  const degree = node.kind === 'call' && node.name === 'root' ? node.args[1] : undefined;
  return degree?.kind === 'number' && degree.value.n === 2n && degree.value.d === 1n;
}
