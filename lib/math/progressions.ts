import { elementAt } from '#lib/text/element.ts';
import { createPoint, evaluate } from './evaluate.ts';
import { sameValue } from './identity.ts';
import { difference, freeSymbols, integer, product, substitute, sum, type Node } from './tree.ts';

/** A point and, where it repeats, the step from one value to the next; both have the same number of coordinates. */
export interface Progression {
  readonly start: readonly Node[];
  readonly step: readonly Node[] | null;
}

/** Indices at which a formula is looked at. */
const PROBES = [-3, -2, -1, 0, 1, 2] as const;
const MAX_RESIDUES = 240;
const TOLERANCE = 1e-9;

/**
 * The arithmetic progressions that a formula in one integer parameter runs through: one, or one for even and one for odd
 * integers as with `(-1)^k π/6 + kπ`. Null where it is no progression.
 */
export function progressionsOf(
  coordinates: readonly Node[],
  name: string,
): readonly Progression[] | null {
  const at = (index: number): Node[] =>
    coordinates.map((node) => substitute(node, new Map([[name, integer(index)]])));
  for (const period of [1, 2]) {
    const isEven =
      (period === 1 && coordinates.every((node) => isLinear(node, name))) ||
      PROBES.every((index) => {
        const [a, b, c] = [at(index), at(index + period), at(index + 2 * period)];
        return a.every((first, place) =>
          isSame(sum(first, elementAt(c, place)), product(integer(2), elementAt(b, place))),
        );
      });
    if (isEven)
      return Array.from({ length: period }, (_, index) => ({
        start: at(index),
        step: at(index + period).map((next, place) =>
          difference(next, elementAt(at(index), place)),
        ),
      }));
  }
  return null;
}

/** Written as a sum of multiples of the parameter and of constants. */
function isLinear(node: Node, name: string): boolean {
  switch (node.kind) {
    case 'symbol':
    case 'number':
    case 'constant':
      return true;
    case 'add':
      return node.args.every((arg) => isLinear(arg, name));
    case 'negate':
    case 'degree':
      return isLinear(node.arg, name);
    case 'divide':
      return isLinear(node.top, name) && !freeSymbols(node.bottom).has(name);
    case 'multiply': {
      const moving = node.args.filter((arg) => freeSymbols(arg).has(name));
      return moving.length <= 1 && moving.every((arg) => isLinear(arg, name));
    }
    default:
      return !freeSymbols(node).has(name);
  }
}

/** Whether two unions of progressions over all integers are the same set; false also where that can not be told. */
export function areSameUnions(
  gold: readonly Progression[],
  answer: readonly Progression[],
): boolean {
  const unit = [...gold, ...answer].find(({ step }) => step !== null)?.step;
  if (unit === undefined || unit === null) return false;
  const lattice = new Lattice(unit);
  const lengths = [...gold, ...answer].map(({ step }) => lattice.lengthOf(step));
  if (!lattice.isFound || lengths.includes(null)) return false;
  const period = commonMultiple(lengths.flatMap((length) => length ?? []));
  const [left, right] = [gold, answer].map((side) => lattice.residues(side, period));
  if (left === undefined || right === undefined || left === null || right === null) return false;
  return (
    left.every((point) => right.some((other) => lattice.isCongruent(point, other, period))) &&
    right.every((point) => left.some((other) => lattice.isCongruent(other, point, period)))
  );
}

/** Numerator and denominator, both positive. */
type Ratio = readonly [number, number];

/** Everything in multiples of one step. */
class Lattice {
  readonly #unit: readonly Node[];
  readonly #sizes: readonly number[];
  readonly #main: number;

  constructor(unit: readonly Node[]) {
    this.#unit = unit;
    this.#sizes = unit.map(numeric);
    const largest = Math.max(...this.#sizes.map(Math.abs));
    this.#main = this.#sizes.findIndex((size) => Math.abs(size) === largest);
  }

  get isFound(): boolean {
    return this.#main !== -1 && Math.abs(elementAt(this.#sizes, this.#main)) > TOLERANCE;
  }

  /** How often the unit goes into a step, a ratio of small integers; empty for a point, null where it is no such ratio. */
  lengthOf(step: readonly Node[] | null): readonly Ratio[] | null {
    if (step === null) return [];
    const quotient = numeric(elementAt(step, this.#main)) / elementAt(this.#sizes, this.#main);
    const ratio = smallRatio(quotient);
    if (ratio === null) return null;
    const isParallel = step.every((part, place) =>
      isSame(
        product(integer(ratio[1]), part),
        product(integer(ratio[0]), elementAt(this.#unit, place)),
      ),
    );
    return isParallel ? [[Math.abs(ratio[0]), ratio[1]]] : null;
  }

  /** One point for every class of the period; null where there are too many, or a point stands alone. */
  residues(side: readonly Progression[], period: Ratio): (readonly Node[])[] | null {
    const points: (readonly Node[])[] = [];
    for (const { start, step } of side) {
      const [length] = this.lengthOf(step) ?? [];
      if (step === null || length === undefined) return null;
      const count = Math.round((period[0] * length[1]) / (period[1] * length[0]));
      if (points.length + count > MAX_RESIDUES) return null;
      for (let index = 0; index < count; index += 1)
        points.push(
          start.map((part, place) => sum(part, product(integer(index), elementAt(step, place)))),
        );
    }
    return points;
  }

  isCongruent(a: readonly Node[], b: readonly Node[], [top, bottom]: Ratio): boolean {
    const [left, right] = [a, b].map((point) => numeric(elementAt(point, this.#main)));
    if (left === undefined || right === undefined) return false;
    const turns = ((left - right) * bottom) / (top * elementAt(this.#sizes, this.#main));
    const whole = Math.round(turns);
    if (!(Math.abs(turns - whole) < TOLERANCE)) return false;
    return a.every((part, place) => {
      const shift = product(integer(whole * top), elementAt(this.#unit, place));
      return isSame(
        product(integer(bottom), part),
        sum(product(integer(bottom), elementAt(b, place)), shift),
      );
    });
  }
}

const MAX_BOTTOM = 24;

function smallRatio(value: number): Ratio | null {
  if (!Number.isFinite(value) || Math.abs(value) < TOLERANCE) return null;
  for (let bottom = 1; bottom <= MAX_BOTTOM; bottom += 1) {
    const top = Math.round(value * bottom);
    if (top !== 0 && Math.abs(value * bottom - top) < TOLERANCE * bottom) return [top, bottom];
  }
  return null;
}

/** The least common multiple of fractions in lowest terms. */
function commonMultiple(lengths: readonly Ratio[]): Ratio {
  return lengths.reduce(([top, bottom], [over, under]) => [
    (top * over) / divisor(top, over),
    divisor(bottom, under),
  ]);
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}

function numeric(node: Node): number {
  const value = evaluate(node, createPoint(new Map()));
  return Math.abs(value.im) <= value.error ? value.re : Number.NaN;
}

function isSame(a: Node, b: Node): boolean {
  return sameValue(a, b).result === 'equal';
}
