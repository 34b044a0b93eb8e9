import { parseAnswer } from './parse.ts';
import { MathSyntaxError } from './syntax-error.ts';
import { integer, type Node, type NodeOf } from './tree.ts';

/** Sets that a phrase describes by what they belong to and what is left of it: "all positive integers except 3". */

const WRAPPING =
  /\\(?:text(?:bf|rm|it)?|mathrm)\s*\{([^{}]*)\}|\$|\\[,;:! ]|\\q?quad(?![a-z])|~|\\displaystyle/gu;
const LEAD =
  /^(?:the set of|(?:[a-z] )?(?:can|must|may|has to) be|[a-z] (?:is|are)|it is|for|precisely|exactly|all|any|every|each|those|the|an?)\b\s*/iu;
const MOST_LEADS = 4;
const HEAD =
  /^(?:(?<sign>positive|negative|non-?\s?negative|non-?\s?positive|non-?\s?zero)\s+)?(?:(?<parity>odd|even)\s+)?(?:(?<signBehind>positive)\s+)?(?<kind>real\s+numbers?|real\s+values|reals?|integers?|whole\s+numbers?|natural\s+numbers?|naturals|numbers?|values)?\s*(?:of\s+)?(?:(?<letter>[a-z])(?![a-z]))?\s*,?\s*/iu;
const LONGEST = 120;

interface Head {
  readonly isReal: boolean;
  readonly letter: string;
  /** The numbers that the restrictions choose from. */
  readonly base: Node;
  readonly parity: 'odd' | 'even' | null;
}

/** The set that a phrase describes; null for other words. */
export function setPhrase(text: string): Node | null {
  if (text.length > LONGEST) return null;
  let phrase = text.replace(WRAPPING, ' $1 ').replace(/\s+/gu, ' ').trim().replace(/\.$/u, '');
  for (let count = 0; count < MOST_LEADS; count += 1) phrase = phrase.replace(LEAD, '');
  const match = HEAD.exec(phrase);
  if (match === null) return null;
  const head = headOf(match.groups ?? {});
  const rest = phrase.slice(match[0].length).trim();
  if (head === null) return null;
  if (rest === '') return head.isReal || isBounded(head) ? chosen(head, []) : null;
  const restrictions = restrictionsOf(rest, head);
  return restrictions === null ? null : chosen(head, restrictions);
}

/** "odd integers", "nonnegative integers"; "integers" alone are told elsewhere. */
function isBounded({ parity, base }: Head): boolean {
  return parity !== null || (base.kind === 'symbol' && base.name === 'bb:Z>=0');
}

function headOf(groups: Readonly<Record<string, string | undefined>>): Head | null {
  const { kind, letter } = groups;
  const sign = (groups.sign ?? groups.signBehind ?? '').toLowerCase().replace(/[\s-]/gu, '');
  const parity = groups.parity?.toLowerCase();
  const isReal = kind !== undefined && /^real/iu.test(kind);
  const isWhole =
    parity !== undefined || (kind !== undefined && /^(?:integer|whole|natural)/iu.test(kind));
  // "all x such that …" leaves the numbers to the condition.
  if (!isReal && !isWhole) return letter === undefined || sign !== '' ? null : openHead(letter);
  if (isReal) return { isReal, letter: letter ?? 'x', base: realBase(sign), parity: null };
  const isNatural = sign === '' && kind !== undefined && /^natural/iu.test(kind);
  const base = isNatural ? 'bb:N' : sign === '' ? 'bb:Z' : WHOLE[sign];
  if (base === undefined) return null;
  return {
    isReal,
    letter: letter ?? 'n',
    base: { kind: 'symbol', name: kind === undefined && sign === '' ? '' : base },
    parity: parity === 'odd' || parity === 'even' ? parity : null,
  };
}

function openHead(letter: string): Head {
  return { isReal: false, letter, base: { kind: 'symbol', name: '' }, parity: null };
}

const WHOLE: Readonly<Record<string, string>> = { positive: 'bb:Z^+', nonnegative: 'bb:Z>=0' };

const ZERO = integer(0);
const INFINITY: Node = { kind: 'constant', name: 'inf' };
const LOWEST: Node = { kind: 'negate', arg: INFINITY };

function realBase(sign: string): Node {
  switch (sign) {
    case 'positive':
      return { kind: 'tuple', open: '(', close: ')', items: [ZERO, INFINITY] };
    case 'nonnegative':
      return { kind: 'tuple', open: '[', close: ')', items: [ZERO, INFINITY] };
    case 'negative':
      return { kind: 'tuple', open: '(', close: ')', items: [LOWEST, ZERO] };
    case 'nonpositive':
      return { kind: 'tuple', open: '(', close: ']', items: [LOWEST, ZERO] };
    case 'nonzero':
      return without(REALS, [ZERO]);
    default:
      return REALS;
  }
}

const REALS: Node = { kind: 'symbol', name: 'bb:R' };

function without(base: Node, items: readonly Node[]): Node {
  return { kind: 'setop', op: 'minus', args: [base, { kind: 'set', items }] };
}

/** Real sets are written as intersections, sets of integers as `{n : n ∈ ℤ, …}`. */
function chosen(head: Head, restrictions: readonly Node[]): Node {
  const element: Node = { kind: 'symbol', name: head.letter };
  if (head.isReal) {
    const sets = restrictions.map((condition): Node => ({ kind: 'builder', element, condition }));
    return sets.length === 0
      ? head.base
      : { kind: 'setop', op: 'intersect', args: [head.base, ...sets] };
  }
  const isNamed = head.base.kind === 'symbol' && head.base.name !== '';
  const conditions: Node[] = isNamed
    ? [{ kind: 'relation', ops: ['in'], args: [element, head.base] }]
    : [];
  if (head.parity !== null) conditions.push(congruent(element, head.parity === 'odd' ? 1 : 0, 2));
  conditions.push(...restrictions);
  const [only] = conditions;
  const condition: Node =
    conditions.length === 1 && only !== undefined
      ? only
      : { kind: 'list', items: conditions, word: 'and' };
  return { kind: 'builder', element, condition };
}

function congruent(
  element: Node,
  residue: number,
  modulus: number,
  op = 'equiv',
): NodeOf<'relation'> {
  const value: Node = {
    kind: 'call',
    name: 'mod',
    args: [integer(residue), integer(modulus)],
  };
  return { kind: 'relation', ops: [op, 'mod'], args: [element, value, integer(modulus)] };
}

const CONNECTOR =
  /^(?:such that|so that|with|where|satisfying|for which|that satisfy|that are|which are|(?:that|which) is|is|are|and|,)\s*/iu;
const EXCEPTION =
  /^(?:except(?: for)?|other than|excluding|not equal to|different from|apart from|distinct from|but not|but)\s+/iu;
const BOUND =
  /^(?<words>greater than or equal to|less than or equal to|(?:strictly )?(?:greater|more|larger|bigger) than|(?:strictly )?(?:less|smaller) than|at least|at most|not less than|not greater than)\s+/iu;
const DIVISIBLE = /^(?<not>not )?(?:divisible by|(?:a )?multiples? of) (?<modulus>\d{1,3})$/iu;
const RANGE =
  /^(?<word>between|from)\s+(?<low>\S{1,20})\s+(?:and|to|through)\s+(?<high>[^\s,()]{1,20})(?:[\s,(]{1,3}(?<ends>inclusive|exclusive|included|excluded|both inclusive|both included)\)?)?$/iu;

/** What chooses from the numbers of the head, as conditions on its letter; null where the words say something else. */
function restrictionsOf(rest: string, head: Head): readonly Node[] | null {
  const element: Node = { kind: 'symbol', name: head.letter };
  const exception = EXCEPTION.exec(rest);
  if (exception !== null) {
    const values = valuesOf(rest.slice(exception[0].length));
    return (
      values?.map((value) => ({ kind: 'relation', ops: ['!='], args: [element, value] })) ?? null
    );
  }
  const plain = rest.replace(CONNECTOR, '').replace(CONNECTOR, '');
  const bound = BOUND.exec(plain);
  if (bound !== null) {
    const values = valuesOf(plain.slice(bound[0].length));
    const op = operatorOf(bound.groups?.words ?? '');
    const [value] = values ?? [];
    return value === undefined || values?.length !== 1
      ? null
      : [{ kind: 'relation', ops: [op], args: [element, value] }];
  }
  const divisible = DIVISIBLE.exec(plain);
  if (divisible !== null && !head.isReal) {
    const op = divisible.groups?.not === undefined ? 'equiv' : 'not equiv';
    return [congruent(element, 0, Number(divisible.groups?.modulus), op)];
  }
  const range = RANGE.exec(plain);
  if (range !== null) return rangeOf(range.groups ?? {}, head);
  return relationsOf(plain, head.letter);
}

function operatorOf(words: string): string {
  const said = words.toLowerCase();
  if (said === 'at least' || said === 'not less than' || said.startsWith('greater than or'))
    return '>=';
  if (said === 'at most' || said === 'not greater than' || said.startsWith('less than or'))
    return '<=';
  return said.includes('less') || said.includes('smaller') ? '<' : '>';
}

/** Between two numbers: both belong to a range of integers that is said to go from one to the other. */
function rangeOf(
  groups: Readonly<Record<string, string | undefined>>,
  head: Head,
): NodeOf<'relation'>[] | null {
  const [low, high] = [valuesOf(groups.low ?? ''), valuesOf(groups.high ?? '')];
  if (low?.length !== 1 || high?.length !== 1) return null;
  const ends = groups.ends?.toLowerCase() ?? '';
  const isFrom = groups.word?.toLowerCase() === 'from' && !head.isReal;
  if (ends === '' && !isFrom) return null;
  const op = ends.includes('exclu') ? '<' : '<=';
  const element: Node = { kind: 'symbol', name: head.letter };
  return [{ kind: 'relation', ops: [op, op], args: [...low, element, ...high] }];
}

function relationsOf(text: string, letter: string): readonly Node[] | null {
  const divided = divisibility(text);
  if (divided !== null) return [divided];
  const source = text.replace(/^in /u, '\\in ');
  const isOpen = /^(?:\\(?:geq?|leq?|neq?|in|not)|[<>=≥≤≠∈])/u.test(source);
  const node = parsed(isOpen ? `${letter} ${source}` : source);
  if (node === null) return null;
  const parts = node.kind === 'list' ? node.items : [node];
  if (parts.some(({ kind }) => kind !== 'relation')) return null;
  return node.kind === 'list' && node.word === 'or' ? [node] : parts;
}

/** Values that are joined by commas or "and", without words among them. */
function valuesOf(text: string): readonly Node[] | null {
  const node = parsed(text);
  if (node === null) return null;
  const items = node.kind === 'list' || node.kind === 'set' ? node.items : [node];
  return items.every(({ kind }) => VALUES.has(kind)) ? items : null;
}

const VALUES: ReadonlySet<Node['kind']> = new Set<Node['kind']>([
  'number',
  'constant',
  'negate',
  'divide',
  'multiply',
  'add',
  'power',
  'call',
  'plusminus',
]);

function parsed(text: string): Node | null {
  try {
    return parseAnswer(text);
  } catch (error) {
    if (error instanceof MathSyntaxError) return null;
    throw error;
  }
}

const DIVIDES = /^(?<modulus>\d{1,3})\s*(?:\\(?<sign>n?mid)(?![a-z])|\|)\s*(?<letter>[a-z])$/u;

/** `3 ∣ n` and `3 ∤ n`. */
export function divisibility(text: string): Node | null {
  const groups = DIVIDES.exec(text.replaceAll('$', '').trim())?.groups;
  if (groups?.letter === undefined) return null;
  const element: Node = { kind: 'symbol', name: groups.letter };
  return congruent(
    element,
    0,
    Number(groups.modulus),
    groups.sign === 'nmid' ? 'not equiv' : 'equiv',
  );
}
