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

export function readBigOperator(g: Grammar, name: string): Node {
  countBound(g);
  let op = name;
  let variable = '';
  const bounds: Node[] = [];
  while (g.is('underscore') || g.is('caret')) {
    const isLower = g.take().type === 'underscore';
    if (isLower && name === 'lim') op += takeSide(g);
    const bound = g.argument();
    const index = isLower && bound.kind === 'relation' ? bound.args[0] : undefined;
    if (bound.kind === 'relation' && (index?.kind === 'symbol' || index?.kind === 'constant')) {
      variable = index.name;
      if (name === 'lim' && op === name) op += SIDES[elementAt(bound.ops, 0)] ?? '';
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

/** Arrows that say from which side. */
const SIDES: Readonly<Record<string, string>> = { 'to+': '+', 'to-': '-' };

/** Takes the sign of `0^+`, `0^{-}` or `0+` out of the group at the cursor, which keeps the place itself; empty where it has none. */
function takeSide(g: Cursor): '+' | '-' | '' {
  const end = g.is('lbrace') ? groupEnd(g) : null;
  if (end === null) return '';
  const isGrouped = g.peek(end - 1)?.type === 'rbrace' && g.peek(end - 3)?.type === 'lbrace';
  const sign = g.peek(isGrouped ? end - 2 : end - 1);
  if (sign?.type !== 'operator' || (sign.text !== '+' && sign.text !== '-')) return '';
  const before = isGrouped ? end - 4 : end - 2;
  const isRaised = g.peek(before)?.type === 'caret';
  if (isGrouped && !isRaised) return '';
  const first = isRaised ? before : end - 1;
  g.tokens.splice(g.index + first, end - first);
  return sign.text;
}

/** Places of limits are short. */
const MAX_PLACE = 60;

/** How far ahead the group at the cursor ends; null where it is long or not closed. */
function groupEnd(g: Cursor): number | null {
  let depth = 0;
  for (let offset = 0; offset < MAX_PLACE; offset += 1) {
    const type = g.peek(offset)?.type;
    if (type === undefined) return null;
    if (type === 'lbrace') depth += 1;
    else if (type === 'rbrace') depth -= 1;
    if (depth === 0) return offset;
  }
  return null;
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
