import { elementAt } from '#lib/text/element.ts';
import {
  countNodes,
  freeSymbols,
  integer,
  substitute,
  sum,
  type Node,
  type NodeOf,
} from '../tree.ts';
import type { Grammar } from './grammar.ts';

/** What stands below a sum or a product: the variable and where it runs. */
export interface Range {
  readonly variable: string;
  readonly bounds: readonly Node[];
  /** The places one by one, where they are written out. */
  readonly places: readonly Node[] | null;
}

const INFINITY: Node = { kind: 'constant', name: 'inf' };
/** More places are not written out. */
const MAX_PLACES = 40;
const MAX_BODY = 200;

/** `k = 1`, `k \ge 1`, `0 \le k < n`, `k \in \{1, 2\}`, `d \mid n`; the variable is empty where none is named. */
export function readRange(g: Grammar): Range {
  if (isDivisorAhead(g)) {
    g.take();
    const variable = g.take().text;
    g.take();
    const bound: Node = { kind: 'call', name: 'divisors', args: [g.sum()] };
    g.eat('rbrace');
    return { variable, bounds: [bound], places: null };
  }
  const node = g.argument();
  const range = node.kind === 'relation' ? rangeOf(node) : null;
  return range ?? { variable: '', bounds: [node], places: null };
}

function isDivisorAhead(g: Grammar): boolean {
  const bar = g.peek(2);
  return (
    g.is('lbrace') &&
    g.peek(1)?.type === 'symbol' &&
    bar?.type === 'bar' &&
    (bar.text === '|' || bar.text === 'mid')
  );
}

function rangeOf({ ops, args }: NodeOf<'relation'>): Range | null {
  const [first, second, third] = args;
  const [op, next] = ops;
  if (first === undefined || second === undefined || op === undefined) return null;
  if (ops.length === 2 && third !== undefined) {
    const low = atLeast(op, first);
    const high = next === '<=' ? third : next === '<' ? sum(third, integer(-1)) : null;
    const variable = nameOf(second);
    return variable === null || low === null || high === null
      ? null
      : { variable, bounds: [low, high], places: null };
  }
  const variable = nameOf(first);
  if (ops.length > 1) return null;
  if (variable === null) {
    const low = atLeast(op, first);
    const named = nameOf(second);
    return named === null || low === null
      ? null
      : { variable: named, bounds: [low, INFINITY], places: null };
  }
  switch (op) {
    case '=':
      return { variable, bounds: [second], places: null };
    case '>=':
      return { variable, bounds: [second, INFINITY], places: null };
    case '>':
      return { variable, bounds: [sum(second, integer(1)), INFINITY], places: null };
    default: {
      const isWritten = op === 'in' && second.kind === 'set' && second.items.length <= MAX_PLACES;
      const bound: Node = { kind: 'call', name: `where ${op}`, args: [second] };
      return { variable, bounds: [bound], places: isWritten ? second.items : null };
    }
  }
}

function atLeast(op: string, low: Node): Node | null {
  return op === '<=' ? low : op === '<' ? sum(low, integer(1)) : null;
}

function nameOf(node: Node): string | null {
  return node.kind === 'symbol' || node.kind === 'constant' ? node.name : null;
}

/** The sum or product over places that are written out; null where they are not, or there are too many. */
export function overPlaces(op: string, range: Range, body: Node): Node | null {
  const { places, variable } = range;
  if (places === null || places.length === 0 || (op !== 'sum' && op !== 'prod')) return null;
  if (countNodes(body, MAX_BODY) > MAX_BODY) return null;
  const args = places.map((place) => substitute(body, new Map([[variable, place]])));
  return args.length === 1 ? elementAt(args, 0) : { kind: op === 'sum' ? 'add' : 'multiply', args };
}

/** `a_k`, `a_{k+1}` and `a_{kj}` below a sum over k as values of a sequence, so that the name of k does not count. */
export function withSequences(body: Node, variable: string): Node {
  const values = new Map<string, Node>();
  for (const name of freeSymbols(body)) {
    const [, head, letter, other, step] = SEQUENCE.exec(name) ?? [];
    if (head === undefined || letter === undefined) continue;
    if (letter !== variable && other !== variable) continue;
    const args: Node[] = [{ kind: 'symbol', name: letter }];
    if (other !== undefined) args.push({ kind: 'symbol', name: other });
    else if (step !== undefined) args[0] = sum(elementAt(args, 0), integer(Number(step)));
    values.set(name, { kind: 'call', name: `${head}_()`, args });
  }
  return values.size === 0 ? body : substitute(body, values);
}

const SEQUENCE = /^(.+)_([a-z])(?:,?([a-z])|([+-]\d{1,3}))?$/u;
