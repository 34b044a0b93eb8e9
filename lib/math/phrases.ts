import type { Node } from './tree.ts';
import { normalizeText } from './words.ts';

const REALS: Node = { kind: 'symbol', name: 'bb:R' };
const INTEGERS: Node = { kind: 'symbol', name: 'bb:Z' };
const NATURALS: Node = { kind: 'symbol', name: 'bb:N' };
const EMPTY: Node = { kind: 'constant', name: 'emptyset' };
const INFINITE: Node = { kind: 'constant', name: 'inf' };

const PHRASES: Readonly<Record<string, Node>> = {
  'all real numbers': REALS,
  'all reals': REALS,
  'any real number': REALS,
  'real numbers': REALS,
  'set of all real numbers': REALS,
  'no solution': EMPTY,
  'no solutions': EMPTY,
  'no real solution': EMPTY,
  'no real solutions': EMPTY,
  'empty set': EMPTY,
  'all integers': INTEGERS,
  integers: INTEGERS,
  'any integer': INTEGERS,
  'natural numbers': NATURALS,
  'all natural numbers': NATURALS,
  'infinitely many': INFINITE,
  infinite: INFINITE,
  infinity: INFINITE,
};

/** The mathematical object that a phrase names, such as "all real numbers"; null for other words. */
export function phraseValue(text: string): Node | null {
  const phrase = normalizeText(text).replace(/^(?:there (?:is|are)|it has|has) /u, '');
  return Object.hasOwn(PHRASES, phrase) ? (PHRASES[phrase] ?? null) : null;
}
