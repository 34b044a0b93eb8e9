import { integer, type Node } from './tree.ts';

interface HalfLine {
  readonly isPositive: boolean;
  readonly bracket: string;
}

const HALF_LINES: Readonly<Record<string, HalfLine>> = {
  '^+': { isPositive: true, bracket: '(' },
  '_>0': { isPositive: true, bracket: '(' },
  '_+^*': { isPositive: true, bracket: '(' },
  '^*_+': { isPositive: true, bracket: '(' },
  '_>=0': { isPositive: true, bracket: '[' },
  '^-': { isPositive: false, bracket: ')' },
  '_<0': { isPositive: false, bracket: ')' },
  '_<=0': { isPositive: false, bracket: ']' },
};
const SIGN_NAMES: Readonly<Record<string, string>> = { '_>0': '^+', '_>=0': '>=0' };

/** A set of numbers by its letter, with what stands above and below it: `^+`, `_>=0`, `^*`. */
export function numberSet(letter: string, sign: string): Node {
  const part = letter === 'R' ? HALF_LINES[sign] : undefined;
  if (part !== undefined) {
    const zero = integer(0);
    const infinity: Node = { kind: 'constant', name: 'inf' };
    const items: Node[] = part.isPositive
      ? [zero, infinity]
      : [{ kind: 'negate', arg: infinity }, zero];
    const [open, close] = part.isPositive ? [part.bracket, ')'] : ['(', part.bracket];
    return { kind: 'tuple', open, close, items };
  }
  const reals: Node = { kind: 'symbol', name: `bb:${letter}` };
  if (sign === '^*' || sign === '^{*}')
    return { kind: 'setop', op: 'minus', args: [reals, { kind: 'set', items: [integer(0)] }] };
  return sign === '' ? reals : { kind: 'symbol', name: `bb:${letter}${SIGN_NAMES[sign] ?? sign}` };
}
