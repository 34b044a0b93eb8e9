import { evaluateExact } from './exact.ts';
import { negate } from './rational.ts';
import { exactNumber, type Node } from './tree.ts';

/**
 * `(-8)^{1/3}` as school mathematics reads it, -2, where computer algebra takes the principal value: roots of odd order of
 * negative numbers become real ones. A tree without such a root comes back as it is.
 */
export function withRealRoots(node: Node): Node {
  switch (node.kind) {
    case 'power': {
      const [base, exponent] = [evaluateExact(node.base), evaluateExact(node.exponent)];
      if (base === null || exponent === null || base.n >= 0n) return node;
      if (exponent.d === 1n || exponent.d % 2n === 0n) return node;
      const size: Node = {
        kind: 'power',
        base: exactNumber(negate(base)),
        exponent: node.exponent,
      };
      return exponent.n % 2n === 0n ? size : { kind: 'negate', arg: size };
    }
    case 'negate': {
      const arg = withRealRoots(node.arg);
      return arg === node.arg ? node : { kind: 'negate', arg };
    }
    case 'divide': {
      const [top, bottom] = [withRealRoots(node.top), withRealRoots(node.bottom)];
      return top === node.top && bottom === node.bottom ? node : { kind: 'divide', top, bottom };
    }
    case 'add':
    case 'multiply': {
      const args = node.args.map(withRealRoots);
      return args.every((arg, index) => arg === node.args[index])
        ? node
        : { kind: node.kind, args };
    }
    default:
      return node;
  }
}
