import type { Rational } from './rational.ts';

export type TokenType =
  | 'number'
  | 'symbol'
  | 'function'
  | 'operator'
  | 'relation'
  | 'setop'
  | 'open'
  | 'close'
  | 'lbrace'
  | 'rbrace'
  | 'comma'
  | 'semicolon'
  | 'colon'
  | 'bar'
  | 'text'
  | 'command'
  | 'decoration'
  | 'amp'
  | 'row'
  | 'gap'
  | 'percent'
  | 'degree'
  | 'prime'
  | 'bang'
  | 'caret'
  | 'underscore'
  | 'dots'
  | 'constant';

export interface Token {
  readonly type: TokenType;
  /** The canonical name: `*` for `\cdot`, `<=` for `≤`, the content of a text command. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** White space stands before it. */
  readonly isSpaced: boolean;
  /** Of a number; null for anything else. */
  readonly value: Rational | null;
  /** Digits after the decimal point as written; null for integers. */
  readonly places: number | null;
  /** The digits of a number as written, for other bases; null for anything else. */
  readonly digits: string | null;
}
