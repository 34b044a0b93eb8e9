import {
  DECORATIONS,
  FONT_COMMANDS,
  FUNCTION_ALIASES,
  FUNCTIONS,
  GREEK,
  IGNORED,
  LENGTHS,
  MACROS,
  OPERATORS,
  QUANTITIES,
  RELATIONS,
  SET_OPERATIONS,
  SKIPPED,
  SPLICED,
  STACKED,
  STRUCTURES,
  SYMBOL_COMMANDS,
  TEXT_COMMANDS,
} from './lexicon.ts';
import type { TokenType } from './token.ts';

/** A token without its place. */
export interface Name {
  readonly type: TokenType;
  readonly text: string;
}

/** Two letters after a value that are a unit, not a product. */
export const UNITS_OF_TWO: ReadonlySet<string> = new Set([
  'cm',
  'mm',
  'km',
  'kg',
  'mg',
  'ml',
  'mL',
  'ft',
  'in',
  'lb',
  'oz',
  'hr',
  'am',
  'pm',
  'th',
  'st',
  'nd',
  'rd',
  'Hz',
  'Pa',
  'eV',
]);

/** Functions by their name, but units behind a number that nothing follows. */
export const TIME_UNITS: ReadonlySet<string> = new Set(['min', 'sec']);

/** Two letters that are a word when they stand alone. */
export const WORDS_OF_TWO: ReadonlySet<string> = new Set([
  'is',
  'it',
  'of',
  'to',
  'at',
  'by',
  'as',
  'be',
  'we',
  'no',
  'so',
  'if',
  'on',
  'an',
  'my',
  'us',
  'go',
  'up',
]);

/** Commands that always become the same token. */
const FIXED: Readonly<Record<string, Name>> = {
  infty: { type: 'constant', text: 'inf' },
  infinity: { type: 'constant', text: 'inf' },
  pi: { type: 'constant', text: 'pi' },
  emptyset: { type: 'constant', text: 'emptyset' },
  varnothing: { type: 'constant', text: 'emptyset' },
  circ: { type: 'degree', text: 'deg' },
  degree: { type: 'degree', text: 'deg' },
  prime: { type: 'prime', text: "'" },
  percent: { type: 'percent', text: '%' },
  lfloor: { type: 'open', text: 'floor' },
  rfloor: { type: 'close', text: 'floor' },
  lceil: { type: 'open', text: 'ceil' },
  rceil: { type: 'close', text: 'ceil' },
  ulcorner: { type: 'open', text: 'ceil' },
  urcorner: { type: 'close', text: 'ceil' },
  llcorner: { type: 'open', text: 'floor' },
  lrcorner: { type: 'close', text: 'floor' },
  lgroup: { type: 'open', text: '(' },
  rgroup: { type: 'close', text: ')' },
  lparen: { type: 'open', text: '(' },
  rparen: { type: 'close', text: ')' },
  choose: { type: 'command', text: 'choose' },
  langle: { type: 'open', text: '<' },
  rangle: { type: 'close', text: '<' },
  lbrace: { type: 'open', text: '{' },
  rbrace: { type: 'close', text: '}' },
  lbrack: { type: 'open', text: '[' },
  rbrack: { type: 'close', text: ']' },
  lvert: { type: 'bar', text: 'l' },
  rvert: { type: 'bar', text: 'r' },
  vert: { type: 'bar', text: '|' },
  mid: { type: 'bar', text: 'mid' },
  Vert: { type: 'bar', text: '|' },
  lVert: { type: 'bar', text: 'l' },
  rVert: { type: 'bar', text: 'r' },
  colon: { type: 'colon', text: ':' },
  ldots: { type: 'dots', text: '...' },
  cdots: { type: 'dots', text: '...' },
  dots: { type: 'dots', text: '...' },
  dotsc: { type: 'dots', text: '...' },
  dotsb: { type: 'dots', text: '...' },
  vdots: { type: 'dots', text: '...' },
  imath: { type: 'constant', text: 'i' },
  jmath: { type: 'symbol', text: 'j' },
  slash: { type: 'operator', text: '/' },
  newline: { type: 'row', text: '\\\\' },
  cr: { type: 'row', text: '\\\\' },
  Pi: { type: 'symbol', text: 'Pi' },
};

const NAMES: ReadonlyMap<string, Name> = new Map<string, Name>([
  ...[...GREEK].map((name): [string, Name] => [name, { type: 'symbol', text: name }]),
  ...Object.entries(FUNCTION_ALIASES).map(([name, text]): [string, Name] => [
    name,
    { type: 'function', text },
  ]),
  ...[...FUNCTIONS].map((name): [string, Name] => [name, { type: 'function', text: name }]),
  ['pi', { type: 'constant', text: 'pi' }],
  ['Pi', { type: 'constant', text: 'pi' }],
]);

/** Functions of Mathematica that are not spelled as here but for the capital; their arguments stand in square brackets. */
const CAPITAL: Readonly<Record<string, string>> = {
  // Its base comes first.
  Log: 'Log',
  ArcSin: 'arcsin',
  ArcCos: 'arccos',
  ArcTan: 'arctan',
  CubeRoot: 'cbrt',
  Ceiling: 'ceil',
  Binomial: 'binom',
  Factorial: 'factorial',
  GCD: 'gcd',
  LCM: 'lcm',
  Gamma: 'gamma',
  Conjugate: 'conj',
};

/** Operators that computer algebra prints as functions of a body and ranges, each by the operator. */
const PRINTED_OPERATORS: Readonly<Record<string, string>> = {
  Sum: 'sum',
  Product: 'prod',
  Integral: 'int',
  Integrate: 'int',
  integrate: 'int',
  Limit: 'lim',
  limit: 'lim',
  Derivative: 'derivative',
  diff: 'derivative',
};

/** Before the name of the operator, so that it is no function of the lexicon. */
export const PRINTED = 'printed ';

/** What a name means to computer algebra where a bracket touches it: `Sin[x]`, `Sum(k, (k, 1, n))`; null for any other name. */
export function printedName(run: string, next: string | undefined): Name | null {
  if (next !== '[' && next !== '(') return null;
  const operator = Object.hasOwn(PRINTED_OPERATORS, run) ? PRINTED_OPERATORS[run] : undefined;
  if (operator !== undefined) return { type: 'function', text: `${PRINTED}${operator}` };
  if (next !== '[' || !/^[A-Z]/u.test(run)) return null;
  const isOther = Object.hasOwn(CAPITAL, run);
  const text = isOther ? CAPITAL[run] : `${run.charAt(0).toLowerCase()}${run.slice(1)}`;
  return text !== undefined && (isOther || FUNCTIONS.has(text)) ? { type: 'function', text } : null;
}

/** The function, constant or Greek letter of this name; null for any other run of letters. */
export function knownName(run: string): Name | null {
  return NAMES.get(run) ?? null;
}

/** Functions that people glue to their argument. */
const GLUED = ['sqrt', 'sin', 'cos', 'tan', 'cot', 'sec', 'csc', 'log', 'exp', 'ln', 'pi'] as const;

/** The glued name that a run of letters begins with; null when it begins with none. */
export function longestName(run: string): string | null {
  return GLUED.find((name) => run.startsWith(name)) ?? null;
}

/** What a command does: become a token, introduce a text, or nothing. */
export type Command =
  | {
      readonly kind:
        | 'ignored'
        | 'sizing'
        | 'skipped'
        | 'length'
        | 'spliced'
        | 'stacked'
        | 'text'
        | 'quantity'
        | 'font'
        | 'environment';
    }
  | { readonly kind: 'macro'; readonly latex: string }
  | ({ readonly kind: 'token' } & Name);

const SIZING = /^(?:left|right|mleft|mright|middle|[bB]ig+[lrm]?)$/u;

/** Later entries win over earlier ones. */
const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ...[...NAMES].map(([name, token]): [string, Command] => [name, { kind: 'token', ...token }]),
  ...Object.entries(FIXED).map(([name, token]): [string, Command] => [
    name,
    { kind: 'token', ...token },
  ]),
  ...named('symbol', SYMBOL_COMMANDS),
  ...named('command', Object.fromEntries([...STRUCTURES].map((name) => [name, name]))),
  ...named('decoration', Object.fromEntries([...DECORATIONS].map((name) => [name, name]))),
  ...named('operator', OPERATORS),
  ...named('setop', SET_OPERATIONS),
  ...named('relation', RELATIONS),
  ...named('gap', { quad: 'quad', qquad: 'quad' }),
  ...all('environment', ['begin', 'end']),
  ...all('font', FONT_COMMANDS),
  ...all('skipped', SKIPPED),
  ...all('length', LENGTHS),
  ...Object.entries(MACROS).map(([name, latex]): [string, Command] => [
    name,
    { kind: 'macro', latex },
  ]),
  ...all('spliced', SPLICED),
  ...all('stacked', STACKED),
  ...all('text', TEXT_COMMANDS),
  ...all('quantity', QUANTITIES),
  ...[...IGNORED].map((name): [string, Command] => [
    name,
    { kind: SIZING.test(name) ? 'sizing' : 'ignored' },
  ]),
]);

function named(type: TokenType, texts: Readonly<Record<string, string>>): [string, Command][] {
  return Object.entries(texts).map(([name, text]) => [name, { kind: 'token', type, text }]);
}

function all(
  kind: 'environment' | 'font' | 'text' | 'quantity' | 'skipped' | 'length' | 'spliced' | 'stacked',
  names: Iterable<string>,
): [string, Command][] {
  return Array.from(names, (name) => [name, { kind }]);
}

/** What a command means here; undefined for an unknown one. */
export function commandMeaning(name: string): Command | undefined {
  return COMMANDS.get(name);
}

/** The longest known command that a run of letters begins with: `\quadx`, `\vertx`, `\cdotb`. */
export function knownPrefix(run: string): string | null {
  for (let length = run.length - 1; length >= 2; length -= 1) {
    const prefix = run.slice(0, length);
    if (COMMANDS.has(prefix) && !UNGLUED.has(prefix)) return prefix;
  }
  return null;
}

/** Short names with which longer ones begin that are unknown: `\cross` is no new row. */
const UNGLUED: ReadonlySet<string> = new Set('cr of si it sl sf tt'.split(' '));

/** Letters that mean a complex number where conjugates are spoken of. */
export function isComplexLetter(name: string): boolean {
  return /^[zw](?:_|$)/u.test(name);
}

/** Commands that are recognised without their backslash when braces follow: `frac{1}{2}`, `bar{x}`. */
export function isStructure(run: string): boolean {
  return (
    DECORATIONS.has(run) ||
    TEXT_COMMANDS.has(run) ||
    FONT_COMMANDS.has(run) ||
    run === 'boxed' ||
    run.endsWith('frac') ||
    run === 'binom'
  );
}
