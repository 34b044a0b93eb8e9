import { elementAt } from '#lib/text/element.ts';
import { evaluateExact } from './exact.ts';
import { countNodes, exactNumber, type Node, type NodeOf } from './tree.ts';

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
    case 'multiply':
      return reduceProduct(node.args);
    case 'divide': {
      const top = reduceMatrix(node.top);
      return top === null
        ? null
        : mapCells(top, (cell) => ({ kind: 'divide', top: cell, bottom: node.bottom }));
    }
    case 'power': {
      const base = reduceMatrix(node.base);
      return base === null ? null : raised(base, node.exponent);
    }
    default:
      return null;
  }
}

/** Scalars times matrices, these multiplied in the order in which they stand; null where shapes do not fit. */
function reduceProduct(args: readonly Node[]): Matrix | null {
  const factors: Node[] = [];
  let product: Matrix | null = null;
  let count = 0;
  for (const arg of args) {
    const matrix = reduceMatrix(arg);
    if (matrix === null) {
      factors.push(arg);
      continue;
    }
    count += 1;
    product = product === null ? matrix : multiplyMatrices(product, matrix);
    if (product === null || count > MAX_FACTORS) return null;
  }
  if (product === null || factors.length === 0) return product;
  return mapCells(product, (cell) => ({ kind: 'multiply', args: [...factors, cell] }));
}

/** Entries with letters grow with every factor. */
const MAX_FACTORS = 4;
const MAX_SIDE = 8;
const MAX_NODES = 1500;

function isLong(matrix: Matrix): boolean {
  return countNodes(matrix, MAX_NODES) > MAX_NODES;
}

function multiplyMatrices(a: Matrix, b: Matrix): Matrix | null {
  const inner = b.rows.length;
  const width = b.rows[0]?.length ?? 0;
  if (a.rows.length > MAX_SIDE || width > MAX_SIDE || inner > MAX_SIDE) return null;
  if (isLong(a) || isLong(b)) return null;
  const isFitting =
    a.rows.every((row) => row.length === inner) && b.rows.every((row) => row.length === width);
  if (!isFitting) return null;
  return {
    kind: 'matrix',
    rows: a.rows.map((row) =>
      Array.from({ length: width }, (_, x) =>
        shortened({
          kind: 'add',
          args: row.map((cell, y) => ({
            kind: 'multiply',
            args: [cell, elementAt(elementAt(b.rows, y), x)],
          })),
        }),
      ),
    ),
  };
}

/** A number in place of a computation with numbers. */
function shortened(node: Node): Node {
  const value = evaluateExact(node);
  return value === null ? node : exactNumber(value);
}

/** The transpose, the inverse, or a small power; null for any other exponent. */
function raised(base: Matrix, exponent: Node): Matrix | null {
  if (exponent.kind === 'symbol') return exponent.name === 'T' ? transpose(base) : null;
  const order = evaluateExact(exponent);
  if (order?.d !== 1n) return null;
  if (order.n === -1n) return inverse(base);
  return order.n >= 1n && order.n <= BigInt(MAX_FACTORS)
    ? reduceProduct(Array.from({ length: Number(order.n) }, () => base))
    : null;
}

/** By cofactors over the determinant; null where the matrix has none that is written out. */
function inverse(matrix: Matrix): Matrix | null {
  const order = matrix.rows.length;
  const bottom = determinant(matrix);
  if (bottom === null || order < 2 || isLong(matrix)) return null;
  const rows = matrix.rows.map((_, y) =>
    matrix.rows.map((__, x): Node | null => {
      const minor = determinant({
        kind: 'matrix',
        rows: matrix.rows
          .filter((_row, index) => index !== x)
          .map((row) => row.filter((_cell, index) => index !== y)),
      });
      if (minor === null) return null;
      const top: Node = (x + y) % 2 === 0 ? minor : { kind: 'negate', arg: minor };
      return shortened({ kind: 'divide', top, bottom });
    }),
  );
  return { kind: 'matrix', rows: rows.map((row) => row.flatMap((cell) => cell ?? [])) };
}

/** The sum of the diagonal; null for a matrix that is not square. */
export function trace(matrix: Matrix): Node | null {
  const isSquare = matrix.rows.every((row) => row.length === matrix.rows.length);
  const args = matrix.rows.map((row, index) => row[index]);
  return isSquare ? { kind: 'add', args: args.flatMap((cell) => cell ?? []) } : null;
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
