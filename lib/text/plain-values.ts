import { elementAt } from './element.ts';
import { span, type Span } from './span.ts';

const NUMBER =
  '(?:(?:US|A|C|HK|NZ)?\\\\?[$€£¥₹]\\s?)?(?:\\d{1,4}:\\d{1,3}(?::\\d{1,3})?(?:\\s?[ap]\\.?m\\b\\.?)?|\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?|\\.\\d+)';
/** The kinds of token with their patterns, the first that fits counts. */
const KINDS = [
  ['number', NUMBER],
  ['other', '<<|>>|\\*\\*(?![\\w(])|(?<![\\w)])\\*\\*'],
  [
    'atom',
    '\\\\(?:[dt]?frac|sqrt|binom|pi|infty)(?![a-zA-Z])|[¼-¾⅐-⅞π∞]|(?:sqrt|log|ln|sin|cos|tan|exp|pi)(?!\\p{L})|[√∛]',
  ],
  ['letter', "[A-Za-zα-ω](?![\\p{L}\\p{M}'’])(?:_\\w{1,3}|[₀-₉]{1,3})?"],
  ['operator', '\\*\\*|\\\\(?:cdot|times|div|pm|leq?|geq?)(?![a-zA-Z])|[-+−–*×·∙÷/^=≤≥<>≈±]'],
  ['word', "[A-Za-z_\\\\][\\w'’]*|[\\p{L}\\p{M}]+"],
  ['open', '[([{]'],
  ['close', '[)\\]}]'],
  ['comma', ','],
  ['suffix', '\\s?%|[°²³¹⁰⁴-⁹]+|!(?=[-+*×·/=)!]| [-+*×·/=])'],
  ['space', '\\s+'],
  ['rest', '.'],
] as const;
const TOKEN = new RegExp(KINDS.map(([, pattern]) => `(${pattern})`).join('|'), 'gsu');

type Kind = (typeof KINDS)[number][0];

interface Token {
  readonly kind: Kind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly hasGap: boolean;
}

/** No plain formula of a final sentence is longer. */
const MAX_TOKENS = 200;

/**
 * The numbers and formulas of prose that stand there without LaTeX, in order: `6 − 5i`, `20000/π`, `$1,260`, `2:00 pm`.
 * A digit that is glued to a word, as in "M&M5" or "x_1", is none.
 */
export function findPlainValues(text: string): Span[] {
  const values: Span[] = [];
  let run: Token[] = [];
  const flush = (): void => {
    const value = valueOf(text, run);
    if (value !== null && !STRANGE.test(text.charAt(value.end))) values.push(value);
    run = [];
  };
  for (const token of tokensOf(text)) {
    if (run.length > 0 && (run.length >= MAX_TOKENS || !continues(run, token, text))) flush();
    if (run.length > 0 || begins(token, text)) run.push(token);
  }
  flush();
  return values;
}

function* tokensOf(text: string): Generator<Token> {
  let hasGap = false;
  for (const match of text.matchAll(TOKEN)) {
    const kind = kindOf(match);
    const end = match.index + match[0].length;
    if (kind !== 'space') yield { kind, text: match[0], start: match.index, end, hasGap };
    hasGap = kind === 'space';
  }
}

function kindOf(match: RegExpExecArray): Kind {
  let index = 1;
  while (match[index] === undefined) index += 1;
  return elementAt(KINDS, index - 1)[0];
}

/** Operators of which nobody knows here what they do to the number that they touch. */
const STRANGE = /[∸⊕⊖⊗⊘⊙⊚⊛⊜⊝⊞⊟⊠⊡]/u;

function begins(token: Token, text: string): boolean {
  const before = text.charAt(token.start - 1);
  if (/[A-Za-z\d_\\^&]/u.test(before) || STRANGE.test(before)) return false;
  if (token.kind === 'number' || token.kind === 'atom' || token.kind === 'letter') return true;
  if (token.kind === 'open') return true;
  return token.kind === 'operator' && /^[-−–+±]$/u.test(token.text);
}

const isOperand = ({ kind }: Token): boolean =>
  kind === 'number' || kind === 'atom' || kind === 'letter';
const isTimesSign = ({ kind, text, hasGap }: Token): boolean =>
  kind === 'letter' && /^[xX]$/u.test(text) && hasGap;

function continues(run: readonly Token[], token: Token, text: string): boolean {
  const last = run[run.length - 1];
  if (last === undefined) return false;
  const isAfterOperator = last.kind === 'operator' || last.kind === 'open' || last.kind === 'comma';
  const isTimes = isTimesSign(last) && run[run.length - 2]?.kind === 'number';
  switch (token.kind) {
    case 'operator':
      return last.kind !== 'open' || /^[-−–+±]$/u.test(token.text);
    case 'number':
    case 'atom':
    case 'letter':
    case 'open':
      if (isAfterOperator || isTimes) return !(isSign(run) && token.hasGap);
      if (isRoot(last)) return true;
      if (isTimesSign(token))
        return last.kind === 'number' && /^\s\\?[$\d]/u.test(text.slice(token.end, token.end + 3));
      if (token.hasGap) return last.kind === 'number' && isFraction(text, token);
      return !(last.kind === 'number' && token.kind === 'number');
    case 'close':
      return depthOf(run) > 0 && !isAfterOperator;
    case 'comma':
      return depthOf(run) > 0 && !isAfterOperator;
    case 'suffix':
      return isOperand(last) || last.kind === 'close' || last.kind === 'suffix';
    default:
      return false;
  }
}

/** A dash with a space behind it begins no value. */
function isSign(run: readonly Token[]): boolean {
  return run.length === 1 && run[0]?.kind === 'operator';
}

function isRoot({ text }: Token): boolean {
  return /^(?:√|∛|sqrt|log|ln|sin|cos|tan|exp)$/u.test(text);
}

/** The `1/2` of `137 1/2`. */
function isFraction(text: string, token: Token): boolean {
  return token.kind === 'number'
    ? /^\d{1,3}\/\d{1,3}(?!\d)/u.test(text.slice(token.start, token.start + 9))
    : /^[\u00bc-\u00be\u2150-\u215e]$/u.test(token.text);
}

function depthOf(run: readonly Token[]): number {
  let depth = 0;
  for (const { kind } of run) {
    if (kind === 'open') depth += 1;
    else if (kind === 'close') depth -= 1;
  }
  return depth;
}

function valueOf(text: string, run: readonly Token[]): Span | null {
  let tokens = run;
  while (tokens.length > 0 && isLoose(tokens[tokens.length - 1])) tokens = tokens.slice(0, -1);
  while (depthOf(tokens) > 0) {
    const open = tokens.findIndex(({ kind }) => kind === 'open');
    // What stands before the bracket is the value, unless nothing does.
    tokens = open === 0 ? tokens.slice(1) : tokens.slice(0, open);
    while (tokens.length > 0 && isLoose(tokens[tokens.length - 1])) tokens = tokens.slice(0, -1);
  }
  if (!tokens.some(isValue)) return null;
  const [first] = tokens;
  const last = tokens[tokens.length - 1];
  if (first === undefined || last === undefined) return null;
  const source = text.slice(first.start, last.end);
  if (/^\([^()]*\)$/u.test(source)) return span(text, first.start, last.end);
  const { start, end } = withoutLeftSide(text, first.start, last.end);
  return span(text, start, end);
}

function isLoose(token: Token | undefined): boolean {
  return (
    token !== undefined &&
    (token.kind === 'operator' || token.kind === 'comma' || token.kind === 'open')
  );
}

function isValue({ kind, text }: Token): boolean {
  return kind === 'number' || (kind === 'atom' && !/^[a-z]{2,}$/u.test(text)) || text === 'pi';
}

const LABEL = /^[A-Za-z\u03b1-\u03c9](?:_\w{1,3}|[\u2080-\u2089]{1,3})?(?:\s?\([\w, ]{1,8}\))?$/u;

/** `w = 4 + 2 = 6` stands for 6; `3x + 2y = 12` stands for itself. */
function withoutLeftSide(text: string, start: number, end: number): { start: number; end: number } {
  const sides = text.slice(start, end).split(/[=≈]/u);
  const left = (sides[0] ?? '').replace(/\s[xX]\s/gu, ' ');
  const right = sides[sides.length - 1] ?? '';
  const isResult =
    sides.length > 2 || LABEL.test(left.trim()) || !/[A-Za-z\u03b1-\u03c9]/u.test(left);
  if (sides.length === 1 || !isResult) return { start, end };
  return { start: end - right.trimStart().length, end };
}
