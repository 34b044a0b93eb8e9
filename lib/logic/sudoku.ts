import { z } from 'zod';
import type { Rng } from '#lib/rng.ts';
import { finalText } from './final-text.ts';
import { findLastLiteral, itemsOf, toRows, toWhole } from './find-literal.ts';
import { cellsOf } from './grid-cells.ts';
import { lazySpans } from './lazy-spans.ts';
import { defineTask, RIGHT, wrong, type Check } from './logic-task.ts';
import { countWordings, gridText, renderWording, type Wordings } from './prompt.ts';
import { readLiteral, type PyValue } from './python-literal.ts';
import { pyStrip } from './python-text.ts';
import { numberGridOf } from './row-fields.ts';
import {
  candidatesAt,
  isOnlyPlace,
  isFilledSudoku,
  searchSudoku,
  type SudokuSearch,
  type SudokuShape,
} from './sudoku-grid.ts';

const Params = z.strictObject({
  boxRows: z.int().min(2).max(3),
  boxCols: z.int().min(2).max(3),
  /** Given numbers that are left, at most; a few fewer remain when a removal leaves no choice. */
  givens: z.int().min(4).max(80),
});
type Params = z.infer<typeof Params>;

interface Instance extends SudokuShape {
  /** In reading order; 0 for an empty cell. */
  readonly givens: readonly number[];
  readonly solution: readonly number[] | null;
}

interface Shown {
  readonly size: number;
  readonly box: string;
  readonly grid: string;
}

const MAX_TRIES = 200;
const EXAMPLE = '```python\n((1,2,3,…),(4,5,6,…),…)\n```';

const wordings: Wordings<Shown> = {
  en: [
    ({ size, box, grid }) => `Sudoku of ${size} by ${size} cells, X for an empty cell:
${grid}

Replace every X by a number from 1 to ${size}. Each row, each column and each of the ${box} boxes that tile the grid (rows by columns, starting at the top left) holds every number from 1 to ${size} exactly once. Printed numbers may not change.
End with the finished grid as a tuple of row tuples in a python code block:
${EXAMPLE}`,
    ({
      size,
      box,
      grid,
    }) => `Finish this number grid. It is cut into boxes of ${box} cells (rows by columns). No number may occur twice in a row, in a column or in a box, and only the numbers 1 to ${size} are used. The numbers that are already there are fixed; X marks what is missing.

${grid}

Give all ${size} rows as a Python tuple of tuples inside a code block, for example
${EXAMPLE}`,
    ({ size, box, grid }) => `${grid}

Above is an unfinished sudoku with the numbers 1 to ${size}; an X stands where a number is missing. In the finished grid each number occurs once in every row, once in every column and once in every box. The boxes have ${box} cells (rows by columns) and tile the grid from the top left corner. The numbers above stay where they are.
Write down the finished grid, ${size} rows of ${size} numbers, as nested Python tuples in a code block:
${EXAMPLE}`,
  ],
  zh: [
    ({ size, box, grid }) => `这是一个 ${size}×${size} 的数独，X 表示空格：
${grid}

请把每个 X 换成 1 到 ${size} 的数字，使每一行、每一列以及每个 ${box}（行×列，从左上角起铺满网格）的宫都恰好包含 1 到 ${size} 各一次。已给出的数字不能改动。
最后请在 python 代码块中用元组给出完整网格：
${EXAMPLE}`,
    ({
      size,
      box,
      grid,
    }) => `请补完下面的数字网格。网格被划分为 ${box}（行×列）的宫；同一行、同一列、同一宫内数字都不能重复，只能使用 1 到 ${size}。已有的数字固定不变，X 是缺失的数字。

${grid}

请把全部 ${size} 行写成 Python 的元组的元组，放在代码块里，例如
${EXAMPLE}`,
    ({ size, box, grid }) => `${grid}

上面是一个未完成的数独，数字为 1 到 ${size}，X 处缺少数字。完成后，每个数字在每行、每列、每宫中各出现一次。每宫为 ${box}（行×列）格，从左上角起铺满网格。上面已有的数字保持不变。
请在代码块中用嵌套的 Python 元组写出完成的网格，共 ${size} 行，每行 ${size} 个数字：
${EXAMPLE}`,
  ],
};

export const sudoku = defineTask<Params, Instance, number[][]>({
  id: 'sudoku',
  version: 1,
  label: 'Sudoku',
  category: 'grid',
  description: 'Every row, column and box holds each number once.',
  params: Params,
  levels: [
    { boxRows: 2, boxCols: 2, givens: 7 },
    { boxRows: 2, boxCols: 3, givens: 18 },
    { boxRows: 2, boxCols: 3, givens: 11 },
    { boxRows: 3, boxCols: 3, givens: 60 },
    { boxRows: 3, boxCols: 3, givens: 48 },
    { boxRows: 3, boxCols: 3, givens: 40 },
    { boxRows: 3, boxCols: 3, givens: 34 },
    { boxRows: 3, boxCols: 3, givens: 30 },
    { boxRows: 3, boxCols: 3, givens: 27 },
    { boxRows: 3, boxCols: 3, givens: 25 },
  ],
  promise: 'unique',
  templates: countWordings(wordings),
  generate,

  render(instance, language, template) {
    const size = sideOf(instance);
    return renderWording(wordings, language, template, {
      size,
      box: `${instance.boxRows}×${instance.boxCols}`,
      grid: gridText(toLines(instance.givens, size).map((row) => row.map((value) => value || 'X'))),
    });
  },

  toData(instance, question) {
    const size = sideOf(instance);
    const { givens, solution, boxRows, boxCols } = instance;
    return {
      question,
      answer: solution === null ? null : toTuple(toLines(solution, size)),
      difficulty: 1,
      metadata: {
        original_sudoku: toLines(givens, size).map((row) => row.map((value) => value || 'X')),
        complete_sudoku: solution === null ? null : toLines(solution, size),
        box_rows: boxRows,
        box_cols: boxCols,
        unique_solution: true,
      },
    };
  },

  fromData({ metadata }) {
    const rows: unknown = metadata?.original_sudoku;
    const shape = Array.isArray(rows) ? shapeOf(rows.length, metadata?.box_rows) : null;
    if (!Array.isArray(rows) || shape === null) return null;
    const givens: number[] = [];
    for (const row of rows as unknown[]) {
      if (!Array.isArray(row) || row.length !== rows.length) return null;
      for (const cell of row as unknown[]) {
        if (typeof cell !== 'string' && typeof cell !== 'number') return null;
        const digit =
          typeof cell === 'number' ? cell : cell.length === 1 ? cell.charCodeAt(0) - 48 : 0;
        givens.push(Number.isInteger(digit) && digit > 0 && digit < 10 ? digit : 0);
      }
    }
    const { boxRows, boxCols } = shape;
    const solution = numberGridOf(metadata?.complete_sudoku);
    return { boxRows, boxCols, givens, solution: solution === null ? null : cellsOf(solution) };
  },

  extract: (response) => findLastLiteral(finalText(response), toDigits),
  check: checkGrid,

  answer: (instance) =>
    instance.solution === null ? '' : inBlock(instance.solution, sideOf(instance)),

  solve(instance) {
    const { first, nodes } = search(instance, 1);
    return { answer: first === null ? null : inBlock(first, sideOf(instance)), nodes };
  },

  countSolutions: (instance, limit) => search(instance, limit).count,

  difficulty: (instance) => ({
    size: sideOf(instance),
    givens: instance.givens.filter((value) => value > 0).length,
    /** Steps that singles do not settle make this exceed the number of empty cells. */
    nodes: search(instance, 2).nodes,
  }),

  reference(response, data) {
    const instance = sudoku.fromData(data) as Instance | null;
    const grid = publishedGrid(response);
    return instance !== null && grid !== null && checkGrid(grid, instance).ok;
  },
});

function search(instance: Instance, limit: number): SudokuSearch {
  return searchSudoku(instance.givens, instance, limit);
}

/** A random full grid, from which numbers are taken in random order as long as no other value fits. */
function generate(rng: Rng, { boxRows, boxCols, givens: wanted }: Params): Instance {
  const shape = { boxRows, boxCols };
  const cells = (boxRows * boxCols) ** 2;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const empty = Array.from({ length: cells }, () => 0);
    const solution = searchSudoku(empty, shape, 1, rng).first;
    if (solution === null) continue;
    const givens = [...solution];
    let left = cells;
    for (const cell of rng.shuffle(solution.map((_, at) => at))) {
      if (left <= wanted) break;
      givens[cell] = 0;
      if (hasOther(givens, cell, solution[cell] ?? 0, shape)) givens[cell] = solution[cell] ?? 0;
      else left -= 1;
    }
    if (left <= wanted) return { ...shape, givens, solution };
  }
  throw new Error('No grid with so few givens was found.');
}

/** The grid was unique with `value` in `cell`: another solution would hold another value there. */
function hasOther(givens: number[], cell: number, value: number, shape: SudokuShape): boolean {
  const candidates = candidatesAt(givens, cell, shape);
  const bit = 1 << (value - 1);
  if (candidates === bit || isOnlyPlace(givens, cell, bit, shape)) return false;
  try {
    for (let rest = candidates & ~bit; rest !== 0; rest &= rest - 1) {
      givens[cell] = 32 - Math.clz32(rest & -rest);
      if (searchSudoku(givens, shape, 1).count > 0) return true;
    }
    return false;
  } finally {
    givens[cell] = 0;
  }
}

function checkGrid(grid: readonly (readonly number[])[], instance: Instance): Check {
  const size = sideOf(instance);
  if (grid.length !== size || grid.some((row) => row.length !== size))
    return wrong(`the grid must have ${size} rows of ${size} numbers`);
  const cells = cellsOf(grid);
  const { givens } = instance;
  let changed = 0;
  while (changed < givens.length && (givens[changed] === 0 || givens[changed] === cells[changed]))
    changed += 1;
  if (changed < givens.length)
    return wrong(
      `the given number in row ${Math.floor(changed / size) + 1}, column ${(changed % size) + 1} is changed`,
    );
  return isFilledSudoku(grid, instance)
    ? RIGHT
    : wrong(`a row, column or box does not hold every number from 1 to ${size} once`);
}

function sideOf({ boxRows, boxCols }: SudokuShape): number {
  return boxRows * boxCols;
}

function shapeOf(size: number, boxRows: unknown): SudokuShape | null {
  const rows = typeof boxRows === 'number' ? boxRows : size === 9 ? 3 : 2;
  return [4, 6, 9].includes(size) && size % rows === 0 && rows > 1 && rows < 4
    ? { boxRows: rows, boxCols: size / rows }
    : null;
}

function toLines(cells: readonly number[], size: number): number[][] {
  return Array.from({ length: size }, (_, row) => cells.slice(row * size, (row + 1) * size));
}

function toTuple(rows: readonly (readonly number[])[]): string {
  return `(${rows.map((row) => `(${row.join(', ')})`).join(', ')})`;
}

function inBlock(cells: readonly number[], size: number): string {
  return `\`\`\`python\n${toTuple(toLines(cells, size))}\n\`\`\``;
}

/** Rows of numbers, or rows as texts of digits: `("1234", "3412", …)`. */
function toDigits(value: PyValue): number[][] | null {
  const rows = toRows(value, toWhole);
  if (rows !== null) return rows;
  const texts = itemsOf(value) ?? [];
  const lines: number[][] = [];
  for (const text of texts) {
    if (typeof text !== 'string' || !/^\d{4,9}$/u.test(text.trim())) return null;
    lines.push(Array.from(text.trim(), Number));
  }
  return lines.length > 1 ? lines : null;
}

/** The last python block, else the last run of digits in double parentheses; `True` passes for 1 there. */
function publishedGrid(response: string): number[][] | null {
  const block = lazySpans(response, '```python', '```', true).at(-1)?.text;
  const text = block ?? lastTuple(response);
  const value = text === null || text.length > 100_000 ? undefined : readLiteral(pyStrip(text));
  return value === undefined
    ? null
    : toRows(value, (cell) => {
        if (typeof cell === 'boolean') return cell ? 1 : 0;
        return typeof cell === 'number' ? cell : null;
      });
}

const RUN_END = /[^\d,\s()]/gu;

function lastTuple(text: string): string | null {
  let found: string | null = null;
  let from = 0;
  for (let open = text.indexOf('('); open !== -1; open = text.indexOf('(', from)) {
    // A run of digits, commas, blanks and parentheses; nothing before its first parenthesis counts.
    RUN_END.lastIndex = open;
    from = RUN_END.exec(text)?.index ?? text.length;
    if (from - open > 100_000) continue;
    const run = text.slice(open, from);
    const start = /\(\s{0,99}\(\s{0,99}\d/u.exec(run)?.index ?? -1;
    const end = run.lastIndexOf(')');
    if (start !== -1 && end > start) found = run.slice(start, end + 1);
  }
  return found;
}
