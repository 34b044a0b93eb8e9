import { derivativeBy } from '../differentials.ts';
import type { Node } from '../tree.ts';

/** A fraction, or the derivative that `dy/dx` and `{d^2y \over dx^2}` write. */
export function quotient(top: Node, bottom: Node): Node {
  return differentialQuotient(top, bottom) ?? { kind: 'divide', top, bottom };
}

const SIGNS: ReadonlySet<string> = new Set(['d', 'partial']);

function differentialQuotient(top: Node, bottom: Node): Node | null {
  if (top.kind !== 'multiply' || bottom.kind !== 'multiply') return null;
  const [sign, body, ...more] = top.args;
  const [below, variable, ...rest] = bottom.args;
  const above = sign === undefined ? null : powerOf(sign);
  const under = variable === undefined ? null : powerOf(variable);
  if (above === null || under === null || more.length > 0 || rest.length > 0) return null;
  const isQuotient =
    SIGNS.has(above.name) &&
    body?.kind === 'symbol' &&
    below?.kind === 'symbol' &&
    below.name === above.name &&
    above.count === under.count;
  return isQuotient
    ? derivativeBy(above.name, body, Array<string>(under.count).fill(under.name))
    : null;
}

/** A letter and how often it stands there: `x^2` twice; null for anything else. */
function powerOf(node: Node): { readonly name: string; readonly count: number } | null {
  if (node.kind === 'symbol') return { name: node.name, count: 1 };
  if (node.kind !== 'power' || node.base.kind !== 'symbol' || node.exponent.kind !== 'number')
    return null;
  const { written } = node.exponent;
  return /^[1-9]$/u.test(written) ? { name: node.base.name, count: Number(written) } : null;
}
