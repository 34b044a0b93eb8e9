import { elementAt } from '#lib/text/element.ts';
import { differentialQuotient } from '../build.ts';
import { parseDecimal, rational } from '../rational.ts';
import type { Token } from '../token.ts';
import type { Node } from '../tree.ts';
import type { Grammar } from './grammar.ts';
import { isDerivativeTop } from './lookahead.ts';

export function readFraction(g: Grammar): Node {
  if (isDerivativeTop(g)) return readDerivative(g);
  const top = readSingleDigit(g);
  const bottom = readSingleDigit(g);
  return differentialQuotient(top, bottom) ?? { kind: 'divide', top, bottom };
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

/** `\frac{d}{dx}` and what is derived. */
function readDerivative(g: Grammar): Node {
  g.index += 5;
  const variable = g.take().text;
  g.eat('rbrace');
  return {
    kind: 'bound',
    op: 'derivative',
    variable,
    body: g.product(),
    bounds: [{ kind: 'symbol', name: variable }],
  };
}
