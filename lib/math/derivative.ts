import { elementAt } from '#lib/text/element.ts';
import { contains, countNodes, integer, type Node, type NodeOf } from './tree.ts';

/** The derivative of a product grows with the square of its factors: what is longer is not derived. */
const MAX_NODES = 300;
/** Longer results are not written out. */
const MAX_RESULT = 3000;

/** The derivative by a letter; null where a part has none that is known, or where it is too long. */
export function derivativeOf(node: Node, variable: string): Node | null {
  if (countNodes(node, MAX_NODES) > MAX_NODES) return null;
  const derived = derive(node, variable);
  return derived === null || countNodes(derived, MAX_RESULT) > MAX_RESULT ? null : derived;
}

function derive(node: Node, variable: string): Node | null {
  if (!dependsOn(node, variable)) return integer(0);
  switch (node.kind) {
    case 'symbol':
      return integer(1);
    case 'add': {
      const terms = all(node.args, variable);
      return terms === null ? null : { kind: 'add', args: terms };
    }
    case 'multiply':
      return ofProduct(node.args, variable);
    case 'divide':
      return ofQuotient(node, variable);
    case 'power':
      return ofPower(node.base, node.exponent, variable);
    case 'negate':
    case 'percent': {
      const arg = derive(node.arg, variable);
      return arg === null ? null : { kind: node.kind, arg };
    }
    case 'call':
      return ofCall(node, variable);
    default:
      return null;
  }
}

/** An index, a prime or another mark may hide the letter: `x_1` is constant, `a_x` and `y` are taken as they are written. */
function dependsOn(node: Node, variable: string): boolean {
  return contains(node, (part) => part.kind === 'symbol' && part.name === variable);
}

function all(nodes: readonly Node[], variable: string): Node[] | null {
  const derived: Node[] = [];
  for (const node of nodes) {
    const part = derive(node, variable);
    if (part === null) return null;
    derived.push(part);
  }
  return derived;
}

/** Only the factors that depend on the letter give a term. */
function ofProduct(args: readonly Node[], variable: string): Node | null {
  const terms: Node[] = [];
  for (const [index, arg] of args.entries()) {
    if (!dependsOn(arg, variable)) continue;
    const part = derive(arg, variable);
    if (part === null) return null;
    terms.push(times(...args.slice(0, index), part, ...args.slice(index + 1)));
  }
  return sum(...terms);
}

function ofQuotient({ top, bottom }: NodeOf<'divide'>, variable: string): Node | null {
  const [above, below] = [derive(top, variable), derive(bottom, variable)];
  if (above === null || below === null) return null;
  if (!dependsOn(bottom, variable)) return over(above, bottom);
  return over(sum(times(above, bottom), minus(times(top, below))), power(bottom, integer(2)));
}

function ofPower(base: Node, exponent: Node, variable: string): Node | null {
  if (!dependsOn(exponent, variable)) {
    const inner = derive(base, variable);
    if (inner === null) return null;
    const lowered = power(base, sum(exponent, integer(-1)));
    return times(exponent, lowered, inner);
  }
  const rate = derive(times(exponent, call('log', base)), variable);
  if (rate === null) return null;
  const isExponential = base.kind === 'constant' && base.name === 'e';
  const inner = isExponential ? derive(exponent, variable) : rate;
  return inner === null ? null : times({ kind: 'power', base, exponent }, inner);
}

const SQUARE = integer(2);

/** The derivatives of functions of one variable, each at the argument x. */
const RULES: Readonly<Record<string, (x: Node) => Node>> = {
  sin: (x) => call('cos', x),
  cos: (x) => minus(call('sin', x)),
  tan: (x) => over(integer(1), power(call('cos', x), SQUARE)),
  cot: (x) => minus(over(integer(1), power(call('sin', x), SQUARE))),
  sec: (x) => times(call('sec', x), call('tan', x)),
  csc: (x) => minus(times(call('csc', x), call('cot', x))),
  arcsin: (x) => over(integer(1), root(sum(integer(1), minus(power(x, SQUARE))))),
  arccos: (x) => minus(over(integer(1), root(sum(integer(1), minus(power(x, SQUARE)))))),
  arctan: (x) => over(integer(1), sum(integer(1), power(x, SQUARE))),
  arccot: (x) => minus(over(integer(1), sum(integer(1), power(x, SQUARE)))),
  sinh: (x) => call('cosh', x),
  cosh: (x) => call('sinh', x),
  tanh: (x) => over(integer(1), power(call('cosh', x), SQUARE)),
  coth: (x) => minus(over(integer(1), power(call('sinh', x), SQUARE))),
  arsinh: (x) => over(integer(1), root(sum(power(x, SQUARE), integer(1)))),
  arcosh: (x) => over(integer(1), root(sum(power(x, SQUARE), integer(-1)))),
  artanh: (x) => over(integer(1), sum(integer(1), minus(power(x, SQUARE)))),
};

function ofCall(node: NodeOf<'call'>, variable: string): Node | null {
  const [arg, second] = node.args;
  if (arg === undefined) return null;
  if (node.name === 'root') return ofPower(arg, over(integer(1), second ?? SQUARE), variable);
  if (node.name === 'log') return ofLogarithm(arg, second, variable);
  if (node.args.length !== 1) return null;
  const inner = derive(arg, variable);
  const outer = Object.hasOwn(RULES, node.name) ? RULES[node.name]?.(arg) : unknown(node);
  return inner === null || outer === undefined || outer === null ? null : times(outer, inner);
}

function ofLogarithm(arg: Node, base: Node | undefined, variable: string): Node | null {
  if (base !== undefined && dependsOn(base, variable)) return null;
  const inner = derive(arg, variable);
  if (inner === null) return null;
  const natural = over(inner, arg);
  return base === undefined ? natural : over(natural, call('log', base));
}

/** `f(x)` becomes `f'(x)`; null for a function that is known by a name and has no rule. */
function unknown(node: NodeOf<'call'>): Node | null {
  const letter = /^([a-zA-Z])('*)\(\)$/u.exec(node.name);
  return letter === null
    ? null
    : { ...node, name: `${elementAt(letter, 1)}${elementAt(letter, 2)}'()` };
}

function isZero(node: Node): boolean {
  return node.kind === 'number' && node.value.n === 0n;
}

function isOne(node: Node): boolean {
  return node.kind === 'number' && node.value.n === 1n && node.value.d === 1n;
}

function sum(...terms: Node[]): Node {
  const args = terms.filter((term) => !isZero(term));
  const [only] = args;
  if (only === undefined) return integer(0);
  return args.length === 1 ? only : { kind: 'add', args };
}

function times(...factors: Node[]): Node {
  if (factors.some(isZero)) return integer(0);
  const args = factors.filter((factor) => !isOne(factor));
  const [only] = args;
  if (only === undefined) return integer(1);
  return args.length === 1 ? only : { kind: 'multiply', args };
}

function over(top: Node, bottom: Node): Node {
  return isZero(top) ? top : { kind: 'divide', top, bottom };
}

function power(base: Node, exponent: Node): Node {
  return { kind: 'power', base, exponent };
}

function minus(arg: Node): Node {
  return isZero(arg) ? arg : { kind: 'negate', arg };
}

function root(arg: Node): Node {
  return call('root', arg, SQUARE);
}

function call(name: string, ...args: Node[]): Node {
  return { kind: 'call', name, args };
}
