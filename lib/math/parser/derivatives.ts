import { derivativeBy } from '../differentials.ts';
import type { Node } from '../tree.ts';
import { countBound } from './bounds.ts';
import type { Grammar } from './grammar.ts';

/** Higher orders are not written in digits. */
const MAX_ORDER = 9;

/**
 * `\frac{d}{dx}`, `\frac{\partial^2}{\partial x\partial y}` and what follows, or `\frac{d^2y}{dx^2}` with what is derived above;
 * null, with the cursor where it was, for any other fraction.
 */
export function readDerivative(g: Grammar): Node | null {
  const start = g.index;
  const sign = g.peek(1)?.text;
  if (!g.is('lbrace') || (sign !== 'd' && sign !== 'partial') || g.peek(1)?.type !== 'symbol')
    return null;
  const below = lettersBelow(g, sign);
  if (below === null) return null;
  g.index += 2;
  const order = g.eat('caret') ? orderOf(g.rawGroup()) : 1;
  if (order === below.letters.length) {
    if (g.eat('rbrace')) {
      g.index = below.end;
      return derived(g, sign, g.product(), below.letters);
    }
    const body = g.product();
    if (g.is('rbrace')) {
      g.index = below.end;
      return derived(g, sign, body, below.letters);
    }
  }
  g.index = start;
  return null;
}

function derived(g: Grammar, sign: string, body: Node, letters: readonly string[]): Node {
  const derivative = derivativeBy(sign, body, letters);
  if (derivative.kind === 'bound') countBound(g, letters.length);
  return derivative;
}

function orderOf(written: string): number {
  return /^[1-9]$/u.test(written) ? Number(written) : 0;
}

interface Below {
  readonly letters: readonly string[];
  /** Of the token behind the fraction. */
  readonly end: number;
}

/** `{dx^2}` and `{\partial x\partial y}` behind the group at the cursor; null where anything else is below. */
function lettersBelow(g: Grammar, sign: string): Below | null {
  const start = g.index;
  skipGroup(g);
  const letters: string[] = [];
  let isRead = g.eat('lbrace');
  while (isRead && g.is('symbol', sign)) {
    g.take();
    const isLetter = g.is('symbol') || g.is('constant');
    let letter = isLetter ? g.take().text : '';
    if (g.is('underscore')) {
      g.take();
      letter += `_${g.rawGroup()}`;
    }
    const count = g.eat('caret') ? orderOf(g.rawGroup()) : 1;
    isRead = isLetter && count > 0 && letters.length + count <= MAX_ORDER;
    for (let index = 0; index < count; index += 1) letters.push(letter);
  }
  isRead &&= letters.length > 0 && g.eat('rbrace');
  const end = g.index;
  g.index = start;
  return isRead ? { letters, end } : null;
}

/** Nobody derives what is longer in the numerator of the sign itself. */
const MAX_GROUP = 200;

function skipGroup(g: Grammar): void {
  let depth = 0;
  for (let count = 0; count < MAX_GROUP && g.peek() !== undefined; count += 1) {
    const { type } = g.take();
    if (type === 'lbrace') depth += 1;
    else if (type === 'rbrace') depth -= 1;
    if (depth === 0) return;
  }
}
