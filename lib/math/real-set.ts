import { elementAt } from '#lib/text/element.ts';
import { createPoint, evaluate } from './evaluate.ts';
import { sameValue } from './identity.ts';
import { different, equal, unknown, type Judgement } from './judgement.ts';
import { labelKey, isLabel } from './labels.ts';
import { expandPlusMinus, hasPlusMinus } from './plus-minus.ts';
import { children, freeSymbols, integer, type Node, type NodeOf } from './tree.ts';

/** One end of an interval: the expression, its value for ordering, and whether it belongs to the set. */
interface End {
  readonly node: Node;
  readonly at: number;
  readonly isClosed: boolean;
}

export interface Interval {
  readonly low: End;
  readonly high: End;
}

/** A union of disjoint intervals in ascending order; a point is an interval with two closed equal ends. */
export type RealSet = readonly Interval[];

const INFINITY: Node = { kind: 'constant', name: 'inf' };
const LOWEST: End = { node: { kind: 'negate', arg: INFINITY }, at: -Infinity, isClosed: false };
const HIGHEST: End = { node: INFINITY, at: Infinity, isClosed: false };
export const REALS: RealSet = [{ low: LOWEST, high: HIGHEST }];

/** The set of reals that an answer describes: intervals, unions, set-builder, or conditions on one variable. Null for anything else. */
export function toRealSet(node: Node): RealSet | null {
  switch (node.kind) {
    case 'tuple':
      return fromTuple(node);
    case 'set':
      return fromPoints(node.items);
    case 'constant':
      return node.name === 'emptyset' ? [] : null;
    case 'symbol':
      return node.name === 'bb:R' ? REALS : null;
    case 'setop':
      return fromOperation(node);
    case 'add':
      return fromDifference(node);
    case 'builder':
      return fromCondition(node.condition);
    case 'relation':
      return fromRelation(node);
    case 'list':
      return node.items.some((item) => item.kind === 'relation') ? fromCondition(node) : null;
    case 'item':
      return toRealSet(node.value);
    default:
      return null;
  }
}

function fromTuple(node: NodeOf<'tuple'>): RealSet | null {
  const [low, high] = node.items;
  if (node.items.length !== 2 || low === undefined || high === undefined) return null;
  return interval(end(low, node.open === '['), end(high, node.close === ']'));
}

function interval(low: End | null, high: End | null): RealSet | null {
  if (low === null || high === null) return null;
  if (low.at > high.at || (low.at === high.at && !(low.isClosed && high.isClosed))) return null;
  return [{ low, high }];
}

function end(node: Node, isClosed: boolean): End | null {
  if (freeSymbols(node).size > 0) return null;
  const point = createPoint(new Map());
  const value = evaluate(node, point);
  if (Number.isNaN(value.re) || Math.abs(value.im) > 1e-9) return null;
  return { node, at: value.re, isClosed: isClosed && Number.isFinite(value.re) };
}

function fromPoints(nodes: readonly Node[]): RealSet | null {
  const points: Interval[] = [];
  for (const node of nodes) {
    const point = end(node, true);
    if (point === null || !Number.isFinite(point.at)) return null;
    points.push({ low: point, high: point });
  }
  return union(points, []);
}

/** The time of intersections grows with the square of their number: 30 ms for so many. */
const MAX_CUT = 200;

function fromOperation(node: NodeOf<'setop'>): RealSet | null {
  if (node.op !== 'union' && node.args.length > MAX_CUT) return null;
  const sets: RealSet[] = [];
  for (const arg of node.args) {
    const set = toRealSet(arg);
    if (set === null) return null;
    sets.push(set);
  }
  switch (node.op) {
    case 'union':
      return union(sets.flat(), []);
    case 'intersect':
      return sets.reduce(intersect);
    case 'minus':
      return sets.reduce((left, right) => intersect(left, complement(right)));
  }
}

/** `A - B` between sets is what belongs to A and not to B. */
function fromDifference(node: NodeOf<'add'>): RealSet | null {
  const [left, right] = node.args;
  if (node.args.length !== 2 || left === undefined || right?.kind !== 'negate') return null;
  return fromOperation({ kind: 'setop', op: 'minus', args: [left, right.arg] });
}

/** `a < x ≤ b`, `x ≠ 1`, `x > 1 or x < 0`; all conditions must speak of the same variable. */
function fromCondition(node: Node): RealSet | null {
  if (node.kind === 'relation') return fromRelation(node);
  if (node.kind === 'item') return fromCondition(node.value);
  if (node.kind !== 'list' || node.items.length > MAX_CUT) return null;
  const subjects = new Set(node.items.map((item) => subjectOf(item)));
  if (subjects.size !== 1 || subjects.has(null)) return null;
  const isOr = node.word === 'or' || (node.word === null && isDisjoint(node.items));
  let result: RealSet | null = null;
  for (const item of node.items) {
    const set = fromCondition(item);
    if (set === null) return null;
    result = result === null ? set : isOr ? union(result, set) : intersect(result, set);
  }
  return result;
}

/** `x < 1, x > 3` can only mean "or"; `x > 1, x < 3` means "and". */
function isDisjoint(items: readonly Node[]): boolean {
  const sets = items.map(fromCondition);
  const meeting = sets.reduce((left, right) =>
    left === null || right === null ? null : intersect(left, right),
  );
  return meeting !== null && meeting.length === 0;
}

const FLIPPED: Readonly<Record<string, string>> = {
  '<': '>',
  '>': '<',
  '<=': '>=',
  '>=': '<=',
  '=': '=',
  '!=': '!=',
  in: 'in',
  notin: 'notin',
};

/** The variable that a condition bounds, as a key; null when there is none. */
export function subjectOf(node: Node): string | null {
  if (node.kind === 'item') return subjectOf(node.value);
  if (node.kind === 'list') return node.items[0] === undefined ? null : subjectOf(node.items[0]);
  if (node.kind !== 'relation') return null;
  const index = node.args.findIndex((arg) => subject(arg) !== null);
  const found = index === -1 ? null : subject(elementAt(node.args, index));
  return found === null ? null : labelKey(found);
}

function subject(node: Node): Node | null {
  if (node.kind === 'symbol' || (node.kind === 'call' && node.name.endsWith('()')))
    return isLabel(node) ? node : null;
  if (node.kind === 'call' && node.name === 'abs')
    return node.args[0] === undefined ? null : subject(node.args[0]);
  return null;
}

function fromRelation(node: NodeOf<'relation'>): RealSet | null {
  const index = node.args.findIndex((arg) => subject(arg) !== null);
  const variable = node.args[index];
  if (variable === undefined) return null;
  let set: RealSet | null = REALS;
  for (let left = index - 1; left >= 0; left -= 1) {
    const op = FLIPPED[elementAt(node.ops, left)];
    set = op === undefined ? null : narrowed(set, op, elementAt(node.args, left));
  }
  for (let right = index; right < node.ops.length; right += 1) {
    set = narrowed(set, elementAt(node.ops, right), elementAt(node.args, right + 1));
  }
  const isAbsolute = variable.kind === 'call' && variable.name === 'abs';
  return set === null ? null : isAbsolute ? mirrored(set) : set;
}

function narrowed(set: RealSet | null, op: string, bound: Node): RealSet | null {
  if (set === null) return null;
  if (op === 'in' || op === 'notin') {
    const inner = toRealSet(bound);
    if (inner === null) return null;
    return intersect(set, op === 'in' ? inner : complement(inner));
  }
  if (op === '!=' && bound.kind === 'list') return null;
  if (op === '!=' && hasPlusMinus(bound)) {
    const points = fromPoints(expandPlusMinus(bound));
    return points === null ? null : intersect(set, complement(points));
  }
  const at = end(bound, true);
  if (at === null) return null;
  const open = { ...at, isClosed: false };
  switch (op) {
    case '<':
      return intersect(set, [{ low: LOWEST, high: open }]);
    case '<=':
      return intersect(set, [{ low: LOWEST, high: at }]);
    case '>':
      return intersect(set, [{ low: open, high: HIGHEST }]);
    case '>=':
      return intersect(set, [{ low: at, high: HIGHEST }]);
    case '=':
      return intersect(set, [{ low: at, high: at }]);
    case '!=':
      return intersect(set, complement([{ low: at, high: at }]));
    default:
      return null;
  }
}

/** The x with |x| in the set. */
function mirrored(set: RealSet): RealSet {
  const zero: End = { node: integer(0), at: 0, isClosed: true };
  const positive = intersect(set, [{ low: zero, high: HIGHEST }]);
  const flip = (at: End): End => ({
    node: { kind: 'negate', arg: at.node },
    at: -at.at,
    isClosed: at.isClosed,
  });
  const negative = [...positive]
    .reverse()
    .map(({ low, high }) => ({ low: flip(high), high: flip(low) }));
  return union(negative, positive);
}

export function union(a: RealSet, b: RealSet): RealSet {
  const sorted = [...a, ...b].sort(
    (x, y) => x.low.at - y.low.at || Number(y.low.isClosed) - Number(x.low.isClosed),
  );
  const merged: Interval[] = [];
  for (const next of sorted) {
    const last = merged.at(-1);
    const touches =
      last !== undefined &&
      (next.low.at < last.high.at ||
        (next.low.at === last.high.at && (next.low.isClosed || last.high.isClosed)));
    if (!touches) merged.push(next);
    else merged[merged.length - 1] = { low: last.low, high: higher(last.high, next.high) };
  }
  return merged;
}

function higher(a: End, b: End): End {
  if (a.at !== b.at) return a.at > b.at ? a : b;
  return a.isClosed ? a : b;
}

export function intersect(a: RealSet, b: RealSet): RealSet {
  const parts: Interval[] = [];
  for (const x of a) {
    for (const y of b) {
      const low =
        x.low.at !== y.low.at
          ? x.low.at > y.low.at
            ? x.low
            : y.low
          : x.low.isClosed
            ? y.low
            : x.low;
      const high =
        x.high.at !== y.high.at
          ? x.high.at < y.high.at
            ? x.high
            : y.high
          : x.high.isClosed
            ? y.high
            : x.high;
      if (low.at < high.at || (low.at === high.at && low.isClosed && high.isClosed))
        parts.push({ low, high });
    }
  }
  return parts;
}

export function complement(set: RealSet): RealSet {
  const gaps: Interval[] = [];
  let low = LOWEST;
  for (const part of set) {
    const high = { ...part.low, isClosed: !part.low.isClosed && Number.isFinite(part.low.at) };
    if (low.at < high.at || (low.at === high.at && low.isClosed && high.isClosed))
      gaps.push({ low, high });
    low = { ...part.high, isClosed: !part.high.isClosed && Number.isFinite(part.high.at) };
  }
  if (low.at < Infinity) gaps.push({ low, high: HIGHEST });
  return gaps;
}

/** Ends nearer than this share of their size may be in another order than their doubles. */
const NEAR_ENDS = 1e-9;

/** Whether two ends that are written differ by so little that doubles may not order them. */
export function haveNearEnds(nodes: readonly Node[]): boolean {
  const ends = nodes.flatMap(writtenEnds).sort((a, b) => a.at - b.at);
  return ends.some((high, index) => {
    const low = ends[index - 1];
    return (
      low !== undefined &&
      high.at - low.at <= NEAR_ENDS * Math.abs(high.at) &&
      sameValue(low.node, high.node).result !== 'equal'
    );
  });
}

function writtenEnds(node: Node): End[] {
  const own = freeSymbols(node).size === 0 ? finiteEnd(node) : null;
  return own === null ? children(node).flatMap(writtenEnds) : [own];
}

function finiteEnd(node: Node): End | null {
  const own = end(node, true);
  return own !== null && Number.isFinite(own.at) ? own : null;
}

/** Ends are compared as expressions, so that 1.4142 is not √2. */
export function sameSets(a: RealSet, b: RealSet): Judgement {
  if (a.length !== b.length) return different(`the sets have ${a.length} and ${b.length} parts`);
  for (const [index, left] of a.entries()) {
    const right = elementAt(b, index);
    if (left.low.isClosed !== right.low.isClosed || left.high.isClosed !== right.high.isClosed) {
      return different('an end belongs to one set only');
    }
    for (const [x, y] of [
      [left.low, right.low],
      [left.high, right.high],
    ] as const) {
      if (x.at === y.at && !Number.isFinite(x.at)) continue;
      const judgement = sameValue(x.node, y.node);
      if (judgement.result === 'unknown') return unknown('an end could not be compared');
      if (judgement.result === 'different') return different('an end differs');
    }
  }
  return equal('both are the same set of real numbers');
}
