import { baseOf, isMinusOne } from '../build.ts';
import { isComplexLetter } from '../names.ts';
import type { Token } from '../token.ts';
import { integer, type Node } from '../tree.ts';
import type { Grammar } from './grammar.ts';
import { FUNCTION_LETTERS, isBracedArgument, readApplied } from './applied.ts';
import { applied, compose, composed, isFunctionName } from './compositions.ts';
import { readPrimes } from './primes.ts';
import { startsValue } from './lookahead.ts';

const ORDINAL = /^(?:th|st|nd|rd)$/iu;

export function readPostfix(g: Grammar): Node {
  g.enter();
  let node = g.atom();
  for (;;) {
    switch (g.peek()?.type) {
      case 'caret':
        g.take();
        node = readExponent(g, node);
        continue;
      case 'bang': {
        g.take();
        const name = g.eat('bang') ? 'double-factorial' : 'factorial';
        node = { kind: 'call', name, args: [node] };
        continue;
      }
      case 'percent':
        g.take();
        node = { kind: 'percent', arg: node };
        continue;
      case 'degree': {
        g.take();
        const inner = isFunctionName(node) ? composed(g) : null;
        node = inner === null ? { kind: 'degree', arg: node } : compose(node, inner);
        continue;
      }
      case 'open':
        if (node.kind !== 'call' || node.name !== 'compose' || !g.eat('open', '(')) break;
        node = applied(node, g.items('close'));
        continue;
      case 'underscore':
        g.take();
        node = subscripted(node, g.rawGroup());
        continue;
      case 'prime':
        if (node.kind === 'symbol') {
          node = { kind: 'symbol', name: `${node.name}${g.take().text}` };
          continue;
        }
        if (node.kind === 'degree') {
          g.take();
          continue;
        }
        break;
      default:
    }
    g.leave();
    return node;
  }
}

/** `a^b^c` without brackets is `a^(b^c)`. */
function readExponent(g: Grammar, base: Node): Node {
  const marked = readMark(g, base);
  if (marked !== null) return marked;
  const exponent = g.argument();
  if (base.kind === 'tuple' && exponent.kind === 'symbol' && exponent.name === 'T')
    return { kind: 'matrix', rows: base.items.map((item) => [item]) };
  const counted = counting(base, exponent);
  if (counted !== null) return counted;
  if (base.kind === 'symbol' && FUNCTION_LETTERS.has(base.name)) {
    if (isMinusOne(exponent) && (g.is('open', '(') || isBracedArgument(g)))
      return readApplied(g, `${base.name}^-1`);
    // Computer algebra writes the exponent of a value between the name and the argument.
    if (isBracedArgument(g)) return { kind: 'power', base: readApplied(g, base.name), exponent };
  }
  if (!isRaisedAgain(g)) return { kind: 'power', base, exponent };
  g.enter();
  g.take();
  const raised = readExponent(g, exponent);
  g.leave();
  return { kind: 'power', base, exponent: raised };
}

const MARKS: ReadonlySet<string | undefined> = new Set(['degree', 'prime', 'text']);

/** Whether another exponent follows and no mark such as that of degrees. */
function isRaisedAgain(g: Grammar): boolean {
  const offset = g.peek(1)?.type === 'lbrace' ? 2 : 1;
  return g.is('caret') && !MARKS.has(g.peek(offset)?.type);
}

/** `C_{10}^3` and `A_{10}^3` count selections where both are whole numbers; null for the power of an indexed name. */
function counting(base: Node, exponent: Node): Node | null {
  const [letter, index] = base.kind === 'symbol' ? base.name.split('_') : [];
  if ((letter !== 'C' && letter !== 'A' && letter !== 'P') || index === undefined) return null;
  if (!/^\d{1,4}$/u.test(index) || exponent.kind !== 'number' || exponent.places !== null)
    return null;
  const [n, k] = [BigInt(index), exponent.value.n];
  if (k > n) return null;
  return { kind: 'call', name: letter === 'C' ? 'C()' : 'P()', args: [integer(n), integer(k)] };
}

/** A raised mark that is no exponent: degrees, a prime, an ordinal, a star, an empty group; null for an exponent. */
function readMark(g: Grammar, base: Node): Node | null {
  const token = g.peek();
  if (token === undefined) throw g.error();
  if (token.type === 'operator' && token.text === '*') {
    g.take();
    return starred(base);
  }
  const lined = readLined(g, base);
  if (lined !== null) return lined;
  const derived = readPrimes(g, base);
  if (derived !== null) return derived;
  if (token.type !== 'lbrace') return taken(g, 1, markedWith(token, base));
  const inner = g.peek(1);
  if (inner?.type === 'rbrace') return taken(g, 2, base);
  if (inner === undefined || g.peek(2)?.type !== 'rbrace') return null;
  return taken(g, 3, markedWith(inner, base));
}

const STEPS_OF_FACTORS: Readonly<Record<string, number>> = { underline: -1, overline: 1 };
const MAX_FACTORS = 20;

/** `n^{\underline{3}}` is `n(n-1)(n-2)`, and with the line above the factors rise; null for any other exponent. */
function readLined(g: Grammar, base: Node): Node | null {
  const offset = g.is('lbrace') ? 1 : 0;
  const line = g.peek(offset);
  const step = line?.type === 'decoration' ? STEPS_OF_FACTORS[line.text] : undefined;
  if (step === undefined) return null;
  const start = g.index;
  g.index += offset + 1;
  const count = g.argument();
  const isClosed = offset === 0 || g.eat('rbrace');
  const isCount = count.kind === 'number' && count.places === null && count.value.n > 0n;
  if (!isClosed || (step > 0 && !isCount)) {
    g.index = start;
    return null;
  }
  const size = isCount ? Number(count.value.n) : Infinity;
  if (size > MAX_FACTORS)
    return { kind: 'call', name: step < 0 ? 'falling' : 'rising', args: [base, count] };
  const args = Array.from({ length: size }, (_, index): Node => ({
    kind: 'add',
    args: [base, integer(step * index)],
  }));
  return { kind: 'multiply', args };
}

/** `z^*` is the conjugate of a complex number; with the letter of a real one it is a name, such as that of an optimum. */
function starred(base: Node): Node {
  return base.kind === 'symbol' && !isComplexLetter(base.name)
    ? { kind: 'symbol', name: `${base.name}^*` }
    : { kind: 'call', name: 'conj', args: [base] };
}

function taken(g: Grammar, count: number, marked: Node | null): Node | null {
  if (marked !== null) g.index += count;
  return marked;
}

function markedWith(mark: Token, base: Node): Node | null {
  if (mark.type === 'symbol' && mark.text === 'o' && base.kind === 'number')
    return { kind: 'degree', arg: base };
  if (mark.type === 'degree') return { kind: 'degree', arg: base };
  return mark.type === 'text' && ORDINAL.test(mark.text) ? base : null;
}

export function readArgument(g: Grammar): Node {
  g.enter();
  const arg = readUnsigned(g);
  g.leave();
  return arg;
}

function readUnsigned(g: Grammar): Node {
  if (g.is('operator', '-') || g.is('operator', '+')) {
    const sign = g.take().text;
    const arg = g.argument();
    return sign === '-' ? { kind: 'negate', arg } : arg;
  }
  if (g.is('function')) return g.postfix();
  if (!startsValue(g) || g.is('relation')) throw g.error();
  return g.atom();
}

/** A name with its index, digits in a base. */
function subscripted(node: Node, raw: string): Node {
  switch (node.kind) {
    case 'number': {
      const base = baseOf(raw);
      return Number.isInteger(base) && base >= 2 && base <= 36
        ? { kind: 'base', digits: node.written, base }
        : indexed(node, raw);
    }
    case 'symbol':
      return raw === '' ? node : { kind: 'symbol', name: `${node.name}_${raw}` };
    case 'constant':
      return node.name === 'e' || node.name === 'i' || node.name === 'pi'
        ? { kind: 'symbol', name: `${node.name}_${raw}` }
        : node;
    case 'power': {
      if (node.base.kind !== 'symbol') return indexed(node, raw);
      const base: Node = { kind: 'symbol', name: `${node.base.name}_${raw}` };
      return counting(base, node.exponent) ?? { ...node, base };
    }
    case 'call':
      return { kind: 'call', name: `${node.name}_${raw}`, args: node.args };
    case 'add':
    case 'multiply':
    case 'divide':
    case 'negate':
    case 'text':
    case 'base':
      return indexed(node, raw);
    default:
      return node;
  }
}

/** An index that says something unknown about a value. */
function indexed(node: Node, raw: string): Node {
  return raw === '' ? node : { kind: 'call', name: `index ${raw}`, args: [node] };
}
