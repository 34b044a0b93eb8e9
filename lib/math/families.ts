import { elementAt } from '#lib/text/element.ts';
import { sameTree } from './canonical.ts';
import { evaluateExact } from './exact.ts';
import {
  byCustom,
  isConstant,
  readFamily,
  shifted,
  type Branch,
  type Domain,
  type Family,
} from './family.ts';
import { sameValue } from './identity.ts';
import * as q from './rational.ts';
import type { Rational } from './rational.ts';
import { equal, type Judgement } from './judgement.ts';
import { matchUp } from './matching.ts';
import { areSameUnions, progressionsOf, type Progression } from './progressions.ts';
import { DECLARING, DEGREE, PI, traitsOf } from './traits.ts';
import { freeSymbols, integer, substitute, type Node } from './tree.ts';

/**
 * Whether two answers with parameters are the same set of values, whatever the parameters are called and wherever they
 * begin to count: `π/4 + kπ` and `5π/4 + nπ`, `n ≡ 1 (mod 3)` and `n = 3k + 1`. Null where that can not be told.
 */
export function compareFamilies(gold: Node, answer: Node): Judgement | null {
  if (!mayBeFamily(gold) || !mayBeFamily(answer)) return null;
  const [left, right] = [familyIn(gold, answer), familyIn(answer, gold)];
  if (left === null && right === null) return null;
  const [first, second] = [
    left ?? assumed(gold, answer, right),
    right ?? assumed(answer, gold, left),
  ];
  if (first === null || second === null) return null;
  if (first.sign !== second.sign || haveOtherNames(first, second)) return null;
  return areSameProgressions(first, second) ||
    areSameRays(first, second) ||
    haveSameBranches(first, second)
    ? equal('the same values for another choice of the parameters')
    : null;
}

function mayBeFamily(node: Node): boolean {
  return node.kind !== 'number' && node.kind !== 'matrix' && node.kind !== 'cases';
}

/** The family that an answer is by itself, beside another answer. */
function familyIn(node: Node, other: Node): Family | null {
  const traits = traitsOf(node);
  return (
    ((traits & DECLARING) === 0 ? null : readFamily(node)) ??
    ((traits & (PI | DEGREE)) === 0 ? null : periodic(node)) ??
    solution(node, other)
  );
}

/** `kπ` without a word on k. */
function periodic(node: Node): Family | null {
  const family = readFamily(node, byCustom);
  return family?.branches.every(hasOnlyParameters(family)) === true ? family : null;
}

/** `nπr²` is a formula of given letters, not a family. */
function hasOnlyParameters({ parameters }: Family): (branch: Branch) => boolean {
  return ({ coordinates }) =>
    coordinates.every((node) => [...freeSymbols(node)].every((name) => parameters.has(name)));
}

/** `f(x) = cx` or `y = Ce^x`, where the other side does not know the constant. */
function solution(node: Node, other: Node): Family | null {
  const label = node.kind === 'relation' ? elementAt(node.args, 0) : null;
  const isFunction =
    (label?.kind === 'call' && label.name.endsWith('()')) ||
    (label?.kind === 'symbol' && label.name === 'y');
  if (!isFunction) return null;
  const theirs = freeSymbols(other);
  return readFamily(node, (name) => (isConstant(name) && !theirs.has(name) ? 'reals' : null));
}

/** Whether two answers name what their parameters run through, and not the same: `k ∈ ℤ` and `k ∈ ℕ`. */
export function haveOtherDomains(gold: Node, answer: Node): boolean {
  const left = readFamily(gold);
  const right = left === null ? null : readFamily(answer);
  if (left === null || right === null) return false;
  const [ours, theirs] = [[...left.parameters.values()], [...right.parameters.values()]];
  return !ours.every((domain) => theirs.some((other) => startsOf(domain, other) !== null));
}

/** Beside a family, the letters that only this side has are its parameters. */
function assumed(node: Node, otherNode: Node, other: Family | null): Family | null {
  if (other === null) return null;
  const theirs = freeSymbols(otherNode);
  const domains = [...new Set(other.parameters.values())];
  const [domain] = domains;
  if (domain === undefined || domains.length > 1) return null;
  return readFamily(node, (name) => {
    const isOwn = !theirs.has(name) || other.parameters.has(name);
    if (!isOwn || name.startsWith('bb:') || name === '...') return null;
    return domain === 'residues' ? byCustom(name) : domain;
  });
}

/** `n ≡ 1 (mod 4)` says nothing about m. */
function haveOtherNames(gold: Family, answer: Family): boolean {
  const [ours, theirs] = [gold, answer].map(
    ({ branches }) => new Set(branches.flatMap(({ names }) => names)),
  );
  if (ours === undefined || theirs === undefined || ours.size === 0 || theirs.size === 0)
    return false;
  return [...ours].some((name) => !theirs.has(name));
}

function areSameProgressions(gold: Family, answer: Family): boolean {
  const [left, right] = [progressionsIn(gold), progressionsIn(answer)];
  return left !== null && right !== null && areSameUnions(left, right);
}

/** Null unless every branch runs through all integers in equal steps. */
function progressionsIn(family: Family): readonly Progression[] | null {
  const isWhole = [...family.parameters.values()].every(
    (domain) => domain === 'integers' || domain === 'residues',
  );
  if (!isWhole || family.conditions.length > 0) return null;
  const found: Progression[] = [];
  for (const branch of family.branches) {
    const [name, ...more] = namesIn(branch, family);
    if (name === undefined || more.length > 0) return null;
    const hasOthers = branch.coordinates.some((node) => freeSymbols(node).size > 1);
    const parts = hasOthers ? null : progressionsOf(branch.coordinates, name);
    if (parts === null) return null;
    found.push(...parts);
  }
  return found;
}

function namesIn({ coordinates }: Branch, { parameters }: Family): readonly string[] {
  const names = new Set(coordinates.flatMap((node) => [...freeSymbols(node)]));
  return [...names].filter((name) => parameters.has(name));
}

/** The classes of a congruence beside `4k + 2, k ≥ 0`: in the natural numbers the least residue is the first. */
function areSameRays(gold: Family, answer: Family): boolean {
  const [classes, rays] = hasResidues(gold) ? [gold, answer] : [answer, gold];
  if (!hasResidues(classes) || hasResidues(rays)) return false;
  return [0, 1].some((lowest) => {
    const begun = fromLeast(classes, lowest);
    return begun !== null && haveSameBranches(begun, rays);
  });
}

function hasResidues({ parameters }: Family): boolean {
  return [...parameters.values()].includes('residues');
}

/** The classes of a congruence from their least member on that is not below `lowest`. */
function fromLeast(family: Family, lowest: number): Family | null {
  const branches: Branch[] = [];
  for (const branch of family.branches) {
    const [name] = namesIn(branch, family);
    const at = (index: number): number | null => {
      const [only] = branch.coordinates;
      if (only === undefined || name === undefined) return null;
      return wholeNumber(substitute(only, new Map([[name, integer(index)]])));
    };
    const [start, next] = [at(0), at(1)];
    if (start === null || next === null || next <= start || name === undefined) return null;
    const from = Math.ceil((lowest - start) / (next - start));
    branches.push({
      ...branch,
      coordinates: branch.coordinates.map((node) => shifted(node, name, from)),
    });
  }
  const parameters = new Map([...family.parameters.keys()].map((name) => [name, 0]));
  return { ...family, branches, parameters };
}

function wholeNumber(node: Node): number | null {
  const value = evaluateExact(node);
  return value?.d === 1n && value.n >= -MAX_RESIDUE && value.n <= MAX_RESIDUE
    ? Number(value.n)
    : null;
}

const MAX_RESIDUE = 100n;

/** Whether the branches of two families agree one by one up to the names of their parameters. */
function haveSameBranches(gold: Family, answer: Family): boolean {
  if (gold.conditions.length !== answer.conditions.length) return false;
  const judged = matchUp(gold.branches, answer.branches, (left, right) => {
    const isSame = areSameBranches([left, gold], [right, answer]);
    return { result: isSame ? 'equal' : 'different', step: 'the branches were compared' };
  });
  return judged.result === 'equal';
}

type Member = readonly [Branch, Family];

const MAX_PARAMETERS = 4;

function areSameBranches([left, gold]: Member, [right, answer]: Member): boolean {
  const ordered = inOrderOf(left.names, right);
  if (ordered.coordinates.length !== left.coordinates.length) return false;
  const [to, from] = [namesIn(left, gold), namesIn(ordered, answer)];
  if (to.length !== from.length || to.length > MAX_PARAMETERS) return false;
  if (isReparametrised([left, gold], [ordered, answer])) return true;
  return permutations(from).some((names) => {
    const pairs = names.map((name, index) => ({
      name,
      target: elementAt(to, index),
      starts: startsOf(gold.parameters.get(elementAt(to, index)), answer.parameters.get(name)),
    }));
    if (pairs.some(({ starts }) => starts === null)) return false;
    return [1, -1].some((sign) => {
      const isTurned = sign === -1;
      if (isTurned && pairs.some(({ starts }) => starts !== null && starts.length > 0))
        return false;
      if (isTurned && gold.conditions.length > 0) return false;
      return isMapped(left, ordered, pairs, sign) && haveSameConditions(gold, answer, pairs);
    });
  });
}

/**
 * Whether one branch of a parameter that runs through all reals or all integers becomes the other when the parameter is replaced
 * by a linear expression of the other's: `(t, 1 - t)` and `(1 - s, s)`.
 */
function isReparametrised([left, gold]: Member, [right, answer]: Member): boolean {
  const [[to, ...more], [from, ...others]] = [namesIn(left, gold), namesIn(right, answer)];
  if (to === undefined || from === undefined || more.length > 0 || others.length > 0) return false;
  if (gold.conditions.length > 0 || answer.conditions.length > 0) return false;
  const domain = gold.parameters.get(to);
  if (domain !== answer.parameters.get(from) || (domain !== 'reals' && domain !== 'integers'))
    return false;
  const place = left.coordinates.findIndex((node) => freeSymbols(node).has(to));
  const [ours, theirs] = [
    linear(left.coordinates[place], to),
    linear(right.coordinates[place], from),
  ];
  if (ours === null || theirs === null) return false;
  const slope = q.divide(theirs.slope, ours.slope);
  const start = q.divide(q.add(theirs.start, q.negate(ours.start)), ours.slope);
  if (slope === null || start === null) return false;
  const isUnit = slope.d === 1n && (slope.n === 1n || slope.n === -1n);
  if (domain === 'integers' && !(isUnit && start.d === 1n)) return false;
  const names = new Map([[to, linearIn(from, slope, start)]]);
  return left.coordinates.every(
    (node, index) =>
      sameValue(substitute(node, names), elementAt(right.coordinates, index)).result === 'equal',
  );
}

interface Linear {
  readonly slope: Rational;
  readonly start: Rational;
}

/** Null unless the expression is linear in the letter and has no other one. */
function linear(node: Node | undefined, name: string): Linear | null {
  if (node === undefined || freeSymbols(node).size > 1) return null;
  const at = (index: number): Rational | null =>
    evaluateExact(substitute(node, new Map([[name, integer(index)]])));
  const [start, one] = [at(0), at(1)];
  if (start === null || one === null) return null;
  const slope = q.add(one, q.negate(start));
  const isLinear = sameValue(node, linearIn(name, slope, start)).result === 'equal';
  return slope.n !== 0n && isLinear ? { slope, start } : null;
}

function linearIn(name: string, slope: Rational, start: Rational): Node {
  const number = (value: Rational): Node => ({ kind: 'number', value, places: null, written: '' });
  const multiple: Node = { kind: 'multiply', args: [number(slope), { kind: 'symbol', name }] };
  return { kind: 'add', args: [multiple, number(start)] };
}

interface Pair {
  readonly name: string;
  readonly target: string;
  /** Where the two begin to count; empty when both run through everything, null when they can not be the same. */
  readonly starts: readonly (readonly [number, number])[] | null;
}

/** Where parameters of two domains begin to count. The natural numbers begin with either 0 or 1. */
function startsOf(gold: Domain | undefined, answer: Domain | undefined): Pair['starts'] {
  const [left, right] = [gold, answer].map((domain) =>
    domain === 'residues' ? 'integers' : domain,
  );
  if (typeof left === 'number' && typeof right === 'number') return [[left, right]];
  if (left === 'naturals' && typeof right === 'number')
    return [
      [0, right],
      [1, right],
    ];
  if (typeof left === 'number' && right === 'naturals')
    return [
      [left, 0],
      [left, 1],
    ];
  return left === right && left !== undefined ? [] : null;
}

/** Whether the one branch becomes the other when its parameters get the names, signs and first values of the other's. */
function isMapped(gold: Branch, answer: Branch, pairs: readonly Pair[], sign: number): boolean {
  const shifts = pairs.map(({ starts }) => (starts?.length ? starts : [[0, 0] as const]));
  const choices = shifts.reduce<(readonly (readonly [number, number])[])[]>(
    (rows, options) => rows.flatMap((row) => options.map((option) => [...row, option])),
    [[]],
  );
  return choices.some((choice) => {
    const ours = new Map<string, Node>();
    const theirs = new Map<string, Node>();
    for (const [index, { name, target }] of pairs.entries()) {
      const [from, to] = elementAt(choice, index);
      const symbol: Node = { kind: 'symbol', name: target };
      const turned: Node = sign === 1 ? symbol : { kind: 'negate', arg: symbol };
      ours.set(target, from === 0 ? symbol : { kind: 'add', args: [symbol, integer(from)] });
      theirs.set(name, to === 0 ? turned : { kind: 'add', args: [turned, integer(to)] });
    }
    return gold.coordinates.every((node, place) => {
      const other = elementAt(answer.coordinates, place);
      return sameValue(substitute(node, ours), substitute(other, theirs)).result === 'equal';
    });
  });
}

function haveSameConditions(gold: Family, answer: Family, pairs: readonly Pair[]): boolean {
  const names = new Map<string, Node>(
    pairs.map(({ name, target }) => [name, { kind: 'symbol', name: target }]),
  );
  return gold.conditions.every((condition) =>
    answer.conditions.some((other) => sameTree(condition, substitute(other, names))),
  );
}

/** The coordinates in the order of the names of the other side, where both name the same ones. */
function inOrderOf(names: readonly string[], branch: Branch): Branch {
  const places = names.map((name) => branch.names.indexOf(name));
  if (
    names.length !== branch.coordinates.length ||
    names.length !== branch.names.length ||
    places.includes(-1)
  )
    return branch;
  return {
    ...branch,
    names,
    coordinates: places.map((place) => elementAt(branch.coordinates, place)),
  };
}

function permutations(items: readonly string[]): string[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, index) =>
    permutations(items.filter((_, place) => place !== index)).map((rest) => [item, ...rest]),
  );
}
