import { z } from 'zod';
import type { Rng } from '#lib/rng.ts';
import { finalText } from './final-text.ts';
import { findLastLiteral, toRows } from './find-literal.ts';
import { defineTask, RIGHT, wrong, type Check } from './logic-task.ts';
import { countWordings, renderWording, type Wordings } from './prompt.ts';
import { PyFloat, type PyValue } from './python-literal.ts';
import { numbersOf, textGridOf } from './row-fields.ts';

const Params = z.strictObject({
  rows: z.int().min(2).max(9),
  cols: z.int().min(2).max(9),
  /** Share of ones in the solution, from 0 to 1. */
  ones: z.number().min(0.1).max(0.9),
});
type Params = z.infer<typeof Params>;

interface Instance {
  readonly rowSums: readonly number[];
  readonly colSums: readonly number[];
  /** True for a one; null where the row of a data set does not hold it. */
  readonly solution: readonly (readonly boolean[])[] | null;
}

const MAX_NODES = 2_000_000;

/** The most tries for a unique grid; 5 in 6 random grids of the usual sizes are unique. */
const MAX_TRIES = 2000;

const wordings: Wordings<Instance> = {
  en: [
    ({
      rowSums,
      colSums,
    }) => `Kukurasu, ${rowSums.length} rows by ${colSums.length} columns. Put a 1 or an X into every cell.
- A 1 in column j (counted from 1 at the left) adds j to the sum of its row.
- A 1 in row i (counted from 1 at the top) adds i to the sum of its column.
- An X adds nothing.
Sums of the rows, top to bottom: ${list(rowSums)}
Sums of the columns, left to right: ${list(colSums)}
Every sum must be met exactly. Give the finished grid as a list of rows, each cell "1" or "X" in double quotes, for example [["1", "X"], ["X", "X"]].`,
    ({
      rowSums,
      colSums,
    }) => `You have an empty grid with ${rowSums.length} rows and ${colSums.length} columns. Choose some cells and mark them with "1"; the others get "X". A marked cell is worth its column number to its row and its row number to its column; numbers start at 1 in the top left corner. The marked cells must be worth exactly ${list(rowSums)} to the rows (from the top) and exactly ${list(colSums)} to the columns (from the left).
Which cells are marked? End with the grid as a two-dimensional list such as [["X", "1"], ["1", "X"]].`,
    ({
      rowSums,
      colSums,
    }) => `Fill a ${rowSums.length} x ${colSums.length} board with the symbols "1" and "X" under weighted sums:
row_sums = ${list(rowSums)}
col_sums = ${list(colSums)}
For each row, add up the column positions (1, 2, 3, …) of its ones; the result is that row's entry of row_sums. For each column, add up the row positions (1, 2, 3, …) of its ones; the result is that column's entry of col_sums.
Answer with a JSON list of rows that holds only "1" and "X".`,
  ],
  zh: [
    ({
      rowSums,
      colSums,
    }) => `这是一道 Kukurasu 谜题，共 ${rowSums.length} 行 ${colSums.length} 列。请在每个格子里填 1 或 X。
- 第 j 列（从左数，从 1 开始）的 1 给所在行加 j 分。
- 第 i 行（从上数，从 1 开始）的 1 给所在列加 i 分。
- X 不加分。
各行的总分（从上到下）：${list(rowSums)}
各列的总分（从左到右）：${list(colSums)}
所有总分必须恰好相等。请用二维列表给出完整网格，格子写成带双引号的 "1" 或 "X"，例如 [["1", "X"], ["X", "X"]]。`,
    ({
      rowSums,
      colSums,
    }) => `有一个 ${rowSums.length} 行 ${colSums.length} 列的空网格。选出若干格子标上 "1"，其余写 "X"。被标的格子按它的列号计入本行、按它的行号计入本列，编号都从左上角的 1 开始。各行（从上往下）之和须恰为 ${list(rowSums)}，各列（从左往右）之和须恰为 ${list(colSums)}。
最后请写出整个网格，形式如 [["X", "1"], ["1", "X"]]。`,
    ({
      rowSums,
      colSums,
    }) => `用 "1" 和 "X" 填满 ${rowSums.length} x ${colSums.length} 的棋盘，并满足加权和：
row_sums = ${list(rowSums)}
col_sums = ${list(colSums)}
每一行中所有 1 的列位置（1、2、3……）相加，等于 row_sums 里对应的数；每一列中所有 1 的行位置（1、2、3……）相加，等于 col_sums 里对应的数。
请以 JSON 二维列表作答，只含 "1" 与 "X"。`,
  ],
};

function list(numbers: readonly number[]): string {
  return `[${numbers.join(', ')}]`;
}

export const kukurasu = defineTask<Params, Instance, boolean[][]>({
  id: 'kukurasu',
  version: 1,
  label: 'Kukurasu',
  category: 'grid',
  description:
    'Ones are worth their column to their row and their row to their column; every sum must be met.',
  params: Params,
  levels: [
    { rows: 3, cols: 3, ones: 0.35 },
    { rows: 3, cols: 4, ones: 0.35 },
    { rows: 4, cols: 4, ones: 0.35 },
    { rows: 4, cols: 5, ones: 0.35 },
    { rows: 5, cols: 5, ones: 0.35 },
    { rows: 5, cols: 6, ones: 0.35 },
    { rows: 6, cols: 6, ones: 0.4 },
    { rows: 7, cols: 7, ones: 0.4 },
    { rows: 8, cols: 8, ones: 0.4 },
    { rows: 9, cols: 9, ones: 0.4 },
  ],
  promise: 'unique',
  templates: countWordings(wordings),

  generate(rng, params) {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const instance = randomInstance(rng, params);
      if (search(instance, 2).count === 1) return instance;
    }
    throw new Error('No unique grid was found.');
  },

  render: (instance, language, template) => renderWording(wordings, language, template, instance),

  toData: (instance, question) => ({
    question,
    answer: '',
    difficulty: 1,
    metadata: {
      grid: instance.rowSums.map(() => instance.colSums.map(() => 'X')),
      row_sums: instance.rowSums,
      col_sums: instance.colSums,
      solution: instance.solution === null ? null : toSymbols(instance.solution),
      n: instance.rowSums.length,
      m: instance.colSums.length,
    },
  }),

  fromData({ metadata }) {
    const rowSums = numbersOf(metadata?.row_sums);
    const colSums = numbersOf(metadata?.col_sums);
    if (rowSums === null || colSums === null) return null;
    const solution = textGridOf(metadata?.solution);
    return {
      rowSums,
      colSums,
      solution: solution === null ? null : solution.map((row) => row.map((cell) => cell === '1')),
    };
  },

  extract: (response) => findLastLiteral(finalText(response), (value) => toRows(value, toMark)),

  check: checkMarks,

  answer: (instance) =>
    instance.solution === null ? '' : JSON.stringify(toSymbols(instance.solution)),

  solve(instance) {
    const { first, nodes } = search(instance, 1);
    return { answer: first === null ? null : JSON.stringify(toSymbols(first)), nodes };
  },

  countSolutions: (instance, limit) => search(instance, limit).count,

  difficulty: (instance) => ({
    cells: instance.rowSums.length * instance.colSums.length,
    nodes: search(instance, 2).nodes,
  }),

  reference(response, data) {
    const instance = kukurasu.fromData(data) as Instance | null;
    const grid = firstQuotedGrid(response);
    return instance !== null && grid !== null && checkMarks(grid, instance).ok;
  },
});

function randomInstance(rng: Rng, { rows, cols, ones }: Params): Instance {
  const solution = Array.from({ length: rows }, () =>
    Array.from({ length: cols }, () => rng.float() < ones),
  );
  return {
    rowSums: solution.map((row) => row.reduce((sum, mark, j) => sum + (mark ? j + 1 : 0), 0)),
    colSums: Array.from({ length: cols }, (_, j) =>
      solution.reduce((sum, row, i) => sum + (row[j] === true ? i + 1 : 0), 0),
    ),
    solution,
  };
}

/** 1 and X in any quoting; 0 and an empty text stand for X too. */
function toMark(value: PyValue): boolean | null {
  if (value === 1 || value === '1' || value === true) return true;
  if (value === 0 || value === null || value === false) return false;
  if (value instanceof PyFloat || typeof value !== 'string') return null;
  const text = value.trim();
  if (text === '1') return true;
  return /^[xX×0._-]?$/u.test(text) ? false : null;
}

function toSymbols(marks: readonly (readonly boolean[])[]): string[][] {
  return marks.map((row) => row.map((mark) => (mark ? '1' : 'X')));
}

function checkMarks(marks: readonly (readonly boolean[])[], instance: Instance): Check {
  const { rowSums, colSums } = instance;
  if (marks.length !== rowSums.length || marks.some((row) => row.length !== colSums.length))
    return wrong(`the grid must have ${rowSums.length} rows and ${colSums.length} columns`);
  for (const [i, row] of marks.entries()) {
    const sum = row.reduce((total, mark, j) => total + (mark ? j + 1 : 0), 0);
    if (sum !== rowSums[i]) return wrong(`row ${i + 1} sums to ${sum}, not ${rowSums[i] ?? 0}`);
  }
  for (const [j, wanted] of colSums.entries()) {
    const sum = marks.reduce((total, row, i) => total + (row[j] === true ? i + 1 : 0), 0);
    if (sum !== wanted) return wrong(`column ${j + 1} sums to ${sum}, not ${wanted}`);
  }
  return RIGHT;
}

interface Search {
  readonly count: number;
  readonly nodes: number;
  readonly first: boolean[][] | null;
}

/**
 * Rows from the heaviest down: what is left of a column sum must then be coverable by the weights 1 … k,
 * which every number from 0 to k(k+1)/2 is.
 */
function search({ rowSums, colSums }: Instance, limit: number): Search {
  const subsets = rowSums.map((sum) => subsetsWithSum(sum, colSums.length));
  const left = [...colSums];
  const chosen: number[] = rowSums.map(() => 0);
  let count = 0;
  let nodes = 0;
  let first: boolean[][] | null = null;

  const visit = (row: number): void => {
    nodes += 1;
    if (row < 0) {
      count += 1;
      first ??= chosen.map((mask) => colSums.map((_, j) => ((mask >> j) & 1) === 1));
      return;
    }
    const weight = row + 1;
    const most = (row * weight) / 2;
    let must = 0;
    let may = 0;
    for (const [j, rest] of left.entries()) {
      if (rest > most) must |= 1 << j;
      if (rest >= weight) may |= 1 << j;
      if (rest > most + weight) return;
    }
    if ((must & ~may) !== 0) return;
    for (const mask of subsets[row] ?? []) {
      if ((mask & must) !== must || (mask & ~may) !== 0) continue;
      take(mask, -weight);
      chosen[row] = mask;
      visit(row - 1);
      take(mask, weight);
      if (count >= limit || nodes > MAX_NODES) return;
    }
  };
  const take = (mask: number, change: number): void => {
    for (let j = 0; j < left.length; j += 1) {
      if (((mask >> j) & 1) === 1) left[j] = (left[j] ?? 0) + change;
    }
  };
  visit(rowSums.length - 1);
  return { count, nodes, first };
}

/** Sets of the weights 1 … cols with the given sum, as bit masks. */
function subsetsWithSum(sum: number, cols: number): number[] {
  const masks: number[] = [];
  const visit = (column: number, rest: number, mask: number): void => {
    if (rest === 0) masks.push(mask);
    else if (column > 0 && rest <= (column * (column + 1)) / 2) {
      if (rest >= column) visit(column - 1, rest - column, mask | (1 << (column - 1)));
      visit(column - 1, rest, mask);
    }
  };
  visit(cols, sum, 0);
  return masks;
}

/** The first grid of double-quoted ones and X, which is all that the published verifier reads. */
function firstQuotedGrid(text: string): boolean[][] | null {
  const GRID = /\[\s*\[\s*"/gu;
  for (let match = GRID.exec(text); match !== null; match = GRID.exec(text)) {
    const grid = quotedGridAt(text, match.index);
    if (grid !== null) return grid;
  }
  return null;
}

const PIECE = /\s*(?:"([1X])"|([[\],]))/uy;

function quotedGridAt(text: string, start: number): boolean[][] | null {
  const rows: boolean[][] = [];
  let row: boolean[] | null = null;
  let last = '';
  PIECE.lastIndex = start + 1;
  for (;;) {
    const match = PIECE.exec(text);
    if (match === null) return null;
    const [, cell, mark = ''] = match;
    if (cell !== undefined) {
      // No board is larger; a longer run is no answer.
      if (row === null || last === 'cell' || row.length === 64) return null;
      row.push(cell === '1');
      last = 'cell';
      continue;
    }
    if (mark === '[') {
      if (row !== null || last === ']') return null;
      row = [];
    } else if (mark === ',') {
      if (last !== 'cell' && last !== ']') return null;
    } else if (row === null) return last === ']' ? rows : null;
    else {
      if (last !== 'cell') return null;
      rows.push(row);
      if (rows.length > 64) return null;
      row = null;
    }
    last = mark;
  }
}
