import { elementAt } from '#lib/text/element.ts';
import { determinant, trace } from './matrix.ts';
import { integer, type Node, type NodeOf } from './tree.ts';

/** The relation that a struck-out sign stands for. */
export const NEGATED: Readonly<Record<string, string>> = {
  '=': '!=',
  in: 'notin',
  '<': '>=',
  '>': '<=',
  '<=': '>',
  '>=': '<',
};

/** `sin^{-1}` and its like as functions of their own. */
export const INVERSES: Readonly<Record<string, string>> = {
  sin: 'arcsin',
  cos: 'arccos',
  tan: 'arctan',
  cot: 'arccot',
  sec: 'arcsec',
  csc: 'arccsc',
  sinh: 'arsinh',
  cosh: 'arcosh',
  tanh: 'artanh',
  coth: 'arcoth',
  sech: 'arsech',
  csch: 'arcsch',
};

/** In `33\frac13\%` the sign belongs to the whole. */
export function mixed(whole: Node, fraction: Node): Node {
  return fraction.kind === 'percent' || fraction.kind === 'degree'
    ? { kind: fraction.kind, arg: { kind: 'add', args: [whole, fraction.arg] } }
    : { kind: 'add', args: [whole, fraction] };
}

/** `-7 mod 5` is the residue of -7, as everywhere in number theory. */
export function negated(arg: Node): Node {
  if (arg.kind !== 'call' || arg.name !== 'mod') return { kind: 'negate', arg };
  const [dividend, ...divisor] = arg.args;
  return dividend === undefined
    ? arg
    : { ...arg, args: [{ kind: 'negate', arg: dividend }, ...divisor] };
}

const SPELLED_BASES = ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** `2`, `(2)` and `two` under a number name its base. */
export function baseOf(raw: string): number {
  const plain = raw.replace(/^\((.*)\)$/u, '$1');
  const spelled = SPELLED_BASES.indexOf(plain.toLowerCase());
  return spelled === -1 ? Number(plain) : spelled + 2;
}

export function isMinusOne(node: Node): boolean {
  return (
    node.kind === 'negate' &&
    node.arg.kind === 'number' &&
    node.arg.value.n === 1n &&
    node.arg.value.d === 1n
  );
}

/** A function with its arguments; exponentials, determinants and logarithms in the form that is compared. */
export function called(name: string, args: readonly Node[], base: Node | null): Node {
  const [only] = args;
  if (name === 'det' && only?.kind === 'matrix') {
    const value = determinant(only);
    if (value !== null) return value;
  }
  if ((name === 'abs' || name === 'trace') && only?.kind === 'matrix') {
    const value = name === 'abs' ? determinant(only) : trace(only);
    if (value !== null) return value;
  }
  if (name === 'fractional part' && only !== undefined) {
    const whole: Node = { kind: 'call', name: 'floor', args: [only] };
    return { kind: 'add', args: [only, { kind: 'negate', arg: whole }] };
  }
  if (name === 'gamma' && only !== undefined)
    return {
      kind: 'call',
      name: 'factorial',
      args: [{ kind: 'add', args: [only, integer(-1)] }],
    };
  if (name === 'exp')
    return { kind: 'power', base: { kind: 'constant', name: 'e' }, exponent: elementAt(args, 0) };
  if (name === 'cis') {
    const exponent: Node = {
      kind: 'multiply',
      args: [{ kind: 'constant', name: 'i' }, elementAt(args, 0)],
    };
    return { kind: 'power', base: { kind: 'constant', name: 'e' }, exponent };
  }
  // The greatest value of a function is not its value.
  const isOfFunction = args.length === 1 && only?.kind === 'call' && only.name.endsWith('()');
  if (isOfFunction && (name === 'max' || name === 'min'))
    return { kind: 'call', name: `${name} of`, args };
  if (name === 'Log') return { kind: 'call', name: 'log', args: [...args].reverse() };
  if (name === 'log2' || name === 'log10')
    return { kind: 'call', name: 'log', args: [...args, integer(name === 'log2' ? 2 : 10)] };
  if (name === 'erfc' && only !== undefined) {
    const error: Node = { kind: 'call', name: 'erf', args: [only] };
    return { kind: 'add', args: [integer(1), { kind: 'negate', arg: error }] };
  }
  if (name === 'lg') return { kind: 'call', name: 'log', args: [...args, base ?? integer(10)] };
  if (base !== null && name === 'log') return { kind: 'call', name: 'log', args: [...args, base] };
  if (name === 'log' && args.length === 1) return { kind: 'call', name, args, isBare: true };
  return { kind: 'call', name: name === 'ln' ? 'log' : name, args };
}

/** A product, flat where the first factor is one already. */
export function multiplied(first: Node, second: Node): Node {
  const [left, right] = [ungrouped(first), ungrouped(second)];
  return left.kind === 'multiply'
    ? { kind: 'multiply', args: [...left.args, right] }
    : { kind: 'multiply', args: [left, right] };
}

/** Braces around one factor only group it. */
export function ungrouped(node: Node): Node {
  return node.kind === 'set' && node.items.length === 1 ? elementAt(node.items, 0) : node;
}

/** `n ≡ 5 (mod 4)` as a relation with its modulus at the end and the least residue; other relations stay as they are. */
export function congruence(relation: NodeOf<'relation'>, written: Node | null): Node {
  const { ops, args } = relation;
  if (ops.at(-1) !== 'equiv' && ops.at(-1) !== 'not equiv') return relation;
  const last = elementAt(args, -1);
  const isInner = written === null && last.kind === 'call' && last.name === 'mod';
  const modulus = isInner ? (last.args[1] ?? null) : written;
  const value = isInner ? (last.args[0] ?? last) : last;
  if (modulus === null) return relation;
  return {
    kind: 'relation',
    ops: [...ops, 'mod'],
    args: [...args.slice(0, -1), { kind: 'call', name: 'mod', args: [value, modulus] }, modulus],
  };
}
