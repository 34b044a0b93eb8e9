import { children, type Node } from './tree.ts';

/** What occurs anywhere in a tree, as bits, so that one walk answers several questions. */
export const PERCENT = 1;
export const DEGREE = 2;
export const IMAGINARY = 4;
export const SYMBOL = 8;
export const PLUS_MINUS = 16;
export const MATRIX = 32;

const BITS: Readonly<Partial<Record<Node['kind'], number>>> = {
  percent: PERCENT,
  degree: DEGREE,
  plusminus: PLUS_MINUS,
  matrix: MATRIX,
};

/** The traits of a node and of everything below it. */
export function traitsOf(node: Node): number {
  switch (node.kind) {
    case 'number':
      return 0;
    case 'symbol':
      return SYMBOL;
    case 'constant':
      return node.name === 'i' ? IMAGINARY : 0;
    case 'divide':
      return traitsOf(node.top) | traitsOf(node.bottom);
    case 'power':
      return traitsOf(node.base) | traitsOf(node.exponent);
    case 'negate':
      return traitsOf(node.arg);
    default: {
      let traits = BITS[node.kind] ?? 0;
      for (const child of children(node)) traits |= traitsOf(child);
      return traits;
    }
  }
}
