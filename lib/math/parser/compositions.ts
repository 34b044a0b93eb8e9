import type { Node, NodeOf } from '../tree.ts';
import { FUNCTION_LETTERS } from './applied.ts';
import type { Grammar } from './grammar.ts';

/** `f \circ g` and `(f \circ g)(x)`. */

export function isFunctionName(node: Node): boolean {
  return (
    (node.kind === 'symbol' && FUNCTION_LETTERS.has(node.name)) ||
    (node.kind === 'call' && node.name === 'compose')
  );
}

/** The function behind the circle; null where the circle is a degree sign. */
export function composed(g: Grammar): Node | null {
  const next = g.peek();
  if (next?.type !== 'symbol' || !FUNCTION_LETTERS.has(next.text)) return null;
  g.take();
  return { kind: 'symbol', name: next.text };
}

export function compose(outer: Node, inner: Node): Node {
  const functions = outer.kind === 'call' ? outer.args : [outer];
  return { kind: 'call', name: 'compose', args: [...functions, inner] };
}

/** The innermost function is applied to the arguments, every other to the value of the next. */
export function applied({ args: functions }: NodeOf<'call'>, args: readonly Node[]): Node {
  let values = args;
  for (const item of [...functions].reverse()) {
    if (item.kind !== 'symbol') continue;
    values = [{ kind: 'call', name: `${item.name}()`, args: values }];
  }
  return values[0] ?? { kind: 'call', name: 'compose', args: functions };
}
