import { contains, countNodes, freeSymbols, integer, substitute, type Node } from './tree.ts';
import { derivativeOf } from './derivative.ts';

/** Letters that stand for functions of the variable where nothing else is said: `\frac{d}{dx}(xy)` is not y. */
const DEPENDENT = /^[fghuvwyz](?:_|$)/u;

/**
 * The derivative of an expression by letters, each as often as it stands there; `sign` is `d` or `partial`. What can be
 * derived is; a function without an expression keeps a name such as `dy/dx`; the rest stays a derivative.
 */
export function derivativeBy(sign: string, body: Node, letters: readonly string[]): Node {
  const sorted = [...letters].sort();
  if (body.kind === 'symbol' && !sorted.includes(body.name))
    return { kind: 'symbol', name: quotientName(sign, body.name, sorted) };
  const isTotal =
    sign === 'd' &&
    [...freeSymbols(body)].some((name) => DEPENDENT.test(name) && !sorted.includes(name));
  let derived: Node | null = isTotal ? null : body;
  for (const letter of sorted) derived = derived === null ? null : derivativeOf(derived, letter);
  if (derived !== null) return derived;
  return sorted.reduce<Node>(
    (inner, letter) => ({
      kind: 'bound',
      op: isTotal ? 'total derivative' : 'derivative',
      variable: letter,
      body: inner,
      bounds: [{ kind: 'symbol', name: letter }],
    }),
    body,
  );
}

/** `dy/dx`, `d2y/dx/dx`, `∂2u/∂x/∂t`: the name says what is derived by what. */
function quotientName(sign: string, name: string, letters: readonly string[]): string {
  const mark = sign === 'd' ? 'd' : '∂';
  const order = letters.length === 1 ? '' : String(letters.length);
  return `${mark}${order}${name}/${letters.map((letter) => `${mark}${letter}`).join('/')}`;
}

const QUOTIENT = /^d(\d*)([a-zA-Z]+)\/d([xt])(?:\/d\3)*$/u;

/**
 * Both sides with `dy/dx` written as `y'`, and `df/dx` as `f'(x)`, where one side writes derivatives by quotients and the other by primes;
 * null where they do not.
 */
export function withPrimes(a: Node, b: Node): readonly [Node, Node] | null {
  const [left, right] = [quotients(a), quotients(b)];
  if (left.size === 0 && right.size === 0) return null;
  if (left.size > 0 ? !hasPrimes(b) : !hasPrimes(a)) return null;
  const variables = new Set([...left, ...right].map((name) => QUOTIENT.exec(name)?.[3]));
  if (variables.size !== 1) return null;
  return [primed(a, left, b), primed(b, right, a)];
}

function quotients(node: Node): Set<string> {
  return new Set([...freeSymbols(node)].filter((name) => QUOTIENT.test(name)));
}

function hasPrimes(node: Node): boolean {
  return contains(node, (part) => 'name' in part && /'(?:\(\))?$/u.test(part.name));
}

function primed(node: Node, names: ReadonlySet<string>, other: Node): Node {
  const values = new Map<string, Node>();
  for (const name of names) {
    const [, order = '', letter = '', variable = ''] = QUOTIENT.exec(name) ?? [];
    const marked = `${letter}${"'".repeat(order === '' ? 1 : Number(order))}`;
    const isApplied = contains(
      other,
      (part) => part.kind === 'call' && part.name === `${marked}()`,
    );
    values.set(
      name,
      isApplied
        ? { kind: 'call', name: `${marked}()`, args: [{ kind: 'symbol', name: variable }] }
        : { kind: 'symbol', name: marked },
    );
  }
  return values.size === 0 ? node : substitute(node, values);
}

/** What grows longer by setting letters to values is not written out. */
const MAX_VALUE = 2000;

/** The value of an expression with letters set to values; null where a derivative or its length stands in the way. */
export function valueAt(body: Node, values: ReadonlyMap<string, Node>): Node | null {
  // `df/dx`, `y'` and `y` depend on a letter that does not stand there.
  const letters = freeSymbols(body);
  if ([...values.keys()].every((name) => !letters.has(name)) && letters.size > 0) return null;
  let length = countNodes(body, MAX_VALUE);
  for (const value of values.values()) length *= countNodes(value, MAX_VALUE);
  if (length > MAX_VALUE || contains(body, (part) => part.kind === 'bound')) return null;
  return substitute(body, values);
}

/** `F(b) - F(a)` for the one letter of F; null where it has several. */
export function changeBetween(
  body: Node,
  low: Node,
  high: Node,
  letter: string | null,
): Node | null {
  const [only, ...others] = letter === null ? freeSymbols(body) : [letter];
  if (others.length > 0) return null;
  if (only === undefined) return integer(0);
  const [below, above] = [low, high].map((at) => valueAt(body, new Map([[only, at]])));
  if (below == null || above == null) return null;
  return { kind: 'add', args: [above, { kind: 'negate', arg: below }] };
}
