import type { Node } from '../tree.ts';
import type { Grammar } from './grammar.ts';

/** Letters that name a function when brackets follow; any other letter before brackets is a factor. */
export const FUNCTION_LETTERS: ReadonlySet<string> = new Set(['f', 'g', 'h', 'F', 'G', 'H']);

/** A function of this name with the arguments that follow in brackets; without brackets the name alone. */
export function readApplied(g: Grammar, name: string): Node {
  if (!g.eat('open', '(')) return { kind: 'symbol', name };
  return { kind: 'call', name: `${name}()`, args: g.items('close') };
}
