import { elementAt } from '#lib/text/element.ts';
import { createRng } from '../rng.ts';
import * as c from './complex.ts';
import { createPoint, evaluate } from './evaluate.ts';
import { withPrimes } from './differentials.ts';
import { sameValue } from './identity.ts';
import { numerator } from './fraction.ts';
import { all, any, different, equal, unknown, type Judgement } from './judgement.ts';
import { fieldPoints } from './field-points.ts';
import { evaluateModulo, FIELDS, product } from './modular.ts';
import { freeSymbols, integer, substitute, type Node, type NodeOf } from './tree.ts';

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
  return any([
    proportional(numerator(left.difference), numerator(right.difference), '='),
    judgement,
  ]);
}

function comparePlaces(gold: Relation, answer: Relation): Judgement {
  if (gold.args.length !== answer.args.length)
    return different('the relations have different lengths');
  if (gold.ops.some((op, index) => op !== answer.ops[index]))
    return different('the signs of relation differ');
  const pairs = gold.args.map((arg, index) => sameValue(arg, elementAt(answer.args, index)));
  return all(pairs, 'the relations agree part by part');
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
  if (op === '=' || op === '!=' || op === '<' || op === '<=')
    return { op, difference: minus(left, right) };
  if (op === '>' || op === '>=')
    return { op: op === '>' ? '<' : '<=', difference: minus(right, left) };
  return null;
}

export function minus(left: Node, right: Node): Node {
  return { kind: 'add', args: [left, { kind: 'negate', arg: right }] };
}

const POINTS = 6;
const DRAW = { seed: 'field ratio', fields: FIELDS.slice(0, 1), count: POINTS } as const;

/** Whether a = k·b for one constant k other than zero, positive for inequalities. */
function proportional(a: Node, b: Node, op: NormalForm['op']): Judgement {
  const symbols = [...freeSymbols(b, freeSymbols(a))];
  if (symbols.length === 0) return different('the relations differ');
  const inField = op === '=' || op === '!=' ? proportionalInField(a, b, symbols) : null;
  if (inField !== null) return inField;
  const rng = createRng('proportional', ...symbols);
  let factor: number | null = null;
  let count = 0;
  for (let index = 0; index < 2 * POINTS; index += 1) {
    const values = new Map(
      symbols.map((name) => [name, c.complex(0.1 + rng.float() * (index % 2 === 0 ? 1 : 4), 0, 0)]),
    );
    const ratio = c.divide(evaluate(a, createPoint(values)), evaluate(b, createPoint(values)));
    if (!c.isFinite(ratio) || !c.isReal(ratio) || ratio.error > 1e-9 * Math.abs(ratio.re)) continue;
    if (factor !== null && Math.abs(ratio.re - factor) > 1e-9 * Math.abs(factor))
      return different('one relation is not a multiple of the other');
    factor ??= ratio.re;
    count += 1;
  }
  if (factor === null || count < 3) return unknown('the relations could not be evaluated');
  return factor > 0 || op === '=' || op === '!='
    ? equal('one relation is a multiple of the other')
    : different('the inequalities point in opposite directions');
}

function proportionalInField(a: Node, b: Node, symbols: readonly string[]): Judgement | null {
  let first: readonly [number, number] | null = null;
  let count = 0;
  for (const { field, values } of fieldPoints(DRAW, symbols)) {
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
    const bend = minus(
      { kind: 'add', args: [at(integer(3)), at(integer(1))] },
      { kind: 'multiply', args: [integer(2), at(integer(2))] },
    );
    if (sameValue(bend, integer(0)).result !== 'equal') continue;
    const holds = sameValue(at(value), integer(0));
    if (holds.result === 'equal') return equal(`the expression solves the equation for ${name}`);
  }
  return different('the expression does not solve the equation');
}
