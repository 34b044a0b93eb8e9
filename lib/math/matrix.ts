import { elementAt } from '#lib/text/element.ts';
import type { Node, NodeOf } from './tree.ts';

type Matrix = NodeOf<'matrix'>;

/** Sums, differences and scalar multiples of written-out matrices as one matrix; null when there is none. */
export function reduceMatrix(node: Node): Matrix | null {
  switch (node.kind) {
    case 'matrix':
      return node;
    case 'negate': {
      const arg = reduceMatrix(node.arg);
      return arg === null ? null : mapCells(arg, (cell) => ({ kind: 'negate', arg: cell }));
    }
    case 'add': {
      const parts = node.args.map(reduceMatrix);
      return parts.reduce((sum, part) =>
        sum === null || part === null ? null : addCells(sum, part),
      );
    }
    case 'multiply': {
      const parts = node.args.map((arg) => ({ arg, matrix: reduceMatrix(arg) }));
      const matrices = parts.flatMap(({ matrix }) => (matrix === null ? [] : [matrix]));
      const [only] = matrices;
      if (only === undefined || matrices.length !== 1) return null;
      const factors = parts.filter(({ matrix }) => matrix === null).map(({ arg }) => arg);
      return mapCells(only, (cell) => ({ kind: 'multiply', args: [...factors, cell] }));
    }
    case 'divide': {
      const top = reduceMatrix(node.top);
      return top === null
        ? null
        : mapCells(top, (cell) => ({ kind: 'divide', top: cell, bottom: node.bottom }));
    }
    case 'power': {
      const base = reduceMatrix(node.base);
      const isTranspose = node.exponent.kind === 'symbol' && node.exponent.name === 'T';
      return base === null || !isTranspose ? null : transpose(base);
    }
    default:
      return null;
  }
}

/** The entries of a row or a column; null for any other shape. */
export function vectorItems(matrix: Matrix): readonly Node[] | null {
  if (matrix.rows.length === 1) return matrix.rows[0] ?? null;
  return matrix.rows.every((row) => row.length === 1)
    ? matrix.rows.map((row) => elementAt(row, 0))
    : null;
}

function mapCells(matrix: Matrix, change: (cell: Node) => Node): Matrix {
  return { kind: 'matrix', rows: matrix.rows.map((row) => row.map(change)) };
}

function addCells(a: Matrix, b: Matrix): Matrix | null {
  if (
    a.rows.length !== b.rows.length ||
    a.rows.some((row, index) => row.length !== b.rows[index]?.length)
  )
    return null;
  return {
    kind: 'matrix',
    rows: a.rows.map((row, y) =>
      row.map((cell, x) => ({ kind: 'add', args: [cell, elementAt(elementAt(b.rows, y), x)] })),
    ),
  };
}

function transpose(matrix: Matrix): Matrix {
  const width = matrix.rows[0]?.length ?? 0;
  return {
    kind: 'matrix',
    rows: Array.from({ length: width }, (_, x) => matrix.rows.map((row) => elementAt(row, x))),
  };
}

/** Larger ones have too many terms to write out. */
const MAX_ORDER = 4;

/** The determinant written out by its first row (Laplace); null when the matrix is not square or too large. */
export function determinant(matrix: Matrix): Node | null {
  const order = matrix.rows.length;
  if (order > MAX_ORDER || matrix.rows.some((row) => row.length !== order)) return null;
  const [first, ...rest] = matrix.rows;
  if (first === undefined) return null;
  if (order === 1) return first[0] ?? null;
  const terms = first.map((cell, column): Node => {
    const minor = determinant({
      kind: 'matrix',
      rows: rest.map((row) => row.filter((_, index) => index !== column)),
    });
    const term: Node = { kind: 'multiply', args: minor === null ? [cell] : [cell, minor] };
    return column % 2 === 0 ? term : { kind: 'negate', arg: term };
  });
  return { kind: 'add', args: terms };
}

/** Nested square brackets `[[1,0],[0,1]]` as a matrix; null for anything else. */
export function nestedMatrix(node: Node): Matrix | null {
  if (node.kind !== 'tuple' || node.open !== '[' || node.items.length === 0) return null;
  const rows = node.items.map((item) =>
    item.kind === 'tuple' && item.open === '[' ? item.items : null,
  );
  const [first] = rows;
  const filled = rows.flatMap((row) => (row === null ? [] : [row]));
  return filled.length === rows.length && filled.every((row) => row.length === first?.length)
    ? { kind: 'matrix', rows: filled }
    : null;
}
