import { curveNamed } from './curve-phrases.ts';
import { setPhrase } from './set-phrases.ts';
import { integer, type Node } from './tree.ts';
import { normalizeText } from './words.ts';

const REALS: Node = { kind: 'symbol', name: 'bb:R' };
const INTEGERS: Node = { kind: 'symbol', name: 'bb:Z' };
const POSITIVE_INTEGERS: Node = { kind: 'symbol', name: 'bb:Z^+' };
const NATURALS: Node = { kind: 'symbol', name: 'bb:N' };
const PRIMES: Node = { kind: 'symbol', name: 'bb:P' };
const EMPTY: Node = { kind: 'constant', name: 'emptyset' };
const INFINITE: Node = { kind: 'constant', name: 'inf' };
const COUNTER: Node = { kind: 'symbol', name: 'j' };
const VALUE: Node = { kind: 'symbol', name: '?' };

const LEAD =
  /^(?:there (?:is|are|exists?)|it has|has|(?:[a-z] )?(?:must be|can be|may be|has to be|is|are)|set of|those|precisely|exactly|if and only if|all|any|every|each|such|[a-z](?= (?:is|must|can)))\b ?/u;
const MOST_LEADS = 5;
const LONGEST = 120;

/** Words that one of the phrases below has. */
const HINT =
  /\b(?:odd|even|multiples?|divisible|congruent|circle|axis|primes?|powers?|squares?|cubes?|integers?|reals?|natural|solutions?|exists?|no|none|empty|infinite\w*|infinity|such that|satisfying|(?:all|any|every) [\s}$]*[a-z][\s{$]*(?:\\text\s*\{\s*)?in)\b/iu;

/** The mathematical object that a phrase names, such as "all real numbers" or "multiples of 3"; null for other words. */
export function phraseValue(text: string): Node | null {
  if (text.length > LONGEST || !HINT.test(text)) return null;
  return namedPhrase(text) ?? curveNamed(text) ?? setPhrase(text);
}

function namedPhrase(text: string): Node | null {
  let phrase = normalizeText(text);
  for (let count = 0; count < MOST_LEADS; count += 1) phrase = phrase.replace(LEAD, '');
  phrase = phrase.replace(/ [b-z]$/u, '');
  if (NONE.test(phrase)) return EMPTY;
  for (const [form, value] of NAMED) if (form.test(phrase)) return value;
  return congruent(phrase) ?? multiples(phrase) ?? powers(phrase);
}

const NONE =
  /^(?:none|empty set|no (?:such )?(?:(?:real|integer|positive|rational) )?(?:solutions?|integers?|numbers?|functions?|pairs?|triples?|triplets|primes?|values?|polynomials?|roots?|[b-z])(?: (?:exists?|satisf(?:y|ies)))?)$/u;

const NAMED: readonly (readonly [RegExp, Node])[] = [
  [/^real(?:s| numbers?)$/u, REALS],
  [/^integers?$/u, INTEGERS],
  [/^natural numbers?$/u, NATURALS],
  [/^positive integers?$/u, POSITIVE_INTEGERS],
  [/^(?:primes?|prime numbers?)$/u, PRIMES],
  [/^(?:infinitely many|infinite|infinity)$/u, INFINITE],
];

/** "2 or 3 modulo 4" behind "congruent to". */
function congruent(phrase: string): Node | null {
  const match =
    /^(?:integers? |numbers? )?(?:[a-z] )?congruent to ((?:\d+(?: and| or)? )+)(?:modulo|mod) (\d+)$/u.exec(
      phrase,
    );
  const [residues, modulus] = [match?.[1]?.match(/\d+/gu), match?.[2]];
  if (residues == null || modulus === undefined) return null;
  const items = residues.map((residue) => classOf(Number(residue), Number(modulus)));
  const [only] = items;
  return items.length === 1 && only !== undefined ? only : { kind: 'list', items, word: 'or' };
}

/** "odd positive integers", "integers divisible by 3". */
function multiples(phrase: string): Node | null {
  const sign = /\b(?:positive|natural)\b/u.test(phrase)
    ? 1
    : /\bnon ?-?negative\b/u.test(phrase)
      ? 0
      : null;
  const plain = phrase.replace(/\b(?:positive|natural|non ?-?negative) ?/u, '').trim();
  const parity = /^(odd|even)(?: (?:integers?|numbers?|values?|[b-z]))*$/u.exec(plain)?.[1];
  const divisor =
    /^(?:(?:integers?|numbers?|[b-z]) )*(?:(?:that|which) are )?(?:multiples? of|divisible by) (\d{1,6})$/u.exec(
      plain,
    )?.[1];
  const modulus = parity === undefined ? Number(divisor) : 2;
  if (parity === undefined && divisor === undefined) return null;
  const residue = parity === 'odd' ? 1 : 0;
  return sign === null
    ? classOf(residue, modulus)
    : from(progression(residue, modulus), residue === 0 ? sign : 0);
}

/** "powers of 2", "perfect squares". */
function powers(phrase: string): Node | null {
  const square =
    /^(?<positive>positive )?(?:integers? )?perfect (?<kind>square|cube)s?(?: numbers?)?$/u.exec(
      phrase,
    )?.groups;
  if (square !== undefined) {
    const exponent = integer(square.kind === 'square' ? 2 : 3);
    const power: Node = { kind: 'power', base: COUNTER, exponent };
    return square.positive === undefined ? inNaturals(power) : from(power, 1);
  }
  const base =
    /^(?:nonnegative )?(?:integer )?powers? of (?:(\d{1,6})|(two|three|five|ten))$/u.exec(phrase);
  if (base === null) return null;
  const value = base[1] === undefined ? BASES[base[2] ?? ''] : Number(base[1]);
  return value === undefined
    ? null
    : from({ kind: 'power', base: integer(value), exponent: COUNTER }, 0);
}

const BASES: Readonly<Record<string, number>> = { two: 2, three: 3, five: 5, ten: 10 };

function inNaturals(formula: Node): Node {
  const domain: Node = { kind: 'relation', ops: ['in'], args: [COUNTER, NATURALS] };
  return { kind: 'list', items: [formula, domain], word: null };
}

function classOf(residue: number, modulus: number): Node {
  const args: Node[] = [
    VALUE,
    { kind: 'call', name: 'mod', args: [integer(residue), integer(modulus)] },
    integer(modulus),
  ];
  return { kind: 'relation', ops: ['equiv', 'mod'], args };
}

function progression(residue: number, modulus: number): Node {
  const multiple: Node = { kind: 'multiply', args: [integer(modulus), COUNTER] };
  return { kind: 'add', args: [multiple, integer(residue)] };
}

function from(formula: Node, least: number): Node {
  const start: Node = { kind: 'relation', ops: ['>='], args: [COUNTER, integer(least)] };
  return { kind: 'list', items: [formula, start], word: null };
}
