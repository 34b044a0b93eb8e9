import { elementAt } from '#lib/text/element.ts';
import { mixed, multiplied, ungrouped } from '../build.ts';
import { integer, type Node } from '../tree.ts';
import { quotient } from './differential-quotients.ts';
import type { Grammar } from './grammar.ts';
import { continuesProduct, isMixedFraction, isModulus } from './lookahead.ts';

export function readTerm(g: Grammar): Node {
  let left = g.product();
  for (;;) {
    if (isModulus(g)) {
      g.index += 2;
      g.modulus = g.atom();
      g.eat('close');
      continue;
    }
    const token = g.peek();
    if (token?.type !== 'operator') return left;
    switch (token.text) {
      case '*':
        left = readFactors(g, left);
        break;
      case '/':
        g.take();
        left = readQuotient(g, left);
        break;
      case 'mod':
        g.take();
        left = { kind: 'call', name: 'mod', args: [left, readOperand(g)] };
        break;
      case 'pmod':
        g.take();
        g.modulus = readOperand(g);
        break;
      default:
        return left;
    }
  }
}

/** All factors behind signs of multiplication at once: a product that grows factor by factor takes time by its square. */
function readFactors(g: Grammar, first: Node): Node {
  const left = ungrouped(first);
  const args = left.kind === 'multiply' ? [...left.args] : [left];
  while (g.eat('operator', '*')) args.push(ungrouped(readOperand(g)));
  return { kind: 'multiply', args };
}

/** `1/2(x+1)` and `3/4 x` mean a fraction times the rest; `a/2b` has `2b` below. */
function readQuotient(g: Grammar, top: Node): Node {
  const after = g.peek(1)?.type;
  const isNumeric = top.kind === 'number' && g.is('number') && after !== undefined;
  if (!isNumeric || after === 'caret' || after === 'bang' || after === 'underscore')
    return quotient(top, readOperand(g));
  const fraction: Node = { kind: 'divide', top, bottom: g.postfix() };
  return continuesProduct(g) ? multiplied(fraction, g.product()) : fraction;
}

function readOperand(g: Grammar): Node {
  if (!g.is('operator', '-') && !g.is('operator', '+')) return g.product();
  g.enter();
  const sign = g.take().text;
  const arg = readOperand(g);
  g.leave();
  return sign === '-' ? { kind: 'negate', arg } : arg;
}

/** Factors written side by side. */
export function readProduct(g: Grammar): Node {
  let left = g.postfix();
  if (left.kind === 'number' && g.is('symbol') && isCountingAhead(g)) left = readCounting(g, left);
  else if (left.kind === 'number' && left.places === null && isMixedFraction(g))
    left = mixed(left, readFractionBehind(g));
  else if (left.kind === 'degree' && g.is('number') && g.peek(1)?.type === 'prime')
    left = { kind: 'add', args: [left, readArcMinutes(g)] };
  if (!continuesProduct(g)) return left;
  const first = ungrouped(left);
  const args = first.kind === 'multiply' ? [...first.args] : [first];
  while (continuesProduct(g)) args.push(ungrouped(g.postfix()));
  return { kind: 'multiply', args };
}

/** `10C3` and `10P3`, written without spaces. */
function isCountingAhead(g: Grammar): boolean {
  const [letter, count] = [g.peek(), g.peek(1)];
  return (
    (letter?.text === 'C' || letter?.text === 'P') &&
    !letter.isSpaced &&
    count?.type === 'number' &&
    !count.isSpaced &&
    count.places === null
  );
}

function readCounting(g: Grammar, top: Node): Node {
  const letter = g.take().text;
  return { kind: 'call', name: `${letter}()`, args: [top, g.postfix()] };
}

function readFractionBehind(g: Grammar): Node {
  if (!g.is('number')) return g.postfix();
  const top = g.postfix();
  g.take();
  return { kind: 'divide', top, bottom: g.postfix() };
}

/** `30' 15''` after degrees. */
function readArcMinutes(g: Grammar): Node {
  const terms: Node[] = [];
  while (g.is('number') && g.peek(1)?.type === 'prime') {
    const top = g.atom();
    const parts = g.take().text === "''" ? 3600 : 60;
    terms.push({ kind: 'degree', arg: { kind: 'divide', top, bottom: integer(parts) } });
  }
  return terms.length === 1 ? elementAt(terms, 0) : { kind: 'add', args: terms };
}
