import { elementAt } from '#lib/text/element.ts';
import { areSameChains, compareRelations, solvesEquation } from '../equation.ts';
import { any, different, equal, type Judgement } from '../judgement.ts';
import { boundArguments, labelKey, splitLabel, type Labelled } from '../labels.ts';
import type { MathPolicy } from '../policy.ts';
import { MATRIX, PLUS_MINUS, STRUCTURE, SYMBOL, traitsOf } from '../traits.ts';
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
    if (isSameLabel(left.label, right.label)) return compare(left.value, renamed, policy);
    const refusal = different('the values belong to different names');
    const isSettled = isNamedConstant(left) && isNamedConstant(right);
    return isSettled ? refusal : any([asEquations(gold, answer), refusal]);
  }
  if (gold.kind === 'relation' && answer.kind === 'relation') {
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

/** `f(z) = z` defines the same as `f(x) = x`. */
function renameArguments(goldLabel: Node, label: Node, value: Node): Node {
  const [from, to] = [boundArguments(label), boundArguments(goldLabel)];
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
  if (heads[0] === heads[1] && left.includes('()')) return true;
  if (isGraphOf(gold, answer) || isGraphOf(answer, gold)) return true;
  return (
    gold.kind === 'multiply' &&
    answer.kind === 'multiply' &&
    boundArguments(gold).length === boundArguments(answer).length &&
    boundArguments(gold).length > 0
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
