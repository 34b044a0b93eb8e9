import { children, isLimit, type Node, type NodeOf } from './tree.ts';

/** What occurs anywhere in a tree, as bits, so that one walk answers several questions. */
export const PERCENT = 1;
export const DEGREE = 2;
export const IMAGINARY = 4;
export const SYMBOL = 8;
export const PLUS_MINUS = 16;
export const MATRIX = 32;
/** Sums, products, integrals, limits. */
export const BOUND = 64;
/** Anything that is no scalar or may stand for a set. */
export const STRUCTURE = 128;
export const INFINITE = 256;
export const PI = 512;
/** Words, and relations other than equations: they may say what a letter stands for. */
export const DECLARING = 1 << 10;
export const LIMIT = 1 << 11;
/** Steps and corners: what is smooth only between them. */
export const STEPS = 1 << 12;
/** A root, a logarithm, or a power whose exponent is no digit: real for some letters only. */
export const ROOT = 1 << 13;
/** A power of a power. */
export const RAISED_AGAIN = 1 << 14;
/** Real parts, conjugates and the like. */
export const COMPLEX_PART = 1 << 15;
/** A greatest common divisor or a least common multiple. */
export const DIVISOR = 1 << 16;
/** A number of more than one digit. */
export const LONG = 1 << 17;
/** What may come so near to a round value that a double does not show it. */
export const HIDING = 1 << 18;

/** Calls that are statements. */
export const LOGICAL: ReadonlySet<string> = new Set(['and', 'or', 'not']);

/** The trees of the pair at hand are asked about several times; so many of the last ones are known. */
const RECENT = 4;
const recent: Node[] = [];
const recentTraits: number[] = [];
let oldest = 0;

/** The traits of a node and of everything below it. */
export function traitsOf(node: Node): number {
  for (let index = 0; index < recent.length; index += 1)
    if (recent[index] === node) return recentTraits[index] ?? 0;
  const traits = walk(node);
  recent[oldest] = node;
  recentTraits[oldest] = traits;
  oldest = (oldest + 1) % RECENT;
  return traits;
}

function walk(node: Node): number {
  switch (node.kind) {
    case 'number':
      return ofNumber(node.written.length);
    case 'base':
      return 0;
    case 'symbol':
      return node.name.startsWith('bb:') ? SYMBOL | STRUCTURE : SYMBOL;
    case 'constant':
      return CONSTANTS[node.name];
    case 'divide':
      return walk(node.top) | walk(node.bottom);
    case 'power':
      return ofPower(node) | walk(node.base) | walk(node.exponent);
    case 'negate':
      return walk(node.arg);
    case 'percent':
      return PERCENT | walk(node.arg);
    case 'degree':
      return DEGREE | walk(node.arg);
    case 'add':
    case 'multiply':
      return walkAll(node.args, 0);
    case 'call':
      return walkAll(node.args, FUNCTIONS.get(node.name) ?? 0);
    case 'bound': {
      const own = isLimit(node) ? BOUND | STEPS | LIMIT : BOUND | STEPS;
      return walkAll(node.bounds, own | walk(node.body));
    }
    case 'plusminus':
      return walkAll(children(node), PLUS_MINUS);
    case 'matrix':
      return walkAll(children(node), MATRIX | STRUCTURE);
    case 'item':
    case 'text':
    case 'builder':
      return walkAll(children(node), STRUCTURE | DECLARING);
    case 'relation':
      return walkAll(node.args, node.ops.every(isEquality) ? STRUCTURE : STRUCTURE | DECLARING);
    default:
      return walkAll(children(node), STRUCTURE);
  }
}

/** A number of more characters may hide digits. */
const SHORT = 8;

function ofNumber(length: number): number {
  return length <= 1 ? 0 : length > SHORT ? LONG | HIDING : LONG;
}

/** Exponents from here on hide digits. */
const LARGE = 8n;

function ofPower({ base, exponent }: NodeOf<'power'>): number {
  const isDigit = exponent.kind === 'number' && exponent.written.length === 1;
  const own = base.kind === 'power' ? RAISED_AGAIN : 0;
  if (!isDigit) return own | ROOT | HIDING;
  return exponent.value.n >= LARGE ? own | HIDING : own;
}

function isEquality(op: string): boolean {
  return op === '=';
}

const CONSTANTS: Readonly<Record<NodeOf<'constant'>['name'], number>> = {
  pi: PI,
  e: 0,
  i: IMAGINARY,
  inf: INFINITE,
  emptyset: STRUCTURE,
};

const FUNCTIONS: ReadonlyMap<string, number> = traitsByName([
  [STRUCTURE, [...LOGICAL]],
  [STEPS, 'floor ceil round mod abs sign max min gcd lcm factorial binom'.split(' ')],
  [DIVISOR, ['gcd', 'lcm']],
  [ROOT, ['root', 'log']],
  [COMPLEX_PART, ['Re', 'Im', 'conj', 'arg']],
  [HIDING, 'cos sec cosh sech tanh coth arctan arccot zeta'.split(' ')],
]);

function traitsByName(
  groups: readonly (readonly [number, readonly string[]])[],
): Map<string, number> {
  const traits = new Map<string, number>();
  for (const [trait, names] of groups)
    for (const name of names) traits.set(name, (traits.get(name) ?? 0) | trait);
  return traits;
}

function walkAll(nodes: readonly Node[], own: number): number {
  let traits = own;
  for (const node of nodes) traits |= walk(node);
  return traits;
}
