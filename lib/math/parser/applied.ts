import type { Node } from '../tree.ts';
import type { Grammar } from './grammar.ts';

/** Letters that name a function when brackets follow; any other letter before brackets is a factor. */
export const FUNCTION_LETTERS: ReadonlySet<string> = new Set(['f', 'g', 'h', 'F', 'G', 'H']);

/** `{\left(x \right)}`, as computer algebra writes an argument. */
export function isBracedArgument(g: Grammar): boolean {
  return g.is('lbrace') && g.peek(1)?.type === 'open';
}

/** A function of this name with the arguments that follow in brackets; without brackets the name alone. */
export function readApplied(g: Grammar, name: string): Node {
  if (g.eat('open', '(')) return { kind: 'call', name: `${name}()`, args: g.items('close') };
  const start = g.index;
  if (isBracedArgument(g)) {
    g.take();
    const [arg] = g.items('rbrace');
    if (arg !== undefined)
      return { kind: 'call', name: `${name}()`, args: arg.kind === 'tuple' ? arg.items : [arg] };
  }
  g.index = start;
  return { kind: 'symbol', name };
}
