import { conditionOf } from './case-words.ts';
import { sameValue } from './identity.ts';
import { different, equal, unknown, type Judgement } from './judgement.ts';
import { isOtherwise } from './piecewise.ts';
import { freeSymbols, integer, substitute, type Node } from './tree.ts';
import { toWholeSet, type WholeSet } from './whole-sets.ts';

/** Functions of an integer by cases, compared by their values at integers, whatever words the conditions are in. */

interface Piece {
  readonly has: (value: number) => boolean;
  readonly value: Node;
}

interface Pieces {
  readonly pieces: readonly Piece[];
  readonly letter: string | null;
}

/** Values below and beyond any usual condition, in every class of the usual moduli. */
const PLACES: readonly number[] = [
  ...Array.from({ length: 48 }, (_, index) => index - 23),
  ...Array.from({ length: 12 }, (_, index) => index + 97),
];
/** Letters that are bounded as integers are; any letter of a congruence is one. */
const WHOLE_LETTER = /^[mnN]$/u;
const MAX_PERIOD = 12;
const MAX_REACH = 20;

/**
 * Null where the conditions are no sets of integers. Where a side has no value at a natural number that the other one has a value
 * at, the two are not known to be the same.
 */
export function compareWholeCases(gold: Node, answer: Node): Judgement | null {
  const [left, right] = [piecesOf(gold), piecesOf(answer)];
  if (left === null || right === null) return null;
  const letter = left.letter ?? right.letter;
  if (letter === null || (right.letter !== null && right.letter !== letter)) return null;
  const found: Judgement[] = [];
  for (const place of PLACES) {
    const [a, b] = [valueAt(left, letter, place), valueAt(right, letter, place)];
    if (a === null && b === null) continue;
    if (a === null || b === null) {
      if (place > 0) return unknown('only one side has a value for an integer');
      continue;
    }
    const judgement = sameValue(a, b);
    if (judgement.result === 'different')
      return place > 0
        ? different('the cases have different values at an integer')
        : unknown('the cases have different values where n may not be meant to be');
    found.push(judgement);
  }
  if (found.length === 0) return null;
  return found.every(({ result }) => result === 'equal')
    ? equal('the cases have the same values at all integers that were tried')
    : unknown('the values of a case could not be compared');
}

function valueAt({ pieces }: Pieces, letter: string, place: number): Node | null {
  const piece = pieces.find(({ has }) => has(place));
  return piece === undefined ? null : substitute(piece.value, new Map([[letter, integer(place)]]));
}

function piecesOf(node: Node): Pieces | null {
  if (node.kind !== 'cases')
    return freeSymbols(node).size > 1
      ? null
      : { pieces: [{ has: () => true, value: node }], letter: null };
  const pieces: Piece[] = [];
  let letter: string | null = null;
  let isWhole = false;
  for (const [value, condition, ...more] of node.rows) {
    if (value === undefined || condition === undefined || more.length > 0) return null;
    if (isOtherwise(condition)) {
      pieces.push({ has: () => true, value });
      continue;
    }
    const set = conditionSet(condition);
    if (set?.subject == null || set.period > MAX_PERIOD || set.reach > MAX_REACH) return null;
    isWhole ||= set.period > 1 || WHOLE_LETTER.test(set.subject);
    if (letter !== null && letter !== set.subject) return null;
    letter = set.subject;
    pieces.push({ has: set.has, value });
  }
  return isWhole ? { pieces, letter } : null;
}

/** The set of a condition; "n even" stands beside its letter, a value alone is none. */
function conditionSet(condition: Node): WholeSet | null {
  if (condition.kind !== 'item') return toWholeSet(condition);
  const { prefix, value, suffix } = condition;
  if (value.kind !== 'symbol') return prefix === '' && suffix === '' ? toWholeSet(value) : null;
  const told = conditionOf(`${prefix} ${value.name} ${suffix}`.replace(/\s+/gu, ' '));
  return told === null ? null : toWholeSet(told);
}
