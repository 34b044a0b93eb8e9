import { elementAt } from '#lib/text/element.ts';
import { ungrouped } from '../build.ts';
import { MathSyntaxError } from '../syntax-error.ts';
import type { Node } from '../tree.ts';
import type { Cursor } from './cursor.ts';
import type { Grammar } from './grammar.ts';
import { startsFactor } from './lookahead.ts';
import { overPlaces, readRange, withSequences, type Range } from './ranges.ts';

/** Sums, products, limits and integrals: whatever binds a variable. */

const MAX_BOUND = 12;

/** Every sum and integral is evaluated term by term, and a derivative that stays one at several places, so their number is bounded. */
export function countBound(g: Cursor, count = 1): void {
  g.boundCount += count;
  if (g.boundCount > MAX_BOUND)
    throw new MathSyntaxError('the answer has too many sums, integrals or derivatives');
}

export function readBigOperator(g: Grammar, op: string): Node {
  countBound(g);
  return op.startsWith('lim') ? readLimit(g, op) : readTerms(g, op);
}

/** A sum or a product. */
function readTerms(g: Grammar, op: string): Node {
  let range: Range = { variable: '', bounds: [], places: null };
  const above: Node[] = [];
  while (g.is('underscore') || g.is('caret')) {
    if (g.take().type === 'underscore') range = readRange(g);
    else above.push(g.argument());
  }
  const { variable } = range;
  const { hasIndexI } = g;
  g.hasIndexI ||= variable === 'i';
  const body = withSequences(g.term(), variable);
  g.hasIndexI = hasIndexI;
  // A bound above takes the place of infinity below.
  const below = above.length === 0 ? range.bounds : range.bounds.slice(0, 1);
  return (
    overPlaces(op, range, body) ?? {
      kind: 'bound',
      op,
      variable,
      body,
      bounds: [...below, ...above],
    }
  );
}

function readLimit(g: Grammar, name: string): Node {
  let op = name;
  let variable = '';
  const bounds: Node[] = [];
  while (g.eat('underscore')) {
    if (name === 'lim') op += takeSide(g);
    const bound = g.argument();
    const [index, place] = bound.kind === 'relation' ? bound.args : [];
    if (bound.kind === 'relation' && index?.kind === 'symbol' && place !== undefined) {
      variable = index.name;
      if (op === 'lim') op += SIDES[elementAt(bound.ops, 0)] ?? '';
      bounds.push(place);
    } else bounds.push(bound);
  }
  return { kind: 'bound', op, variable, body: withSequences(g.term(), variable), bounds };
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
    const bound = placeOf(g.argument());
    if (bound.kind === 'text') continue;
    if (isLower) bounds.unshift(bound);
    else bounds.push(bound);
  }
  const first = readFirstDifferential(g);
  if (first !== null) return { kind: 'bound', op, variable: first, body: g.product(), bounds };
  const { integral } = g;
  g.integral = null;
  const body = ungrouped(g.sum());
  const variable = variableOf(g);
  g.integral = integral;
  return { kind: 'bound', op, variable, body, bounds };
}

/** `x = 1` below or above an integral is the place. */
function placeOf(bound: Node): Node {
  const [name, place] = bound.kind === 'relation' ? bound.args : [];
  const isPlace = bound.kind === 'relation' && bound.ops.length === 1 && bound.ops[0] === '=';
  return isPlace && name?.kind === 'symbol' && place !== undefined ? place : bound;
}

/** Reading the body sets the variable of the integral. */
function variableOf(g: Cursor): string {
  return g.integral ?? '';
}

/** In `\int dx\, f(x)` the variable comes first; null where nothing follows the differential. */
function readFirstDifferential(g: Cursor): string | null {
  const variable = g.peek(1);
  if (!g.is('symbol', 'd') || (variable?.type !== 'symbol' && variable?.type !== 'constant'))
    return null;
  const behind = g.peek(2);
  if (!startsFactor(behind) || (behind?.type === 'symbol' && behind.text === 'd')) return null;
  g.index += 2;
  return variable.text;
}
