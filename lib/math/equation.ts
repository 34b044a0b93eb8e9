import { elementAt } from '#lib/text/element.ts';
import { canonicalKey } from './canonical.ts';
import { createRng } from '../rng.ts';
import { agreementOf, isClear } from './agreement.ts';
import * as c from './complex.ts';
import type { Complex } from './complex.ts';
import { createPoint, evaluate } from './evaluate.ts';
import { withPrimes } from './differentials.ts';
import { sameValue } from './identity.ts';
import { numerator } from './fraction.ts';
import { all, any, different, equal, unknown, type Judgement } from './judgement.ts';
import { fieldPoints } from './field-points.ts';
import { keptBySymbols } from './kept-points.ts';
import { evaluateModulo, FIELDS, product } from './modular.ts';
import {
  contains,
  difference,
  freeSymbols,
  integer,
  substitute,
  type Node,
  type NodeOf,
} from './tree.ts';

type Relation = NodeOf<'relation'>;

const FLIPPED: Readonly<Record<string, string>> = {
  '<': '>',
  '>': '<',
  '<=': '>=',
  '>=': '<=',
  in: 'ni',
  ni: 'in',
  subset: 'supset',
  supset: 'subset',
  subseteq: 'supseteq',
  supseteq: 'subseteq',
  implies: 'implied',
  implied: 'implies',
};

const SYMMETRIC: ReadonlySet<string> = new Set([
  '=',
  '!=',
  'approx',
  'equiv',
  'cong',
  'sim',
  'parallel',
  'perp',
  'iff',
  'propto',
]);

/** Two relations are the same when they read the same in one of the two directions, or when one is a multiple of the other. */
export function compareRelations(gold: Relation, answer: Relation): Judgement {
  const asWritten = compareWritten(gold, answer);
  const pair = asWritten.result === 'equal' ? null : withPrimes(gold, answer);
  if (pair?.[0].kind !== 'relation' || pair[1].kind !== 'relation') return asWritten;
  return compareWritten(pair[0], pair[1]);
}

function compareWritten(gold: Relation, answer: Relation): Judgement {
  const forwards = comparePlaces(gold, answer);
  if (forwards.result === 'equal') return forwards;
  const turned = reversed(answer);
  const backwards = turned === null ? null : comparePlaces(gold, turned);
  if (backwards?.result === 'equal') return backwards;
  const [left, right] = [normalForm(gold), normalForm(answer)];
  if (left === null || right === null)
    return forwards.result === 'unknown' ? forwards : different('the relations differ');
  if (left.op !== right.op) return different('the relations are of different kinds');
  const judgement = proportional(left.difference, right.difference, left.op);
  if (judgement.result === 'equal' || left.op !== '=') return judgement;
  if (!contains(left.difference, isFraction) && !contains(right.difference, isFraction))
    return judgement;
  const [goldTop, answerTop] = [numerator(left.difference), numerator(right.difference)];
  return goldTop === null || answerTop === null
    ? judgement
    : any([proportional(goldTop, answerTop, '='), judgement]);
}

function isFraction({ kind }: Node): boolean {
  return kind === 'divide';
}

/** `a = b = c` says the same in any order. */
export function areSameChains(gold: Relation, answer: Relation): boolean {
  const isChain = [gold, answer].every(
    ({ ops, args }) =>
      ops.length > 1 &&
      ops.every((op) => op === '=') &&
      args.every(({ kind }) => kind === 'symbol'),
  );
  if (!isChain || gold.args.length !== answer.args.length) return false;
  const [left, right] = [gold, answer].map(({ args }) => args.map(canonicalKey).sort().join());
  return left === right;
}

function comparePlaces(gold: Relation, answer: Relation): Judgement {
  if (gold.args.length !== answer.args.length)
    return different('the relations have different lengths');
  if (gold.ops.some((op, index) => op !== answer.ops[index]))
    return different('the signs of relation differ');
  return all(
    gold.args.length,
    (index) => sameValue(elementAt(gold.args, index), elementAt(answer.args, index)),
    'the relations agree part by part',
  );
}

/** The relation read from the right; null when a sign has no counterpart, such as an arrow. */
function reversed(relation: Relation): Relation | null {
  const ops = [...relation.ops]
    .reverse()
    .map((op) => FLIPPED[op] ?? (SYMMETRIC.has(op) ? op : null));
  if (ops.includes(null)) return null;
  return {
    kind: 'relation',
    ops: ops.map((op) => op ?? ''),
    args: [...relation.args].reverse(),
  };
}

interface NormalForm {
  readonly op: '=' | '!=' | '<' | '<=';
  readonly difference: Node;
}

/** `left op right` as `difference op 0`; null for chains and other relations. */
function normalForm(relation: Relation): NormalForm | null {
  const [left, right] = relation.args;
  const [op] = relation.ops;
  if (left === undefined || right === undefined || relation.args.length !== 2) return null;
  // Without a modulus the sign says that the two sides are the same for all values.
  if (op === 'equiv') return { op: '=', difference: difference(left, right) };
  if (op === '=' || op === '!=' || op === '<' || op === '<=')
    return { op, difference: difference(left, right) };
  if (op === '>' || op === '>=')
    return { op: op === '>' ? '<' : '<=', difference: difference(right, left) };
  return null;
}

const POINTS = 6;
const placesOf = fieldPoints({ seed: 'field ratio', fields: FIELDS.slice(0, 1), count: POINTS });
/** Positive first, then of both signs. */
const samplesOf = keptBySymbols((symbols: readonly string[]) => {
  const rng = createRng('proportional', ...symbols);
  return Array.from(
    { length: 3 * POINTS },
    (_, index) =>
      new Map(
        symbols.map((name) => {
          const size = 0.1 + rng.float() * (index % 2 === 0 ? 1 : 4);
          const isNegative = index >= POINTS && rng.float() < 0.5;
          return [name, c.complex(isNegative ? -size : size, 0, 0)];
        }),
      ),
  );
});

/** Whether a = k·b for one constant k other than zero, positive for inequalities. */
function proportional(a: Node, b: Node, op: NormalForm['op']): Judgement {
  const symbols = [...freeSymbols(b, freeSymbols(a))];
  if (symbols.length === 0) return different('the relations differ');
  const inField = proportionalInField(a, b, symbols);
  if (inField?.result === 'different') return inField;
  const isDirected = op === '<' || op === '<=';
  if (inField !== null && !isDirected) return inField;
  let factor: Complex | null = null;
  let count = 0;
  for (const ratio of sampledRatios(a, b, symbols)) {
    const agreement = factor === null ? 'agree' : agreementOf(ratio, factor);
    if (agreement === 'differ') return different('one relation is not a multiple of the other');
    if (agreement !== 'agree') continue;
    factor ??= ratio;
    count += 1;
  }
  if (factor === null || count < (inField === null ? NEEDED : 1))
    return unknown('the relations could not be evaluated');
  return factor.re > 0 || !isDirected
    ? equal('one relation is a multiple of the other')
    : different('the inequalities point in opposite directions');
}

const NEEDED = 3;

/** The quotients of the two sides at seeded points of all signs, where they are real and well known. */
function* sampledRatios(a: Node, b: Node, symbols: readonly string[]): Generator<Complex> {
  for (const values of samplesOf(symbols)) {
    const ratio = c.divide(evaluate(a, createPoint(values)), evaluate(b, createPoint(values)));
    if (c.isFinite(ratio) && c.isReal(ratio) && isClear(ratio)) yield ratio;
  }
}

function proportionalInField(a: Node, b: Node, symbols: readonly string[]): Judgement | null {
  let first: readonly [number, number] | null = null;
  let count = 0;
  for (const { field, values } of placesOf(symbols)) {
    const point = { field, values, isGeneric: false };
    const left = evaluateModulo(a, point);
    const right = left === null ? null : evaluateModulo(b, point);
    if (left === null || right === null) return null;
    if (first === null) first = [left, right];
    else if (product(left, first[1], field.p) !== product(first[0], right, field.p)) {
      return different('one equation is not a multiple of the other');
    }
    if (right !== 0 && left !== 0) count += 1;
  }
  return count >= 4 ? equal('one equation is a multiple of the other') : null;
}

/**
 * Whether an expression is what an equation says about one of its variables: `xy = 6` and `6/x`.
 * The equation must be linear in that variable, so that nothing else could be meant.
 */
export function solvesEquation(equation: Relation, value: Node): Judgement {
  const form = normalForm(equation);
  if (form?.op !== '=') return different('an expression is not an answer to this relation');
  const inside = freeSymbols(value);
  const candidates = [...freeSymbols(form.difference)].filter((name) => !inside.has(name));
  const others = [...freeSymbols(form.difference)].filter((name) => inside.has(name));
  for (const name of candidates) {
    if (others.length === 0 || others.length !== inside.size || candidates.length !== 1) continue;
    const at = (node: Node): Node => substitute(form.difference, new Map([[name, node]]));
    const bend = difference(
      { kind: 'add', args: [at(integer(3)), at(integer(1))] },
      { kind: 'multiply', args: [integer(2), at(integer(2))] },
    );
    if (sameValue(bend, integer(0)).result !== 'equal') continue;
    const holds = sameValue(at(value), integer(0));
    if (holds.result === 'equal') return equal(`the expression solves the equation for ${name}`);
  }
  return different('the expression does not solve the equation');
}
