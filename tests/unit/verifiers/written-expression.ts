import type { Rng } from '#lib/rng.ts';

/** Expressions of a generator of its own, which shares nothing with the reader of the verifier. */
export type Written =
  | { readonly kind: 'number'; readonly n: number }
  | { readonly kind: 'letter'; readonly name: string }
  | { readonly kind: Binary; readonly a: Written; readonly b: Written }
  | { readonly kind: Unary; readonly a: Written };
type Binary = 'add' | 'sub' | 'mul' | 'div';
type Unary = 'neg' | 'square' | 'sqrt' | 'ln' | 'sin' | 'cos' | 'abs';

const BINARY: readonly Binary[] = ['add', 'add', 'sub', 'mul', 'mul', 'div'];
const UNARY: readonly Unary[] = ['neg', 'square', 'sqrt', 'ln', 'sin', 'cos', 'abs'];

const number = (n: number): Written => ({ kind: 'number', n });
const binary = (kind: Binary, a: Written, b: Written): Written => ({ kind, a, b });
const unary = (kind: Unary, a: Written): Written => ({ kind, a });

export function randomExpression(rng: Rng, depth: number): Written {
  const draw = rng.float();
  if (depth === 0 || draw < 0.15)
    return draw < 0.08
      ? { kind: 'letter', name: rng.pick(['x', 'y']) }
      : number(rng.between(1, 12));
  if (draw < 0.7)
    return binary(
      rng.pick(BINARY),
      randomExpression(rng, depth - 1),
      randomExpression(rng, depth - 1),
    );
  return unary(rng.pick(UNARY), randomExpression(rng, depth - 1));
}

/** The real value, not a number where there is none. */
export function valueOf(node: Written, at: ReadonlyMap<string, number>): number {
  if (node.kind === 'number') return node.n;
  if (node.kind === 'letter') return at.get(node.name) ?? NaN;
  const a = valueOf(node.a, at);
  switch (node.kind) {
    case 'neg':
      return -a;
    case 'square':
      return a * a;
    case 'sqrt':
      return a < 0 ? NaN : Math.sqrt(a);
    case 'ln':
      return a <= 0 ? NaN : Math.log(a);
    case 'sin':
      return Math.sin(a);
    case 'cos':
      return Math.cos(a);
    case 'abs':
      return Math.abs(a);
    default: {
      const b = valueOf(node.b, at);
      if (node.kind === 'add') return a + b;
      if (node.kind === 'sub') return a - b;
      return node.kind === 'mul' ? a * b : Math.abs(b) < 1e-9 ? NaN : a / b;
    }
  }
}

const isLoose = ({ kind }: Written): boolean => kind === 'add' || kind === 'sub' || kind === 'neg';

/** As people write it in LaTeX. */
export function toLatex(node: Written): string {
  const inner = (part: Written, isTight: boolean): string =>
    isTight && (isLoose(part) || part.kind === 'mul')
      ? `\\left(${toLatex(part)}\\right)`
      : toLatex(part);
  switch (node.kind) {
    case 'number':
      return String(node.n);
    case 'letter':
      return node.name;
    case 'add':
    case 'sub':
      return `${toLatex(node.a)}${node.kind === 'add' ? '+' : '-'}${inner(node.b, isLoose(node.b))}`;
    case 'mul':
      return `${inner(node.a, true)}\\cdot ${inner(node.b, true)}`;
    case 'div':
      return `\\frac{${toLatex(node.a)}}{${toLatex(node.b)}}`;
    case 'neg':
      return `-${inner(node.a, true)}`;
    case 'square':
      return `\\left(${toLatex(node.a)}\\right)^2`;
    case 'sqrt':
      return `\\sqrt{${toLatex(node.a)}}`;
    case 'abs':
      return `\\left|${toLatex(node.a)}\\right|`;
    default:
      return `\\${node.kind}\\left(${toLatex(node.a)}\\right)`;
  }
}

const SIGN: Readonly<Record<Binary, string>> = { add: '+', sub: '-', mul: '*', div: '/' };

/** As a program prints it, with every bracket. */
export function toAscii(node: Written): string {
  switch (node.kind) {
    case 'number':
      return String(node.n);
    case 'letter':
      return node.name;
    case 'neg':
      return `(-${toAscii(node.a)})`;
    case 'square':
      return `(${toAscii(node.a)})**2`;
    case 'add':
    case 'sub':
    case 'mul':
    case 'div':
      return `(${toAscii(node.a)} ${SIGN[node.kind]} ${toAscii(node.b)})`;
    case 'ln':
      return `log(${toAscii(node.a)})`;
    default:
      return `${node.kind}(${toAscii(node.a)})`;
  }
}

/** The expression with one of its parts, drawn at random, put through a change. */
export function changedSomewhere(
  node: Written,
  rng: Rng,
  change: (part: Written, rng: Rng) => Written,
): Written {
  if (node.kind === 'number' || node.kind === 'letter' || rng.float() < 0.4)
    return change(node, rng);
  if ('b' in node && rng.float() < 0.5)
    return { ...node, b: changedSomewhere(node.b, rng, change) };
  return { ...node, a: changedSomewhere(node.a, rng, change) };
}

/** The same value in another form. */
export function rewritten(node: Written, rng: Rng): Written {
  switch (node.kind) {
    case 'add':
      return rng.pick([binary('add', node.b, node.a), binary('sub', node.a, unary('neg', node.b))]);
    case 'sub':
      return unary('neg', binary('sub', node.b, node.a));
    case 'mul':
      return rng.pick([
        binary('mul', node.b, node.a),
        binary('mul', unary('neg', node.a), unary('neg', node.b)),
      ]);
    case 'div':
      return binary('div', binary('mul', number(3), node.a), binary('mul', node.b, number(3)));
    case 'square':
      return binary('mul', node.a, node.a);
    case 'sqrt':
      return binary('div', unary('sqrt', binary('mul', number(4), node.a)), number(2));
    case 'abs':
      return rng.pick([unary('sqrt', unary('square', node.a)), unary('abs', unary('neg', node.a))]);
    case 'ln':
      return unary('neg', unary('ln', binary('div', number(1), node.a)));
    case 'sin':
      return unary('neg', unary('sin', unary('neg', node.a)));
    case 'cos':
      return binary(
        'sub',
        number(1),
        binary('mul', number(2), unary('square', unary('sin', binary('div', node.a, number(2))))),
      );
    default:
      return binary('sub', binary('add', node, number(2)), number(2));
  }
}

/** A slip: another digit, sign, operation or function. Its value may be the same by chance. */
export function slipped(node: Written, rng: Rng): Written {
  if (node.kind === 'number') return number(node.n + rng.pick([1, 10, -2]));
  if (node.kind === 'letter') return rng.pick([unary('neg', node), binary('add', node, number(1))]);
  if ('b' in node)
    return rng.pick([
      binary(node.kind === 'add' ? 'sub' : 'add', node.a, node.b),
      binary(node.kind, node.b, node.a),
      node.a,
    ]);
  return rng.pick([node.a, unary(node.kind === 'sin' ? 'cos' : 'sin', node.a), unary('neg', node)]);
}
