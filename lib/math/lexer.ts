import { elementAt } from '#lib/text/element.ts';
import { closingBrace } from '#lib/text/boxes.ts';
import {
  DECORATIONS,
  FONT_COMMANDS,
  FUNCTIONS,
  FUNCTION_ALIASES,
  IGNORED,
  OPERATORS,
  RELATIONS,
  SET_OPERATIONS,
  STRUCTURES,
  SYMBOL_COMMANDS,
  TEXT_COMMANDS,
} from './lexicon.ts';
import { parseDecimal, rational, type Rational } from './rational.ts';
import {
  FIXED,
  isKnownCommand,
  isStructure,
  knownName,
  knownPrefix,
  longestName,
  UNITS_OF_TWO,
  WORDS_OF_TWO,
  type Name,
} from './names.ts';
import type { Token, TokenType } from './token.ts';
import { toLatex } from './unicode.ts';
import { CODED, COMMA_RUN, GROUPING, NUMBER, PLAIN_NUMBER } from './written-number.ts';

export const MAX_TOKENS = 12_000;
export const MAX_LENGTH = 20_000;

/** Why a text was not read; never thrown beyond `lib/math`. */
export class MathSyntaxError extends Error {}

/** Splits LaTeX, Unicode or ASCII mathematics into tokens in one pass. Throws MathSyntaxError beyond the limits. */
export function tokenize(source: string): Token[] {
  if (source.length > MAX_LENGTH)
    throw new MathSyntaxError('the answer is too long to be read as mathematics');
  return new Lexer(toLatex(source)).run();
}

class Lexer {
  readonly #text: string;
  #index = 0;
  #isSpaced = false;
  #depth = 0;
  #environments = 0;
  #listEnd = 0;
  #inMath: boolean;
  readonly #hasMathMarks: boolean;
  readonly #tokens: Token[] = [];

  constructor(text: string) {
    this.#text = text;
    this.#hasMathMarks = /\$|\\\(|\\\[/u.test(text);
    this.#inMath = !this.#hasMathMarks;
  }

  run(): Token[] {
    while (this.#index < this.#text.length) {
      this.#step();
      if (this.#tokens.length > MAX_TOKENS)
        throw new MathSyntaxError('the answer has too many symbols');
    }
    return this.#tokens;
  }

  #push(type: TokenType, text: string, end: number, extra: Partial<Token> = {}): void {
    this.#tokens.push({ type, text, start: this.#index, end, isSpaced: this.#isSpaced, ...extra });
    this.#index = end;
    this.#isSpaced = false;
  }

  #skip(end: number, isSpace = true): void {
    this.#index = end;
    this.#isSpaced ||= isSpace;
  }

  #step(): void {
    const text = this.#text;
    const index = this.#index;
    const char = elementAt(text, index);
    if (char === ' ' || char === '\n' || char === '\t' || char === '\r' || char === '~') {
      if (char === '\n' && text[index + 1] === '\n' && this.#tokens.length > 0)
        this.#push('gap', '\n', index + 1);
      else this.#skip(index + 1);
    } else if (char === '\\') this.#command();
    else if (isDigit(char) || (char === '.' && isDigit(text[index + 1] ?? ''))) this.#number();
    else if (isLetter(char)) this.#letters();
    else if (char === '$') {
      this.#inMath = !this.#inMath;
      this.#skip(text[index + 1] === '$' ? index + 2 : index + 1);
    } else this.#punctuation(char);
  }

  #punctuation(char: string): void {
    const index = this.#index;
    const two = this.#text.slice(index, index + 2);
    if (two === '**') {
      if (this.#isPowerSign(index + 2)) this.#push('caret', '^', index + 2);
      else this.#skip(index + 2);
      return;
    }
    if (char === '+' && /^\+\s?\/\s?-/u.test(this.#text.slice(index, index + 5))) {
      this.#push('operator', 'pm', this.#text.indexOf('-', index) + 1);
      return;
    }
    const relation = Object.hasOwn(RELATIONS, two) && /^\W/u.test(two) ? two : char;
    if ('<>=!-'.includes(char) && Object.hasOwn(RELATIONS, relation) && relation !== '!') {
      this.#push('relation', RELATIONS[relation] ?? relation, index + relation.length);
      return;
    }
    if (two === "''") {
      this.#push('prime', "''", index + 2);
      return;
    }
    switch (char) {
      case '+':
      case '-':
      case '*':
      case '/': {
        this.#push('operator', char, index + 1);
        return;
      }
      case '^': {
        this.#push('caret', '^', index + 1);
        return;
      }
      case '_': {
        this.#push('underscore', '_', index + 1);
        return;
      }
      case '(':
      case '[':
        this.#depth += 1;
        {
          this.#push('open', char, index + 1);
          return;
        }
      case ')':
      case ']':
        this.#depth = Math.max(0, this.#depth - 1);
        {
          this.#push('close', char, index + 1);
          return;
        }
      case '{':
        this.#depth += 1;
        {
          this.#push('lbrace', '{', index + 1);
          return;
        }
      case '}':
        this.#depth = Math.max(0, this.#depth - 1);
        {
          this.#push('rbrace', '}', index + 1);
          return;
        }
      case ',': {
        this.#push('comma', ',', index + 1);
        return;
      }
      case ';': {
        this.#push('semicolon', ';', index + 1);
        return;
      }
      case ':': {
        this.#push('colon', ':', index + 1);
        return;
      }
      case '|': {
        this.#push('bar', '|', index + 1);
        return;
      }
      case '!': {
        this.#push('bang', '!', index + 1);
        return;
      }
      case '%': {
        this.#push('percent', '%', index + 1);
        return;
      }
      case "'": {
        this.#push('prime', "'", index + 1);
        return;
      }
      case '&': {
        this.#push('amp', '&', index + 1);
        return;
      }
      case '€':
      case '£':
      case '¥':
      case '₹': {
        this.#currency(char, index + 1);
        return;
      }
      case '"':
      case '`': {
        this.#skip(index + 1);
        return;
      }
      case '.': {
        if (this.#text.startsWith('...', index)) {
          this.#push('dots', '...', index + 3);
          return;
        }
        this.#skip(index + 1);
        return;
      }
      default: {
        this.#push('text', char, index + 1);
        return;
      }
    }
  }

  /** A currency sign before or after an amount is its unit; elsewhere it says nothing. */
  #currency(sign: string, end: number): void {
    const before = this.#tokens.at(-1);
    const isBehind = before?.type === 'number';
    const isBefore =
      (before === undefined || before.type === 'comma' || before.type === 'gap') &&
      /^\s*(?:[\d.]|\\[dt]?frac)/u.test(this.#text.slice(end, end + 12));
    if (isBehind || isBefore) this.#push('text', sign, end);
    else this.#skip(end);
  }

  /** Two stars between operands are a power, around something they are emphasis. */
  #isPowerSign(after: number): boolean {
    const before = this.#tokens.at(-1)?.type;
    const isOperand =
      before === 'number' ||
      before === 'symbol' ||
      before === 'constant' ||
      before === 'close' ||
      before === 'rbrace';
    return isOperand && /[\w({\\-]/u.test(this.#text.slice(after).trimStart()[0] ?? '');
  }

  #number(): void {
    const coded = CODED.exec(this.#text.slice(this.#index, this.#index + 200));
    if (coded?.[0] !== undefined && /[A-Za-z]/u.test(coded[0])) {
      this.#coded(coded[0]);
      return;
    }
    const written = this.#writtenNumber();
    const digits = written.replace(GROUPING, '');
    let end = this.#index + written.length;
    const exponent =
      /^[eE][-+]?\d{1,4}(?![\d.a-zA-Z])/u.exec(this.#text.slice(end, end + 8))?.[0] ?? '';
    end += exponent.length;
    const value = parseDecimal(digits + exponent);
    if (value === null) throw new MathSyntaxError('a number is too long to be read');
    const point = digits.indexOf('.');
    const places = point === -1 ? null : digits.length - point - 1;
    const repeated = this.#repeatingTail(end, value, places ?? (digits.endsWith('.') ? 0 : null));
    if (repeated !== null) {
      this.#push('number', digits, repeated.end, { value: repeated.value, places: null });
      return;
    }
    this.#push('number', digits + exponent, end, { value, places, digits });
  }

  /** `0x1F`, and digits with letters before a base such as `2A_{16}`; their value follows from the base. */
  #coded(written: string): void {
    const isHex = written.startsWith('0x');
    const value = isHex ? rational(BigInt(written)) : rational(0n);
    this.#push('number', written, this.#index + written.length, {
      value,
      places: null,
      digits: isHex ? String(value.n) : written,
    });
  }

  /** A run of commas is judged once: inside a list, its numbers are read one by one. */
  #writtenNumber(): string {
    const rest = this.#text.slice(this.#index, this.#index + 7000);
    const plain = PLAIN_NUMBER.exec(rest)?.[0] ?? rest.slice(0, 1);
    if (this.#index < this.#listEnd) return plain;
    const written = NUMBER.exec(rest)?.[0] ?? plain;
    const run = COMMA_RUN.exec(rest)?.[0] ?? '';
    if (!run.includes(',') || this.#isThousands(run)) return written;
    this.#listEnd = this.#index + run.length;
    return plain;
  }

  /** `1,234,567` is one number; `1,7,103` is a list, and so is anything inside brackets. */
  #isThousands(run: string): boolean {
    return this.#depth === 0
      ? /^[1-9]\d{0,2}(?:,\d{3})+$/u.test(run)
      : /^[1-9]\d{0,2}(?:,\d{3})+$/u.test(run) && this.#isLoneInBraces(run);
  }

  #isLoneInBraces(run: string): boolean {
    const before = this.#tokens.at(-1);
    const after = this.#text[this.#index + run.length];
    return before?.type === 'lbrace' && (after === '}' || after === '.' || after === '\\');
  }

  /** `0.\overline{3}` and `0.1\dot{6}`. */
  #repeatingTail(
    end: number,
    value: Rational,
    places: number | null,
  ): { value: Rational; end: number } | null {
    if (places === null) return null;
    const match = /^\\(?:overline|bar|dot)\s*\{(\d{1,40})\}/u.exec(this.#text.slice(end, end + 60));
    const digits = match?.[1];
    if (match === null || digits === undefined) return null;
    const scale = 10n ** BigInt(places);
    const period = 10n ** BigInt(digits.length) - 1n;
    const tail = rational(BigInt(digits), period * scale);
    return {
      value: rational(value.n * tail.d + tail.n * value.d, value.d * tail.d),
      end: end + match[0].length,
    };
  }

  #letters(): void {
    const run =
      LETTERS.exec(this.#text.slice(this.#index, this.#index + 200))?.[0] ??
      elementAt(this.#text, this.#index);
    if (!this.#inMath || !/^[a-zA-Z]+$/u.test(run)) {
      this.#word(run);
      return;
    }
    this.#mathLetters(run);
  }

  /** Words outside of formulas: a single letter may still be a symbol of the formula around. */
  #word(run: string): void {
    const end = this.#index + run.length;
    if (this.#hasMathMarks || !/^[a-zA-Z]+$/u.test(run)) {
      this.#push('text', run, end);
      return;
    }
    this.#mathLetters(run);
  }

  #mathLetters(run: string): void {
    const following = this.#text.slice(this.#index + run.length, this.#index + run.length + 3);
    const isFraction = /^[dt]?frac$/u.test(run) && /^\s?\d/u.test(following);
    if (run.length > 2 && isStructure(run) && (following.startsWith('{') || isFraction)) {
      this.#named(run, this.#index + run.length);
      return;
    }
    if (run === 'U' && this.#tokens.at(-1)?.type === 'close' && /^\s?[([{]/u.test(following)) {
      this.#push('setop', 'union', this.#index + 1);
      return;
    }
    const lower = run.toLowerCase();
    const before = this.#tokens.at(-1);
    const end = this.#index + run.length;
    const isAfterNumber = before?.type === 'number';
    const meridiem =
      before?.type === 'number'
        ? MERIDIEM.exec(this.#text.slice(this.#index, this.#index + 6))
        : null;
    if (meridiem?.[1] !== undefined) {
      this.#push('text', `${meridiem[1].toLowerCase()}m`, this.#index + meridiem[0].length);
      return;
    }
    if (lower === 'equals') {
      this.#push('relation', '=', end);
      return;
    }
    if (before?.type === 'number' && !this.#isSpaced && /^(?:st|nd|rd|th)$/iu.test(run)) {
      this.#push('text', run, end);
      return;
    }
    if (lower === 'and' || lower === 'or') {
      this.#push('text', lower, end);
      return;
    }
    if (lower === 'infinity' || run === 'inf' || run === 'oo' || lower === 'infty') {
      this.#push('constant', 'inf', end);
      return;
    }
    if (lower === 'percent' || lower === 'percentage' || lower === 'pct') {
      this.#push('percent', '%', end);
      return;
    }
    if (lower === 'degrees' || lower === 'degree' || (lower === 'deg' && isAfterNumber)) {
      this.#push('degree', 'deg', end);
      return;
    }
    if (
      /^[AIa]$/u.test(run) &&
      /^ [a-zA-Z]{2,} [a-zA-Z]{2,}/u.test(this.#text.slice(end, end + 40))
    ) {
      this.#push('text', run, end);
      return;
    }
    const isWord =
      WORDS_OF_TWO.has(lower) ||
      (run.length === 2 &&
        before?.type === 'text' &&
        !this.#hasMathMarks &&
        knownName(run) === null);
    if (isWord && this.#isAlone(end)) {
      this.#push('text', run, end);
      return;
    }
    const known = knownName(run);
    if (known !== null) {
      this.#name(known, end);
      return;
    }
    const isGlued = before !== undefined && !this.#isSpaced && before.type === 'number';
    if (run.length >= 3 && !this.#isProduct(run, isGlued)) {
      this.#push('text', run, end);
      return;
    }
    const isAfterValue =
      before?.type === 'number' ||
      (this.#isSpaced &&
        (before?.type === 'constant' || before?.type === 'rbrace' || before?.type === 'close'));
    if (
      run === 'x' &&
      before?.type === 'number' &&
      this.#isSpaced &&
      /^\s10\s?\^/u.test(this.#text.slice(end, end + 5))
    ) {
      this.#push('operator', '*', end);
      return;
    }
    if (run.length === 2 && isAfterValue && UNITS_OF_TWO.has(run)) {
      this.#push('text', run, end);
      return;
    }
    this.#split(run);
  }

  /** Whether a run of letters is meant as a product such as `2abc` or `xyz^2`, not as a word. */
  #isProduct(run: string, isGlued: boolean): boolean {
    if (run.length > 6) return false;
    const after = this.#text.slice(this.#index + run.length).trimStart()[0] ?? '';
    const before = this.#tokens.at(-1);
    if (before?.type === 'lbrace' || after === '}') return true;
    if (isGlued && !/[aeiou]/iu.test(run)) return true;
    const isNamed = before?.type === 'symbol' && /^(?:triangle|square|angle)$/u.test(before.text);
    if (isNamed && /^[A-Z]+$/u.test(run)) return true;
    const next = this.#text.slice(this.#index + run.length, this.#index + run.length + 7);
    if (!/[aeiou]/u.test(run) && /^\s?\\(?:sin|cos|tan|ln|log|sqrt|frac)/u.test(next)) return true;
    if ('^_+-*/=<>'.includes(after) && after !== '') return true;
    return before !== undefined && (before.type === 'operator' || before.type === 'relation');
  }

  /** White space or the border of the text on both sides. */
  #isAlone(end: number): boolean {
    const isFirst = this.#tokens.length === 0 || this.#isSpaced;
    return isFirst && /^(?:\s|$)/u.test(this.#text.slice(end, end + 1));
  }

  /** Letters that stand side by side are a product; known names inside are kept (`sinx`, `2pi`, `xsqrt`). */
  #split(run: string): void {
    let rest = run;
    while (rest !== '') {
      const piece = (rest.length > 2 ? longestName(rest) : null) ?? elementAt(rest, 0);
      const name = piece.length > 1 ? knownName(piece) : null;
      if (name === null) this.#letter(piece);
      else this.#name(name, this.#index + piece.length);
      rest = rest.slice(piece.length);
    }
  }

  #letter(letter: string): void {
    if (letter === 'e' || letter === 'i') {
      this.#push('constant', letter, this.#index + 1);
      return;
    }
    this.#push('symbol', letter, this.#index + 1);
  }

  #name(name: Name, end: number): void {
    this.#push(name.type, name.text, end);
  }

  #command(): void {
    const text = this.#text;
    const index = this.#index;
    const next = text[index + 1] ?? '';
    if (next === '\\') {
      this.#doubleBackslash();
      return;
    }
    if (!isLetter(next)) {
      this.#escaped(next);
      return;
    }
    const run = /^[a-zA-Z]+/u.exec(text.slice(index + 1, index + 60))?.[0] ?? next;
    const name = isKnownCommand(run) ? run : (knownPrefix(run) ?? run);
    this.#named(name, index + 1 + name.length);
  }

  #doubleBackslash(): void {
    const index = this.#index;
    const run = /^[a-zA-Z]{2,}/u.exec(this.#text.slice(index + 2, index + 60))?.[0];
    if (
      run !== undefined &&
      this.#environments === 0 &&
      (isKnownCommand(run) || knownPrefix(run) !== null)
    ) {
      this.#skip(index + 1, false);
      return;
    }
    if ('[({})]%$'.includes(this.#text[index + 2] ?? ' ') && this.#environments === 0) {
      this.#skip(index + 1, false);
      return;
    }
    this.#push('row', '\\\\', index + 2);
  }

  #escaped(next: string): void {
    const end = this.#index + 2;
    if (next === '(' || next === '[') {
      this.#inMath = true;
      this.#skip(end);
      return;
    }
    if (next === ')' || next === ']') {
      this.#inMath = !this.#hasMathMarks;
      this.#skip(end);
      return;
    }
    if (next === '{' || next === '}') {
      this.#depth += next === '{' ? 1 : -1;
      this.#push(next === '{' ? 'open' : 'close', next, end);
      return;
    }
    if (next === '%') {
      this.#push('percent', '%', end);
      return;
    }
    if (next === '|') {
      this.#push('bar', '||', end);
      return;
    }
    if (next === '$') {
      this.#currency('$', end);
      return;
    }
    if (next === '&') {
      this.#push('text', '&', end);
      return;
    }
    this.#skip(end);
  }

  #named(name: string, end: number): void {
    if (IGNORED.has(name)) {
      const isDot =
        /^(?:left|right|mleft|mright|middle|[bB]ig+[lrm]?)$/u.test(name) && this.#text[end] === '.';
      this.#skip(isDot ? end + 1 : end);
      return;
    }
    if (TEXT_COMMANDS.has(name)) {
      this.#textCommand(end);
      return;
    }
    if (FONT_COMMANDS.has(name)) {
      this.#fontCommand(name, end);
      return;
    }
    if (name === 'quad' || name === 'qquad') {
      this.#push('gap', 'quad', end);
      return;
    }
    if (name === 'begin' || name === 'end') {
      this.#environment(name, end);
      return;
    }
    if (Object.hasOwn(RELATIONS, name)) {
      this.#push('relation', RELATIONS[name] ?? name, end);
      return;
    }
    if (Object.hasOwn(SET_OPERATIONS, name)) {
      this.#push('setop', SET_OPERATIONS[name] ?? name, end);
      return;
    }
    if (Object.hasOwn(OPERATORS, name)) {
      this.#push('operator', OPERATORS[name] ?? name, end);
      return;
    }
    if (DECORATIONS.has(name)) {
      this.#push('decoration', name, end);
      return;
    }
    if (STRUCTURES.has(name)) {
      this.#push('command', name, end);
      return;
    }
    if (Object.hasOwn(SYMBOL_COMMANDS, name)) {
      this.#push('symbol', SYMBOL_COMMANDS[name] ?? name, end);
      return;
    }
    const fixed = Object.hasOwn(FIXED, name) ? FIXED[name] : undefined;
    if (fixed !== undefined) {
      if (fixed.type === 'open') this.#depth += 1;
      if (fixed.type === 'close') this.#depth -= 1;
      this.#push(fixed.type, fixed.text, end);
      return;
    }
    const known = knownName(name);
    if (known !== null) {
      this.#name(known, end);
      return;
    }
    this.#push('symbol', name, end);
  }

  #textCommand(end: number): void {
    let open = end;
    while (this.#text[open] === ' ') open += 1;
    if (this.#text[open] !== '{') {
      this.#skip(end);
      return;
    }
    const close = closingBrace(this.#text, open) ?? this.#text.length;
    this.#textContent(this.#text.slice(open + 1, close), close + 1);
  }

  /** The text of `\text{…}`: a joining word, a unit, a percent, a single letter, a formula in dollars, or words. */
  #textContent(content: string, end: number): void {
    const joint = /^\s*(and|or)\s+(\S.*)$/iu.exec(content);
    if (joint?.[1] !== undefined && joint[2] !== undefined && this.#tokens.length > 0) {
      this.#push('text', joint[1].toLowerCase(), end);
      this.#textContent(joint[2], end);
      return;
    }
    const isFormula = /^\s*\d.*\D/u.test(content) || isBracketed(content);
    if (content.includes('$') || content.includes('\\') || isFormula) {
      const inner = new Lexer(content.replaceAll('$', '')).run();
      for (const token of inner) this.#push(token.type, token.text, end, token);
      this.#skip(end);
      return;
    }
    const bare = content.trim().replace(/^\{(.*)\}$/u, '$1');
    const isHexadecimal = /^[\dA-F]+$/u.test(bare) && /[A-F]/u.test(bare);
    if (isHexadecimal && /^\s?_\{?16\b/u.test(this.#text.slice(end, end + 6))) {
      this.#push('number', bare, end, { value: rational(0n), places: null, digits: bare });
      return;
    }
    if (bare === '' || /^[.:]+$/u.test(bare)) {
      this.#skip(end);
      return;
    }
    if (bare === '%' || /^percent(?:age)?$/iu.test(bare)) {
      this.#push('percent', '%', end);
      return;
    }
    if (/^deg(?:rees?)?\.?$/iu.test(bare)) {
      this.#push('degree', 'deg', end);
      return;
    }
    if (/^[,;]$/u.test(bare)) {
      this.#push('comma', ',', end);
      return;
    }
    if (/^[,;]?\s*and[,;]?$/iu.test(bare)) {
      this.#push('text', 'and', end);
      return;
    }
    if (/^[,;]?\s*or[,;]?$/iu.test(bare)) {
      this.#push('text', 'or', end);
      return;
    }
    const before = this.#tokens.at(-1)?.type;
    const letter = bare.replace(/^\(([a-zA-Z])\)$/u, '$1');
    if (
      /^[a-zA-Z]$/u.test(letter) &&
      before !== 'number' &&
      before !== 'degree' &&
      before !== 'close' &&
      before !== 'rbrace'
    ) {
      this.#push('symbol', letter, end);
      return;
    }
    const value = /^[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$/u.test(bare)
      ? parseDecimal(bare.replaceAll(',', ''))
      : null;
    if (value !== null && bare.length < 40) {
      const point = bare.indexOf('.');
      this.#push('number', bare, end, {
        value,
        places: point === -1 ? null : bare.length - point - 1,
        digits: bare,
      });
      return;
    }
    const known =
      FUNCTIONS.has(bare) || Object.hasOwn(FUNCTION_ALIASES, bare) ? knownName(bare) : null;
    if (known !== null && known.type === 'function') {
      this.#name(known, end);
      return;
    }
    this.#push('text', content.trim(), end, { digits: content });
  }

  #fontCommand(name: string, end: number): void {
    let open = end;
    while (this.#text[open] === ' ') open += 1;
    if (this.#text[open] !== '{') {
      this.#skip(end);
      return;
    }
    const close = closingBrace(this.#text, open) ?? this.#text.length;
    const content = this.#text
      .slice(open + 1, close)
      .replace(/~|\\[ ,;]/gu, ' ')
      .trim();
    if (/^[a-zA-Z]$/u.test(content)) {
      this.#index = open;
      const before = this.#tokens.at(-1);
      const isUnit = before?.type === 'number' || before?.type === 'degree';
      const isDifferential = content === 'd' && isLetter(this.#text[close + 1] ?? '');
      if (name === 'mathrm' && isUnit && !isDifferential && !'ei'.includes(content)) {
        this.#push('text', content, close + 1);
        return;
      }
      this.#letter(content);
      this.#index = close + 1;
      return;
    }
    if (/^[a-zA-Z]{1,6}(?:[/·][a-zA-Z]{1,6}(?:\^\{?-?\d\}?)?)+$/u.test(content)) {
      this.#push('text', content, close + 1);
      return;
    }
    const known =
      knownName(content) ??
      (name === 'operatorname' && /^[a-zA-Z]+$/u.test(content)
        ? { type: 'function' as const, text: content }
        : null);
    if (known !== null) {
      this.#push(known.type, known.text, close + 1);
      return;
    }
    if (/^[a-zA-Z][a-zA-Z .]*$/u.test(content)) {
      this.#textContent(content, close + 1);
      return;
    }
    this.#skip(end);
  }

  #environment(name: 'begin' | 'end', end: number): void {
    const match = /^\s*\{([a-zA-Z]+)\*?\}(?:\s*\{[lcr|\s]*\})?/u.exec(
      this.#text.slice(end, end + 60),
    );
    this.#environments = Math.max(0, this.#environments + (name === 'begin' ? 1 : -1));
    this.#push('command', `${name}:${match?.[1] ?? ''}`, end + (match?.[0].length ?? 0));
  }
}

/** Brackets, signs and digits without a letter: values inside a text command. */
function isBracketed(content: string): boolean {
  return /^\s*[-([{]/u.test(content) && /\d/u.test(content) && !/[a-zA-Z]/u.test(content);
}

const LETTERS = /^(?:[a-zA-Z]+|[\p{L}\p{M}]+)/u;
const MERIDIEM = /^([ap])\.?\s?m\b\.?/iu;
function isDigit(char: string): boolean {
  return char >= '0' && char <= '9' && char.length === 1;
}

function isLetter(char: string): boolean {
  return /^\p{L}$/u.test(char);
}
