import type { Rational } from '../rational.ts';
import type { Name } from '../names.ts';
import type { Token, TokenType } from '../token.ts';

/** A text on its way to tokens: where the lexer stands in it, and what it has to remember. */
export class Scan {
  readonly text: string;
  /** Tokens of a text inside this one, such as the content of `\text{…}`. */
  readonly inner: (text: string) => Token[];
  readonly tokens: Token[] = [];
  /** Of the next character. */
  index = 0;
  /** White space stands before the next token. */
  isSpaced = false;
  /** Open brackets of any kind. */
  depth = 0;
  /** Environments that are open. */
  environments = 0;
  /** Up to here, numbers with commas between them are a list. */
  listEnd = 0;
  /** Places of the `\\right` that end what is evaluated at a place. */
  readonly evaluationEnds = new Set<number>();
  /** Whether the text marks its formulas; then letters outside of them are words. */
  readonly hasMathMarks: boolean;
  inMath: boolean;

  constructor(text: string, inner: (text: string) => Token[]) {
    this.text = text;
    this.inner = inner;
    this.hasMathMarks = text.includes('$') || text.includes('\\(') || text.includes('\\[');
    this.inMath = !this.hasMathMarks;
  }

  /** The token before. */
  get last(): Token | undefined {
    return this.tokens[this.tokens.length - 1];
  }

  push(type: TokenType, text: string, end: number): void {
    const { index: start, isSpaced } = this;
    this.tokens.push({ type, text, start, end, isSpaced, value: null, places: null, digits: null });
    this.index = end;
    this.isSpaced = false;
  }

  pushNumber(
    text: string,
    end: number,
    { value, places, digits = text }: { value: Rational; places: number | null; digits?: string },
  ): void {
    const { index: start, isSpaced } = this;
    this.tokens.push({ type: 'number', text, start, end, isSpaced, value, places, digits });
    this.index = end;
    this.isSpaced = false;
  }

  pushName({ type, text }: Name, end: number): void {
    this.push(type, text, end);
  }

  /** One letter of a formula; two of them have a meaning of their own. */
  pushLetter(letter: string, end: number): void {
    this.push(letter === 'e' || letter === 'i' ? 'constant' : 'symbol', letter, end);
  }

  skip(end: number, isSpace = true): void {
    this.index = end;
    this.isSpaced ||= isSpace;
  }
}
