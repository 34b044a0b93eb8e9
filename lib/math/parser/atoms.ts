import { isComplexLetter } from '../names.ts';
import { called } from '../build.ts';
import { rational } from '../rational.ts';
import type { Token } from '../token.ts';
import { integer, type Node } from '../tree.ts';
import { FUNCTION_LETTERS, readApplied } from './applied.ts';
import { readAbsolute, readBracket, readCombination, readGroup } from './brackets.ts';
import { readCommand } from './commands.ts';
import { readFunction } from './functions.ts';
import type { Grammar } from './grammar.ts';
import { isArgumentList, isComplexGroup } from './lookahead.ts';

export function readAtom(g: Grammar): Node {
  const token = g.take();
  switch (token.type) {
    case 'number':
      return {
        kind: 'number',
        value: token.value ?? rational(0n),
        places: token.places,
        written: token.digits ?? token.text,
      };
    case 'symbol':
      return readSymbol(g, token);
    case 'constant':
      if (token.text === 'i' && g.hasIndexI) return { kind: 'symbol', name: 'i' };
      return { kind: 'constant', name: token.text as 'pi' | 'e' | 'i' | 'inf' | 'emptyset' };
    case 'function':
      return readFunction(g, token.text);
    case 'open':
      return readBracket(g, token.text);
    case 'lbrace':
      return readGroup(g);
    case 'bar':
      return readAbsolute(g, token.text);
    case 'decoration':
      return readDecorated(g, token.text);
    case 'command':
      return readCommand(g, token.text);
    case 'dots':
      return { kind: 'symbol', name: '...' };
    case 'underscore':
    case 'caret': {
      g.index -= 1;
      const combination = readCombination(g);
      if (combination === null) throw g.error();
      return combination;
    }
    default:
      g.index -= 1;
      throw g.error();
  }
}

function readSymbol(g: Grammar, token: Token): Node {
  const name = token.text;
  const next = g.peek();
  switch (next?.type) {
    case 'symbol':
    case 'constant':
      if (name === 'd' && g.integral === null) {
        g.take();
        g.integral = next.text;
        return integer(1);
      }
      break;
    case 'prime':
      if (FUNCTION_LETTERS.has(name)) {
        let marked = name;
        while (g.is('prime')) marked += g.take().text;
        return readApplied(g, marked);
      }
      break;
    case 'lbrace':
      if (FUNCTION_LETTERS.has(name)) return readApplied(g, name);
      break;
    case 'open':
      if (name === 'Gamma' || (name === 'zeta' && isLoneArgument(g))) {
        g.take();
        return called(name.toLowerCase(), g.items('close'), null);
      }
      if (next.text === '(' && !next.isSpaced && (FUNCTION_LETTERS.has(name) || isArgumentList(g)))
        return readApplied(g, name);
      break;
    default:
  }
  return { kind: 'symbol', name };
}

/** `\zeta(3)` and `\zeta(s)` are values of the function, `\zeta(1 - \zeta)` is a product. */
function isLoneArgument(g: Grammar): boolean {
  const arg = g.peek(1);
  return (arg?.type === 'number' || arg?.text === 's') && g.peek(2)?.type === 'close';
}

const DECORATED_AS: Readonly<Record<string, string>> = {
  overline: 'bar',
  overrightarrow: 'vec',
  widehat: 'hat',
  widetilde: 'tilde',
};

/** `\bar{x}_n` is one symbol; a decorated product such as `\overline{AB}` too. */
function readDecorated(g: Grammar, name: string): Node {
  const plain = DECORATED_AS[name] ?? name;
  if (plain === 'bar' && isComplexGroup(g))
    return { kind: 'call', name: 'conj', args: [g.argument()] };
  const letter = g.rawGroup();
  return plain === 'bar' && isComplexLetter(letter)
    ? { kind: 'call', name: 'conj', args: [{ kind: 'symbol', name: letter }] }
    : { kind: 'symbol', name: `${plain}{${letter}}` };
}
