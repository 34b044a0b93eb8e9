import { negated } from '../build.ts';
import { quotient } from './differential-quotients.ts';
import type { Node } from '../tree.ts';
import { readPlace } from './evaluations.ts';
import type { Grammar } from './grammar.ts';
import { isOperand } from './lookahead.ts';

export function readSum(g: Grammar): Node {
  g.enter();
  let terms: Node[] | null = null;
  let left = g.signed();
  while (typeof g.integral !== 'string') {
    const token = g.peek();
    if (token?.type !== 'operator') break;
    if (token.text === '+' || token.text === '-') {
      if (!isOperand(g.peek(1))) break;
      g.take();
      const term = g.is('operator', '-') ? g.signed() : g.term();
      if (terms === null) terms = [left];
      else terms.push(left);
      left = token.text === '+' ? term : { kind: 'negate', arg: term };
    } else if (token.text === 'pm' || token.text === 'mp') {
      g.take();
      const right = g.term();
      const before: Node = terms === null ? left : { kind: 'add', args: [...terms, left] };
      terms = null;
      left = { kind: 'plusminus', left: before, right, sign: token.text === 'pm' ? 1 : -1 };
    } else break;
  }
  g.leave();
  terms?.push(left);
  const above: Node = terms === null ? left : { kind: 'add', args: terms };
  const sum = g.is('command') ? readOver(g, above) : above;
  const isEvaluated = g.bars === 0 && g.is('bar') && g.peek(1)?.type === 'underscore';
  if (!isEvaluated) return sum;
  g.take();
  return readPlace(g, sum);
}

/** `{a + b \over c}` has the whole sum above, as `{n \choose k}` has; anything else comes back as it is. */
function readOver(g: Grammar, above: Node): Node {
  const isFraction = g.is('command', 'over');
  if (!isFraction && !g.is('command', 'choose')) return above;
  g.take();
  const { integral } = g;
  if (integral !== null) g.integral = undefined;
  const below = g.sum();
  g.integral = integral;
  return isFraction
    ? quotient(above, below)
    : { kind: 'call', name: 'binom', args: [above, below] };
}

export function readSigned(g: Grammar): Node {
  const token = g.peek();
  if (token?.type !== 'operator') return g.term();
  switch (token.text) {
    case '-':
      return negated(readBehindSign(g));
    case '+':
      return readBehindSign(g);
    case 'pm':
    case 'mp':
      g.take();
      return {
        kind: 'plusminus',
        left: null,
        right: g.term(),
        sign: token.text === 'pm' ? 1 : -1,
      };
    default:
      throw g.error();
  }
}

function readBehindSign(g: Grammar): Node {
  g.take();
  g.enter();
  const arg = g.signed();
  g.leave();
  return arg;
}
