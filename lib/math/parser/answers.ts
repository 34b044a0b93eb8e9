import { elementAt } from '#lib/text/element.ts';
import type { Node, NodeOf } from '../tree.ts';
import { readUnit } from '../unit-table.ts';
import { shareModulus } from './congruences.ts';
import type { Cursor } from './cursor.ts';
import type { Grammar } from './grammar.ts';
import { isAside, startsValue } from './lookahead.ts';

/** Answers as people write them: lists of values with words around them. */

const CONDITION =
  /^[,;(]?\s*(?:for|where|when|whenever|if|with|such that|provided|as long as|given|any|in which)\b/iu;
/** What follows these words says why the value is the answer. */
const REASON = /^[,;(]?\s*(?:because|since|which|with equality|equality (?:holds|occurs))\b/iu;
/** What follows these words is what the answer is not. */
const PREFERENCE = /(?:^|\s)(?:rather than|instead of|and not|but not|not)$/iu;
/** So many words after a value make a statement about it; what follows them is part of the statement. */
const STATEMENT_WORDS = 4;
/** Words that only lead up to an answer. */
const OPENER = /^(?:therefore|thus|hence|so|then|finally|in conclusion|we (?:get|have|find))$/iu;
/** The words before these name the value that follows: "the largest n is 34". */
const ANNOUNCES = /(?:^|\s)(?:is|are|equals|was|be|of|gives|yields)$/iu;

type Word = 'and' | 'or' | null;

/** Items joined by commas, semicolons, "and", "or" or wide gaps. Semicolons bind more loosely than commas. */
export function readList(g: Grammar, isEnd: () => boolean): Node {
  const groups: Node[][] = [[]];
  let word: Word = null;
  while (!isEnd()) {
    const joint = readJoint(g);
    if (joint !== null) {
      if (joint === 'and' || joint === 'or') word = joint;
      if (joint === ';' && groups.at(-1)?.length !== 0) groups.push([]);
      continue;
    }
    const before = g.index;
    const item = readItem(g);
    const group = elementAt(groups, -1);
    const last = group.at(-1);
    if (item.kind === 'text' && last !== undefined && isOnlyCondition(item.text, last))
      group[group.length - 1] = conditioned(last, item.text);
    else if (item.kind === 'text' && last !== undefined && REASON.test(item.text)) continue;
    else if (item.kind !== 'text' || !OPENER.test(item.text) || g.peek() === undefined)
      group.push(item);
    if (g.modulus !== null) shareModulus(g, group);
    if (item.kind === 'relation') shareDomain(item, group);
    if (g.index === before) throw g.error();
  }
  const only = groups.length === 1 ? groups[0] : undefined;
  if (only !== undefined && only.length > 0) return listOf(only, word);
  const filled = groups.filter((group) => group.length > 0);
  if (filled[0] === undefined || filled[0].length === 0) throw g.error();
  const isNested = filled.length > 1 && filled.some((group) => group.length > 1);
  const items = isNested
    ? filled.map((group) => (group.length === 1 ? elementAt(group, 0) : listOf(group, 'and')))
    : filled.flat();
  return listOf(items, isNested ? 'or' : word);
}

/** `p, q ∈ ℝ` says of both letters what they are. */
function shareDomain(item: NodeOf<'relation'>, group: Node[]): void {
  const domain = item.args[1];
  if (item.ops[0] !== 'in' || domain?.kind !== 'symbol' || !domain.name.startsWith('bb:')) return;
  for (let index = group.length - 2; index >= 0; index -= 1) {
    const letter = group[index];
    if (letter?.kind !== 'symbol' || letter.name === '...') return;
    group[index] = { ...item, args: [letter, domain] };
  }
}

/** `1/x, for x > 0`: a condition behind a comma belongs to the expression before. */
function isOnlyCondition(text: string, value: Node): boolean {
  return CONDITION.test(text) && value.kind !== 'text' && value.kind !== 'relation';
}

function conditioned(value: Node, condition: string): Node {
  return value.kind === 'item'
    ? { ...value, condition: `${value.condition} ${condition}`.trim() }
    : { kind: 'item', prefix: '', value, suffix: '', condition };
}

export function listOf(items: readonly Node[], word: Word): Node {
  return items.length === 1 ? elementAt(items, 0) : { kind: 'list', items, word };
}

function readJoint(g: Cursor): string | null {
  const token = g.peek();
  switch (token?.type) {
    case 'comma':
    case 'gap':
    case 'row':
    case 'amp':
      g.index += 1;
      return ',';
    case 'semicolon':
      g.index += 1;
      return ';';
    case 'text':
    case 'setop':
      if (token.text !== 'and' && token.text !== 'or') return null;
      g.index += 1;
      return token.text;
    default:
      return null;
  }
}

/** One element of a list with the words around it. */
function readItem(g: Grammar): Node {
  let prefix = readWords(g);
  if (prefix !== '') {
    if (REASON.test(prefix) || (CONDITION.test(prefix) && !/^for each\b/iu.test(prefix)))
      return { kind: 'text', text: `${prefix}${rest(g)}` };
    g.eat('colon');
  }
  if (!startsValue(g) && !g.is('underscore') && !g.is('caret')) {
    if (prefix === '') throw g.error();
    return { kind: 'text', text: prefix };
  }
  let value = g.relation();
  if (value.kind === 'symbol' && !g.isInBuilder && g.is('colon') && g.peek(1) !== undefined) {
    g.take();
    prefix = `${prefix} ${value.name}`;
    value = g.relation();
  }
  const start = g.peek();
  const suffix = readWords(g);
  if (isAside(g)) skipBracket(g);
  if (prefix === '' && suffix === '') return value;
  if (ANNOUNCES.test(suffix) && startsValue(g)) {
    const inner = readItem(g);
    return inner.kind === 'item'
      ? { ...inner, prefix: `${prefix} ${suffix} ${inner.prefix}`.trim() }
      : around(`${prefix} ${suffix}`, inner, '');
  }
  if (PREFERENCE.test(suffix) || REASON.test(suffix)) {
    rest(g);
    return prefix === '' ? value : around(prefix, value, '');
  }
  if (CONDITION.test(suffix)) {
    return { kind: 'item', prefix, value, suffix: '', condition: `${suffix}${rest(g)}`.trim() };
  }
  if (suffix.split(' ').length >= STATEMENT_WORDS)
    return around(prefix, value, `${suffix}${rest(g)}`);
  const remark = readRemark(g);
  if (startsValue(g) && start !== undefined) {
    const more = readItem(g);
    return { kind: 'list', items: [around(prefix, value, suffix), more], word: null };
  }
  return around(prefix, value, suffix + remark);
}

function around(prefix: string, value: Node, suffix: string): Node {
  return { kind: 'item', prefix, value, suffix, condition: '' };
}

/** `(A)` after a unit names what the value belongs to. */
function readRemark(g: Cursor): string {
  if (!g.is('open', '(')) return '';
  const [inner, close] = [g.peek(1), g.peek(2)];
  if (close?.type !== 'close' || (inner?.type !== 'symbol' && inner?.type !== 'text')) return '';
  g.index += 3;
  return ` (${inner.text})`;
}

function skipBracket(g: Cursor): void {
  let depth = 0;
  do {
    const { type } = g.take();
    if (type === 'open') depth += 1;
    else if (type === 'close') depth -= 1;
  } while (depth > 0 && g.peek() !== undefined);
}

/** Words up to the next value; an exponent belongs to the unit before it. */
export function readWords(g: Cursor): string {
  let words = '';
  for (;;) {
    const token = g.peek();
    if (token?.type !== 'text' || token.text === 'and' || token.text === 'or') break;
    words += ` ${token.text}`;
    g.index += 1;
    if (g.is('caret')) {
      g.index += 1;
      words += ` ^${g.rawGroup()}`;
    }
    words += readPer(g, token.text);
  }
  return words.trim();
}

/** The rest of `km/h`, `kg/m^3` and `N·m`; a sign behind any other word is none of its own. */
function readPer(g: Cursor, unit: string): string {
  if (!g.is('operator', '/') && !g.is('operator', '*')) return '';
  const [sign, next] = [g.peek()?.text === '/' ? '/' : ' ', g.peek(1)];
  const isLetters = next?.type === 'text' || next?.type === 'symbol';
  if (!isLetters || readUnit(`${unit}${sign}${next.text}`) === null) return '';
  g.index += 2;
  return `${sign}${next.text}${g.eat('caret') ? `^${g.rawGroup()}` : ''}`;
}

/** Whatever is left, as it was written. */
function rest(g: Cursor): string {
  const token = g.peek();
  if (token === undefined) return '';
  g.index = g.tokens.length;
  return ` ${g.source.slice(Math.min(token.start, g.source.length))}`;
}
