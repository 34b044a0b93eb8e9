import { parseDecimal, rational, type Rational } from '../rational.ts';
import { MathSyntaxError } from '../syntax-error.ts';
import { CODED, COMMA_RUN, GROUPING, NUMBER, PLAIN_NUMBER } from '../written-number.ts';
import { BACKSLASH, endOfDigits, isCapital, isDigit } from './characters.ts';
import type { Scan } from './scan.ts';

/** Reads a number at a digit, or at a point before one. Throws MathSyntaxError when it is too long. */
export function readNumber(scan: Scan): void {
  const { text, index } = scan;
  const whole = endOfDigits(text, index);
  const coded = mayBeCoded(text, index, whole) ? CODED.exec(text.slice(index, index + 200)) : null;
  if (coded?.[0] !== undefined && /[A-Za-z]/u.test(coded[0])) {
    readCoded(scan, coded[0]);
    return;
  }
  const plain = plainNumber(scan, whole);
  const written = plain ?? writtenNumber(scan);
  const digits = plain ?? withoutGroups(written);
  let end = index + written.length;
  const { exponent, length } = exponentAt(text, end);
  end += length;
  const value = parseDecimal(digits + exponent);
  if (value === null) throw new MathSyntaxError('a number is too long to be read');
  const point = digits.indexOf('.');
  const places = point === -1 ? null : digits.length - point - 1;
  const next = text.charCodeAt(end);
  if (places !== null && (next === BACKSLASH || next === POINT || next === OPEN)) {
    const rest =
      next === OPEN && places > 0 && !isAlone(scan, end) ? '' : text.slice(end, end + 60);
    const repeated = repeatingTail(rest, value, digits.slice(point + 1));
    if (repeated !== null) {
      scan.pushNumber(digits, end + repeated.length, { value: repeated.value, places: null });
      return;
    }
  }
  // The places of `1.6e-19` are those of the number, not of its digits.
  const shift = exponent === '' ? 0 : Number(exponent.slice(1));
  const decimals = places === null ? null : places - shift;
  scan.pushNumber(digits + exponent, end, { value, places: decimals, digits });
}

const DECIMAL_COMMA = /\{,\}(?=(?:\d{1,2}|\d{4,20})$)/u;

/** In `1.234.567` the points group as commas do; `3{,}14` has a decimal comma. */
function withoutGroups(written: string): string {
  if (DECIMAL_COMMA.test(written)) return written.replace(DECIMAL_COMMA, '.');
  const digits = written.replace(GROUPING, '');
  return digits.indexOf('.') === digits.lastIndexOf('.') ? digits : digits.replaceAll('.', '');
}

/** A letter among the digits is a capital, or the one of `0x1F`, `0b101` and `0o17`. */
function mayBeCoded(text: string, start: number, end: number): boolean {
  if (isCapital(text.charCodeAt(end))) return true;
  const letter = text[end];
  return (
    (letter === 'x' || letter === 'b' || letter === 'o') && text[start] === '0' && end === start + 1
  );
}

/** `0x1F`, and digits with letters before a base such as `2A_{16}`; their value follows from the base. */
function readCoded(scan: Scan, written: string): void {
  const isPrefixed = /^0[xbo]/u.test(written);
  const value = isPrefixed ? rational(BigInt(written)) : rational(0n);
  const digits = isPrefixed ? String(value.n) : written;
  scan.pushNumber(written, scan.index + written.length, { value, places: null, digits });
}

/** Digits with at most a decimal point, where what follows can belong to no other way of writing; else null. */
function plainNumber(scan: Scan, whole: number): string | null {
  const { text, index: start } = scan;
  const next = text[whole + 1] ?? '';
  const isBeforeDigit = isDigit(next.charCodeAt(0));
  switch (text[whole]) {
    case '.':
      if (isBeforeDigit) {
        const end = endOfDigits(text, whole + 1);
        return text[end] === '.' && end === whole + 4 ? null : text.slice(start, end);
      }
      return next === '\\' || next === '(' ? null : text.slice(start, whole);
    case ',':
      if (start < scan.listEnd && start < whole) return text.slice(start, whole);
      return isBeforeDigit || next === '\\' ? null : text.slice(start, whole);
    case ' ':
    case "'":
      return isBeforeDigit ? null : text.slice(start, whole);
    case '\\':
      return next === '!' || next === ',' || next === ' ' ? null : text.slice(start, whole);
    case '{':
      return next === ',' ? null : text.slice(start, whole);
    default:
      return text.slice(start, whole);
  }
}

/** A run of commas is judged once: inside a list, its numbers are read one by one. */
function writtenNumber(scan: Scan): string {
  const rest = scan.text.slice(scan.index, scan.index + 7000);
  const plain = PLAIN_NUMBER.exec(rest)?.[0] ?? rest.slice(0, 1);
  if (scan.index < scan.listEnd) return plain;
  const written = NUMBER.exec(rest)?.[0] ?? plain;
  // In `(1{,}2)` it may be a pair.
  if (DECIMAL_COMMA.test(written) && scan.last?.type === 'open') return plain;
  const run = COMMA_RUN.exec(rest)?.[0] ?? '';
  if (!run.includes(',') || isThousands(scan, run)) return written;
  scan.listEnd = scan.index + run.length;
  return plain;
}

/** `1,234,567` is one number; `1,7,103` is a list, and so is anything inside brackets. */
function isThousands(scan: Scan, run: string): boolean {
  return /^[1-9]\d{0,2}(?:,\d{3})+$/u.test(run) && (scan.depth === 0 || isLoneInBraces(scan, run));
}

function isLoneInBraces(scan: Scan, run: string): boolean {
  const after = scan.text[scan.index + run.length];
  return scan.last?.type === 'lbrace' && (after === '}' || after === '.' || after === '\\');
}

interface Exponent {
  /** As in `e-7`; empty where there is none. */
  readonly exponent: string;
  /** Of how it is written. */
  readonly length: number;
}

const NO_EXPONENT: Exponent = { exponent: '', length: 0 };

/** `e-7`, or the same with its letter in a font: `\mathrm{e}{-7}`, `\text{E-7}`. */
function exponentAt(text: string, index: number): Exponent {
  const sign = text[index];
  if (sign === '\\') return exponentInFont(text, index);
  if (sign !== 'e' && sign !== 'E') return NO_EXPONENT;
  const exponent = /^[eE][-+]?\d{1,4}(?![\d.a-zA-Z])/u.exec(text.slice(index, index + 8))?.[0];
  return exponent === undefined ? NO_EXPONENT : { exponent, length: exponent.length };
}

const IN_FONT =
  /^\\(?:mathrm|text|textrm)\{(?:[eE]\}\{?([-+]?\d{1,4})\}?|[eE]([-+]?\d{1,4})\})(?![\d.a-zA-Z])/u;

function exponentInFont(text: string, index: number): Exponent {
  const font = text[index + 1];
  if (font !== 'm' && font !== 't') return NO_EXPONENT;
  const match = IN_FONT.exec(text.slice(index, index + 24));
  if (match === null) return NO_EXPONENT;
  return { exponent: `e${match[1] ?? match[2] ?? '0'}`, length: match[0].length };
}

/** Whether digits in brackets end the value, so that `0.1(6)` repeats them; `0.1(6) + 2` is a product. */
function isAlone(scan: Scan, end: number): boolean {
  const isFirst = scan.last === undefined || FIRST_BEHIND.has(scan.last.type);
  return isFirst && /^\(\d{1,40}\)(?:\s*$|\s*[,;}$%\]])/u.test(scan.text.slice(end, end + 60));
}

const FIRST_BEHIND: ReadonlySet<string> = new Set(['comma', 'semicolon', 'relation', 'gap']);

const POINT = 46;
const OPEN = 40;

/**
 * `\overline{3}` after `0.`, `\dot{6}` after `0.1`, `\dot{1}4285\\dot{7}`, `(3)` after `0.` or a last `0.1`, dots after digits
 * that repeat: the value with the repeating digits, and how long they are written.
 */
function repeatingTail(
  rest: string,
  value: Rational,
  decimals: string,
): { value: Rational; length: number } | null {
  const dotted = /^\\dot\s?\{?(\d)\}?(\d{0,30})\\dot\s?\{?(\d)\}?/u.exec(rest);
  const marked =
    /^(?:\\(?:overline|bar|dot|widehat)(?:\s*\{(\d{1,40})\}|\s?(\d))|\((\d{1,40})\))/u.exec(rest);
  const match = dotted ?? marked;
  if (match !== null)
    return {
      value: withPeriod(value, decimals.length, match.slice(1).join('')),
      length: match[0].length,
    };
  const dots = /^(?:\\[lcd]?dots(?![a-zA-Z])|\.\.\.)/u.exec(rest);
  const period = dots === null ? null : periodOf(decimals);
  if (dots === null || period === null) return null;
  return { value: withPeriod(value, decimals.length, period), length: dots[0].length };
}

function withPeriod(value: Rational, places: number, digits: string): Rational {
  const scale = 10n ** BigInt(places);
  const period = 10n ** BigInt(digits.length) - 1n;
  const tail = rational(BigInt(digits), period * scale);
  return rational(value.n * tail.d + tail.n * value.d, value.d * tail.d);
}

/** Digits at the end that stand there three times, or six and more or all decimals twice: `0.1666…` goes on, `2.718281828…` does not. */
function periodOf(decimals: string): string | null {
  for (let length = 1; length * 2 <= decimals.length && length <= 20; length += 1) {
    const digits = decimals.slice(-length);
    const times = length >= 6 || length * 2 === decimals.length ? 2 : 3;
    if (decimals.endsWith(digits.repeat(times))) return digits;
  }
  return null;
}
