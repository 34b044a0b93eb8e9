import { called, INVERSES, isMinusOne, multiplied } from '../build.ts';
import { canonicalKey } from '../canonical.ts';
import { integer, type Node } from '../tree.ts';
import { PRINTED } from '../names.ts';
import type { Grammar } from './grammar.ts';
import { readPrinted } from './printed.ts';
import { readSingleDigit } from './fractions.ts';
import { continuesProduct, isRootDegree, startsFactor } from './lookahead.ts';

/** Named functions and roots. */

export function readFunction(g: Grammar, name: string): Node {
  if (name.startsWith(PRINTED)) {
    const args = readArguments(g, name);
    return readPrinted(g, name.slice(PRINTED.length), args) ?? { kind: 'call', name, args };
  }
  if (name === 'sqrt' || name === 'cbrt') return readRoot(g, name === 'cbrt' ? integer(3) : null);
  let label = name;
  let exponent: Node | null = null;
  let base: Node | null = null;
  for (;;) {
    if (g.eat('underscore')) base = readBase(g);
    else if (exponent === null && g.eat('caret')) exponent = g.argument();
    else if (g.is('prime')) label += g.take().text;
    else break;
  }
  // A name alone, as in `\max = 5`.
  if (exponent === null && base === null && isAlone(g)) return { kind: 'symbol', name: label };
  if (exponent !== null && isMinusOne(exponent) && Object.hasOwn(INVERSES, label)) {
    label = INVERSES[label] ?? label;
    exponent = null;
  }
  // The index of any function but a logarithm is part of its name.
  if (base !== null && !LOGARITHMS.has(label)) label += `_${canonicalKey(base)}`;
  const node = called(label, readArguments(g, label), base);
  return exponent === null ? node : { kind: 'power', base: node, exponent };
}

const LOGARITHMS: ReadonlySet<string> = new Set(['log', 'ln', 'lg']);

/** No argument follows: a relation, another sign or the end. */
function isAlone(g: Grammar): boolean {
  const next = g.peek();
  if (next === undefined) return true;
  return next.type === 'operator' ? next.text !== '-' : ENDS_OF_NAMES.has(next.type);
}

const ENDS_OF_NAMES: ReadonlySet<string> = new Set(['relation', 'close', 'rbrace', 'comma']);

/** TeX takes one digit only, so that `\log_28` is the logarithm of 8; where an argument follows, all digits are meant. */
function readBase(g: Grammar): Node {
  const next = g.peek();
  const isAtEnd = next?.type === 'number' && next.places === null && !startsFactor(g.peek(1));
  return isAtEnd ? readSingleDigit(g) : g.argument();
}

/** In brackets or braces, or the product that follows. */
export function readArguments(g: Grammar, name: string): Node[] {
  if (g.eat('open')) return g.items('close');
  if (g.eat('lbrace')) {
    const items = g.items('rbrace');
    return name === 'binom' && g.eat('lbrace') ? [...items, ...g.items('rbrace')] : items;
  }
  if (g.is('operator', '-')) return [g.signed()];
  const args: Node[] = [g.postfix()];
  while (continuesProduct(g) && !g.is('function')) {
    if (g.integral === null && g.is('symbol', 'd')) break;
    args.push(g.postfix());
  }
  return [args.reduce(multiplied)];
}

export function readRoot(g: Grammar, order: Node | null): Node {
  let degree = order;
  if (g.is('open', '[') && isRootDegree(g)) {
    g.take();
    degree = g.items('close')[0] ?? null;
  }
  const exponent = g.eat('caret') ? g.argument() : null;
  const node: Node = { kind: 'call', name: 'root', args: [g.argument(), degree ?? integer(2)] };
  return exponent === null ? node : { kind: 'power', base: node, exponent };
}
