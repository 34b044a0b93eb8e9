import { elementAt } from '#lib/text/element.ts';
import { evaluateExact } from './exact.ts';
import { readFamily, type Family } from './family.ts';
import { different, equal, unknown, type Judgement } from './judgement.ts';
import { contains, freeSymbols, integer, substitute, type Node, type NodeOf } from './tree.ts';

/**
 * Sets of integers by their members: classes of congruences, bounds, runs with dots and what is left out. Every set here is
 * periodic beyond its reach, so that two are the same when they agree up to there and for one common period more.
 */

export interface WholeSet {
  readonly has: (value: number) => boolean;
  /** Beyond `reach` on either side, membership repeats after so many integers. */
  readonly period: number;
  readonly reach: number;
  /** Whether the question knows if negative numbers are meant: "n is odd". */
  readonly isOpen: boolean;
  /** The letter of a bare condition; null where it does not count. */
  readonly subject: string | null;
}

const MAX_REACH = 1000;
const MAX_PERIOD = 420;
/** Every part of a union is asked about every integer. */
const MAX_PARTS = 40;

/** Whether two answers are the same set of integers; null where one is no such set. */
export function compareWholeSets(gold: Node, answer: Node): Judgement | null {
  if (!isWholeOnly(gold) && !isWholeOnly(answer)) return null;
  const left = toWholeSet(gold);
  const right = left === null ? null : toWholeSet(answer);
  if (left === null || right === null) return null;
  if (left.subject !== null && right.subject !== null && left.subject !== right.subject)
    return null;
  return judge(left, right);
}

/** Null where too many members would have to be looked at, or where only numbers below 1 tell the two apart. */
function judge(left: WholeSet, right: WholeSet): Judgement | null {
  const period = commonMultiple(left.period, right.period);
  const reach = Math.max(left.reach, right.reach) + period;
  if (period > MAX_PERIOD || reach > MAX_REACH + MAX_PERIOD) return null;
  const isNatural =
    left.isOpen !== right.isOpen && isWithoutNegatives(left.isOpen ? right : left, reach);
  let members = 0;
  let others = 0;
  for (let value = isNatural ? 0 : -reach; value <= reach; value += 1) {
    if (value === 0 && isNatural) continue;
    if (left.has(value) !== right.has(value)) {
      if (value > 0) return different('an integer belongs to one set only');
      others += 1;
    }
    if (left.has(value)) members += 1;
  }
  if (others > 0) return unknown('the sets differ in numbers that are not positive');
  return members > 0 ? equal('both are the same set of integers') : null;
}

function isWithoutNegatives(set: WholeSet, reach: number): boolean {
  for (let value = -reach; value < 0; value += 1) if (set.has(value)) return false;
  return true;
}

/** Whether an answer can only speak of integers. */
function isWholeOnly(node: Node): boolean {
  return contains(
    node,
    (part) =>
      (part.kind === 'relation' && part.ops.includes('mod')) ||
      (part.kind === 'symbol' && (part.name === '...' || /^bb:[ZN]/u.test(part.name))),
  );
}

/** The set of integers that an answer describes; null for anything else. */
export function toWholeSet(node: Node): WholeSet | null {
  switch (node.kind) {
    case 'relation':
      return fromRelation(node) ?? fromFamily(node);
    case 'list':
      return fromRun(node) ?? fromList(node) ?? fromFamily(node);
    case 'set':
      return fromSet(node);
    case 'builder':
      return fromBuilder(node) ?? fromFamily(node);
    case 'setop':
      return fromOperation(node);
    case 'symbol':
      return NUMBERS[node.name] ?? null;
    case 'item':
      if (
        node.condition === '' &&
        node.suffix === '' &&
        /^(?:all|any|every|each)?$/iu.test(node.prefix)
      )
        return toWholeSet(node.value);
      return fromFamily(node);
    default:
      return null;
  }
}

const ALL: WholeSet = {
  has: () => true,
  period: 1,
  reach: 0,
  isOpen: false,
  subject: null,
};

function from(least: number): WholeSet {
  return { ...ALL, has: (value) => value >= least, reach: Math.abs(least) };
}

const NUMBERS: Readonly<Record<string, WholeSet>> = {
  'bb:Z': ALL,
  'bb:N': from(0),
  'bb:Z^+': from(1),
  'bb:N^+': from(1),
  'bb:N^*': from(1),
  'bb:Z>=0': from(0),
  'bb:N_0': from(0),
};

function finite(values: readonly number[]): WholeSet {
  const members = new Set(values);
  const reach = Math.max(0, ...values.map(Math.abs));
  return { ...ALL, has: (value) => members.has(value), reach };
}

function wholeNumber(node: Node | undefined): number | null {
  const value = node === undefined ? null : evaluateExact(node);
  if (value?.d !== 1n) return null;
  return value.n >= -BigInt(MAX_REACH) && value.n <= BigInt(MAX_REACH) ? Number(value.n) : null;
}

/** `n ≡ 1 (mod 3)`, `n ≢ 0 (mod 4)`. */
function fromCongruence({ ops, args }: NodeOf<'relation'>): WholeSet | null {
  const [left, right, written] = args;
  if (left?.kind !== 'symbol' || right?.kind !== 'call' || ops.length !== 2) return null;
  const [residue, modulus] = [wholeNumber(right.args[0]), wholeNumber(written)];
  if (residue === null || modulus === null || modulus < 2) return null;
  const isIn = ops[0] === 'equiv';
  if (!isIn && ops[0] !== 'not equiv') return null;
  return {
    ...ALL,
    has: (value) => ((value - residue) % modulus === 0) === isIn,
    period: modulus,
    isOpen: true,
    subject: left.name === '?' ? null : left.name,
  };
}

/** Letters that stand for integers by custom. */
const WHOLE_LETTER = /^[k-npqN]$/u;

function fromRelation(node: NodeOf<'relation'>): WholeSet | null {
  const { ops, args } = node;
  if (ops.includes('mod')) return fromCongruence(node);
  const at = args.findIndex((arg) => arg.kind === 'symbol');
  const variable = args[at];
  if (variable?.kind !== 'symbol' || args.length > 3) return null;
  let set: WholeSet = { ...ALL, isOpen: true };
  for (const [index, op] of ops.entries()) {
    const isBehind = index >= at;
    const part = bounded(
      isBehind ? op : (FLIPPED[op] ?? ''),
      elementAt(args, isBehind ? index + 1 : index),
    );
    if (part === null) return null;
    set = intersection(set, part);
  }
  const isWhole = WHOLE_LETTER.test(variable.name) || ops.includes('in');
  return isWhole ? { ...set, subject: variable.name } : null;
}

const FLIPPED: Readonly<Record<string, string>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' };

function bounded(op: string, bound: Node): WholeSet | null {
  if (op === 'in') return toWholeSet(bound);
  const at = wholeNumber(bound);
  if (at === null) return null;
  const open = { ...ALL, reach: Math.abs(at) + 1, isOpen: true };
  switch (op) {
    case '=':
      return finite([at]);
    case '!=':
      return { ...open, has: (value) => value !== at };
    case '>':
      return { ...open, has: (value) => value > at, isOpen: at < -1 };
    case '>=':
      return { ...open, has: (value) => value >= at, isOpen: at < 0 };
    case '<':
      return { ...open, has: (value) => value < at };
    case '<=':
      return { ...open, has: (value) => value <= at };
    default:
      return null;
  }
}

function intersection(a: WholeSet, b: WholeSet): WholeSet {
  return {
    has: (value) => a.has(value) && b.has(value),
    period: commonMultiple(a.period, b.period),
    reach: Math.max(a.reach, b.reach),
    isOpen: a.isOpen && b.isOpen,
    subject: a.subject ?? b.subject,
  };
}

function union(a: WholeSet, b: WholeSet): WholeSet {
  return {
    ...intersection(a, b),
    has: (value) => a.has(value) || b.has(value),
    isOpen: a.isOpen || b.isOpen,
  };
}

/** `4, 5, 6, …` and `n = 1, 3, 5, …` */
function fromRun(node: NodeOf<'list'>): WholeSet | null {
  const last = node.items.at(-1);
  if (last?.kind !== 'symbol' || last.name !== '...') return null;
  const [first] = node.items;
  const named = first?.kind === 'relation' && first.ops.length === 1 && first.ops[0] === '=';
  const name = named ? elementAt(first.args, 0) : null;
  if (name !== null && name.kind !== 'symbol') return null;
  const shown = node.items
    .slice(0, -1)
    .map((item, index) => wholeNumber(index === 0 && named ? first.args[1] : item));
  const values = shown.filter((value) => value !== null);
  const [start, next] = values;
  if (start === undefined || next === undefined || values.length < Math.max(3, shown.length))
    return null;
  const step = next - start;
  if (step < 1 || values.some((value, index) => value !== start + index * step)) return null;
  return {
    ...from(start),
    has: (value) => value >= start && (value - start) % step === 0,
    period: step,
    subject: name?.name ?? null,
  };
}

/** Classes and values side by side are all meant; bounds side by side hold together, unless no number meets them. */
function fromList(node: NodeOf<'list'>): WholeSet | null {
  if (node.items.length > MAX_PARTS && node.items.some(({ kind }) => kind !== 'number'))
    return null;
  if (node.items.every(({ kind }) => kind === 'number')) return fromSet({ ...node, kind: 'set' });
  const sets = node.items.map(toWholeSet);
  const [first, ...rest] = sets;
  if (first == null || rest.includes(null)) return null;
  const parts = [first, ...rest.filter((set) => set !== null)];
  const subjects = new Set(parts.map(({ subject }) => subject));
  if (subjects.size > 1) return null;
  const together = parts.reduce(intersection);
  const isUnion = node.word === 'or' || (node.items.some(isAlternative) && isEmpty(together));
  return isUnion ? parts.reduce(union) : together;
}

function isAlternative(node: Node): boolean {
  return node.kind === 'relation' && (node.ops[0] === '=' || node.ops[0] === 'equiv');
}

function isEmpty(set: WholeSet): boolean {
  const end = set.reach + set.period;
  for (let value = -end; value <= end; value += 1) if (set.has(value)) return false;
  return true;
}

function fromSet(node: NodeOf<'set'>): WholeSet | null {
  if (node.items.some(({ kind }) => kind === 'symbol'))
    return fromRun({ ...node, kind: 'list', word: null });
  const values = node.items.map(wholeNumber).filter((value) => value !== null);
  return values.length === node.items.length ? finite(values) : null;
}

function unnamed(set: WholeSet | null): WholeSet | null {
  return set === null ? null : { ...set, subject: null };
}

/** `{n ∈ ℕ : n ≥ 4}`, `{n : n ≡ 1 (mod 2)}` */
function fromBuilder({ element, condition }: NodeOf<'builder'>): WholeSet | null {
  if (element.kind === 'symbol') return unnamed(toWholeSet(condition));
  if (element.kind !== 'relation') return null;
  const [universe, set] = [toWholeSet(element), toWholeSet(condition)];
  if (set === null || universe?.subject !== set.subject) return null;
  return unnamed(intersection(universe, set));
}

function fromOperation(node: NodeOf<'setop'>): WholeSet | null {
  if (node.args.length > MAX_PARTS) return null;
  const sets = node.args.map(toWholeSet).filter((set) => set !== null);
  if (sets.length !== node.args.length) return null;
  if (node.op === 'union') return sets.reduce(union);
  if (node.op === 'intersect') return sets.reduce(intersection);
  return sets.reduce((left, right) => ({
    ...intersection(left, right),
    has: (value) => left.has(value) && !right.has(value),
    isOpen: left.isOpen,
  }));
}

/** `n = 2k + 1, k ≥ 1`: equal steps from a first member on. */
function fromFamily(node: Node): WholeSet | null {
  const family = readFamily(node);
  if (family?.sign !== '=' || family.conditions.length > 0) return null;
  const sets = family.branches.map((branch) => progression(branch.coordinates, family));
  const [first, ...rest] = sets;
  if (first == null || rest.includes(null)) return null;
  const names = new Set(family.branches.map((branch) => branch.names.join()));
  if (names.size > 1) return null;
  const set = rest.reduce<WholeSet>((all, next) => (next === null ? all : union(all, next)), first);
  return { ...set, subject: [...names][0] || null };
}

function progression(coordinates: readonly Node[], { parameters }: Family): WholeSet | null {
  const [formula, ...more] = coordinates;
  if (formula === undefined || more.length > 0) return null;
  const [name, ...others] = freeSymbols(formula);
  if (name === undefined) {
    const value = wholeNumber(formula);
    return value === null ? null : finite([value]);
  }
  const domain = parameters.get(name);
  if (others.length > 0 || domain === 'reals' || domain === undefined) return null;
  const at = (index: number): number | null =>
    wholeNumber(substitute(formula, new Map([[name, integer(index)]])));
  const [zero, one, two, three] = [at(0), at(1), at(2), at(3)];
  if (zero === null || one === null || two === null || three === null) return null;
  const step = one - zero;
  if (step === 0 || two - one !== step || three - two !== step) return null;
  const isMember = (value: number): boolean => (value - zero) % step === 0;
  if (domain === 'integers' || domain === 'residues')
    return { ...ALL, has: isMember, period: Math.abs(step), isOpen: domain === 'residues' };
  if (domain === 'naturals') return null;
  const start = zero + domain * step;
  if (step < 0 || Math.abs(start) > MAX_REACH) return null;
  return {
    ...from(start),
    has: (value) => value >= start && isMember(value),
    period: step,
  };
}

function commonMultiple(a: number, b: number): number {
  return (a / divisor(a, b)) * b;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
