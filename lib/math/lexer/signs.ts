import { RELATIONS } from '../lexicon.ts';
import type { Name } from '../names.ts';
import { MathSyntaxError } from '../syntax-error.ts';
import type { Scan } from './scan.ts';
import { readFont } from './text-commands.ts';

/** Signs that are always the same token. */
const SIGNS: ReadonlyMap<string, Name> = new Map<string, Name>([
  ['+', { type: 'operator', text: '+' }],
  ['-', { type: 'operator', text: '-' }],
  ['*', { type: 'operator', text: '*' }],
  ['/', { type: 'operator', text: '/' }],
  ['^', { type: 'caret', text: '^' }],
  ['_', { type: 'underscore', text: '_' }],
  ['(', { type: 'open', text: '(' }],
  ['[', { type: 'open', text: '[' }],
  ['{', { type: 'lbrace', text: '{' }],
  [')', { type: 'close', text: ')' }],
  [']', { type: 'close', text: ']' }],
  ['}', { type: 'rbrace', text: '}' }],
  [',', { type: 'comma', text: ',' }],
  [';', { type: 'semicolon', text: ';' }],
  [':', { type: 'colon', text: ':' }],
  ['|', { type: 'bar', text: '|' }],
  ['!', { type: 'bang', text: '!' }],
  ['%', { type: 'percent', text: '%' }],
  ["'", { type: 'prime', text: "'" }],
  ['&', { type: 'amp', text: '&' }],
]);

/** Reads whatever is neither a letter nor a digit, a command or white space. */
export function readSign(scan: Scan): void {
  const { text, index } = scan;
  const char = text.charAt(index);
  switch (char) {
    case '*':
      if (text[index + 1] === '*') {
        readStars(scan);
        return;
      }
      break;
    case '+':
      if (
        (text[index + 1] === '/' || text[index + 2] === '/') &&
        /^\+\s?\/\s?-/u.test(text.slice(index, index + 5))
      ) {
        scan.push('operator', 'pm', text.indexOf('-', index) + 1);
        return;
      }
      break;
    case '-':
      if (text[index + 1] === '>') {
        scan.push('relation', 'to', index + 2);
        return;
      }
      break;
    case '<':
    case '>':
    case '=':
    case '!': {
      const relation = relationAt(text, index, char);
      if (relation !== null) {
        scan.push('relation', RELATIONS[relation] ?? relation, index + relation.length);
        return;
      }
      break;
    }
    case "'":
      if (text[index + 1] === "'") {
        scan.push('prime', "''", index + 2);
        return;
      }
      break;
    case '{':
      if (text[index + 1] === '\\' && text.startsWith('rm', index + 2) && readUpright(scan)) return;
      scan.depth += 1;
      break;
    case '(':
    case '[':
      scan.depth += 1;
      break;
    case '}':
      scan.depth = Math.max(0, scan.depth - 1);
      if (isSignInBraces(scan)) {
        scan.tokens.splice(-2, 1);
        scan.skip(index + 1, false);
        return;
      }
      break;
    case ')':
    case ']':
      scan.depth = Math.max(0, scan.depth - 1);
      break;
    case '€':
    case '£':
    case '¥':
    case '₹': {
      readCurrency(scan, char, index + 1);
      return;
    }
    case '"':
    case '`': {
      scan.skip(index + 1);
      return;
    }
    case '.':
      if (text[index + 1] === '.')
        scan.push('dots', '...', index + (text[index + 2] === '.' ? 3 : 2));
      else scan.skip(index + 1);
      return;
  }
  const sign = SIGNS.get(char);
  if (sign === undefined && MATHEMATICAL.test(char))
    throw new MathSyntaxError(`the sign ${char} is not known`);
  scan.push(sign?.type ?? 'text', char, index + 1);
}

/** Other unknown signs are ornaments; one of mathematics would change the value beside it. */
const MATHEMATICAL = /^(?![∎∴▷◁])\p{Sm}$/u;

/** `{+}` and `{\cdot}` are the sign without space around it; behind a caret it is a mark. */
function isSignInBraces({ tokens }: Scan): boolean {
  const sign = tokens[tokens.length - 1]?.type;
  if (sign !== 'operator' && sign !== 'relation') return false;
  if (tokens[tokens.length - 2]?.type !== 'lbrace') return false;
  const before = tokens[tokens.length - 3]?.type;
  return before !== 'caret' && before !== 'underscore' && before !== 'command';
}

const UPRIGHT = /^\{\\rm\s+([a-zA-Z]{1,20})\s*\}/u;

/** `{\rm d}x` is `\mathrm{d}x`. */
function readUpright(scan: Scan): boolean {
  const match = UPRIGHT.exec(scan.text.slice(scan.index, scan.index + 32));
  if (match?.[1] === undefined) return false;
  readFont(scan, 'mathrm', match[1], scan.index + match[0].length);
  return true;
}

/** The relation of one or two signs at a place; null where the sign is none, such as that of a factorial. */
function relationAt(text: string, index: number, char: string): string | null {
  const next = text[index + 1];
  const two = next === '=' || next === '<' || next === '>' ? char + next : char;
  if (Object.hasOwn(RELATIONS, two)) return two;
  return Object.hasOwn(RELATIONS, char) ? char : null;
}

/** Two stars between operands are a power, around something they are emphasis. */
function readStars(scan: Scan): void {
  const { text, index } = scan;
  const before = scan.last?.type;
  const isOperand =
    before === 'number' ||
    before === 'symbol' ||
    before === 'constant' ||
    before === 'close' ||
    before === 'rbrace';
  const isPower = isOperand && /[\w({\\-]/u.test(text.slice(index + 2).trimStart()[0] ?? '');
  if (isPower) scan.push('caret', '^', index + 2);
  else scan.skip(index + 2);
}

/** A currency sign before or after an amount is its unit; elsewhere it says nothing. */
export function readCurrency(scan: Scan, sign: string, end: number): void {
  const before = scan.last?.type;
  const isBehind = before === 'number';
  const isBefore =
    (before === undefined || before === 'comma' || before === 'gap') &&
    /^\s*(?:[\d.]|\\[dt]?frac)/u.test(scan.text.slice(end, end + 12));
  if (isBehind || isBefore) scan.push('text', sign, end);
  else scan.skip(end);
}
