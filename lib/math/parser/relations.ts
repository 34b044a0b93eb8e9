import { congruence, NEGATED } from '../build.ts';
import type { Node } from '../tree.ts';
import { readWords } from './answers.ts';
import type { Grammar } from './grammar.ts';
import { isRatioPart, isSpokenRatio, loneValue } from './lookahead.ts';
import { readStatement } from './statements.ts';

export function readRelation(g: Grammar): Node {
  if (loneValue(g) !== null) return g.atom();
  g.enter();
  const first = g.peek();
  const node = first?.type === 'relation' ? readLeading(g) : chained(g, readSetExpression(g));
  g.leave();
  return node;
}

/** A leading relation leaves its left side to the question: "> 3", "= 5". */
function readLeading(g: Grammar): Node {
  const op = g.take().text;
  if (op === '=' || op === 'approx' || op === 'in') return g.relation();
  return chained(g, { kind: 'symbol', name: '?' }, op);
}

/** What stands on the left with the signs of relation behind it; without one it comes back as it is. */
function chained(g: Grammar, left: Node, leading: string | null = null): Node {
  let op = leading ?? takeRelation(g);
  if (op === null) return left;
  const args = [left];
  const ops: string[] = [];
  for (; op !== null; op = takeRelation(g)) {
    ops.push(op);
    args.push(op === leading && ops.length === 1 ? readSetExpression(g) : readRightSide(g, op));
  }
  const modulus = g.modulus;
  g.modulus = null;
  return congruence({ kind: 'relation', ops, args }, modulus);
}

/** The next sign of relation, struck out or not; null where there is none. */
function takeRelation(g: Grammar): string | null {
  const token = g.peek();
  if (token?.type === 'relation') {
    g.take();
    if (g.peek() !== undefined) return token.text;
    if (token.text !== '=') throw g.error();
    return null;
  }
  if (token?.type !== 'command' || token.text !== 'not' || g.peek(1)?.type !== 'relation')
    return null;
  g.index += 1;
  const op = g.take().text;
  return NEGATED[op] ?? `not ${op}`;
}

/** A name may be given words: `day = Monday`. */
function readRightSide(g: Grammar, op: string): Node {
  if (op === 'in') return readMembership(g);
  return op === '=' && g.is('text') ? { kind: 'text', text: readWords(g) } : readSetExpression(g);
}

/** `k ∈ 1, 2, 3` lists the members without braces. */
function readMembership(g: Grammar): Node {
  const first = readSetExpression(g);
  if (first.kind !== 'number' || !g.is('comma')) return first;
  const items = [first as Node];
  while (g.is('comma') && g.peek(1)?.type === 'number') {
    g.take();
    items.push(readSetExpression(g));
  }
  return { kind: 'set', items };
}

function readSetExpression(g: Grammar): Node {
  let left = readRatio(g);
  for (;;) {
    const token = g.peek();
    if (token?.type !== 'setop') return left;
    if (token.text === 'and' || token.text === 'or')
      return readStatement(g, left, () => readRatio(g));
    g.take();
    const right = asSet(readRatio(g));
    const op = token.text as 'union' | 'intersect' | 'minus';
    left =
      left.kind === 'setop' && left.op === op && op !== 'minus'
        ? { kind: 'setop', op, args: [...left.args, right] }
        : { kind: 'setop', op, args: [asSet(left), right] };
  }
}

/** `{3}` without its backslashes has become a number; between signs of sets it is the set of that number. */
function asSet(node: Node): Node {
  const inner = node.kind === 'negate' ? node.arg : node;
  return inner.kind === 'number' ? { kind: 'set', items: [node] } : node;
}

function readRatio(g: Grammar): Node {
  const first = g.sum();
  if (first.kind === 'number' && isSpokenRatio(g)) {
    g.take();
    return { kind: 'ratio', args: [first, g.sum()] };
  }
  if (!g.is('colon') || !isRatioPart(g, g.peek(1))) return first;
  const args = [first];
  while (g.is('colon') && isRatioPart(g, g.peek(1))) {
    g.take();
    args.push(g.sum());
  }
  return { kind: 'ratio', args };
}
