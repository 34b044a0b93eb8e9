import { elementAt } from '#lib/text/element.ts';
import { called } from '../build.ts';
import type { Node } from '../tree.ts';
import type { Grammar } from './grammar.ts';
import { isBareBuilder, isBetween, loneValue, startsFactor } from './lookahead.ts';
import { readPlace } from './evaluations.ts';
import { readArguments } from './functions.ts';

/** Brackets of all kinds: groups, tuples and intervals, sets, absolute values. */

export function readItems(g: Grammar, closer: 'close' | 'rbrace'): Node[] {
  const { bars, isInBuilder, integral } = g;
  g.bars = 0;
  g.isInBuilder = false;
  if (integral !== null) g.integral = undefined;
  const node = readNested(g, () => g.is(closer) || g.peek() === undefined);
  g.bars = bars;
  g.isInBuilder = isInBuilder;
  if (typeof g.integral !== 'string' || integral === undefined) g.integral = integral;
  if (g.peek() !== undefined) g.take();
  return node.kind === 'list' ? [...node.items] : [node];
}

function readNested(g: Grammar, isEnd: () => boolean): Node {
  g.enter();
  const node = g.list(isEnd);
  g.leave();
  return node;
}

export function readBracket(g: Grammar, open: string): Node {
  if (open === '{') return readSet(g);
  if (g.is('close')) return { kind: 'tuple', open, close: g.take().text, items: [] };
  const items = g.items('close');
  const close = g.tokens[g.index - 1];
  const closing = close?.type === 'close' ? close.text : open === '(' ? ')' : ']';
  if (open === 'at') return readPlace(g, elementAt(items, 0));
  if (open === '[' && closing === ']' && items.length === 1 && isBetween(g))
    return readPlace(g, elementAt(items, 0));
  if (open === 'floor' || open === 'ceil') return { kind: 'call', name: open, args: items };
  if (items.length === 1 && (open === '(' || open === '[')) return elementAt(items, 0);
  return { kind: 'tuple', open, close: closing, items };
}

function readSet(g: Grammar): Node {
  if (g.eat('close')) return { kind: 'constant', name: 'emptyset' };
  const { isInBuilder } = g;
  g.isInBuilder = true;
  const first = readNested(g, () => isSetEnd(g) || isBuilderBar(g));
  if (isBuilderBar(g)) {
    g.take();
    g.isInBuilder = false;
    const condition = readNested(g, () => isSetEnd(g));
    g.isInBuilder = isInBuilder;
    if (!g.eat('close')) g.eat('rbrace');
    return { kind: 'builder', element: first, condition };
  }
  g.isInBuilder = isInBuilder;
  const isClosed = g.eat('close');
  if (first.kind === 'cases') return first;
  // A brace without a partner before two columns distinguishes cases.
  if (!isClosed && first.kind === 'matrix' && first.rows.every((row) => row.length === 2))
    return { kind: 'cases', rows: first.rows };
  if (first.kind === 'matrix' && first.rows.flat().every(({ kind }) => kind === 'relation'))
    return { kind: 'list', items: first.rows.flat(), word: 'and' };
  return { kind: 'set', items: first.kind === 'list' ? first.items : [first] };
}

function isBuilderBar(g: Grammar): boolean {
  return g.is('colon') || (g.bars === 0 && g.is('bar') && !g.is('bar', 'l'));
}

function isSetEnd(g: Grammar): boolean {
  return g.is('close') || g.is('rbrace') || g.peek() === undefined;
}

/** TeX braces: a group, or a set when they hold a list. */
export function readGroup(g: Grammar): Node {
  if (g.eat('rbrace')) return readCombination(g) ?? readBehindNothing(g);
  if (loneValue(g) !== null && g.peek(1)?.type === 'rbrace') {
    const value = g.atom();
    g.take();
    return value;
  }
  if (isBareBuilder(g)) return readSet(g);
  const isOfGroups = isListOfGroups(g);
  const items = g.items('rbrace');
  if (isOfGroups) return { kind: 'set', items: items.map(asSet) };
  return items.length === 1 ? elementAt(items, 0) : { kind: 'set', items };
}

/** `\ne{}b` has an empty group for its space; as an argument of another command it is empty. */
function readBehindNothing(g: Grammar): Node {
  const before = g.peek(-3)?.type;
  const isSpace = before !== 'caret' && before !== 'underscore' && before !== 'command';
  return isSpace && startsFactor(g.peek()) ? g.postfix() : { kind: 'text', text: '' };
}

/** Whether groups of one value stand between commas up to the end of the group, as in `{{1},{2}}`. */
function isListOfGroups(g: Grammar): boolean {
  let offset = 0;
  for (; g.peek(offset)?.type === 'lbrace'; offset += 4) {
    if (g.peek(offset + 2)?.type !== 'rbrace') return false;
    const joint = g.peek(offset + 3)?.type;
    if (joint === 'rbrace') return offset > 0;
    if (joint !== 'comma') return false;
  }
  return false;
}

function asSet(item: Node): Node {
  return item.kind === 'set' ? item : { kind: 'set', items: [item] };
}

/** `{}_{10}C_3`, after its empty group or without one; null when something else follows. */
export function readCombination(g: Grammar): Node | null {
  const start = g.index;
  const isRaised = g.is('caret');
  if (!g.eat('underscore') && !g.eat('caret')) return null;
  const top = g.argument();
  if (isRaised && g.eat('function', 'log')) return called('log', readArguments(g, 'log'), top);
  const letter = g.peek();
  const isCounting = letter?.type === 'symbol' && (letter.text === 'C' || letter.text === 'P');
  if (isCounting && g.peek(1)?.type === 'underscore') {
    g.index += 2;
    return { kind: 'call', name: `${letter.text}()`, args: [top, g.argument()] };
  }
  g.index = start;
  return null;
}

export function readAbsolute(g: Grammar, kind: string): Node {
  if (kind === 'r') throw g.error();
  const { isInBuilder } = g;
  g.bars += 1;
  g.isInBuilder = false;
  const arg = g.sum();
  g.isInBuilder = isInBuilder;
  g.bars -= 1;
  if (!g.eat('bar')) throw g.error();
  return called('abs', [arg], null);
}
