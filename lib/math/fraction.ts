import { freeSymbols, integer, product, sum, type Node } from './tree.ts';

interface Fraction {
  readonly top: Node;
  readonly bottom: Node;
}

/**
 * The numerator over a common denominator, so that `y = 1/x` and `xy = 1` can be compared. Null where the equation of a
 * curve it is not: of one letter, a root of the numerator may be none of the fraction, as 1 is of `(x² − 1)/(x − 1)`.
 */
export function numerator(node: Node): Node | null {
  const { top, bottom } = toFraction(node);
  return freeSymbols(node).size < 2 && freeSymbols(bottom).size > 0 ? null : top;
}

function toFraction(node: Node): Fraction {
  switch (node.kind) {
    case 'divide': {
      const [top, bottom] = [toFraction(node.top), toFraction(node.bottom)];
      return { top: product(top.top, bottom.bottom), bottom: product(top.bottom, bottom.top) };
    }
    case 'negate': {
      const arg = toFraction(node.arg);
      return { top: { kind: 'negate', arg: arg.top }, bottom: arg.bottom };
    }
    case 'multiply':
      return node.args
        .map(toFraction)
        .reduce((a, b) => ({ top: product(a.top, b.top), bottom: product(a.bottom, b.bottom) }));
    case 'add':
      return node.args.map(toFraction).reduce((a, b) => ({
        top: sum(product(a.top, b.bottom), product(b.top, a.bottom)),
        bottom: product(a.bottom, b.bottom),
      }));
    default:
      return { top: node, bottom: integer(1) };
  }
}
