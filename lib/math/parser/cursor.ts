import { MathSyntaxError } from '../syntax-error.ts';
import type { Token, TokenType } from '../token.ts';
import type { Node } from '../tree.ts';

/**
 * About 180 brackets: deeper than any formula a reader could follow. Measured 2026-11: a default stack of 984 KB overflows
 * beyond 1,400.
 */
export const MAX_DEPTH = 900;

/** A place in a list of tokens, and what has to be remembered of the way there. */
export class Cursor {
  readonly tokens: Token[];
  readonly source: string;
  /** Of the next token. */
  index = 0;
  /** Open bars of absolute values. */
  bars = 0;
  /** Inside set braces a bar separates the element from its condition. */
  isInBuilder = false;
  /** Inside a sum over i that letter is no imaginary unit. */
  hasIndexI = false;
  /** Sums and integrals so far. */
  boundCount = 0;
  /** Of `\pmod` in the relation that is being read. */
  modulus: Node | null = null;
  /** Undefined outside integrals; null until the `dx` was met, then its variable. */
  integral: string | null | undefined = undefined;
  #depth = 0;

  constructor(tokens: Token[], source: string) {
    this.tokens = tokens;
    this.source = source;
  }

  peek(offset = 0): Token | undefined {
    return this.tokens[this.index + offset];
  }

  is(type: TokenType, text?: string): boolean {
    const token = this.tokens[this.index];
    if (token === undefined) return false;
    return token.type === type && (text === undefined || token.text === text);
  }

  take(): Token {
    const token = this.tokens[this.index];
    if (token === undefined) throw new MathSyntaxError('the answer ends too early');
    this.index += 1;
    return token;
  }

  eat(type: TokenType, text?: string): boolean {
    if (!this.is(type, text)) return false;
    this.index += 1;
    return true;
  }

  error(): MathSyntaxError {
    const token = this.peek();
    return new MathSyntaxError(
      token === undefined
        ? 'the answer ends too early'
        : `"${token.text.slice(0, 20)}" is not understood here`,
    );
  }

  /** Before anything that may hold itself, with `leave` behind it. Throws MathSyntaxError beyond the limit. */
  enter(): void {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new MathSyntaxError('the answer is nested too deeply');
  }

  leave(): void {
    this.#depth -= 1;
  }

  /** A name as it is written: one token, or the tokens of a group without white space and braces. */
  rawGroup(): string {
    if (!this.is('lbrace')) return this.take().text;
    let depth = 0;
    let name = '';
    do {
      const token = this.take();
      if (token.type === 'lbrace') depth += 1;
      else if (token.type === 'rbrace') depth -= 1;
      else name += token.text;
    } while (depth > 0);
    return name;
  }
}
