import { numberSet } from '../number-sets.ts';
import type { Node } from '../tree.ts';
import { readBigOperator, readIntegral } from './bounds.ts';
import { readEnvironment } from './environments.ts';
import { readFraction, readSingleDigit } from './fractions.ts';
import { readFunction, readRoot } from './functions.ts';
import type { Grammar } from './grammar.ts';
import { isSignAhead, startsValue } from './lookahead.ts';

export function readCommand(g: Grammar, name: string): Node {
  switch (name) {
    case 'frac':
    case 'dfrac':
    case 'tfrac':
    case 'cfrac':
    case 'sfrac':
    case 'nicefrac':
      return readFraction(g);
    case 'binom':
    case 'dbinom':
    case 'tbinom': {
      const top = readSingleDigit(g);
      return { kind: 'call', name: 'binom', args: [top, readSingleDigit(g)] };
    }
    case 'sqrt':
    case 'root':
      return readRoot(g, null);
    case 'mathbb':
      return readNumberSet(g, g.rawGroup());
    case 'angle':
    case 'measuredangle':
      return { kind: 'symbol', name: startsValue(g) ? `angle:${rawProduct(g)}` : 'angle' };
    case 'sum':
    case 'prod':
    case 'lim':
    case 'limsup':
    case 'liminf':
      return readBigOperator(g, name);
    case 'sup':
    case 'inf':
      return readFunction(g, name);
    case 'int':
    case 'iint':
    case 'iiint':
    case 'oint':
      return readIntegral(g, name);
    case 'overbrace':
    case 'underbrace':
      return readBraced(g);
    case 'substack':
      return g.argument();
    case 'forall':
    case 'exists':
      return { kind: 'call', name, args: [g.relation()] };
    case 'neg':
    case 'lnot':
      return { kind: 'call', name: 'not', args: [g.postfix()] };
    default:
      if (name.startsWith('begin:')) return readEnvironment(g, name.slice('begin:'.length));
      g.index -= 1;
      throw g.error();
  }
}

/** A brace over or under a part, and a remark beside the brace. */
function readBraced(g: Grammar): Node {
  const body = g.argument();
  if (g.eat('caret') || g.eat('underscore')) g.rawGroup();
  return body;
}

/** `\mathbb{R}^+`, `\mathbb{R}_{\ge 0}` and `\mathbb{R}^*` name parts of the line. */
function readNumberSet(g: Grammar, letter: string): Node {
  let sign = '';
  while ((g.is('caret') || g.is('underscore')) && isSignAhead(g))
    sign += (g.take().type === 'caret' ? '^' : '_') + g.rawGroup();
  return numberSet(letter, sign);
}

/** The next product as it is written. */
function rawProduct(g: Grammar): string {
  const start = g.index;
  g.product();
  return g.tokens
    .slice(start, g.index)
    .map((token) => token.text)
    .join('');
}
