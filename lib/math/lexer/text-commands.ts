import { closingBrace } from '#lib/text/boxes.ts';
import { FUNCTION_ALIASES, FUNCTIONS } from '../lexicon.ts';
import { knownName, TIME_UNITS } from '../names.ts';
import { parseDecimal, rational } from '../rational.ts';
import { readUnit } from '../unit-table.ts';
import { isLetter } from './characters.ts';
import type { Scan } from './scan.ts';

interface Group {
  readonly content: string;
  readonly open: number;
  readonly close: number;
}

/** The braces after a command; null when something else follows. */
function groupAt(text: string, from: number): Group | null {
  let open = from;
  while (text[open] === ' ' || text[open] === '*') open += 1;
  if (text[open] !== '{') return null;
  const close = closingBrace(text, open) ?? text.length;
  return { content: text.slice(open + 1, close), open, close };
}

/** Reads the braces of `\text` and its like. */
export function readTextCommand(scan: Scan, end: number): void {
  const group = groupAt(scan.text, end);
  if (group === null) scan.skip(end);
  else readContent(scan, group.content, group.close + 1);
}

/** Reads `\SI{5}{m/s}`, whose unit may be in commands as `\metre\per\second` is; without its two groups the command says nothing. */
export function readQuantity(scan: Scan, end: number): void {
  const number = groupAt(scan.text, end);
  const unit = number === null ? null : groupAt(scan.text, number.close + 1);
  if (number === null || unit === null) {
    scan.skip(end);
    return;
  }
  scan.tokens.push(...scan.inner(number.content));
  scan.push('text', unit.content.replaceAll('\\', ' ').trim(), unit.close + 1);
}

/** The text of `\text{…}`: a joining word, a unit, a percent, a single letter, a formula in dollars, or words. */
function readContent(scan: Scan, content: string, end: number): void {
  if (/and|or/iu.test(content) && readJoined(scan, content, end)) return;
  if (readMicro(scan, content, end)) return;
  if (isFormula(content)) {
    scan.tokens.push(...scan.inner(content.replaceAll('$', '')));
    scan.skip(end);
    return;
  }
  const bare = content.trim().replace(/^\{(.*)\}$/u, '$1');
  const isRead =
    readMark(scan, bare, end) || readLetter(scan, bare, end) || readValue(scan, bare, end);
  if (!isRead) scan.push('text', content.trim(), end);
}

/** The unit in `5\mu\text{m}` takes its prefix back. */
function readMicro(scan: Scan, content: string, end: number): boolean {
  const { tokens, last } = scan;
  if (last?.type !== 'symbol' || last.text !== 'mu') return false;
  const unit = `μ${content.trim()}`;
  if (tokens[tokens.length - 2]?.type !== 'number' || readUnit(unit) === null) return false;
  tokens.pop();
  scan.push('text', unit, end);
  return true;
}

/** `and y = 3` and `x = 2 or`: a joining word at one end parts values; false where there is none. */
function readJoined(scan: Scan, content: string, end: number): boolean {
  const joint = /^\s*(and|or)\s+(\S.*)$/iu.exec(content);
  if (joint?.[1] !== undefined && joint[2] !== undefined && scan.tokens.length > 0) {
    scan.push('text', joint[1].toLowerCase(), end);
    readContent(scan, joint[2], end);
    return true;
  }
  const tail = /^(.*\S)\s+(and|or)\s*$/iu.exec(content);
  if (tail?.[1] === undefined || tail[2] === undefined || /[,;]$/u.test(tail[1])) return false;
  readContent(scan, tail[1], end);
  scan.push('text', tail[2].toLowerCase(), end);
  return true;
}

function isFormula(content: string): boolean {
  if (/^[a-zA-Z\s]*$/u.test(content)) return false;
  return (
    content.includes('$') ||
    content.includes('\\') ||
    /^\s*\d.*\D/u.test(content) ||
    isSentence(content) ||
    isBracketed(content)
  );
}

/** Words with a number that stands on its own among them. */
function isSentence(content: string): boolean {
  return /^\s*\p{L}/u.test(content) && /\p{L}\s[$€£]?\d+(?:[\s,.]|$)/u.test(content);
}

/** Brackets, signs and digits without a letter: values inside a text command. */
function isBracketed(content: string): boolean {
  return /^\s*[-([{]/u.test(content) && /\d/u.test(content) && !/[a-zA-Z]/u.test(content);
}

/** A digit string in base 16, a percent or degree sign, a comma, a joining word. */
function readMark(scan: Scan, bare: string, end: number): boolean {
  if (isHexadecimal(scan, bare, end))
    scan.pushNumber(bare, end, { value: rational(0n), places: null });
  else if (bare === '' || /^[.:]+$/u.test(bare)) scan.skip(end);
  else if (bare === '%' || /^per ?cent(?:age)?$/iu.test(bare)) scan.push('percent', '%', end);
  else if (/^deg(?:rees?)?\.?$/iu.test(bare)) scan.push('degree', 'deg', end);
  else if (/^[-+*/=<>]$/u.test(bare)) {
    scan.tokens.push(...scan.inner(bare));
    scan.skip(end);
  } else if (bare === ',' || bare === ';') scan.push('comma', ',', end);
  else if (bare === 'x' && isBeforePowerOfTen(scan, end)) scan.push('operator', '*', end);
  else if (/^[,;]?\s*and[,;]?$/iu.test(bare)) scan.push('text', 'and', end);
  else if (/^[,;]?\s*or[,;]?$/iu.test(bare)) scan.push('text', 'or', end);
  else return false;
  return true;
}

/** `3.2 \text{ x } 10^{-5}` has a times sign. */
function isBeforePowerOfTen(scan: Scan, end: number): boolean {
  return scan.last?.type === 'number' && /^\s*10\s?\^/u.test(scan.text.slice(end, end + 8));
}

/** Digits in base 16 with the base behind them. */
function isHexadecimal(scan: Scan, bare: string, end: number): boolean {
  return /^\d*[A-F][\dA-F]*$/u.test(bare) && /^\s?_\{?16\b/u.test(scan.text.slice(end, end + 6));
}

/** A letter behind a value is its unit, elsewhere a symbol. */
function readLetter(scan: Scan, bare: string, end: number): boolean {
  const before = scan.last?.type;
  const letter = bare.replace(/^\(([a-zA-Z])\)$/u, '$1');
  const isBehind =
    before === 'number' ||
    before === 'degree' ||
    before === 'close' ||
    before === 'rbrace' ||
    isBehindUnit(scan);
  if (isBehind || !/^[a-zA-Z]$/u.test(letter)) return false;
  scan.push('symbol', letter, end);
  return true;
}

function isBehindUnit({ last }: Scan): boolean {
  return last?.type === 'text' && readUnit(last.text) !== null;
}

function readValue(scan: Scan, bare: string, end: number): boolean {
  const value = /^[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$/u.test(bare)
    ? parseDecimal(bare.replaceAll(',', ''))
    : null;
  if (value !== null && bare.length < 40) {
    const point = bare.indexOf('.');
    scan.pushNumber(bare, end, { value, places: point === -1 ? null : bare.length - point - 1 });
    return true;
  }
  if (bare === 'th' || (TIME_UNITS.has(bare) && scan.last?.type === 'number')) return false;
  const isFunction = FUNCTIONS.has(bare) || Object.hasOwn(FUNCTION_ALIASES, bare);
  const known = isFunction ? knownName(bare) : null;
  if (known?.type !== 'function') return false;
  scan.pushName(known, end);
  return true;
}

/** Reads the braces of `\mathrm` and its like: one letter or a known name is mathematics, a word is text. */
export function readFontCommand(scan: Scan, name: string, end: number): void {
  const group = groupAt(scan.text, end);
  if (group === null) {
    scan.skip(end);
    return;
  }
  const behind = group.close + 1;
  if (OPERATOR_COMMAND.test(group.content)) {
    scan.tokens.push(...scan.inner(group.content));
    scan.skip(behind);
    return;
  }
  const micro = MICRO.exec(group.content)?.[1];
  if (micro !== undefined && scan.last?.type === 'number' && readUnit(`μ${micro}`) !== null) {
    scan.push('text', `μ${micro}`, behind);
    return;
  }
  const content = group.content.replace(/~|\\[ ,;]/gu, ' ').trim();
  if (/^[a-zA-Z]$/u.test(content)) scan.index = group.open;
  if (!readFont(scan, name, content, behind)) scan.skip(end);
}

/** Reads what is set in a font; false where it is to be read as if the font were not there. */
export function readFont(scan: Scan, name: string, content: string, behind: number): boolean {
  if (content.length > 1 && isHexadecimal(scan, content, behind)) {
    scan.pushNumber(content, behind, { value: rational(0n), places: null });
    return true;
  }
  if (/^[a-zA-Z]$/u.test(content)) {
    if (name === 'mathrm' && isUnitLetter(scan, content, behind))
      scan.push('text', content, behind);
    else scan.pushLetter(content, behind);
    return true;
  }
  if (/^[a-zA-Z]{1,6}(?:[/·][a-zA-Z]{1,6}(?:\^\{?-?\d\}?)?)+$/u.test(content)) {
    scan.push('text', content, behind);
    return true;
  }
  const isWord = /^[a-zA-Z]+$/u.test(content);
  const isTime = TIME_UNITS.has(content) && scan.last?.type === 'number';
  const known = isTime ? null : knownName(content);
  if (known !== null) scan.pushName(known, behind);
  else if (OPERATORS.has(content)) scan.push('command', content, behind);
  else if (isWord && (name === 'operatorname' || isNamedFunction(scan, name, behind)))
    scan.push('function', PRINTED[content] ?? content, behind);
  else if (name === 'mathit' && isWord && !isTime) scan.push('symbol', content, behind);
  else if (/^[a-zA-Z][a-zA-Z .]*$/u.test(content)) readContent(scan, content, behind);
  else return false;
  return true;
}

/** A sign or an operator whose font says nothing. */
const OPERATOR_COMMAND =
  /^\s*\\(?:lim|sum|prod|sup|inf|max|min|cdot|times|pm|mp|le|ge|leq|geq)\s*$/u;
/** A unit with its prefix inside of the font. */
const MICRO = /^\\mu\s?([a-zA-Z]{1,3})$/u;
const OPERATORS: ReadonlySet<string> = new Set('lim limsup liminf sum prod sup inf'.split(' '));

/** `\mathrm{Si}(x)`; behind a number the word is a unit. */
function isNamedFunction(scan: Scan, font: string, behind: number): boolean {
  if (font !== 'mathrm' || scan.last?.type === 'number') return false;
  return /^\s?(?:_\{?\w\}?)?(?:\\left\s?)?\(/u.test(scan.text.slice(behind, behind + 16));
}

/** Functions as computer algebra prints them, each by its other name. */
const PRINTED: Readonly<Record<string, string>> = {
  re: 'Re',
  im: 'Im',
  frac: 'fractional part',
  conjugate: 'conj',
  Abs: 'abs',
  norm: 'abs',
  arsh: 'arsinh',
  arch: 'arcosh',
  arth: 'artanh',
  Arsinh: 'arsinh',
  Arcosh: 'arcosh',
  Artanh: 'artanh',
  lb: 'log2',
  Max: 'max',
  Min: 'min',
  GCD: 'gcd',
  LCM: 'lcm',
  gamma: 'gamma',
  Gamma: 'gamma',
  zeta: 'zeta',
};

/** `3 \mathrm{m}` has a unit; `\mathrm{d}x` is a differential, `\mathrm{e}` and `\mathrm{i}` are numbers. */
function isUnitLetter(scan: Scan, letter: string, behind: number): boolean {
  const before = scan.last?.type;
  const isBehind = before === 'number' || before === 'degree' || isBehindUnit(scan);
  const isDifferential = letter === 'd' && isLetter(scan.text.charCodeAt(behind));
  return isBehind && !isDifferential && letter !== 'e' && letter !== 'i';
}
