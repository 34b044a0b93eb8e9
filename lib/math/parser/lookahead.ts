import { isComplexLetter } from '../names.ts';
import type { Token, TokenType } from '../token.ts';
import type { Cursor } from './cursor.ts';

/** What stands ahead of a cursor; nothing here moves it. */

const ATOM_STARTS: ReadonlySet<TokenType> = new Set<TokenType>([
  'number',
  'symbol',
  'function',
  'open',
  'lbrace',
  'command',
  'constant',
  'decoration',
  'dots',
]);

export function startsValue(at: Cursor): boolean {
  const token = at.peek();
  if (token === undefined) return false;
  if (token.type === 'command') return !token.text.startsWith('end:');
  return (
    ATOM_STARTS.has(token.type) ||
    token.type === 'bar' ||
    token.type === 'degree' ||
    token.type === 'setop' ||
    (token.type === 'operator' && ['+', '-', 'pm', 'mp'].includes(token.text)) ||
    (token.type === 'relation' && !['implies', 'to', 'iff'].includes(token.text))
  );
}

/** Whether a token begins a value that needs no sign before it. */
export function startsFactor(token: Token | undefined): boolean {
  return token !== undefined && (ATOM_STARTS.has(token.type) || token.type === 'bar');
}

/** The next token where it is a whole value: a number or a letter before a separator, a closing mark or the end. */
export function loneValue(at: Cursor): Token | null {
  const token = at.peek();
  if (token?.type !== 'number' && token?.type !== 'symbol') return null;
  switch (at.peek(1)?.type) {
    case undefined:
    case 'comma':
    case 'semicolon':
    case 'close':
    case 'rbrace':
      return token;
    default:
      return null;
  }
}

const COMMANDS_BETWEEN: ReadonlySet<string> = new Set([
  'not',
  'over',
  'choose',
  'because',
  'forall',
]);

/** Whether another factor follows without a sign. */
export function continuesProduct(at: Cursor): boolean {
  if (typeof at.integral === 'string') return false;
  const token = at.peek();
  if (token === undefined) return false;
  if (token.type === 'bar') {
    if (at.peek(1)?.type === 'underscore') return false;
    return (
      token.text === 'l' ||
      (at.bars === 0 &&
        !at.isInBuilder &&
        token.text !== 'r' &&
        token.text !== 'mid' &&
        closesLater(at))
    );
  }
  if (token.type === 'open') return !isAside(at) && !isModulus(at) && !isBracketedCondition(at);
  if (token.type === 'command')
    return !token.text.startsWith('end:') && !COMMANDS_BETWEEN.has(token.text);
  return ATOM_STARTS.has(token.type);
}

/** Words in brackets that give a reason or say how the value is written: `6 (since 2·3 = 6)`. */
export function isAside(at: Cursor): boolean {
  const first = at.peek(1);
  return at.is('open', '(') && first?.type === 'text' && ASIDE.test(first.text);
}

const ASIDE = /^(?:because|since|approx(?:imately)?|rounded|simplified|exact(?:ly)?|only)\b/iu;

/** `(mod 7)` as it is written without a command. */
export function isModulus(at: Cursor): boolean {
  if (!at.is('open', '(') || at.peek(1)?.text !== 'mod') return false;
  const modulus = at.peek(2)?.type;
  return modulus === 'number' || (modulus === 'symbol' && at.peek(3)?.type === 'close');
}

/** `(x ≠ 2)` and `(k ∈ ℤ)` behind a value say where it holds. */
function isBracketedCondition(at: Cursor): boolean {
  if (!at.is('open', '(')) return false;
  let depth = 0;
  for (let offset = 1; offset < MAX_CONDITION; offset += 1) {
    const token = at.peek(offset);
    if (token === undefined) return false;
    if (token.type === 'relation' && depth === 0) return true;
    if (token.type === 'open' || token.type === 'lbrace') depth += 1;
    else if (token.type === 'close' || token.type === 'rbrace') depth -= 1;
    if (depth < 0) return false;
  }
  return false;
}

const MAX_CONDITION = 24;

function closesLater(at: Cursor): boolean {
  for (let offset = 1; offset < 60; offset += 1) {
    const token = at.peek(offset);
    if (token === undefined) return false;
    if (token.type === 'bar') return true;
  }
  return false;
}

const ENDS_OF_OPERANDS: ReadonlySet<TokenType> = new Set<TokenType>([
  'comma',
  'semicolon',
  'close',
  'rbrace',
  'relation',
  'gap',
  'row',
  'text',
]);

export function isOperand(token: Token | undefined): boolean {
  return token !== undefined && !ENDS_OF_OPERANDS.has(token.type);
}

/** `2 to 1` and nothing else; "from 2 to 3" and "2 to 3 hours" are ranges. */
export function isSpokenRatio(at: Cursor): boolean {
  if (!at.is('text', 'to')) return false;
  const before = at.peek(-2);
  const isAlone = before === undefined || before.type === 'relation';
  return isAlone && at.peek(1)?.type === 'number' && at.peek(2) === undefined;
}

export function isRatioPart(at: Cursor, token: Token | undefined): boolean {
  if (token === undefined || at.isInBuilder) return false;
  return ATOM_STARTS.has(token.type) || (token.type === 'operator' && token.text === '-');
}

/** `2\frac12` and `2 1/2` are mixed numbers when the fraction is proper and made of digits. */
export function isMixedFraction(at: Cursor): boolean {
  const a = at.peek();
  if (a?.type === 'command') return FRACTIONS.has(a.text) && isProperFraction(at);
  if (a?.type !== 'number' || !a.isSpaced || a.places !== null) return false;
  const [b, c, d] = [at.peek(1), at.peek(2), at.peek(3)];
  return (
    b?.type === 'operator' &&
    b.text === '/' &&
    c?.type === 'number' &&
    Number(a.text) < Number(c.text) &&
    d?.type !== 'caret' &&
    d?.type !== 'symbol'
  );
}

const FRACTIONS: ReadonlySet<string> = new Set(['frac', 'dfrac', 'tfrac', 'cfrac', 'nicefrac']);

function isProperFraction(at: Cursor): boolean {
  const glued = at.peek(1);
  if (glued?.type === 'number' && /^\d\d$/u.test(glued.text))
    return Number(glued.text[0]) < Number(glued.text[1]);
  const digits: string[] = [];
  for (let offset = 1; offset < 8 && digits.length < 2; offset += 1) {
    const token = at.peek(offset);
    if (token?.type === 'lbrace' || token?.type === 'rbrace') continue;
    if (token?.type !== 'number' || token.places !== null) return false;
    digits.push(token.text);
  }
  const [top, bottom] = digits;
  const isFollowedByPower = at.peek(6)?.type === 'caret' && glued?.type === 'lbrace';
  return (
    top !== undefined && bottom !== undefined && Number(top) < Number(bottom) && !isFollowedByPower
  );
}

/** `(a, b)` straight after a letter: at least one comma before the bracket closes. */
export function isArgumentList(at: Cursor): boolean {
  let depth = 0;
  for (let offset = 0; offset < 40; offset += 1) {
    const token = at.peek(offset);
    if (token === undefined) return false;
    if (token.type === 'open' || token.type === 'lbrace') depth += 1;
    else if (token.type === 'close' || token.type === 'rbrace') {
      depth -= 1;
      if (depth === 0) return false;
    } else if (token.type === 'comma' && depth === 1) return true;
  }
  return false;
}

/** `{x | x < 1}` without backslashes. */
export function isBareBuilder(at: Cursor): boolean {
  if (!at.is('symbol') || at.peek(1)?.type !== 'bar' || at.bars > 0) return false;
  for (let offset = 2; offset < 60; offset += 1) {
    const type = at.peek(offset)?.type;
    if (type === undefined || type === 'rbrace') return false;
    if (type === 'relation') return true;
  }
  return false;
}

/** A bar over complex letters, or over a sum with the imaginary unit, is a conjugate; over other letters it is a name. */
export function isComplexGroup(at: Cursor): boolean {
  let [hasUnit, hasSign] = [false, false];
  if (!at.is('lbrace')) return false;
  for (let offset = 1; offset < 24; offset += 1) {
    const token = at.peek(offset);
    if (token === undefined || token.type === 'rbrace') break;
    if (token.type === 'symbol' && isComplexLetter(token.text)) return true;
    hasUnit ||= token.type === 'constant' && token.text === 'i';
    hasSign ||= token.type === 'operator' && (token.text === '+' || token.text === '-');
  }
  return hasUnit && hasSign;
}

/** The bracket after `\sqrt` is its degree only when something stands behind it to take the root of. */
export function isRootDegree(at: Cursor): boolean {
  for (let offset = 1; offset < 40; offset += 1) {
    const token = at.peek(offset);
    if (token === undefined) return false;
    if (token.type === 'close') {
      const next = at.peek(offset + 1);
      return next !== undefined && ATOM_STARTS.has(next.type);
    }
  }
  return false;
}

/** A sign of relation or of an operation, alone or first in its group: `^+`, `_{\ge 0}`. */
export function isSignAhead(at: Cursor): boolean {
  const inner = at.peek(1)?.type === 'lbrace' ? at.peek(2) : at.peek(1);
  return inner?.type === 'relation' || (inner?.type === 'operator' && '+-*'.includes(inner.text));
}

/** `_0^1` behind a bracket: a place below, and one above that follows at once. */
export function isBetween(at: Cursor): boolean {
  if (!at.is('underscore')) return false;
  if (at.peek(1)?.type !== 'lbrace') return at.peek(2)?.type === 'caret';
  let depth = 0;
  for (let offset = 1; offset < 40; offset += 1) {
    const type = at.peek(offset)?.type;
    if (type === undefined) return false;
    if (type === 'lbrace') depth += 1;
    else if (type === 'rbrace') depth -= 1;
    if (depth === 0) return at.peek(offset + 1)?.type === 'caret';
  }
  return false;
}
