import { elementAt } from '#lib/text/element.ts';
import { evaluateExact } from './exact.ts';
import * as q from './rational.ts';
import type { Rational } from './rational.ts';
import { ROOT, traitsOf } from './traits.ts';
import { freeSymbols, integer, substitute, type Node } from './tree.ts';

/**
 * Sums and products with dots between their parts, `1 + 3 + ⋯ + (2n - 1)`, as sums and products with an index. The shown parts
 * must leave one reading: equal steps from the first to the last, or the last one as a formula that gives the first ones.
 */

/** Whether two expressions without dots are the same for all letters. */
type AreSame = (a: Node, b: Node) => boolean;

interface Row {
  readonly kind: 'add' | 'multiply';
  /** The shown parts at the beginning; at least two. */
  readonly first: readonly Node[];
  /** The shown parts at the end; at least one. */
  readonly last: readonly Node[];
  /** `- ⋯` stands where signs alternate. */
  readonly isTurned: boolean;
}

const INDEX = 'index of dots';
/** Nobody shows more of a sum before its dots. */
const MAX_PARTS = 20;

/** The tree without dots where they can be read; the tree itself where they can not. */
export function withoutDots(node: Node, areSame: AreSame): Node {
  if (node.kind === 'add' || node.kind === 'multiply') {
    const row = rowOf(node.kind, node.args);
    if (row !== null) return evenSteps(row) ?? powers(row) ?? pattern(row, areSame) ?? node;
    return { kind: node.kind, args: node.args.map((arg) => withoutDots(arg, areSame)) };
  }
  if (node.kind === 'negate') return { kind: 'negate', arg: withoutDots(node.arg, areSame) };
  if (node.kind !== 'divide') return node;
  return {
    kind: 'divide',
    top: withoutDots(node.top, areSame),
    bottom: withoutDots(node.bottom, areSame),
  };
}

function rowOf(kind: Row['kind'], args: readonly Node[]): Row | null {
  const parts =
    kind === 'multiply'
      ? args.flatMap((arg) => (arg.kind === 'multiply' && arg.args.some(isDots) ? arg.args : [arg]))
      : args;
  const at = parts.findIndex((part) => isDots(part) || isTurnedDots(part));
  const [first, last] = [parts.slice(0, at), parts.slice(at + 1)];
  if (at < 2 || last.length === 0 || parts.length > MAX_PARTS) return null;
  if ([...first, ...last].some((part) => freeSymbols(part).has('...'))) return null;
  return { kind, first, last, isTurned: !isDots(elementAt(parts, at)) };
}

function isDots(node: Node): boolean {
  return node.kind === 'symbol' && node.name === '...';
}

function isTurnedDots(node: Node): boolean {
  return node.kind === 'negate' && isDots(node.arg);
}

/**
 * `1 + 3 + ⋯ + (2n - 1)` and `n(n - 1)⋯1`: the number of parts follows from the step. `1 + 2 + ⋯ + 64` may also go on by
 * doubling.
 */
function evenSteps({ kind, first, last, isTurned }: Row): Node | null {
  const [start, end] = [elementAt(first, 0), elementAt(last, -1)];
  const step = isTurned ? null : commonStep(first, last);
  if (step === null || step.n === 0n || (traitsOf(end) & ROOT) !== 0) return null;
  if (first.length === 2 && (!isLinear(end) || exponentOf(first, end) !== null)) return null;
  const count: Node = {
    kind: 'add',
    args: [{ kind: 'divide', top: difference(end, start), bottom: number(step) }, integer(1)],
  };
  if (!isWhole(count)) return null;
  if (kind === 'add')
    return {
      kind: 'divide',
      top: { kind: 'multiply', args: [count, { kind: 'add', args: [start, end] }] },
      bottom: integer(2),
    };
  const steps: Node = { kind: 'multiply', args: [number(step), { kind: 'symbol', name: INDEX }] };
  const body: Node = { kind: 'add', args: [start, steps] };
  return indexed('multiply', body, [integer(0), { kind: 'add', args: [count, integer(-1)] }]);
}

/** The difference of all neighbours; null where it is not the same number everywhere. */
function commonStep(first: readonly Node[], last: readonly Node[]): Rational | null {
  let step: Rational | null = null;
  for (const part of [first, last])
    for (let index = 1; index < part.length; index += 1) {
      const next = constantOf(difference(elementAt(part, index), elementAt(part, index - 1)));
      if (next === null || (step !== null && !q.equals(step, next))) return null;
      step = next;
    }
  return step;
}

const MAX_EXPONENT = 200;

/** The k for which the last number is the first one times the k-th power of the ratio of the first two. */
function exponentOf(first: readonly Node[], end: Node): number | null {
  const [start, next, stop] = [elementAt(first, 0), elementAt(first, 1), end].map((part) =>
    evaluateExact(part),
  );
  if (start == null || next == null || stop == null) return null;
  const ratio = q.divide(next, start);
  if (ratio === null || ratio.n === 0n || (ratio.d === 1n && (ratio.n === 1n || ratio.n === -1n)))
    return null;
  let value = next;
  for (let exponent = 2; exponent <= MAX_EXPONENT; exponent += 1) {
    value = q.multiply(value, ratio);
    if (q.equals(value, stop)) return exponent;
  }
  return null;
}

/** `1 + 2 + 4 + ⋯ + 1024` between numbers. */
function powers({ kind, first, last }: Row): Node | null {
  const [start, next, third] = first;
  if (start === undefined || next === undefined || third === undefined || last.length > 1)
    return null;
  const exponent = exponentOf(first, elementAt(last, 0));
  if (exponent === null) return null;
  const ratio: Node = { kind: 'divide', top: next, bottom: start };
  const part = (power: Node): Node => ({
    kind: 'multiply',
    args: [start, { kind: 'power', base: ratio, exponent: power }],
  });
  const isKept = first.every((shown, index) =>
    sameNumber(
      shown,
      part({ kind: 'number', value: q.rational(BigInt(index)), places: null, written: '' }),
    ),
  );
  if (!isKept) return null;
  return indexed(kind, part({ kind: 'symbol', name: INDEX }), [integer(0), integer(exponent)]);
}

function sameNumber(a: Node, b: Node): boolean {
  const [left, right] = [evaluateExact(a), evaluateExact(b)];
  return left !== null && right !== null && q.equals(left, right);
}

/** Where a formula may begin to count. */
const STARTS = [-1, 0, 1, 2, 3, 4];

/** `1·2 + 2·3 + ⋯ + n(n + 1)` and `x^n + ⋯ + x + 1`: the part with the letter is the formula of all. */
function pattern(row: Row, areSame: AreSame): Node | null {
  return risingPattern(row, areSame) ?? risingPattern(reversed(row), areSame);
}

function reversed(row: Row): Row {
  return { ...row, first: [...row.last].reverse(), last: [...row.first].reverse() };
}

function risingPattern(row: Row, areSame: AreSame): Node | null {
  const { kind, first, last } = row;
  if (first.length < 2) return null;
  const formula = elementAt(last, -1);
  const shown = new Set(first.flatMap((part) => [...freeSymbols(part)]));
  const found: Node[] = [];
  for (const letter of freeSymbols(formula)) {
    if (shown.has(letter)) continue;
    const at = (place: Node): Node => substitute(formula, new Map([[letter, place]]));
    const symbol: Node = { kind: 'symbol', name: letter };
    const areLast = last.every((part, index) => {
      const back = last.length - 1 - index;
      return back === 0 || areSame(part, at({ kind: 'add', args: [symbol, integer(-back)] }));
    });
    if (!areLast) continue;
    for (const start of STARTS) {
      const isStart = first.every((part, index) => areSame(part, at(integer(start + index))));
      if (!isStart || (first.length === 2 && mayBeEven(first, at, start))) continue;
      found.push(indexed(kind, at({ kind: 'symbol', name: INDEX }), [integer(start), symbol]));
    }
  }
  return found.length === 1 ? elementAt(found, 0) : null;
}

/** Parts that are looked at behind the shown ones. */
const NEXT = [2, 3, 4, 5, 6];

/** In `1 + 2 + ⋯ + 2^n` every last part could also be reached by equal steps. */
function mayBeEven(first: readonly Node[], at: (place: Node) => Node, start: number): boolean {
  const [one, two] = first.map((part) => evaluateExact(part));
  if (one == null || two == null) return false;
  const step = q.add(two, q.negate(one));
  return NEXT.every((place) => {
    const value = evaluateExact(at(integer(start + place)));
    const steps = value === null ? null : q.divide(q.add(value, q.negate(one)), step);
    return steps === null || steps.d === 1n;
  });
}

function indexed(kind: Row['kind'], body: Node, bounds: readonly Node[]): Node {
  return { kind: 'bound', op: kind === 'add' ? 'sum' : 'prod', variable: INDEX, body, bounds };
}

function difference(a: Node, b: Node): Node {
  return { kind: 'add', args: [a, { kind: 'negate', arg: b }] };
}

function number(value: Rational): Node {
  return { kind: 'number', value, places: null, written: '' };
}

/** So many values in a row are looked at: more than the steps that are met. */
const TRIALS = 14;
const FIRST_TRIAL = 6;

/** The values for letters that grow evenly. */
function valuesOf(node: Node): readonly (Rational | null)[] {
  const names = [...freeSymbols(node)];
  return Array.from({ length: TRIALS }, (_, trial) => {
    const values = new Map(
      names.map((name, index) => [
        name,
        integer(FIRST_TRIAL + 4 * index + (2 * index + 1) * trial),
      ]),
    );
    return evaluateExact(substitute(node, values));
  });
}

function constantOf(node: Node): Rational | null {
  const [value, ...others] = valuesOf(node);
  if (value == null) return null;
  return others.every((other) => other !== null && q.equals(other, value)) ? value : null;
}

/** Whether an expression is a positive whole number wherever its letters are. */
function isWhole(node: Node): boolean {
  return valuesOf(node).every((value) => value?.d === 1n && value.n > 0n);
}

/** Whether an expression grows evenly with its letters. */
function isLinear(node: Node): boolean {
  const values = valuesOf(node);
  const [first, second] = values;
  if (first == null || second == null) return false;
  const growth = q.add(second, q.negate(first));
  return values.every((value, index) => {
    const before = index === 0 ? null : values[index - 1];
    return (
      index === 0 ||
      (value !== null && before != null && q.equals(q.add(value, q.negate(before)), growth))
    );
  });
}
