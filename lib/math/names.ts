import {
  DECORATIONS,
  FONT_COMMANDS,
  FUNCTION_ALIASES,
  FUNCTIONS,
  GREEK,
  IGNORED,
  OPERATORS,
  RELATIONS,
  SET_OPERATIONS,
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
export const FIXED: Readonly<Record<string, Name>> = {
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
  slash: { type: 'operator', text: '/' },
  newline: { type: 'row', text: '\\\\' },
};

/** The function, constant or Greek letter of this name; null for any other run of letters. */
export function knownName(run: string): Name | null {
  if (run === 'pi') return { type: 'constant', text: 'pi' };
  if (FUNCTIONS.has(run)) return { type: 'function', text: run };
  if (Object.hasOwn(FUNCTION_ALIASES, run))
    return { type: 'function', text: FUNCTION_ALIASES[run] ?? run };
  if (GREEK.has(run)) return { type: 'symbol', text: run };
  return null;
}

/** Functions that people glue to their argument. */
const GLUED = ['sqrt', 'sin', 'cos', 'tan', 'cot', 'sec', 'csc', 'log', 'exp', 'ln', 'pi'] as const;

/** The glued name that a run of letters begins with; null when it begins with none. */
export function longestName(run: string): string | null {
  return GLUED.find((name) => run.startsWith(name)) ?? null;
}

const COMMAND_TABLES: readonly Readonly<Record<string, unknown>>[] = [
  RELATIONS,
  SET_OPERATIONS,
  OPERATORS,
  SYMBOL_COMMANDS,
  FIXED,
];
const COMMAND_SETS: readonly ReadonlySet<string>[] = [
  IGNORED,
  TEXT_COMMANDS,
  FONT_COMMANDS,
  DECORATIONS,
  STRUCTURES,
];

/** Whether a command has a meaning here. */
export function isKnownCommand(name: string): boolean {
  return (
    name === 'quad' ||
    name === 'qquad' ||
    knownName(name) !== null ||
    COMMAND_SETS.some((set) => set.has(name)) ||
    COMMAND_TABLES.some((table) => Object.hasOwn(table, name))
  );
}

/** The longest known command that a run of letters begins with: `\quadx`, `\vertx`, `\cdotb`. */
export function knownPrefix(run: string): string | null {
  for (let length = run.length - 1; length >= 2; length -= 1) {
    const prefix = run.slice(0, length);
    if (isKnownCommand(prefix)) return prefix;
  }
  return null;
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
