import { elementAt } from '#lib/text/element.ts';
import { tokenize } from './lexer.ts';
import { MathSyntaxError } from './syntax-error.ts';
import type { Token, TokenType } from './token.ts';
import { parseDecimal, rational } from './rational.ts';
import {
  baseOf,
  called,
  congruence,
  differentialQuotient,
  INVERSES,
  isMinusOne,
  mixed,
  multiplied,
  NEGATED,
  negated,
  ungrouped,
} from './build.ts';
import { numberSet } from './number-sets.ts';
import { withRoundEnds } from './round-ends.ts';
import { integer, type Node } from './tree.ts';

/**
 * About 180 brackets: deeper than any formula a reader could follow. Measured 2026-11: a default stack of 984 KB overflows
 * beyond 1,400.
 */
export const MAX_DEPTH = 900;

const MAX_BOUND = 12;

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
/** Letters that name a function when brackets follow; any other letter before brackets is a factor. */
const FUNCTION_LETTERS: ReadonlySet<string> = new Set(['f', 'g', 'h', 'F', 'G', 'H']);
const CONDITION =
  /^[,;(]?\s*(?:for|where|when|whenever|if|with|such that|provided|as long as|given|any|in which)\b/iu;

/** Reads an answer as mathematics with words around it. Throws MathSyntaxError when it is none or beyond the limits. */
export function parseAnswer(source: string): Node {
  const parser = new Parser(withRoundEnds(tokenize(source)), source);
  return parser.answer();
}

class Parser {
  readonly #tokens: Token[];
  readonly #source: string;
  #index = 0;
  #depth = 0;
  #bars = 0;
  /** Inside set braces a bar separates the element from its condition. */
  #isInBuilder = false;
  /** Inside a sum over i that letter is no imaginary unit. */
  #hasIndexI = false;
  #boundCount = 0;
  /** Of `\pmod` in the relation that is being read. */
  #modulus: Node | null = null;
  /** Undefined outside integrals; null until the `dx` was met. */
  #integral: string | null | undefined;

  constructor(tokens: Token[], source: string) {
    this.#tokens = tokens;
    this.#source = source;
  }

  answer(): Node {
    const node = this.#list(() => this.#peek() === undefined);
    if (this.#peek() !== undefined) throw this.#error();
    return node;
  }

  #peek(offset = 0): Token | undefined {
    return this.#tokens[this.#index + offset];
  }

  #is(type: TokenType, text?: string): boolean {
    const token = this.#peek();
    return token?.type === type && (text === undefined || token.text === text);
  }

  #take(): Token {
    const token = this.#tokens[this.#index];
    if (token === undefined) throw new MathSyntaxError('the answer ends too early');
    this.#index += 1;
    return token;
  }

  #eat(type: TokenType, text?: string): boolean {
    if (!this.#is(type, text)) return false;
    this.#index += 1;
    return true;
  }

  #error(): MathSyntaxError {
    const token = this.#peek();
    return new MathSyntaxError(
      token === undefined
        ? 'the answer ends too early'
        : `"${token.text.slice(0, 20)}" is not understood here`,
    );
  }

  #nested<Result>(read: () => Result): Result {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new MathSyntaxError('the answer is nested too deeply');
    const result = read();
    this.#depth -= 1;
    return result;
  }

  /** Items joined by commas, semicolons, "and", "or" or wide gaps. Semicolons bind more loosely than commas. */
  #list(isEnd: () => boolean): Node {
    const groups: Node[][] = [[]];
    let word: 'and' | 'or' | null = null;
    const separators = new Set<string>();
    while (!isEnd()) {
      const joint = this.#joint();
      if (joint !== null) {
        separators.add(joint);
        if (joint === 'and' || joint === 'or') word = joint;
        if (joint === ';' && groups.at(-1)?.length !== 0) groups.push([]);
        continue;
      }
      const before = this.#index;
      const item = this.#item();
      if (item.kind !== 'text' || !OPENER.test(item.text) || this.#peek() === undefined)
        groups.at(-1)?.push(item);
      if (this.#index === before) throw this.#error();
    }
    const filled = groups.filter((group) => group.length > 0);
    if (filled.length === 0) throw this.#error();
    const isNested = filled.length > 1 && filled.some((group) => group.length > 1);
    const items = isNested
      ? filled.map((group) =>
          group.length === 1 ? elementAt(group, 0) : this.#listOf(group, 'and'),
        )
      : filled.flat();
    return this.#listOf(items, isNested ? 'or' : word);
  }

  #listOf(items: readonly Node[], word: 'and' | 'or' | null): Node {
    return items.length === 1 ? elementAt(items, 0) : { kind: 'list', items, word };
  }

  #joint(): string | null {
    const token = this.#peek();
    if (token === undefined) return null;
    if (
      token.type === 'comma' ||
      token.type === 'semicolon' ||
      token.type === 'gap' ||
      token.type === 'row'
    ) {
      this.#index += 1;
      return token.type === 'semicolon' ? ';' : ',';
    }
    if (token.type === 'text' && (token.text === 'and' || token.text === 'or')) {
      this.#index += 1;
      return token.text;
    }
    if (token.type === 'setop' && (token.text === 'and' || token.text === 'or')) {
      this.#index += 1;
      return token.text;
    }
    if (token.type === 'amp') {
      this.#index += 1;
      return ',';
    }
    return null;
  }

  /** One element of a list with the words around it. */
  #item(): Node {
    let prefix = this.#words();
    if (prefix !== '' && CONDITION.test(prefix) && !/^for each\b/iu.test(prefix))
      return { kind: 'text', text: `${prefix}${this.#rest()}` };
    if (prefix !== '') this.#eat('colon');
    if (!this.#startsValue()) {
      if (prefix === '') throw this.#error();
      return { kind: 'text', text: prefix };
    }
    let value = this.#relation();
    if (this.#is('colon') && value.kind === 'symbol' && this.#peek(1) !== undefined) {
      this.#take();
      prefix = `${prefix} ${value.name}`;
      value = this.#relation();
    }
    const start = this.#peek();
    const suffix = this.#words();
    if (prefix === '' && suffix === '') return value;
    if (ANNOUNCES.test(suffix) && this.#startsValue()) {
      const inner = this.#item();
      return inner.kind === 'item'
        ? { ...inner, prefix: `${prefix} ${suffix} ${inner.prefix}`.trim() }
        : this.#around(`${prefix} ${suffix}`, inner, '');
    }
    if (PREFERENCE.test(suffix)) {
      this.#rest();
      return prefix === '' ? value : this.#around(prefix, value, '');
    }
    if (CONDITION.test(suffix)) {
      return {
        kind: 'item',
        prefix,
        value,
        suffix: '',
        condition: `${suffix}${this.#rest()}`.trim(),
      };
    }
    if (suffix.split(' ').length >= STATEMENT_WORDS)
      return this.#around(prefix, value, `${suffix}${this.#rest()}`);
    const remark = this.#remark();
    if (this.#startsValue() && start !== undefined) {
      const more = this.#item();
      return { kind: 'list', items: [this.#around(prefix, value, suffix), more], word: null };
    }
    return this.#around(prefix, value, suffix + remark);
  }

  #around(prefix: string, value: Node, suffix: string): Node {
    return { kind: 'item', prefix, value, suffix, condition: '' };
  }

  /** `(A)` after a unit names what the value belongs to. */
  #remark(): string {
    if (!this.#is('open', '(')) return '';
    const [, inner, close] = [this.#peek(), this.#peek(1), this.#peek(2)];
    if (close?.type !== 'close' || (inner?.type !== 'symbol' && inner?.type !== 'text')) return '';
    this.#index += 3;
    return ` (${inner.text})`;
  }

  #words(): string {
    const words: string[] = [];
    for (;;) {
      const token = this.#peek();
      if (token?.type !== 'text' || token.text === 'and' || token.text === 'or') break;
      words.push(token.text);
      this.#index += 1;
      const raised = this.#peek();
      if (raised?.type === 'caret' && words.length > 0) {
        this.#index += 1;
        words.push(`^${this.#rawGroup()}`);
      }
    }
    return words.join(' ').trim();
  }

  /** Whatever is left, as it was written. */
  #rest(): string {
    const token = this.#peek();
    if (token === undefined) return '';
    this.#index = this.#tokens.length;
    return ` ${this.#source.slice(Math.min(token.start, this.#source.length))}`;
  }

  #startsValue(): boolean {
    const token = this.#peek();
    if (token === undefined) return false;
    return (
      ATOM_STARTS.has(token.type) ||
      token.type === 'bar' ||
      token.type === 'degree' ||
      token.type === 'setop' ||
      (token.type === 'operator' && ['+', '-', 'pm', 'mp'].includes(token.text)) ||
      (token.type === 'relation' && !['implies', 'to', 'iff'].includes(token.text))
    );
  }

  #relation(): Node {
    return this.#nested(() => {
      const args: Node[] = [];
      const ops: string[] = [];
      // A leading relation leaves its left side to the question: "> 3", "= 5".
      const first = this.#peek();
      if (first?.type === 'relation') {
        this.#take();
        if (first.text === '=' || first.text === 'approx' || first.text === 'in')
          return this.#relation();
        args.push({ kind: 'symbol', name: '?' });
        ops.push(first.text);
      }
      args.push(this.#setExpression());
      for (;;) {
        const token = this.#peek();
        if (token?.type === 'relation') {
          this.#take();
          if (this.#peek() === undefined && token.text !== '=') throw this.#error();
          if (this.#peek() === undefined) break;
          ops.push(token.text);
        } else if (
          token?.type === 'command' &&
          token.text === 'not' &&
          this.#peek(1)?.type === 'relation'
        ) {
          this.#index += 1;
          const op = this.#take().text;
          ops.push(NEGATED[op] ?? `not ${op}`);
        } else break;
        args.push(this.#rightSide(elementAt(ops, -1)));
      }
      if (ops.length === 0) return elementAt(args, 0);
      const modulus = this.#modulus;
      this.#modulus = null;
      return congruence({ kind: 'relation', ops, args }, modulus);
    });
  }

  /** A name may be given words: `day = Monday`. */
  #rightSide(op: string): Node {
    if (op === 'in') return this.#membership();
    return op === '=' && this.#is('text')
      ? { kind: 'text', text: this.#words() }
      : this.#setExpression();
  }

  /** `k ∈ 1, 2, 3` lists the members without braces. */
  #membership(): Node {
    const first = this.#setExpression();
    if (first.kind !== 'number' || !this.#is('comma')) return first;
    const items = [first as Node];
    while (this.#is('comma') && this.#peek(1)?.type === 'number') {
      this.#take();
      items.push(this.#setExpression());
    }
    return { kind: 'set', items };
  }

  #setExpression(): Node {
    let left = this.#ratio();
    for (;;) {
      const token = this.#peek();
      if (token?.type !== 'setop' || token.text === 'and' || token.text === 'or') return left;
      this.#take();
      const right = this.#ratio();
      const op = token.text as 'union' | 'intersect' | 'minus';
      left =
        left.kind === 'setop' && left.op === op && op !== 'minus'
          ? { kind: 'setop', op, args: [...left.args, right] }
          : { kind: 'setop', op, args: [left, right] };
    }
  }

  #ratio(): Node {
    const first = this.#sum();
    if (first.kind === 'number' && this.#isSpokenRatio()) {
      this.#take();
      return { kind: 'ratio', args: [first, this.#sum()] };
    }
    if (!this.#is('colon') || !this.#isRatioPart(this.#peek(1))) return first;
    const args = [first];
    while (this.#is('colon') && this.#isRatioPart(this.#peek(1))) {
      this.#take();
      args.push(this.#sum());
    }
    return { kind: 'ratio', args };
  }

  /** `2 to 1` and nothing else; "from 2 to 3" and "2 to 3 hours" are ranges. */
  #isSpokenRatio(): boolean {
    const before = this.#peek(-2);
    const isAlone = before === undefined || before.type === 'relation';
    return (
      isAlone &&
      this.#is('text', 'to') &&
      this.#peek(1)?.type === 'number' &&
      this.#peek(2) === undefined
    );
  }

  #isRatioPart(token: Token | undefined): boolean {
    if (token === undefined || this.#isInBuilder) return false;
    return ATOM_STARTS.has(token.type) || (token.type === 'operator' && token.text === '-');
  }

  #sum(): Node {
    return this.#nested(() => {
      const terms: Node[] = [];
      let left = this.#signed();
      for (;;) {
        if (typeof this.#integral === 'string') break;
        const token = this.#peek();
        if (token?.type !== 'operator') break;
        if (token.text === '+' || token.text === '-') {
          if (!this.#isOperand(this.#peek(1))) break;
          this.#take();
          const term = this.#is('operator', '-') ? this.#signed() : this.#term();
          terms.push(left);
          left = token.text === '+' ? term : { kind: 'negate', arg: term };
        } else if (token.text === 'pm' || token.text === 'mp') {
          this.#take();
          const right = this.#term();
          const before: Node =
            terms.length === 0 ? left : { kind: 'add', args: [...terms.splice(0), left] };
          left = { kind: 'plusminus', left: before, right, sign: token.text === 'pm' ? 1 : -1 };
        } else break;
      }
      return terms.length === 0 ? left : { kind: 'add', args: [...terms, left] };
    });
  }

  #isOperand(token: Token | undefined): boolean {
    return (
      token !== undefined &&
      !['comma', 'semicolon', 'close', 'rbrace', 'relation', 'gap', 'row', 'text'].includes(
        token.type,
      )
    );
  }

  #signed(): Node {
    const token = this.#peek();
    if (token?.type !== 'operator') return this.#term();
    switch (token.text) {
      case '-':
        this.#take();
        return negated(this.#nested(() => this.#signed()));
      case '+':
        this.#take();
        return this.#nested(() => this.#signed());
      case 'pm':
      case 'mp':
        this.#take();
        return {
          kind: 'plusminus',
          left: null,
          right: this.#term(),
          sign: token.text === 'pm' ? 1 : -1,
        };
      default:
        throw this.#error();
    }
  }

  #term(): Node {
    let left = this.#product();
    for (;;) {
      const token = this.#peek();
      if (token?.type === 'command' && (token.text === 'over' || token.text === 'choose')) {
        this.#take();
        const below = this.#term();
        left =
          token.text === 'over'
            ? { kind: 'divide', top: left, bottom: below }
            : { kind: 'call', name: 'binom', args: [left, below] };
        continue;
      }
      if (token?.type !== 'operator') return left;
      if (token.text === '*') {
        this.#take();
        left = multiplied(left, this.#operand());
      } else if (token.text === '/') {
        this.#take();
        left = this.#quotient(left);
      } else if (token.text === 'mod') {
        this.#take();
        left = { kind: 'call', name: 'mod', args: [left, this.#operand()] };
      } else if (token.text === 'pmod') {
        this.#take();
        this.#modulus = this.#operand();
      } else return left;
    }
  }

  /** `1/2(x+1)` and `3/4 x` mean a fraction times the rest; `a/2b` has `2b` below. */
  #quotient(top: Node): Node {
    const isNumeric = top.kind === 'number';
    const next = this.#peek();
    const after = this.#peek(1);
    if (
      isNumeric &&
      next?.type === 'number' &&
      after !== undefined &&
      after.type !== 'caret' &&
      after.type !== 'bang' &&
      after.type !== 'underscore'
    ) {
      const bottom = this.#postfix();
      const fraction: Node = { kind: 'divide', top, bottom };
      return this.#continuesProduct() ? multiplied(fraction, this.#product()) : fraction;
    }
    return { kind: 'divide', top, bottom: this.#operand() };
  }

  #operand(): Node {
    return this.#is('operator', '-') || this.#is('operator', '+')
      ? this.#nested(() => this.#signedOperand())
      : this.#product();
  }

  #signedOperand(): Node {
    const sign = this.#take().text;
    const arg = this.#operand();
    return sign === '-' ? { kind: 'negate', arg } : arg;
  }

  /** Factors written side by side. */
  #product(): Node {
    let left = this.#postfix();
    const first = left;
    if (first.kind === 'number' && first.places === null && this.#isMixedFraction()) {
      left = mixed(first, this.#postfixFraction());
    } else if (first.kind === 'degree' && this.#is('number') && this.#peek(1)?.type === 'prime') {
      left = { kind: 'add', args: [first, this.#arcMinutes()] };
    }
    while (this.#continuesProduct()) left = multiplied(left, this.#postfix());
    return left;
  }

  /** `30' 15''` after degrees. */
  #arcMinutes(): Node {
    const terms: Node[] = [];
    while (this.#is('number') && this.#peek(1)?.type === 'prime') {
      const top = this.#atom();
      const parts = this.#take().text === "''" ? 3600 : 60;
      terms.push({ kind: 'degree', arg: { kind: 'divide', top, bottom: integer(parts) } });
    }
    return terms.length === 1 ? elementAt(terms, 0) : { kind: 'add', args: terms };
  }

  #continuesProduct(): boolean {
    if (typeof this.#integral === 'string') return false;
    const token = this.#peek();
    if (token === undefined) return false;
    if (token.type === 'bar') {
      return (
        token.text === 'l' ||
        (this.#bars === 0 &&
          !this.#isInBuilder &&
          token.text !== 'r' &&
          token.text !== 'mid' &&
          this.#closesLater())
      );
    }
    if (token.type === 'command')
      return (
        !token.text.startsWith('end:') &&
        !['not', 'over', 'choose', 'because', 'tag'].includes(token.text)
      );
    return ATOM_STARTS.has(token.type);
  }

  #closesLater(): boolean {
    for (let offset = 1; offset < 60; offset += 1) {
      const token = this.#peek(offset);
      if (token === undefined) return false;
      if (token.type === 'bar') return true;
    }
    return false;
  }

  /** `2\frac12` and `2 1/2` are mixed numbers when the fraction is proper and made of digits. */
  #isMixedFraction(): boolean {
    const [a, b, c, d] = [this.#peek(), this.#peek(1), this.#peek(2), this.#peek(3)];
    if (a?.type === 'command' && ['frac', 'dfrac', 'tfrac', 'cfrac'].includes(a.text)) {
      const glued = this.#peek(1);
      if (glued?.type === 'number' && /^\d\d$/u.test(glued.text))
        return Number(glued.text[0]) < Number(glued.text[1]);
      const digits: string[] = [];
      for (let offset = 1; offset < 8 && digits.length < 2; offset += 1) {
        const token = this.#peek(offset);
        if (token?.type === 'lbrace' || token?.type === 'rbrace') continue;
        if (token?.type !== 'number' || token.places !== null) return false;
        digits.push(token.text);
      }
      const [top, bottom] = digits;
      const after = this.#peek(6);
      const isFollowedByPower = after?.type === 'caret' && this.#peek(1)?.type === 'lbrace';
      return (
        top !== undefined &&
        bottom !== undefined &&
        Number(top) < Number(bottom) &&
        !isFollowedByPower
      );
    }
    return (
      a?.type === 'number' &&
      a.isSpaced &&
      a.places === null &&
      b?.type === 'operator' &&
      b.text === '/' &&
      c?.type === 'number' &&
      Number(a.text) < Number(c.text) &&
      d?.type !== 'caret' &&
      d?.type !== 'symbol'
    );
  }

  #postfixFraction(): Node {
    if (!this.#is('number')) return this.#postfix();
    const top = this.#postfix();
    this.#take();
    return { kind: 'divide', top, bottom: this.#postfix() };
  }

  /** An atom with its exponents, factorials, percent and degree signs. */
  #postfix(): Node {
    return this.#nested(() => {
      let node = this.#atom();
      let isRaised = false;
      for (;;) {
        const token = this.#peek();
        if (token === undefined) return node;
        if (token.type === 'caret') {
          this.#take();
          node = this.#raise(node, isRaised);
          isRaised = node.kind === 'power';
        } else if (token.type === 'bang') {
          this.#take();
          const isDouble = this.#eat('bang');
          node = { kind: 'call', name: isDouble ? 'double-factorial' : 'factorial', args: [node] };
        } else if (token.type === 'percent') {
          this.#take();
          node = { kind: 'percent', arg: node };
        } else if (token.type === 'degree') {
          this.#take();
          node = { kind: 'degree', arg: node };
        } else if (token.type === 'prime' && node.kind === 'symbol') {
          this.#take();
          node = { kind: 'symbol', name: `${node.name}${token.text}` };
        } else if (token.type === 'prime' && node.kind === 'degree') {
          this.#take();
        } else if (token.type === 'underscore') {
          this.#take();
          node = this.#subscript(node);
        } else return node;
      }
    });
  }

  /** `a^b^c` without brackets is `a^(b^c)`. */
  #raise(base: Node, isRaised: boolean): Node {
    const token = this.#peek();
    if (token === undefined) throw this.#error();
    if (token.type === 'degree') {
      this.#take();
      return { kind: 'degree', arg: base };
    }
    if (token.type === 'prime' && base.kind === 'symbol') {
      this.#take();
      return { kind: 'symbol', name: `${base.name}'` };
    }
    if (token.type === 'text' && ORDINAL.test(token.text)) {
      this.#take();
      return base;
    }
    if (token.type === 'operator' && token.text === '*') {
      this.#take();
      return { kind: 'call', name: 'conj', args: [base] };
    }
    if (token.type === 'lbrace') {
      const inner = this.#peek(1);
      const isLone = this.#peek(2)?.type === 'rbrace';
      if (inner?.type === 'rbrace') {
        this.#index += 2;
        return base;
      }
      if (isLone && inner !== undefined) {
        const skipped = inner.type === 'degree' ? ({ kind: 'degree', arg: base } as const) : null;
        if (
          skipped !== null ||
          (inner.type === 'text' && ORDINAL.test(inner.text)) ||
          (inner.type === 'prime' && base.kind === 'symbol')
        ) {
          this.#index += 3;
          if (skipped !== null) return skipped;
          return inner.type === 'prime' && base.kind === 'symbol'
            ? { kind: 'symbol', name: `${base.name}'` }
            : base;
        }
      }
    }
    const exponent = this.#argument();
    if (
      base.kind === 'symbol' &&
      FUNCTION_LETTERS.has(base.name) &&
      isMinusOne(exponent) &&
      this.#is('open', '(')
    ) {
      return this.#applied(`${base.name}^-1`);
    }
    if (base.kind === 'power' && isRaised)
      return {
        kind: 'power',
        base: base.base,
        exponent: { kind: 'power', base: base.exponent, exponent },
      };
    return { kind: 'power', base, exponent };
  }

  /** The argument of `^`, `\frac` and `\sqrt`: a group, a bracket, or one symbol with its sign. */
  #argument(): Node {
    return this.#nested(() => {
      if (this.#is('operator', '-') || this.#is('operator', '+')) {
        const sign = this.#take().text;
        const arg = this.#argument();
        return sign === '-' ? { kind: 'negate', arg } : arg;
      }
      if (this.#is('function')) return this.#postfix();
      if (!this.#startsValue() || this.#is('relation')) throw this.#error();
      return this.#atom();
    });
  }

  #subscript(node: Node): Node {
    const raw = this.#rawGroup();
    if (node.kind === 'number') {
      const base = baseOf(raw);
      if (Number.isInteger(base) && base >= 2 && base <= 36)
        return { kind: 'base', digits: node.written, base };
      return node;
    }
    if (node.kind === 'symbol')
      return { kind: 'symbol', name: raw === '' ? node.name : `${node.name}_${raw}` };
    if (node.kind === 'constant' && (node.name === 'e' || node.name === 'i' || node.name === 'pi'))
      return { kind: 'symbol', name: `${node.name}_${raw}` };
    if (node.kind === 'power' && node.base.kind === 'symbol') {
      return { ...node, base: { kind: 'symbol', name: `${node.base.name}_${raw}` } };
    }
    if (node.kind === 'call') return { kind: 'call', name: `${node.name}_${raw}`, args: node.args };
    return node;
  }

  /** A subscript as a name: its symbols without white space and braces. */
  #rawGroup(): string {
    if (!this.#is('lbrace')) {
      const token = this.#take();
      return token.text;
    }
    let depth = 0;
    let name = '';
    do {
      const token = this.#take();
      if (token.type === 'lbrace') depth += 1;
      else if (token.type === 'rbrace') depth -= 1;
      else name += token.text;
    } while (depth > 0);
    return name;
  }

  #atom(): Node {
    const token = this.#take();
    switch (token.type) {
      case 'number':
        return {
          kind: 'number',
          value: token.value ?? rational(0n),
          places: token.places ?? null,
          written: token.digits ?? token.text,
        };
      case 'symbol':
        return this.#symbol(token);
      case 'constant':
        if (token.text === 'i' && this.#hasIndexI) return { kind: 'symbol', name: 'i' };
        return { kind: 'constant', name: token.text as 'pi' | 'e' | 'i' | 'inf' | 'emptyset' };
      case 'function':
        return this.#function(token.text);
      case 'open':
        return this.#bracket(token.text);
      case 'lbrace':
        return this.#group();
      case 'bar':
        return this.#absolute(token.text);
      case 'decoration':
        return this.#decorated(token.text);
      case 'command':
        return this.#command(token.text);
      case 'dots':
        return { kind: 'symbol', name: '...' };
      default:
        this.#index -= 1;
        throw this.#error();
    }
  }

  #symbol(token: Token): Node {
    const name = token.text;
    const next = this.#peek();
    if (
      name === 'd' &&
      this.#integral === null &&
      (next?.type === 'symbol' || next?.type === 'constant')
    ) {
      this.#take();
      this.#integral = next.text;
      return integer(1);
    }
    if (next?.type === 'prime' && FUNCTION_LETTERS.has(name)) {
      this.#take();
      return this.#applied(`${name}${next.text}`);
    }
    if (next?.type === 'lbrace' && FUNCTION_LETTERS.has(name) && this.#peek(1)?.type === 'open') {
      const [arg] = this.#braceItems();
      if (arg !== undefined)
        return { kind: 'call', name: `${name}()`, args: arg.kind === 'tuple' ? arg.items : [arg] };
    }
    if (
      next?.type === 'open' &&
      next.text === '(' &&
      !next.isSpaced &&
      (FUNCTION_LETTERS.has(name) || this.#isArgumentList())
    ) {
      return this.#applied(name);
    }
    return { kind: 'symbol', name };
  }

  #applied(name: string): Node {
    if (!this.#is('open', '(')) return { kind: 'symbol', name };
    this.#take();
    return { kind: 'call', name: `${name}()`, args: this.#items('close') };
  }

  /** `(a, b)` straight after a letter: at least one comma before the bracket closes. */
  #isArgumentList(): boolean {
    let depth = 0;
    for (let offset = 0; offset < 40; offset += 1) {
      const token = this.#peek(offset);
      if (token === undefined) return false;
      if (token.type === 'open' || token.type === 'lbrace') depth += 1;
      else if (token.type === 'close' || token.type === 'rbrace') {
        depth -= 1;
        if (depth === 0) return false;
      } else if (token.type === 'comma' && depth === 1) return true;
    }
    return false;
  }

  /** Items up to the closing token, which is consumed. */
  #items(closer: 'close' | 'rbrace'): Node[] {
    const saved = [this.#bars, this.#isInBuilder, this.#integral] as const;
    this.#bars = 0;
    this.#isInBuilder = false;
    if (this.#integral !== null) this.#integral = undefined;
    const node = this.#nested(() =>
      this.#list(() => this.#is(closer) || this.#peek() === undefined),
    );
    this.#bars = saved[0];
    this.#isInBuilder = saved[1];
    if (typeof this.#integral !== 'string' || saved[2] === undefined) this.#integral = saved[2];
    if (this.#peek() !== undefined) this.#take();
    return node.kind === 'list' ? [...node.items] : [node];
  }

  #bracket(open: string): Node {
    if (open === '{') return this.#set();
    if (this.#is('close')) {
      const close = this.#take().text;
      return { kind: 'tuple', open, close, items: [] };
    }
    const items = this.#items('close');
    const close = this.#tokens[this.#index - 1];
    const closing = close?.type === 'close' ? close.text : open === '(' ? ')' : ']';
    if (open === 'floor' || open === 'ceil') return { kind: 'call', name: open, args: items };
    if (items.length === 1 && (open === '(' || open === '[')) return elementAt(items, 0);
    return { kind: 'tuple', open, close: closing, items };
  }

  #set(): Node {
    const saved = this.#isInBuilder;
    this.#isInBuilder = true;
    if (this.#eat('close')) {
      this.#isInBuilder = saved;
      return { kind: 'constant', name: 'emptyset' };
    }
    const isEnd = (): boolean => this.#isSetEnd() || this.#isBuilderBar();
    const first = this.#nested(() => this.#list(isEnd));
    if (this.#isBuilderBar()) {
      this.#take();
      this.#isInBuilder = false;
      const condition = this.#nested(() => this.#list(() => this.#isSetEnd()));
      this.#isInBuilder = saved;
      if (!this.#eat('close')) this.#eat('rbrace');
      return { kind: 'builder', element: first, condition };
    }
    this.#isInBuilder = saved;
    this.#eat('close');
    if (first.kind === 'cases') return first;
    return { kind: 'set', items: first.kind === 'list' ? first.items : [first] };
  }

  #isBuilderBar(): boolean {
    return this.#is('colon') || (this.#is('bar') && !this.#is('bar', 'l') && this.#bars === 0);
  }

  /** TeX braces: a group, or a set when they hold a list. */
  #group(): Node {
    if (this.#eat('rbrace')) return this.#combination() ?? { kind: 'text', text: '' };
    if (this.#isBareBuilder()) {
      const set = this.#set();
      return set;
    }
    const items = this.#items('rbrace');
    return items.length === 1 ? elementAt(items, 0) : { kind: 'set', items };
  }

  /** `{}_{10}C_3` after its empty group; null when something else follows. */
  #combination(): Node | null {
    const start = this.#index;
    if (!this.#eat('underscore') && !this.#eat('caret')) return null;
    const top = this.#argument();
    const letter = this.#peek();
    const isCounting = letter?.type === 'symbol' && (letter.text === 'C' || letter.text === 'P');
    if (isCounting && this.#peek(1)?.type === 'underscore') {
      this.#index += 2;
      return { kind: 'call', name: `${letter.text}()`, args: [top, this.#argument()] };
    }
    this.#index = start;
    return null;
  }

  /** `{x | x < 1}` without backslashes. */
  #isBareBuilder(): boolean {
    if (!this.#is('symbol') || this.#peek(1)?.type !== 'bar' || this.#bars > 0) return false;
    for (let offset = 2; offset < 60; offset += 1) {
      const type = this.#peek(offset)?.type;
      if (type === undefined || type === 'rbrace') return false;
      if (type === 'relation') return true;
    }
    return false;
  }

  #isSetEnd(): boolean {
    return this.#is('close') || this.#is('rbrace') || this.#peek() === undefined;
  }

  #absolute(kind: string): Node {
    if (kind === 'r') throw this.#error();
    this.#bars += 1;
    const saved = this.#isInBuilder;
    this.#isInBuilder = false;
    const arg = this.#sum();
    this.#isInBuilder = saved;
    this.#bars -= 1;
    if (!this.#is('bar')) throw this.#error();
    this.#take();
    return { kind: 'call', name: 'abs', args: [arg] };
  }

  /** `\bar{x}_n` is one symbol; a decorated product such as `\overline{AB}` too. */
  #decorated(name: string): Node {
    const plain = name === 'overline' || name === 'overrightarrow' ? 'bar' : name;
    if (plain === 'bar' && this.#isComplexGroup())
      return { kind: 'call', name: 'conj', args: [this.#argument()] };
    const raw = this.#rawGroup();
    return { kind: 'symbol', name: `${plain}{${raw}}` };
  }

  /** A bar over a sum with the imaginary unit is a conjugate; over letters it is a name. */
  #isComplexGroup(): boolean {
    let [hasUnit, hasSign] = [false, false];
    if (!this.#is('lbrace')) return false;
    for (let offset = 1; offset < 24; offset += 1) {
      const token = this.#peek(offset);
      if (token === undefined || token.type === 'rbrace') break;
      hasUnit ||= token.type === 'constant' && token.text === 'i';
      hasSign ||= token.type === 'operator' && (token.text === '+' || token.text === '-');
    }
    return hasUnit && hasSign;
  }

  #function(name: string): Node {
    if (name === 'sqrt' || name === 'cbrt') return this.#root(name === 'cbrt' ? integer(3) : null);
    let label = name;
    let exponent: Node | null = null;
    let base: Node | null = null;
    for (;;) {
      if (this.#is('underscore')) {
        this.#take();
        base = this.#argument();
      } else if (this.#is('caret') && exponent === null) {
        this.#take();
        exponent = this.#argument();
      } else if (this.#is('prime')) label += this.#take().text;
      else break;
    }
    if (exponent !== null && isMinusOne(exponent) && Object.hasOwn(INVERSES, label)) {
      label = INVERSES[label] ?? label;
      exponent = null;
    }
    const args = this.#functionArguments(label);
    const node = called(label, args, base);
    return exponent === null ? node : { kind: 'power', base: node, exponent };
  }

  #functionArguments(name: string): Node[] {
    if (this.#is('open')) {
      this.#take();
      return this.#items('close');
    }
    if (this.#is('lbrace')) {
      this.#take();
      const items = this.#items('rbrace');
      return name === 'binom' && this.#is('lbrace') ? [...items, ...this.#braceItems()] : items;
    }
    if (this.#is('operator', '-')) return [this.#signed()];
    const args: Node[] = [this.#postfix()];
    while (this.#continuesProduct() && !this.#is('function')) {
      if (this.#is('symbol', 'd') && this.#integral === null) break;
      args.push(this.#postfix());
    }
    return [args.reduce(multiplied)];
  }

  #braceItems(): Node[] {
    this.#take();
    return this.#items('rbrace');
  }

  #root(order: Node | null): Node {
    let degree = order;
    if (this.#is('open', '[') && this.#isRootDegree()) {
      this.#take();
      degree = this.#items('close')[0] ?? null;
    }
    let exponent: Node | null = null;
    if (this.#eat('caret')) exponent = this.#argument();
    const radicand = this.#argument();
    const node: Node = { kind: 'call', name: 'root', args: [radicand, degree ?? integer(2)] };
    return exponent === null ? node : { kind: 'power', base: node, exponent };
  }

  /** The bracket after `\sqrt` is its degree only when something stands behind it to take the root of. */
  #isRootDegree(): boolean {
    for (let offset = 1; offset < 40; offset += 1) {
      const token = this.#peek(offset);
      if (token === undefined) return false;
      if (token.type === 'close') {
        const next = this.#peek(offset + 1);
        return next !== undefined && ATOM_STARTS.has(next.type);
      }
    }
    return false;
  }

  #command(name: string): Node {
    switch (name) {
      case 'frac':
      case 'dfrac':
      case 'tfrac':
      case 'cfrac':
      case 'sfrac':
        return this.#fraction();
      case 'binom':
      case 'dbinom':
      case 'tbinom': {
        const top = this.#singleDigit();
        return { kind: 'call', name: 'binom', args: [top, this.#singleDigit()] };
      }
      case 'sqrt':
      case 'root':
        return this.#root(null);
      case 'mathbb': {
        return this.#numberSet(this.#rawGroup());
      }
      case 'angle':
      case 'measuredangle':
        return this.#startsValue()
          ? { kind: 'symbol', name: `angle:${this.#rawAtom()}` }
          : { kind: 'symbol', name: 'angle' };
      case 'sum':
      case 'prod':
      case 'lim':
      case 'limsup':
      case 'liminf':
        return this.#bigOperator(name);
      case 'sup':
      case 'inf':
        return this.#function(name);
      case 'int':
      case 'iint':
      case 'iiint':
      case 'oint':
        return this.#integralOf(name);
      case 'overset':
      case 'underset':
      case 'stackrel':
        this.#argument();
        return this.#argument();
      case 'overbrace':
      case 'underbrace':
        return this.#argument();
      case 'forall':
      case 'exists':
        return { kind: 'call', name, args: [this.#relation()] };
      case 'substack':
        return this.#argument();
      case 'hspace':
      case 'vspace':
      case 'phantom':
      case 'hphantom':
      case 'vphantom':
      case 'color':
      case 'label':
      case 'tag':
        this.#rawGroup();
        return this.#atom();
      case 'textcolor':
        this.#rawGroup();
        return this.#argument();
      default:
        if (name.startsWith('begin:')) return this.#environment(name.slice(6));
        this.#index -= 1;
        throw this.#error();
    }
  }

  /** `\\mathbb{R}^+`, `\\mathbb{R}_{\\ge 0}` and `\\mathbb{R}^*` name parts of the line. */
  #numberSet(letter: string): Node {
    const signs: string[] = [];
    while (this.#is('caret') || this.#is('underscore')) {
      if (!this.#isSignAhead()) break;
      signs.push(this.#take().type === 'caret' ? '^' : '_', this.#rawGroup());
    }
    const sign = signs.join('');
    return numberSet(letter, sign);
  }

  #isSignAhead(): boolean {
    const inner = this.#peek(1)?.type === 'lbrace' ? this.#peek(2) : this.#peek(1);
    return inner?.type === 'relation' || (inner?.type === 'operator' && '+-*'.includes(inner.text));
  }

  #rawAtom(): string {
    const start = this.#index;
    this.#product();
    return this.#tokens
      .slice(start, this.#index)
      .map((token) => token.text)
      .join('');
  }

  #fraction(): Node {
    const top = this.#isDerivativeTop() ? null : this.#singleDigit();
    if (top === null) return this.#derivative();
    const bottom = this.#singleDigit();
    return differentialQuotient(top, bottom) ?? { kind: 'divide', top, bottom };
  }

  /** The next argument; TeX takes only the first digit of `\frac12`. */
  #singleDigit(): Node {
    const token = this.#peek();
    if (token?.type === 'number' && token.text.length > 1 && /^\d+$/u.test(token.text)) {
      const rest = token.text.slice(1);
      const split = (text: string): Token => ({
        ...token,
        text,
        digits: text,
        value: parseDecimal(text) ?? rational(0n),
        places: null,
        isSpaced: false,
      });
      this.#tokens.splice(this.#index, 1, split(elementAt(token.text, 0)), split(rest));
    }
    return this.#argument();
  }

  #isDerivativeTop(): boolean {
    const [a, b, c, d, e, f] = [0, 1, 2, 3, 4, 5].map((offset) => this.#peek(offset));
    return (
      a?.type === 'lbrace' &&
      b?.type === 'symbol' &&
      (b.text === 'd' || b.text === 'partial') &&
      c?.type === 'rbrace' &&
      d?.type === 'lbrace' &&
      e?.type === 'symbol' &&
      e.text === b.text &&
      (f?.type === 'symbol' || f?.type === 'constant')
    );
  }

  #derivative(): Node {
    this.#index += 5;
    const variable = this.#take().text;
    this.#eat('rbrace');
    return {
      kind: 'bound',
      op: 'derivative',
      variable,
      body: this.#product(),
      bounds: [{ kind: 'symbol', name: variable }],
    };
  }

  /** Every sum and integral is evaluated term by term, so their number is bounded. */
  #countBound(): void {
    this.#boundCount += 1;
    if (this.#boundCount > MAX_BOUND)
      throw new MathSyntaxError('the answer has too many sums or integrals');
  }

  #bigOperator(op: string): Node {
    this.#countBound();
    let variable = '';
    const bounds: Node[] = [];
    while (this.#is('underscore') || this.#is('caret')) {
      const isLower = this.#take().type === 'underscore';
      const bound = this.#argument();
      const index = isLower && bound.kind === 'relation' ? bound.args[0] : undefined;
      if (bound.kind === 'relation' && (index?.kind === 'symbol' || index?.kind === 'constant')) {
        variable = index.name;
        bounds.unshift(elementAt(bound.args, 1));
      } else if (isLower) bounds.unshift(bound);
      else bounds.push(bound);
    }
    const saved = this.#hasIndexI;
    this.#hasIndexI ||= variable === 'i';
    const body = this.#term();
    this.#hasIndexI = saved;
    return { kind: 'bound', op, variable, body, bounds };
  }

  #integralOf(op: string): Node {
    this.#countBound();
    const bounds: Node[] = [];
    while (this.#is('underscore') || this.#is('caret')) {
      const isLower = this.#take().type === 'underscore';
      const bound = this.#argument();
      if (bound.kind === 'text') continue;
      if (isLower) bounds.unshift(bound);
      else bounds.push(bound);
    }
    const saved = this.#integral;
    this.#integral = null;
    const body = ungrouped(this.#sum());
    const variable = this.#integralVariable();
    this.#integral = saved;
    return { kind: 'bound', op, variable, body, bounds };
  }

  #integralVariable(): string {
    return this.#integral ?? '';
  }

  #environment(name: string): Node {
    const rows: Node[][] = [[]];
    const isEnd = (): boolean =>
      this.#peek() === undefined ||
      (this.#is('command') && (this.#peek()?.text.startsWith('end:') ?? false));
    while (!isEnd()) {
      if (this.#eat('row')) rows.push([]);
      else if (this.#eat('amp') || this.#eat('comma')) continue;
      else {
        const before = this.#index;
        rows
          .at(-1)
          ?.push(
            this.#nested(() =>
              this.#list(() => isEnd() || this.#is('row') || this.#is('amp') || this.#is('comma')),
            ),
          );
        if (this.#index === before) throw this.#error();
      }
    }
    if (this.#peek() !== undefined) this.#take();
    const filled = rows.filter((row) => row.length > 0);
    if (name === 'cases' || name === 'dcases' || name === 'rcases') {
      const isSystem = filled.every((row) => row.length === 1 && row[0]?.kind === 'relation');
      return isSystem ? this.#listOf(filled.flat(), 'and') : { kind: 'cases', rows: filled };
    }
    if (/^(?:align|aligned|gather|gathered|equation|split|eqnarray)$/u.test(name)) {
      return this.#listOf(filled.flat(), null);
    }
    const matrix: Node = { kind: 'matrix', rows: filled };
    return name === 'vmatrix' ? called('det', [matrix], null) : matrix;
  }
}

/** What follows these words is what the answer is not. */
const PREFERENCE = /(?:^|\s)(?:rather than|instead of|and not|but not|not)$/iu;
/** So many words after a value make a statement about it; what follows them is part of the statement. */
const STATEMENT_WORDS = 4;
/** Words that only lead up to an answer. */
const OPENER = /^(?:therefore|thus|hence|so|then|finally|in conclusion|we (?:get|have|find))$/iu;
/** The words before these name the value that follows: "the largest n is 34". */
const ANNOUNCES = /(?:^|\s)(?:is|are|equals|was|be|of|gives|yields)$/iu;
const ORDINAL = /^(?:th|st|nd|rd)$/iu;
