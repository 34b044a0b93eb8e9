import {
  add,
  divide,
  multiply,
  negate,
  power,
  rational,
  type Rational,
} from '#lib/math/rational.ts';

export type Operator = '+' | '-' | '*' | '/' | '%' | '//' | '**';

/** An arithmetic expression as Python reads it. */
export type Expression =
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'sign'; readonly sign: '+' | '-'; readonly of: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: Operator;
      readonly left: Expression;
      readonly right: Expression;
    };

const MAX_TOKENS = 4000;
const MAX_DEPTH = 120;
const TOKEN = /\s*(?:(\d+(?:\.\d*)?|\.\d+)|(\*\*|\/\/|[-+*/%()]))/uy;
const LEVEL: Readonly<Record<string, number>> = { '+': 1, '-': 1, '*': 2, '/': 2, '%': 2, '//': 2 };

/** Null for anything that is no expression of numbers, + - * / // % **, signs and parentheses. */
export function parseExpression(text: string): Expression | null {
  const tokens = tokenize(text);
  if (tokens === null || tokens.length === 0) return null;
  const state = { tokens, at: 0 };
  const tree = readBinary(state, 1, 0);
  return tree !== null && state.at === tokens.length ? tree : null;
}

function tokenize(text: string): string[] | null {
  const tokens: string[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const match = TOKEN.exec(text);
    if (match === null || tokens.length === MAX_TOKENS) return null;
    tokens.push(match[1] ?? match[2] ?? '');
  }
  return tokens;
}

interface State {
  readonly tokens: readonly string[];
  at: number;
}

function readBinary(state: State, level: number, depth: number): Expression | null {
  if (depth > MAX_DEPTH) return null;
  let left = level === 2 ? readSigned(state, depth) : readBinary(state, level + 1, depth);
  while (left !== null) {
    const operator = state.tokens[state.at];
    if (operator === undefined || LEVEL[operator] !== level) return left;
    state.at += 1;
    const right = level === 2 ? readSigned(state, depth) : readBinary(state, level + 1, depth);
    if (right === null) return null;
    left = { kind: 'binary', operator: operator as Operator, left, right };
  }
  return null;
}

function readSigned(state: State, depth: number): Expression | null {
  if (depth > MAX_DEPTH) return null;
  const token = state.tokens[state.at];
  if (token === '+' || token === '-') {
    state.at += 1;
    const of = readSigned(state, depth + 1);
    return of === null ? null : { kind: 'sign', sign: token, of };
  }
  const base = readAtom(state, depth);
  if (base === null || state.tokens[state.at] !== '**') return base;
  state.at += 1;
  const right = readSigned(state, depth + 1);
  return right === null ? null : { kind: 'binary', operator: '**', left: base, right };
}

function readAtom(state: State, depth: number): Expression | null {
  const token = state.tokens[state.at];
  if (token === undefined) return null;
  state.at += 1;
  if (token === '(') {
    const inner = readBinary(state, 1, depth + 1);
    if (inner === null || state.tokens[state.at] !== ')') return null;
    state.at += 1;
    return inner;
  }
  return /^[\d.]/u.test(token) ? { kind: 'number', text: token } : null;
}

/** The exact value; null for a division by zero, a power that is no fraction, or numbers beyond all honest size. */
export function evaluateExact(tree: Expression): Rational | null {
  if (tree.kind === 'number') return toRational(tree.text);
  if (tree.kind === 'sign') {
    const of = evaluateExact(tree.of);
    return of === null ? null : tree.sign === '-' ? negate(of) : of;
  }
  const left = evaluateExact(tree.left);
  const right = evaluateExact(tree.right);
  if (left === null || right === null) return null;
  switch (tree.operator) {
    case '+':
      return add(left, right);
    case '-':
      return add(left, negate(right));
    case '*':
      return multiply(left, right);
    case '/':
      return divide(left, right);
    case '**':
      return right.d === 1n ? power(left, right.n) : null;
    case '//':
    case '%': {
      const ratio = divide(left, right);
      if (ratio === null) return null;
      const whole = rational(floorDivide(ratio.n, ratio.d));
      return tree.operator === '//' ? whole : add(left, negate(multiply(whole, right)));
    }
  }
}

function toRational(text: string): Rational | null {
  if (text.length > 400) return null;
  const [whole = '', part = ''] = text.split('.');
  return rational(BigInt(`${whole}${part}` || '0'), 10n ** BigInt(part.length));
}

/** Rounds towards minus infinity, as Python does. */
export function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

/** What Python's `eval` gives: a bigint for an int, a number for a float; null where it raises. */
export function evaluatePython(tree: Expression): bigint | number | null {
  if (tree.kind === 'number') {
    if (tree.text.includes('.')) return Number(tree.text);
    // A leading zero is a syntax error there, except in zeros.
    if (/^0+[1-9]/u.test(tree.text) || tree.text.length > 4000) return null;
    return BigInt(tree.text);
  }
  if (tree.kind === 'sign') {
    const of = evaluatePython(tree.of);
    return of === null ? null : tree.sign === '-' ? -of : of;
  }
  const left = evaluatePython(tree.left);
  const right = evaluatePython(tree.right);
  if (left === null || right === null) return null;
  return typeof left === 'bigint' && typeof right === 'bigint'
    ? onIntegers(tree.operator, left, right)
    : onFloats(tree.operator, Number(left), Number(right));
}

const MAX_POWER_BITS = 200_000;

function onIntegers(operator: Operator, left: bigint, right: bigint): bigint | number | null {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return right === 0n ? null : trueDivide(left, right);
    case '//':
      return right === 0n ? null : floorDivide(left, right);
    case '%':
      return right === 0n ? null : left - right * floorDivide(left, right);
    case '**':
      if (right < 0n) return left === 0n ? null : Number(left) ** Number(right);
      if (right * BigInt(left.toString(2).length) > MAX_POWER_BITS) return null;
      return left ** right;
  }
}

/** Correctly rounded like Python's `/` of ints, as far as doubles hold both sides. */
function trueDivide(left: bigint, right: bigint): number | null {
  const value = Number(left) / Number(right);
  return Number.isFinite(value) ? value : null;
}

function onFloats(operator: Operator, left: number, right: number): number | null {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return right === 0 ? null : left / right;
    case '//':
      return right === 0 ? null : Math.floor(left / right);
    case '%': {
      if (right === 0) return null;
      const rest = left % right;
      return rest !== 0 && rest < 0 !== right < 0 ? rest + right : rest;
    }
    case '**':
      return left ** right;
  }
}
