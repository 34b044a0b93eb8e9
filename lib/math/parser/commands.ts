import { numberSet } from '../number-sets.ts';
import { evaluateExact } from '../exact.ts';
import { difference, integer, type Node } from '../tree.ts';
import { readBigOperator, readIntegral } from './bounds.ts';
import { readEnvironment, readOldMatrix } from './environments.ts';
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
      if (isPlacement(g)) g.index += 3;
      return readFraction(g);
    case 'sfrac':
    case 'nicefrac':
      return readFraction(g);
    case 'binom':
    case 'dbinom':
    case 'tbinom': {
      const top = readSingleDigit(g);
      return chosen(top, readSingleDigit(g));
    }
    case 'multichoose': {
      const [kinds, count] = [readSingleDigit(g), readSingleDigit(g)];
      const top: Node = { kind: 'add', args: [kinds, count, integer(-1)] };
      return { kind: 'call', name: 'binom', args: [top, count] };
    }
    case 'matrix':
    case 'pmatrix':
      return readOldMatrix(g);
    case 'genfrac':
      return readGeneralFraction(g);
    case 'root':
      return readOldRoot(g);
    case 'sqrt':
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

/** A binomial coefficient, or the multinomial one of several parts that make up the whole. */
function chosen(top: Node, below: Node): Node {
  if (below.kind !== 'set' || below.items.length < 2)
    return { kind: 'call', name: 'binom', args: [top, below] };
  const rest: Node = difference(top, { kind: 'add', args: below.items });
  const isWhole = evaluateExact(rest);
  if (isWhole !== null && isWhole.n !== 0n)
    return { kind: 'call', name: 'multinomial', args: [top, ...below.items] };
  return {
    kind: 'divide',
    top: { kind: 'call', name: 'factorial', args: [top] },
    bottom: {
      kind: 'multiply',
      args: below.items.map((part): Node => ({ kind: 'call', name: 'factorial', args: [part] })),
    },
  };
}

/** `[l]` before the parts of `\cfrac`. */
function isPlacement(g: Grammar): boolean {
  return g.is('open', '[') && g.peek(1)?.type === 'symbol' && g.peek(2)?.text === ']';
}

/** `\genfrac{(}{)}{0pt}{}{n}{k}`: its brackets, the thickness of its line and its size stand before its parts. */
function readGeneralFraction(g: Grammar): Node {
  const [open, , line] = [g.rawGroup(), g.rawGroup(), g.rawGroup(), g.rawGroup()];
  const [top, bottom] = [g.argument(), g.argument()];
  const isStack = /^0(?:pt)?$/u.test(line);
  if (open === '(' && isStack) return { kind: 'call', name: 'binom', args: [top, bottom] };
  if (open !== '' || isStack) throw g.error();
  return { kind: 'divide', top, bottom };
}

/** `\root 3 \of x` */
function readOldRoot(g: Grammar): Node {
  const degree = g.is('open') ? null : g.argument();
  if (degree === null) return readRoot(g, null);
  if (!g.eat('command', 'of')) throw g.error();
  return { kind: 'call', name: 'root', args: [g.argument(), degree] };
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
