import { elementAt } from '#lib/text/element.ts';
import { createRng } from '../rng.ts';
import { sameValue } from './identity.ts';
import { all, different, equal, unknown, type Judgement } from './judgement.ts';
import { fromNumber } from './rational.ts';
import {
  complement,
  intersect,
  REALS,
  sameSets,
  subjectOf,
  toRealSet,
  union,
  type Interval,
  type RealSet,
} from './real-set.ts';
import { exactNumber, freeSymbols, substitute, type Node } from './tree.ts';
import { normalizeText } from './words.ts';

/** A part of the real line and the value there. */
interface Piece {
  readonly set: RealSet;
  readonly value: Node;
}

const OTHERWISE = /^(?:otherwise|else|elsewhere|in all other cases)$/u;

/** Whether a cell stands for all cases that were not named. */
export function isOtherwise(node: Node | undefined): boolean {
  return node?.kind === 'text' && OTHERWISE.test(normalizeText(node.text));
}

/** Functions of one real variable by cases, or by cases and by one expression; null where a condition bounds no variable. */
export function comparePiecewise(gold: Node, answer: Node): Judgement | null {
  const variable = variableOf(gold) ?? variableOf(answer);
  if (variable === null) return null;
  const [left, right] = [pieces(gold, variable), pieces(answer, variable)];
  if (left === null || right === null) return null;
  const domains = sameSets(domain(left), domain(right));
  if (domains.result !== 'equal') return domains;
  const parts: Judgement[] = [];
  for (const a of left) {
    for (const b of right) {
      for (const part of intersect(a.set, b.set))
        parts.push(sameOn(part, a.value, b.value, variable));
    }
  }
  return all(
    parts.length,
    (index) => elementAt(parts, index),
    'the cases have the same values wherever they hold',
  );
}

/** The variable of the first condition. */
function variableOf(node: Node): string | null {
  if (node.kind !== 'cases') return null;
  const condition = node.rows[0]?.[1];
  return condition === undefined ? null : subjectOf(condition);
}

function pieces(node: Node, variable: string): Piece[] | null {
  if (node.kind !== 'cases')
    return freeSymbols(node).size > 1 ? null : [{ set: REALS, value: node }];
  const found: Piece[] = [];
  let rest: RealSet = REALS;
  for (const [value, condition, ...more] of node.rows) {
    if (value === undefined || condition === undefined || more.length > 0) return null;
    const set = isOtherwise(condition) ? rest : conditionSet(condition, variable);
    if (set === null || [...freeSymbols(value)].some((name) => isTwin(name, variable))) return null;
    found.push({ set: intersect(rest, set), value });
    rest = intersect(rest, complement(set));
  }
  return found;
}

/** Conditions are found by names in lower case. */
function isTwin(name: string, variable: string): boolean {
  return name !== variable && name.toLowerCase() === variable;
}

function conditionSet(condition: Node, variable: string): RealSet | null {
  return subjectOf(condition) === variable ? toRealSet(condition) : null;
}

function domain(parts: readonly Piece[]): RealSet {
  return parts.reduce<RealSet>((set, piece) => union(set, piece.set), []);
}

const POINTS = 6;

/** At a point by the values there, on an interval as expressions, or by their values inside. */
function sameOn({ low, high }: Interval, a: Node, b: Node, variable: string): Judgement {
  if (low.at === high.at) return sameAt(low.node, a, b, variable);
  const everywhere = sameValue(a, b);
  if (everywhere.result === 'equal') return everywhere;
  const rng = createRng('cases', variable);
  let agreements = 0;
  for (let index = 0; index < POINTS; index += 1) {
    const value = fromNumber(inside(low.at, high.at, rng.float()));
    const at = sameAt(exactNumber(value), a, b, variable);
    if (at.result === 'different') return different('the cases have different values at a point');
    if (at.result === 'equal') agreements += 1;
  }
  return agreements === POINTS
    ? equal('the cases agree at all points that were tried')
    : unknown('the values of a case could not be compared');
}

function sameAt(place: Node, a: Node, b: Node, variable: string): Judgement {
  const values = new Map([[variable, place]]);
  return sameValue(substitute(a, values), substitute(b, values));
}

/** A short fraction between two ends, one or both of which may be infinite. */
function inside(low: number, high: number, share: number): number {
  const from = Number.isFinite(low) ? low : Number.isFinite(high) ? high - 9 : -9;
  const to = Number.isFinite(high) ? high : Math.max(from, low) + 9;
  const value = from + (to - from) * (0.02 + 0.96 * share);
  const short = Math.round(value * 64) / 64;
  return short > low && short < high ? short : value;
}
