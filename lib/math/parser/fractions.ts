import { elementAt } from '#lib/text/element.ts';
import { parseDecimal, rational } from '../rational.ts';
import type { Token } from '../token.ts';
import type { Node } from '../tree.ts';
import type { Grammar } from './grammar.ts';
import { readDerivative } from './derivatives.ts';

export function readFraction(g: Grammar): Node {
  const derivative = readDerivative(g);
  if (derivative !== null) return derivative;
  const top = readSingleDigit(g);
  return { kind: 'divide', top, bottom: readSingleDigit(g) };
}

/** The next argument; TeX takes only the first digit of `\frac12`. */
export function readSingleDigit(g: Grammar): Node {
  const token = g.peek();
  if (token?.type === 'number' && token.text.length > 1 && /^\d+$/u.test(token.text)) {
    const split = (text: string): Token => ({
      ...token,
      text,
      digits: text,
      value: parseDecimal(text) ?? rational(0n),
      places: null,
      isSpaced: false,
    });
    const parts = [split(elementAt(token.text, 0)), split(token.text.slice(1))];
    g.tokens.splice(g.index, 1, ...parts);
  }
  return g.argument();
}
