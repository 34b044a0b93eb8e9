import { elementAt } from '#lib/text/element.ts';
import {
  isStructure,
  knownName,
  longestName,
  printedName,
  TIME_UNITS,
  UNITS_OF_TWO,
  WORDS_OF_TWO,
} from '../names.ts';
import { rational } from '../rational.ts';
import { readUnit } from '../unit-table.ts';
import { isAsciiLetter, isCapital, isDigit, endOfLetters } from './characters.ts';
import { readNamed } from './commands.ts';
import type { Scan } from './scan.ts';

/** Longer runs are read in pieces. */
const MAX_RUN = 200;
const FOREIGN_RUN = /^[\p{L}\p{M}]+/u;
/** Single letters that may be more than a symbol: an article, a.m. and p.m., a union, a times sign. */
const SPECIAL_LETTERS = 'aACFIpPUx';
const MERIDIEM = /^([ap])\.?\s?m\b\.?/iu;

/** Reads a run of letters: symbols and names in a formula, words outside of formulas. */
export function readLetters(scan: Scan): void {
  const { text, index } = scan;
  if (!isAsciiLetter(text.charCodeAt(index))) {
    const run = FOREIGN_RUN.exec(text.slice(index, index + MAX_RUN))?.[0] ?? elementAt(text, index);
    scan.push('text', run, index + run.length);
    return;
  }
  if (isCapital(text.charCodeAt(index)) && readHexadecimal(scan)) return;
  const end = endOfLetters(text, index, MAX_RUN);
  const run = text.slice(index, end);
  if (!scan.inMath) scan.push('text', run, end);
  else if (run.length === 1 && !SPECIAL_LETTERS.includes(run)) {
    if (isUnitInCompound(scan, run, end)) scan.push('text', run, end);
    else scan.pushLetter(run, end);
  } else if (!readAside(scan, run, end) && !readWord(scan, run, end)) readFactors(scan, run);
}

/** `2 h 30 min` and `5m 20cm`: a unit of one letter between two numbers, the second of which has a unit too. */
function isUnitInCompound(scan: Scan, run: string, end: number): boolean {
  if (scan.last?.type !== 'number' || !'hmglsd'.includes(run)) return false;
  const code = scan.text.charCodeAt(end === scan.text.length - 1 ? end : end + 1);
  if (!isDigit(scan.text.charCodeAt(end)) && !isDigit(code)) return false;
  return SMALLER.test(scan.text.slice(end, end + 24));
}

const SMALLER =
  /^ ?\d{1,6}(?:\.\d{1,6})? ?(?:[ghms]|hr|min|sec|[cdm]m|mg|m[lL]|cl)s?(?![a-zA-Z\d^])/u;

/** `FF_{16}` is a number; a single letter with that index is a name. */
function readHexadecimal(scan: Scan): boolean {
  const digits = HEXADECIMAL.exec(scan.text.slice(scan.index, scan.index + MAX_RUN))?.[0];
  if (digits === undefined) return false;
  scan.pushNumber(digits, scan.index + digits.length, { value: rational(0n), places: null });
  return true;
}

const HEXADECIMAL = /^[A-F][\dA-F]+(?=_(?:16|\{16\})(?!\d))/u;

/** Letters with a meaning that comes from what stands around them; false when these have none. */
function readAside(scan: Scan, run: string, end: number): boolean {
  const following = scan.text.slice(end, end + 3);
  const isFraction = run.endsWith('frac') && /^[dt]?frac$/u.test(run) && /^\s?\d/u.test(following);
  if (run.length > 2 && (following.startsWith('{') || isFraction) && isStructure(run)) {
    readNamed(scan, run, end);
    return true;
  }
  const before = scan.last?.type;
  if ((run === 'C' || run === 'F') && isBehindDegree(scan) && !/^[\w(^]/u.test(following)) {
    scan.push('text', run, end);
    return true;
  }
  if (run === 'U' && before === 'close' && /^\s?[([{]/u.test(following)) {
    scan.push('setop', 'union', scan.index + 1);
    return true;
  }
  if (before !== 'number') return false;
  const meridiem = /^[aApP]/u.test(run)
    ? MERIDIEM.exec(scan.text.slice(scan.index, scan.index + 6))
    : null;
  if (meridiem?.[1] !== undefined) {
    scan.push('text', `${meridiem[1].toLowerCase()}m`, scan.index + meridiem[0].length);
    return true;
  }
  const isOrdinal = !scan.isSpaced && /^(?:st|nd|rd|th)$/iu.test(run);
  const isTime = TIME_UNITS.has(run) && BEHIND_TIME.test(scan.text.slice(end, end + 8));
  if (isOrdinal || isTime) scan.push('text', run, end);
  return isOrdinal || isTime;
}

/** Nothing, or the seconds behind minutes. */
const BEHIND_TIME = /^\s*(?:[.,;)}\]$]|$|\d{1,2} ?s(?![a-z]))/u;

/** Behind `^\circ` or `^{\circ}` stands the scale of a temperature. */
function isBehindDegree({ tokens }: Scan): boolean {
  const isGrouped = tokens.at(-1)?.type === 'rbrace';
  return tokens.at(isGrouped ? -2 : -1)?.type === 'degree';
}

/** Words, units and names that stand for something; false when the letters are a product. */
function readWord(scan: Scan, run: string, end: number): boolean {
  if (run.length === 1) return readLoneLetter(scan, run, end);
  const before = scan.last?.type;
  const lower = run.toLowerCase();
  switch (lower) {
    case 'equals':
      scan.push('relation', '=', end);
      return true;
    case 'and':
    case 'or':
      scan.push('text', lower, end);
      return true;
    case 'infinity':
    case 'infty':
      scan.push('constant', 'inf', end);
      return true;
    case 'percent':
    case 'percentage':
    case 'pct':
      scan.push('percent', '%', end);
      return true;
    case 'degrees':
    case 'degree':
      scan.push('degree', 'deg', end);
      return true;
    case 'choose':
      if (before === 'text' || before === undefined) break;
      scan.push('command', 'choose', end);
      return true;
    case 'log':
      if (readLogarithmOfCode(scan, end)) return true;
  }
  const printed = printedName(run, scan.text[end]);
  if (printed !== null) {
    scan.pushName(printed, end);
    return true;
  }
  if (run === 'inf' || run === 'oo') {
    scan.push('constant', 'inf', end);
    return true;
  }
  if (lower === 'deg' && before === 'number') {
    scan.push('degree', 'deg', end);
    return true;
  }
  const known = knownName(run);
  const isWord =
    WORDS_OF_TWO.has(lower) ||
    (run.length === 2 && before === 'text' && !scan.hasMathMarks && known === null);
  if (isWord && isAlone(scan, end)) {
    scan.push('text', run, end);
    return true;
  }
  if (known !== null) {
    scan.pushName(known, end);
    return true;
  }
  const isUnit = run.length === 2 && UNITS_OF_TWO.has(run) && isAfterValue(scan);
  if (isUnit) {
    const behind = PER_UNIT.exec(scan.text.slice(end, end + MAX_PER_UNIT))?.[0] ?? '';
    scan.push('text', run + behind, end + behind.length);
    return true;
  }
  if (run.length >= 3 && (isUnitWord(scan, run) || !isProduct(scan, run))) {
    scan.push('text', run, end);
    return true;
  }
  return false;
}

/** `log2(x)` and `log10(x)`, as programs write them: with a digit that touches the name it is a base. */
function readLogarithmOfCode(scan: Scan, end: number): boolean {
  const base = /^(?:2|10)(?=\()/u.exec(scan.text.slice(end, end + 3))?.[0];
  if (base === undefined) return false;
  scan.push('function', `log${base}`, end + base.length);
  return true;
}

/** What a unit is taken by: `/h` behind `18 km`. */
const PER_UNIT = /^\/[a-zA-Z]{1,3}(?:\^\{?-?\d\}?)?(?![a-zA-Z\d])/u;
const MAX_PER_UNIT = 12;

/** The article and the pronoun, and the times sign of `3 x 10^5`. */
function readLoneLetter(scan: Scan, run: string, end: number): boolean {
  if (run === 'x') {
    const isTimes =
      scan.last?.type === 'number' &&
      scan.isSpaced &&
      /^\s10\s?\^/u.test(scan.text.slice(end, end + 5));
    if (isTimes) scan.push('operator', '*', end);
    return isTimes;
  }
  if (run === 'a' && scan.last?.type === 'text' && NOUN.test(scan.text.slice(end, end + 8))) {
    scan.push('text', run, end);
    return true;
  }
  const isArticle =
    /^[AIa]$/u.test(run) && /^ [a-zA-Z]{2,} [a-zA-Z]{2,}/u.test(scan.text.slice(end, end + 40));
  if (isArticle) scan.push('text', run, end);
  return isArticle;
}

/** `meters` behind a number and `seconds` behind `meters/`. */
function isUnitWord({ tokens }: Scan, run: string): boolean {
  const before = tokens[tokens.length - 1];
  const isPer = before?.text === '/' && tokens[tokens.length - 2]?.type === 'text';
  return run.length > 3 && (isPer || before?.type === 'number') && readUnit(run) !== null;
}

/** What follows the article in "a quarter of a dollar". */
const NOUN = /^ (?!and\b|are\b|has\b)[a-z]{3}/u;

function isAfterValue(scan: Scan): boolean {
  const before = scan.last?.type;
  return (
    before === 'number' ||
    (scan.isSpaced && (before === 'constant' || before === 'rbrace' || before === 'close'))
  );
}

/** Whether a run of letters is meant as a product such as `2abc` or `xyz^2`, not as a word. */
function isProduct(scan: Scan, run: string): boolean {
  if (run.length > 6) return false;
  const behind = scan.index + run.length;
  const after = scan.text.slice(behind).trimStart()[0] ?? '';
  const before = scan.last;
  if (before?.type === 'lbrace' || after === '}') return true;
  const isGlued = before?.type === 'number' && !scan.isSpaced;
  if (isGlued && !/[aeiou]/iu.test(run)) return true;
  const isNamed = before?.type === 'symbol' && /^(?:triangle|square|angle)$/u.test(before.text);
  if (isNamed && /^[A-Z]+$/u.test(run)) return true;
  if (before === undefined && after === '=' && isWordlike(run)) return false;
  const next = scan.text.slice(behind, behind + 7);
  if (!/[aeiou]/u.test(run) && /^\s?\\(?:sin|cos|tan|ln|log|sqrt|frac)/u.test(next)) return true;
  if ('^_+-*/=<>'.includes(after) && after !== '') return true;
  return before?.type === 'operator' || before?.type === 'relation';
}

/** `Area` and `Base` before a sign of equality name what follows. */
function isWordlike(run: string): boolean {
  return run.length >= 4 && (run.match(/[aeiou]/giu)?.length ?? 0) >= 2;
}

/** White space or the border of the text on both sides. */
function isAlone(scan: Scan, end: number): boolean {
  const isFirst = scan.tokens.length === 0 || scan.isSpaced;
  return isFirst && /^(?:\s|$)/u.test(scan.text.slice(end, end + 1));
}

/** Letters that stand side by side are a product; known names inside are kept (`sinx`, `2pi`, `xsqrt`). */
function readFactors(scan: Scan, run: string): void {
  let rest = run;
  while (rest !== '') {
    const piece = (rest.length > 2 ? longestName(rest) : null) ?? elementAt(rest, 0);
    const name = piece.length > 1 ? knownName(piece) : null;
    if (name === null) scan.pushLetter(piece, scan.index + piece.length);
    else scan.pushName(name, scan.index + piece.length);
    rest = rest.slice(piece.length);
  }
}
