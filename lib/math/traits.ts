import { children, type Node, type NodeOf } from './tree.ts';

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
export const DECLARING = 1024;

/** Calls that are statements. */
export const LOGICAL: ReadonlySet<string> = new Set(['and', 'or', 'not']);

/** The traits of a node and of everything below it. */
export function traitsOf(node: Node): number {
  switch (node.kind) {
    case 'number':
    case 'base':
      return 0;
    case 'symbol':
      return node.name.startsWith('bb:') ? SYMBOL | STRUCTURE : SYMBOL;
    case 'constant':
      return CONSTANTS[node.name];
    case 'divide':
      return traitsOf(node.top) | traitsOf(node.bottom);
    case 'power':
      return traitsOf(node.base) | traitsOf(node.exponent);
    case 'negate':
      return traitsOf(node.arg);
    case 'percent':
      return PERCENT | traitsOf(node.arg);
    case 'degree':
      return DEGREE | traitsOf(node.arg);
    case 'add':
    case 'multiply':
      return traitsOfAll(node.args, 0);
    case 'call':
      return traitsOfAll(node.args, LOGICAL.has(node.name) ? STRUCTURE : 0);
    case 'bound':
      return traitsOfAll(node.bounds, BOUND | traitsOf(node.body));
    case 'plusminus':
      return traitsOfAll(children(node), PLUS_MINUS);
    case 'matrix':
      return traitsOfAll(children(node), MATRIX | STRUCTURE);
    case 'item':
    case 'text':
    case 'builder':
      return traitsOfAll(children(node), STRUCTURE | DECLARING);
    case 'relation':
      return traitsOfAll(node.args, node.ops.every(isEquality) ? STRUCTURE : STRUCTURE | DECLARING);
    default:
      return traitsOfAll(children(node), STRUCTURE);
  }
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

function traitsOfAll(nodes: readonly Node[], own: number): number {
  let traits = own;
  for (const node of nodes) traits |= traitsOf(node);
  return traits;
}
