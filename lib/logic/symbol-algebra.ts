import {
  add,
  compare,
  divide,
  multiply,
  negate,
  power,
  rational,
  type Rational,
} from '#lib/math/rational.ts';
import { floorDivide } from './arithmetic.ts';

/** A new binary symbol; `condition` is one of the sentences of `holds`, null when there is none. */
export interface Definition {
  readonly symbol: string;
  /** 1 like + and -, 2 like *, / and %, 3 like **; 4 and 5 bind tighter. */
  readonly precedence: number;
  readonly condition: string | null;
  readonly then: string | null;
  readonly otherwise: string;
}

type Variables = Readonly<{ x: Rational; y: Rational }> | null;

const PLAIN: Readonly<Record<string, number>> = { '+': 1, '-': 1, '*': 2, '/': 2, '%': 2, '**': 3 };
const TOKEN = /\s*(\d+(?:\.\d+)?|\*\*|[A-Za-z]+|\S)/uy;
const MAX_STEPS = 4000;
const MAX_DEPTH = 40;
const MAX_VALUE_BITS = 600;

/**
 * The exact value of an expression with new symbols: parentheses first, then by precedence, from left to right; `**`
 * from right to left. Null where it divides by zero, has a root, or is no expression.
 */
export function evaluateSymbols(text: string, definitions: readonly Definition[]): Rational | null {
  const table = new Map(definitions.map((definition) => [definition.symbol, definition]));
  return new Reader(table, { steps: 0 }, 0).run(text, null);
}

class Reader {
  private tokens: string[] = [];
  private at = 0;
  private variables: Variables = null;
  private readonly table: ReadonlyMap<string, Definition>;
  private readonly budget: { steps: number };
  private readonly depth: number;

  constructor(table: ReadonlyMap<string, Definition>, budget: { steps: number }, depth: number) {
    this.table = table;
    this.budget = budget;
    this.depth = depth;
  }

  run(text: string, variables: Variables): Rational | null {
    if (text.length > 2000 || this.depth > MAX_DEPTH) return null;
    this.variables = variables;
    TOKEN.lastIndex = 0;
    const source = text.trimEnd();
    while (TOKEN.lastIndex < source.length) {
      const match = TOKEN.exec(source);
      if (match === null) return null;
      this.tokens.push(match[1] ?? '');
    }
    const value = this.binary(1);
    return this.at === this.tokens.length ? value : null;
  }

  private precedence(token: string | undefined): number | null {
    if (token === undefined) return null;
    return PLAIN[token] ?? this.table.get(token)?.precedence ?? null;
  }

  private binary(least: number): Rational | null {
    this.budget.steps += 1;
    if (this.budget.steps > MAX_STEPS) return null;
    let left = this.unary();
    while (left !== null) {
      const operator = this.tokens[this.at];
      const level = this.precedence(operator);
      if (operator === undefined || level === null || level < least) return left;
      this.at += 1;
      const right = this.binary(operator === '**' ? level : level + 1);
      left = right === null ? null : this.apply(operator, left, right);
    }
    return null;
  }

  /** A sign binds tighter than * and looser than **. */
  private unary(): Rational | null {
    const token = this.tokens[this.at];
    this.at += 1;
    if (token === undefined) return null;
    if (token === '-') {
      const value = this.binary(3);
      return value === null ? null : negate(value);
    }
    if (token === '+') return this.binary(3);
    if (token === '(') {
      const value = this.binary(1);
      const close = this.tokens[this.at];
      this.at += 1;
      return close === ')' ? value : null;
    }
    if (/^abs$/iu.test(token)) {
      if (this.tokens[this.at] !== '(') return null;
      const value = this.unary();
      return value !== null && value.n < 0n ? negate(value) : value;
    }
    if (token === 'x' || token === 'y') return this.variables?.[token] ?? null;
    if (!/^\d/u.test(token) || token.length > 40) return null;
    const [whole = '', part = ''] = token.split('.');
    return rational(BigInt(whole + part), 10n ** BigInt(part.length));
  }

  private apply(operator: string, x: Rational, y: Rational): Rational | null {
    const value = this.value(operator, x, y);
    if (value === null) return null;
    const bits = value.n.toString(16).length + value.d.toString(16).length;
    return bits * 4 > MAX_VALUE_BITS ? null : value;
  }

  private value(operator: string, x: Rational, y: Rational): Rational | null {
    switch (operator) {
      case '+':
        return add(x, y);
      case '-':
        return add(x, negate(y));
      case '*':
        return multiply(x, y);
      case '/':
        return divide(x, y);
      case '%': {
        const ratio = divide(x, y);
        if (ratio === null) return null;
        return add(x, negate(multiply(rational(floorDivide(ratio.n, ratio.d)), y)));
      }
      case '**':
        return y.d === 1n && y.n < 200n && y.n > -200n ? power(x, y.n) : null;
    }
    const definition = this.table.get(operator);
    if (definition === undefined) return null;
    const isCase = definition.condition === null ? false : holds(definition.condition, { x, y });
    if (isCase === null) return null;
    const body = isCase ? definition.then : definition.otherwise;
    return body === null
      ? null
      : new Reader(this.table, this.budget, this.depth + 1).run(body, { x, y });
  }
}

/** Parity and multiples hold of whole numbers only; null for a sentence that is not known. */
function holds(sentence: string, values: { x: Rational; y: Rational }): boolean | null {
  const { x, y } = values;
  const isMultiple = (value: Rational, of: bigint) => value.d === 1n && value.n % of === 0n;
  const isOdd = (value: Rational) => value.d === 1n && value.n % 2n !== 0n;
  if (sentence === 'x小于y') return compare(x, y) < 0;
  if (sentence === 'x大于y') return compare(x, y) > 0;
  if (sentence === 'x等于y') return compare(x, y) === 0;
  const parity = /^(x和y都|x和y的和|x和y的积|x|y)是([偶奇])数$/u.exec(sentence);
  if (parity !== null) {
    const test = (value: Rational) => (parity[2] === '奇' ? isOdd(value) : isMultiple(value, 2n));
    if (parity[1] === 'x和y都') return test(x) && test(y);
    if (parity[1] === 'x和y的和') return test(add(x, y));
    if (parity[1] === 'x和y的积') return test(multiply(x, y));
    return test(parity[1] === 'x' ? x : y);
  }
  const multiple = /^([xy])是(\d{1,3})的倍数$/u.exec(sentence);
  if (multiple === null || Number(multiple[2]) === 0) return null;
  return isMultiple(multiple[1] === 'x' ? x : y, BigInt(multiple[2] ?? 1));
}
