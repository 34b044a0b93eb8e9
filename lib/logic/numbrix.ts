import { z } from 'zod';
import type { Rng } from '#lib/rng.ts';
import { finalText } from './final-text.ts';
import { findNumberGrid, toRows } from './find-literal.ts';
import { cellsOf } from './grid-cells.ts';
import { randomHamiltonPath } from './hamilton-path.ts';
import { toSquareRows } from './latin-square.ts';
import { defineTask, RIGHT, wrong, type Check } from './logic-task.ts';
import { searchNumbrix } from './numbrix-search.ts';
import { countWordings, renderWording, type Wordings } from './prompt.ts';
import { readLiteral } from './python-literal.ts';
import { numberGridOf, textGridOf, wholeOrZero } from './row-fields.ts';

const MAX_SIZE = 12;

const Params = z.strictObject({
  size: z.int().min(3).max(MAX_SIZE),
  /** Share of the cells that are given to begin with; more are added until the solution is unique. */
  givens: z.number().min(0.1).max(0.9),
});
type Params = z.infer<typeof Params>;

interface Instance {
  readonly size: number;
  /** In reading order; 0 for an empty cell. */
  readonly givens: readonly number[];
  /** Null where the row of a data set does not hold it. */
  readonly solution: readonly number[] | null;
}

interface Shown {
  readonly size: number;
  readonly last: number;
  readonly grid: string;
}

const wordings: Wordings<Shown> = {
  en: [
    ({
      size,
      last,
      grid,
    }) => `Numbrix, ${size} by ${size}. Replace every X so that the numbers 1 to ${last} each stand in exactly one cell and every two consecutive numbers stand in cells that share an edge (side by side or one above the other, never diagonal). Numbers already printed keep their places.

${grid}

Give the full grid as a list of rows, each a list of whole numbers, for example [[1, 2], [4, 3]].`,
    ({
      size,
      last,
      grid,
    }) => `A walker visits all ${last} cells of a ${size} x ${size} field, each once. A step leads one cell up, down, left or right. In every cell the number of the visit is written, from 1 to ${last}; most of the numbers have been rubbed out and show as X:

${grid}

Restore them all; the numbers that can still be read are right. Answer with a two-dimensional Python list of ${size} rows.`,
    ({ size, last, grid }) => `Complete the ${size} x ${size} table below.
1. Every whole number from 1 to ${last} occurs once.
2. k and k + 1 are horizontal or vertical neighbours for each k below ${last}.
3. Given numbers are not changed; X is an empty cell.

${grid}

The last thing you write must be the complete table in the form [[…], […], …], top row first.`,
  ],
  zh: [
    ({
      size,
      last,
      grid,
    }) => `这是一道 ${size}×${size} 的 Numbrix 谜题。请替换所有 X，使 1 到 ${last} 每个数恰好占一个格子，并且任何两个相邻的数（如 k 与 k+1）所在的格子有公共边（左右或上下相邻，斜向不算）。已经印出的数字位置不变。

${grid}

请用二维列表给出完整网格，每行是一个整数列表，例如 [[1, 2], [4, 3]]。`,
    ({
      size,
      last,
      grid,
    }) => `有人走遍一块 ${size}×${size} 场地的全部 ${last} 个格子，每格恰好一次，每步只向上、下、左或右走一格。每个格子里写着到达的次序，从 1 到 ${last}；多数数字已被擦掉，用 X 表示：

${grid}

请把它们全部补上；仍能看见的数字都是对的。请以 ${size} 行的 Python 二维列表作答。`,
    ({ size, last, grid }) => `请补全下面 ${size}×${size} 的数表。
1. 1 到 ${last} 的每个整数恰好出现一次。
2. 对每个小于 ${last} 的 k，k 与 k + 1 上下或左右相邻。
3. 给出的数字不能改动；X 是空格。

${grid}

最后请写出完整数表，形式为 [[…], […], …]，最上面一行在前。`,
  ],
};

export const numbrix = defineTask<Params, Instance, number[][]>({
  id: 'numbrix',
  version: 1,
  label: 'Numbrix',
  category: 'grid',
  description: 'The numbers 1 to n² form one path of neighbouring cells through the whole grid.',
  params: Params,
  levels: [
    { size: 4, givens: 0.4 },
    { size: 5, givens: 0.4 },
    { size: 5, givens: 0.3 },
    { size: 6, givens: 0.3 },
    { size: 6, givens: 0.25 },
    { size: 7, givens: 0.3 },
    { size: 8, givens: 0.3 },
    { size: 9, givens: 0.3 },
    { size: 10, givens: 0.28 },
    { size: 11, givens: 0.26 },
  ],
  promise: 'unique',
  templates: countWordings(wordings),
  generate,

  render(instance, language, template) {
    const { size, givens } = instance;
    return renderWording(wordings, language, template, {
      size,
      last: size * size,
      grid: gridPicture(givens, size),
    });
  },

  toData: ({ size, givens, solution }, question) => ({
    question,
    answer: '',
    difficulty: 1,
    metadata: {
      grid: toSquareRows(givens, size).map((row) =>
        row.map((value) => (value === 0 ? 'X' : value)),
      ),
      solution: solution === null ? null : toSquareRows(solution, size),
      n: size,
      fill_rate: givens.filter((value) => value > 0).length / givens.length,
    },
  }),

  fromData({ metadata }) {
    const grid = textGridOf(metadata?.grid);
    const size = grid?.length ?? 0;
    if (grid === null || size < 2 || size > MAX_SIZE || grid.some((row) => row.length !== size))
      return null;
    const givens = cellsOf(grid).map(wholeOrZero);
    const solution = numberGridOf(metadata?.solution);
    return { size, givens, solution: solution === null ? null : cellsOf(solution) };
  },

  extract: (response) => findNumberGrid(finalText(response)),
  check: checkPath,
  answer: ({ solution, size }) => (solution === null ? '' : gridLiteral(solution, size)),

  solve({ size, givens }) {
    const { solutions, nodes } = searchNumbrix(size, givens, 1);
    const [first] = solutions;
    return { answer: first === undefined ? null : gridLiteral(first, size), nodes };
  },

  countSolutions: ({ size, givens }, limit) => searchNumbrix(size, givens, limit).solutions.length,

  difficulty: ({ size, givens }) => ({
    size,
    givens: givens.filter((value) => value > 0).length,
    nodes: searchNumbrix(size, givens, 2).nodes,
  }),

  reference(response, data) {
    const instance = numbrix.fromData(data) as Instance | null;
    const grid = publishedGrid(response);
    return instance !== null && grid !== null && checkPath(grid, instance).ok;
  },
});

/** A random path with its ends and some numbers given; as long as another path fits, a cell that tells the two apart. */
function generate(rng: Rng, params: Params): Instance {
  const { size } = params;
  const path = randomHamiltonPath(rng, size);
  const solution = path.map(() => 0);
  for (const [place, cell] of path.entries()) solution[cell] = place + 1;
  const givens = solution.map((value) => (value === 1 || value === path.length ? value : 0));
  const wanted = Math.round(params.givens * path.length);
  for (const cell of rng.shuffle(path.slice(1, -1)).slice(0, Math.max(0, wanted - 2)))
    givens[cell] = solution[cell] ?? 0;
  for (;;) {
    const { solutions, isWhole } = searchNumbrix(size, givens, 2);
    const other = solutions.find((cells) => cells.some((value, at) => value !== solution[at]));
    if (other === undefined && isWhole) return { size, givens, solution };
    // A search that was given up proves nothing: any further number makes it shorter.
    const telling = solution.flatMap((value, cell) =>
      givens[cell] === 0 && other?.[cell] !== value ? [cell] : [],
    );
    const cell = rng.pick(telling);
    givens[cell] = solution[cell] ?? 0;
  }
}

function checkPath(rows: readonly (readonly number[])[], { size, givens }: Instance): Check {
  if (rows.length !== size || rows.some((row) => row.length !== size))
    return wrong(`the grid must have ${size} rows of ${size} numbers`);
  const cells = cellsOf(rows);
  const places = new Int32Array(cells.length + 1).fill(-1);
  for (const [cell, value] of cells.entries()) {
    if (!Number.isInteger(value) || value < 1 || value > cells.length || places[value] !== -1)
      return wrong(`the grid does not hold every number from 1 to ${cells.length} once`);
    places[value] = cell;
  }
  for (const [cell, value] of givens.entries())
    if (value !== 0 && cells[cell] !== value)
      return wrong(
        `the given number in row ${Math.floor(cell / size) + 1}, column ${(cell % size) + 1} is changed`,
      );
  for (let value = 1; value < cells.length; value += 1) {
    const from = places[value] ?? 0;
    const to = places[value + 1] ?? 0;
    const isStep =
      Math.abs(from - to) === size ||
      (Math.abs(from - to) === 1 && Math.max(from, to) % size !== 0);
    if (!isStep) return wrong(`${value} and ${value + 1} are no neighbours`);
  }
  return RIGHT;
}

function gridPicture(givens: readonly number[], size: number): string {
  const width = String(size * size).length;
  return toSquareRows(givens, size)
    .map((row) => row.map((value) => String(value === 0 ? 'X' : value).padStart(width)).join(' '))
    .join('\n');
}

function gridLiteral(cells: readonly number[], size: number): string {
  return `[${toSquareRows(cells, size)
    .map((row) => `[${row.join(', ')}]`)
    .join(', ')}]`;
}

/** Far longer than any grid that could be right. */
const MAX_GRID_TEXT = 20_000;
const OPEN = /\[\s*\[\s*\p{Nd}/gu;
const CLOSE = /\]\s*\]/gu;

/** The last piece from `[[` and a digit to the next `]]`; quotes in it count for nothing. */
function publishedGrid(response: string): number[][] | null {
  let last: string | null = null;
  OPEN.lastIndex = 0;
  for (let open = OPEN.exec(response); open !== null; open = OPEN.exec(response)) {
    CLOSE.lastIndex = OPEN.lastIndex;
    if (CLOSE.exec(response) === null) break;
    last = response.slice(open.index, CLOSE.lastIndex);
    OPEN.lastIndex = CLOSE.lastIndex;
  }
  if (last === null || last.length > MAX_GRID_TEXT) return null;
  const value = readLiteral(last.replaceAll(/["']/gu, ''));
  return value === undefined
    ? null
    : toRows(value, (cell) => (typeof cell === 'number' ? cell : null));
}
