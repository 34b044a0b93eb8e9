import { elementAt } from '#lib/text/element.ts';
import { areSameChains, compareRelations, solvesEquation } from '../equation.ts';
import { any, different, equal, type Judgement } from '../judgement.ts';
import { boundArguments, labelKey, splitLabel, type Labelled } from '../labels.ts';
import type { MathPolicy } from '../policy.ts';
import { INFINITE, MATRIX, PLUS_MINUS, STRUCTURE, SYMBOL, traitsOf } from '../traits.ts';
import { freeSymbols, substitute, type Node, type NodeOf } from '../tree.ts';
import type { Compare } from './compare-with.ts';

export function compareWithRelations(
  gold: Node,
  answer: Node,
  policy: MathPolicy,
  compare: Compare,
): Judgement {
  if (gold.kind === 'relation' && answer.kind === 'relation' && areSameChains(gold, answer))
    return equal('both say that the same letters are equal');
  const [left, right] = [splitLabel(gold), splitLabel(answer)];
  if (left.label !== null && right.label !== null) {
    const renamed = renameArguments(left.label, right.label, right.value);
    if (isSameLabel(left.label, right.label) || areSameSequence(left.label, right))
      return compare(left.value, renamed, policy);
    const refusal = different('the values belong to different names');
    const isSettled = isNamedConstant(left) && isNamedConstant(right);
    return isSettled ? refusal : any([asEquations(gold, answer), refusal]);
  }
  if (gold.kind === 'relation' && answer.kind === 'relation') {
    const chains = compareAsChains(gold, answer);
    if (chains !== null) return chains;
    const relations = compareRelations(gold, answer);
    const isPartly = left.label !== null || right.label !== null;
    return relations.result === 'equal' || !isPartly
      ? relations
      : any([relations, comparePair(left.value, right.value, policy, compare)]);
  }
  if (gold.kind === 'relation' && left.value === gold) return solvesEquation(gold, answer);
  if (answer.kind === 'relation' && right.value === answer)
    return compareStatement(gold, answer, policy, compare);
  return compare(left.value, right.value, policy);
}

/** `a/b ∈ (2, 3)` says `2 < a/b < 3`; null where neither side is written so. */
function compareAsChains(gold: NodeOf<'relation'>, answer: NodeOf<'relation'>): Judgement | null {
  const [left, right] = [asChain(gold), asChain(answer)];
  return (left === gold) === (right === answer) ? null : compareRelations(left, right);
}

function asChain(node: NodeOf<'relation'>): NodeOf<'relation'> {
  const [subject, interval] = node.args;
  if (node.ops.length !== 1 || node.ops[0] !== 'in') return node;
  if (subject === undefined || interval?.kind !== 'tuple' || interval.items.length !== 2)
    return node;
  const [low, high] = [elementAt(interval.items, 0), elementAt(interval.items, 1)];
  const lower = interval.open === '[' ? '<=' : '<';
  const upper = interval.close === ']' ? '<=' : '<';
  if (isInfinite(high)) return { ...node, ops: [lower], args: [low, subject] };
  if (isInfinite(low)) return { ...node, ops: [upper], args: [subject, high] };
  return { ...node, ops: [lower, upper], args: [low, subject, high] };
}

function isInfinite(node: Node): boolean {
  return (traitsOf(node) & INFINITE) !== 0;
}

/** `x + y = 5` at the end of a solution states the value 5, where a value is asked for. */
function compareStatement(
  gold: Node,
  answer: NodeOf<'relation'>,
  policy: MathPolicy,
  compare: Compare,
): Judgement {
  const last = elementAt(answer.args, -1);
  // An equation brought to zero states nothing about the value 0.
  const isNormalForm = last.kind === 'number' && last.value.n === 0n;
  const isStatement =
    !isNormalForm &&
    answer.ops.every((op) => op === '=') &&
    freeSymbols(last).size === 0 &&
    freeSymbols(gold).size === 0;
  return isStatement ? compare(gold, last, policy) : different('a relation was given, not a value');
}

function comparePair(gold: Node, answer: Node, policy: MathPolicy, compare: Compare): Judgement {
  return gold.kind === 'relation' || answer.kind === 'relation'
    ? different('a relation is not a value')
    : compare(gold, answer, policy);
}

/** `a = 3` is no multiple of `b = 3`. */
function isNamedConstant({ label, value }: Labelled): boolean {
  return label?.kind === 'symbol' && (traitsOf(value) & NOT_CONSTANT) === 0;
}

const NOT_CONSTANT = SYMBOL | STRUCTURE | MATRIX | PLUS_MINUS;

function asEquations(gold: Node, answer: Node): Judgement {
  if (gold.kind !== 'relation' || answer.kind !== 'relation')
    return different('only one side is an equation');
  return compareRelations(gold, answer);
}

/** Of a sequence `a_n` it is the index. */
function argumentsOf(label: Node): readonly string[] {
  const index = label.kind === 'symbol' ? INDEXED.exec(label.name)?.[2] : undefined;
  return index === undefined ? boundArguments(label) : [index];
}

const INDEXED = /^([a-zA-Z])_\{?([i-n])\}?$/u;

/** `f(z) = z` defines the same as `f(x) = x`. */
function renameArguments(goldLabel: Node, label: Node, value: Node): Node {
  const [from, to] = [argumentsOf(label), argumentsOf(goldLabel)];
  if (from.length === 0 || from.length !== to.length) return value;
  const names = new Map<string, Node>(
    from.map((name, index) => [name, { kind: 'symbol', name: elementAt(to, index) }]),
  );
  return substitute(value, names);
}

function isSameLabel(gold: Node, answer: Node): boolean {
  const [left, right] = [labelKey(gold), labelKey(answer)];
  if (left === right || left.startsWith(right) || right.startsWith(left)) return true;
  const heads = [left, right].map((key) => key.replace(/\(\).*$/u, ''));
  if (heads[0] === heads[1] && left.includes('()')) return !arePlaces(gold, answer);
  if (isGraphOf(gold, answer) || isGraphOf(answer, gold)) return true;
  if (isMotionOf(gold, answer) || isMotionOf(answer, gold)) return true;
  return (
    gold.kind === 'multiply' &&
    answer.kind === 'multiply' &&
    boundArguments(gold).length === boundArguments(answer).length &&
    boundArguments(gold).length > 0
  );
}

/** `a_n = 2n` and `a_k = 2k`; in `a_k = n + k` the n is another letter. */
function areSameSequence(gold: Node, { label, value }: Labelled): boolean {
  if (gold.kind !== 'symbol' || label?.kind !== 'symbol') return false;
  const [ours, theirs] = [INDEXED.exec(gold.name), INDEXED.exec(label.name)];
  const index = ours?.[2];
  return index !== undefined && ours?.[1] === theirs?.[1] && !freeSymbols(value).has(index);
}

/** `v(t)`, which reads as a product, and `v`. */
function isMotionOf(applied: Node, label: Node): boolean {
  if (applied.kind !== 'multiply' || label.kind !== 'symbol' || applied.args.length !== 2)
    return false;
  const [head, argument] = applied.args;
  return head?.kind === 'symbol' && head.name === label.name && argument?.kind === 'symbol';
}

/** `f(1)` and `f(2)`, which are other values than each other. */
function arePlaces(gold: Node, answer: Node): boolean {
  return [gold, answer].every(
    (label) => label.kind === 'call' && label.args.every(({ kind }) => kind === 'number'),
  );
}

/** `y = x + 1` and `f(x) = x + 1` say the same. */
function isGraphOf(label: Node, applied: Node): boolean {
  return (
    label.kind === 'symbol' &&
    label.name === 'y' &&
    applied.kind === 'call' &&
    applied.name === 'f()' &&
    applied.args.length === 1 &&
    applied.args[0]?.kind === 'symbol' &&
    applied.args[0].name === 'x'
  );
}
