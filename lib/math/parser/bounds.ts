import { elementAt } from '#lib/text/element.ts';
import { ungrouped } from '../build.ts';
import { MathSyntaxError } from '../syntax-error.ts';
import type { Node } from '../tree.ts';
import type { Cursor } from './cursor.ts';
import type { Grammar } from './grammar.ts';

/** Sums, products, limits and integrals: whatever binds a variable. */

const MAX_BOUND = 12;

/** Every sum and integral is evaluated term by term, so their number is bounded. */
function countBound(g: Cursor): void {
  g.boundCount += 1;
  if (g.boundCount > MAX_BOUND)
    throw new MathSyntaxError('the answer has too many sums or integrals');
}

export function readBigOperator(g: Grammar, op: string): Node {
  countBound(g);
  let variable = '';
  const bounds: Node[] = [];
  while (g.is('underscore') || g.is('caret')) {
    const isLower = g.take().type === 'underscore';
    const bound = g.argument();
    const index = isLower && bound.kind === 'relation' ? bound.args[0] : undefined;
    if (bound.kind === 'relation' && (index?.kind === 'symbol' || index?.kind === 'constant')) {
      variable = index.name;
      bounds.unshift(elementAt(bound.args, 1));
    } else if (isLower) bounds.unshift(bound);
    else bounds.push(bound);
  }
  const { hasIndexI } = g;
  g.hasIndexI ||= variable === 'i';
  const body = g.term();
  g.hasIndexI = hasIndexI;
  return { kind: 'bound', op, variable, body, bounds };
}

export function readIntegral(g: Grammar, op: string): Node {
  countBound(g);
  const bounds: Node[] = [];
  while (g.is('underscore') || g.is('caret')) {
    const isLower = g.take().type === 'underscore';
    const bound = g.argument();
    if (bound.kind === 'text') continue;
    if (isLower) bounds.unshift(bound);
    else bounds.push(bound);
  }
  const { integral } = g;
  g.integral = null;
  const body = ungrouped(g.sum());
  const variable = variableOf(g);
  g.integral = integral;
  return { kind: 'bound', op, variable, body, bounds };
}

/** Reading the body sets the variable of the integral. */
function variableOf(g: Cursor): string {
  return g.integral ?? '';
}
