import { elementAt } from '#lib/text/element.ts';
import { freeSymbols, integer, type Node } from './tree.ts';

/** Tuples in other writing. */

/** A tuple of so many items where `x = y = 1` or `i + 2j` stands for one; null for anything else. */
export function tupleOf(node: Node, size: number): Node | null {
  if (size < 2) return null;
  const items = commonValue(node, size) ?? unitVectors(node, size);
  return items === null ? null : { kind: 'tuple', open: '(', close: ')', items };
}

/** `x = y = z = 1` */
function commonValue(node: Node, size: number): Node[] | null {
  if (node.kind !== 'relation' || node.args.length !== size + 1) return null;
  const value = elementAt(node.args, -1);
  const names = node.args.slice(0, -1).map((arg) => (arg.kind === 'symbol' ? arg.name : ''));
  const isChain =
    node.ops.every((op) => op === '=') &&
    freeSymbols(value).size === 0 &&
    !names.includes('') &&
    new Set(names).size === size;
  return isChain ? names.map(() => value) : null;
}

const AXES = ['i', 'j', 'k'] as const;

/** The coordinates of a sum of multiples of the unit vectors; upright or bold letters have lost their style. */
function unitVectors(node: Node, size: number): Node[] | null {
  if (size > AXES.length) return null;
  const terms = node.kind === 'add' ? node.args : [node];
  const coordinates: Node[][] = Array.from({ length: size }, () => []);
  for (const term of terms) {
    const found = alongAxis(term);
    const place = found === null ? -1 : AXES.indexOf(found.axis);
    if (found === null || place >= size) return null;
    coordinates[place]?.push(found.factor);
  }
  return coordinates.map((parts) =>
    parts.length === 0
      ? integer(0)
      : parts.length === 1
        ? elementAt(parts, 0)
        : { kind: 'add', args: parts },
  );
}

interface Along {
  readonly axis: (typeof AXES)[number];
  readonly factor: Node;
}

function alongAxis(term: Node): Along | null {
  const axis = axisOf(term);
  if (axis !== null) return { axis, factor: integer(1) };
  if (term.kind === 'negate') {
    const inner = alongAxis(term.arg);
    return inner === null ? null : { ...inner, factor: { kind: 'negate', arg: inner.factor } };
  }
  if (term.kind !== 'multiply') return null;
  const last = axisOf(elementAt(term.args, -1));
  const rest = term.args.slice(0, -1);
  if (last === null || rest.some((factor) => axisOf(factor) !== null)) return null;
  const [only] = rest;
  return {
    axis: last,
    factor: rest.length === 1 && only !== undefined ? only : { kind: 'multiply', args: rest },
  };
}

function axisOf(node: Node): Along['axis'] | null {
  if (node.kind === 'constant') return node.name === 'i' ? 'i' : null;
  if (node.kind !== 'symbol') return null;
  const name = node.name.replace(/^(?:vec|hat|overrightarrow|bar)\{?(\w)\}?$/u, '$1');
  return AXES.find((axis) => axis === name) ?? null;
}
