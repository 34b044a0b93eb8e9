import type { Node } from '../tree.ts';
import { FUNCTION_LETTERS, readApplied } from './applied.ts';
import type { Grammar } from './grammar.ts';

/** Raised primes of a name and orders of a derivative in brackets: `f^{\prime\prime}(x)`, `f^{(3)}(x)`. Null for anything else behind the caret. */
export function readPrimes(g: Grammar, base: Node): Node | null {
  if (base.kind !== 'symbol') return null;
  const { count, length } = primesAhead(g, base.name);
  if (count === 0) return null;
  g.index += length;
  const name = `${base.name}${"'".repeat(count)}`;
  return FUNCTION_LETTERS.has(base.name) ? readApplied(g, name) : { kind: 'symbol', name };
}

interface Primes {
  readonly count: number;
  /** In tokens. */
  readonly length: number;
}

const NONE: Primes = { count: 0, length: 0 };
const MAX_PRIMES = 9;
const DERIVED = /^[fghFGHyu]$/u;

function primesAhead(g: Grammar, name: string): Primes {
  if (g.is('prime')) return { count: g.peek()?.text.length ?? 0, length: 1 };
  if (!g.is('lbrace')) return NONE;
  if (DERIVED.test(name) && g.peek(1)?.type === 'open' && g.peek(3)?.type === 'close') {
    const order = g.peek(2);
    const isOrder = order?.type === 'number' && /^[1-9]$/u.test(order.text);
    return isOrder && g.peek(4)?.type === 'rbrace'
      ? { count: Number(order.text), length: 5 }
      : NONE;
  }
  let count = 0;
  let offset = 1;
  for (; g.peek(offset)?.type === 'prime' && count < MAX_PRIMES; offset += 1)
    count += g.peek(offset)?.text.length ?? 0;
  return count > 0 && g.peek(offset)?.type === 'rbrace' ? { count, length: offset + 1 } : NONE;
}
