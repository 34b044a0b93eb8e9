import { different, type Judgement } from './judgement.ts';
import type { MathPolicy } from './policy.ts';
import * as q from './rational.ts';
import { contains, exactNumber, product, type Node } from './tree.ts';
import { isSameDimension, readUnit, type Unit } from './unit-table.ts';
import { normalizeText } from './words.ts';

export interface Sides {
  readonly gold: Node;
  readonly answer: Node;
}

export interface WithoutUnits {
  /** Decided already when the units forbid equality; else null. */
  readonly judgement: Judgement | null;
  /** The values in a common unit; more than one reading where a number word stands on one side only. */
  readonly readings: readonly [Sides, ...Sides[]];
  /** Radians on one side leave no freedom in reading degrees on the other. */
  readonly hasRadians: boolean;
}

/** A value and what was written around it as its unit. */
interface Quantity {
  readonly value: Node;
  /** The words, null when there are none. */
  readonly words: string | null;
  /** Null when the words are no unit that is known. */
  readonly unit: Unit | null;
}

/** A list is one quantity only where all of its parts are. */
function mayHaveUnit(node: Node): boolean {
  return node.kind === 'item' || (node.kind === 'list' && node.items.every(mayHaveUnit));
}

/** Takes words and units off both sides, converting between units of one kind. Units of two kinds are a difference. */
export function compareUnits(gold: Node, answer: Node, policy: MathPolicy): WithoutUnits {
  if (!mayHaveUnit(gold) && !mayHaveUnit(answer))
    return { judgement: null, readings: [{ gold, answer }], hasRadians: false };
  let [left, right] = [quantity(gold), quantity(answer)];
  if (isPhysical(left.unit) && right.words === null) right = spelled(right);
  if (isPhysical(right.unit) && left.words === null) left = spelled(left);
  const plain: Sides = { gold: left.value, answer: right.value };
  const hasRadians = [left, right].some(({ unit }) => unit?.dimensions.has('angle') === true);
  const answered = { judgement: null, readings: [plain] as const, hasRadians };
  if (policy.units === 'required' && (left.words === null) !== (right.words === null))
    return { ...answered, judgement: different('a unit stands on one side only') };
  if (isOtherSign(left, right) || isOtherSign(right, left))
    return { ...answered, judgement: different('the units differ') };
  if (isPhysical(left.unit) && isPhysical(right.unit)) {
    if (!isSameDimension(left.unit, right.unit))
      return { ...answered, judgement: different('the units differ') };
    return converted(answered, plain, [left.unit.factor, right.unit.factor]);
  }
  const [goldTimes, answerTimes] = [left, right].map(({ unit }) => unit?.multiplier ?? q.ONE);
  if (goldTimes === undefined || answerTimes === undefined || q.equals(goldTimes, answerTimes))
    return answered;
  const scaled = converted(answered, plain, [goldTimes, answerTimes]);
  const isLarge = [goldTimes, answerTimes].some((times) => q.compare(times, THOUSAND) >= 0);
  const isBare = isLarge && left.words === null;
  return isBare && scaled.judgement === null
    ? { ...scaled, readings: [scaled.readings[0], plain] }
    : scaled;
}

/** A reference in millions may leave the word to the question; one that writes it means it, and "5 dozen" is not 5. */
const THOUSAND = q.rational(1000n);

function converted(
  answered: WithoutUnits,
  { gold, answer }: Sides,
  [goldFactor, answerFactor]: readonly [q.Rational, q.Rational],
): WithoutUnits {
  if (q.equals(goldFactor, answerFactor)) return answered;
  if (!isScalar(gold) || !isScalar(answer))
    return { ...answered, judgement: different('the units differ') };
  const readings = [
    { gold: times(gold, goldFactor), answer: times(answer, answerFactor) },
  ] as const;
  return { ...answered, readings };
}

/** 30 minutes are neither 30° nor 30 %; temperatures and angles may be written with a sign. */
function isOtherSign(measured: Quantity, signed: Quantity): boolean {
  if (!isPhysical(measured.unit) || signed.words !== null) return false;
  if (SIGNED.some((name) => measured.unit?.dimensions.has(name))) return false;
  const hasSign = (node: Node): boolean =>
    contains(node, ({ kind }) => kind === 'degree' || kind === 'percent');
  return hasSign(signed.value) && !hasSign(measured.value);
}

const SIGNED = ['angle', 'celsius', 'fahrenheit', 'kelvin'] as const;

function isPhysical(unit: Unit | null): unit is Unit {
  return unit !== null && unit.dimensions.size > 0;
}

function isScalar(node: Node): boolean {
  return !['tuple', 'set', 'list', 'relation', 'matrix', 'text', 'setop', 'ratio'].includes(
    node.kind,
  );
}

function times(node: Node, factor: q.Rational): Node {
  if (q.equals(factor, q.ONE)) return node;
  return product(exactNumber(factor), node);
}

function quantity(node: Node): Quantity {
  if (node.kind === 'list') return compound(node.items) ?? { value: node, words: null, unit: null };
  if (node.kind !== 'item') return { value: node, words: null, unit: null };
  const inner = node.value.kind === 'item' ? quantity(node.value) : null;
  if (inner !== null && inner.words !== null) return inner;
  const value = inner?.value ?? node.value;
  const sign = node.prefix === '' ? '' : currencyBefore(node.prefix);
  const words = `${node.suffix} ${sign}`.trim();
  if (!isUnitSign(node.suffix) && normalizeText(node.suffix) === '' && sign === '')
    return { value, words: null, unit: null };
  return { value, words, unit: isClock(value, words) ? null : readUnit(words) };
}

/** What would be nothing among words: a currency sign, and the letter of amperes, which is an article else. */
function isUnitSign(suffix: string): boolean {
  return suffix.trim() === 'A' || CURRENCY.test(suffix);
}

/** A currency sign stands before its amount. */
const CURRENCY = /[$€£¥₹¢]$/u;
const CURRENCY_CODE = /(?:^|\s)(usd|eur|gbp|inr|rs|jpy|cny|rmb|euros?|dollars?)\.?$/iu;

/** The sign or the code at the end of the words before an amount; empty where there is none. */
function currencyBefore(words: string): string {
  return CURRENCY.exec(words)?.[0] ?? CURRENCY_CODE.exec(words)?.[1] ?? '';
}

const MERIDIEM = /^[ap]\.?\s?m\b/iu;

/** No clock shows more than 59 before `pm`: these are picometres. */
function isClock(value: Node, words: string): boolean {
  const isLarge = value.kind === 'number' && q.compare(value.value, SIXTY) >= 0;
  return !isLarge && MERIDIEM.test(words);
}

const SIXTY = q.rational(60n);

/** `1 hour 30 minutes` and `5 feet, 3 inches` are one quantity: units of one kind, each smaller than the one before. */
function compound(items: readonly Node[]): Quantity | null {
  const read = items.map(quantity);
  const parts = read.some(({ unit }) => isPhysical(unit)) ? inMinutes(read.map(spelledPart)) : read;
  const [first] = parts;
  if (first === undefined || parts.length < 2 || parts.length > 4) return null;
  const terms: Node[] = [];
  let before: Unit | null = null;
  for (const { value, unit } of parts) {
    if (!isPhysical(unit) || value.kind !== 'number') return null;
    const isSmaller =
      before === null ||
      (isSameDimension(before, unit) && q.compare(unit.factor, before.factor) < 0);
    if (!isSmaller) return null;
    terms.push(times(value, unit.factor));
    before = unit;
  }
  if (before === null || first.unit === null) return null;
  return {
    value: { kind: 'add', args: terms },
    words: first.words,
    unit: { ...first.unit, factor: q.ONE, multiplier: q.ONE },
  };
}

function spelledPart(part: Quantity): Quantity {
  return part.words === null ? spelled(part) : part;
}

/** In `2 h 30 m` the letter of metres means minutes. */
function inMinutes(parts: readonly Quantity[]): readonly Quantity[] {
  const isTime = parts[0]?.unit?.dimensions.has('time') === true;
  const minute = isTime ? readUnit('minute') : null;
  return minute === null
    ? parts
    : parts.map((part) => (part.words === 'm' ? { ...part, unit: minute } : part));
}

/** `3000 g` without a mark around the unit reads as a product of letters; beside a known unit it is a quantity. */
function spelled(read: Quantity): Quantity {
  const parts = factorsOf(read.value);
  if (parts === null) return read;
  const unit = readUnit(parts.unit);
  return isPhysical(unit) ? { value: parts.value, words: parts.unit, unit } : read;
}

function factorsOf(node: Node): { value: Node; unit: string } | null {
  if (node.kind === 'divide') {
    const top = factorsOf(node.top);
    const bottom = unitFactor(node.bottom);
    return top === null || bottom === null
      ? null
      : { value: top.value, unit: `${top.unit}/${bottom}` };
  }
  if (node.kind !== 'multiply') return null;
  const factors = node.args.flatMap((arg) => (arg.kind === 'multiply' ? arg.args : [arg]));
  const units = factors.map(unitFactor);
  const first = units.findIndex((unit) => unit !== null);
  if (first < 1 || units.slice(first).includes(null)) return null;
  const values = factors.slice(0, first);
  if (values.some((value) => contains(value, (part) => part.kind === 'symbol'))) return null;
  const [only] = values;
  const value: Node =
    values.length === 1 && only !== undefined ? only : { kind: 'multiply', args: values };
  return { value, unit: joined(units.slice(first)) };
}

/** `nm` is a nanometre, as `kg` is no product either; other letters are units side by side. */
function joined(units: readonly (string | null)[]): string {
  const symbol = units.join('');
  return /^[a-zA-Zμ]{2,3}$/u.test(symbol) && readUnit(symbol) !== null ? symbol : units.join(' ');
}

function unitFactor(node: Node): string | null {
  if (node.kind === 'symbol') {
    if (node.name === 'mu') return 'μ';
    return /^[a-zA-Z]$/u.test(node.name) ? node.name : null;
  }
  if (node.kind === 'power' && node.base.kind === 'symbol') {
    const { exponent } = node;
    if (exponent.kind === 'number') return `${node.base.name}^${exponent.written}`;
    if (exponent.kind === 'negate' && exponent.arg.kind === 'number')
      return `${node.base.name}^-${exponent.arg.written}`;
  }
  if (node.kind === 'divide') {
    const [top, bottom] = [unitFactor(node.top), unitFactor(node.bottom)];
    return top === null || bottom === null ? null : `${top}/${bottom}`;
  }
  return null;
}
