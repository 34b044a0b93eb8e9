import { z } from 'zod';
import type { Rng } from '#lib/rng.ts';
import { finalText } from './final-text.ts';
import { findSpacedGrid } from './find-literal.ts';
import { cellsOf } from './grid-cells.ts';
import {
  isLatin,
  randomLatinSquare,
  searchLatin,
  spacedGrid,
  toSquareRows,
  type LatinSearch,
  type Prune,
  type Square,
} from './latin-square.ts';
import { defineTask, RIGHT, wrong, type Check } from './logic-task.ts';
import { countWordings, gridText, renderWording, type Wordings } from './prompt.ts';
import { pyInt, pySplit, pyStrip } from './python-text.ts';
import { numberField, numberGridOf, numbersOf } from './row-fields.ts';

const Params = z.strictObject({
  size: z.int().min(3).max(9),
  /** Signs and givens to begin with; more are added until the solution is unique. */
  signs: z.int().min(0).max(144),
  givens: z.int().min(0).max(80),
});
type Params = z.infer<typeof Params>;

/** Cells are counted from 0 in reading order; the value of `less` is below that of `more`. */
interface Sign {
  readonly less: number;
  readonly more: number;
}

interface Instance {
  readonly size: number;
  /** 0 for an empty cell. */
  readonly givens: readonly number[];
  readonly signs: readonly Sign[];
  readonly solution: Square | null;
}

interface Shown {
  readonly size: number;
  readonly grid: string;
  readonly signs: string;
}

const wordings: Wordings<Shown> = {
  en: [
    ({
      size,
      grid,
      signs,
    }) => `Futoshiki, ${size} by ${size}. Fill every X with a number from 1 to ${size}.
- Each row and each column holds every number from 1 to ${size} exactly once.
- Given numbers stay as they are.
- Each inequality below must hold; (r,c) is the cell in row r and column c, both counted from 1 at the top left.

Current puzzle:
${grid}

Inequality constraints:
${signs}

Give the finished grid in double brackets, cells separated by blanks and rows by commas, as in [[1 2,2 1]].`,
    ({
      size,
      grid,
      signs,
    }) => `Complete this Latin square of the numbers 1 to ${size} (no number twice in a row or column). X marks the empty cells; the printed numbers are fixed.

Current puzzle:
${grid}

In addition, with rows and columns numbered from 1:
${signs}

Write the answer as [[a b c …,d e f …,…]]: one comma between rows, one blank between numbers.`,
    ({
      size,
      grid,
      signs,
    }) => `Put numbers from 1 to ${size} into the empty cells (X) of this grid so that every number occurs once in each of the ${size} rows and once in each of the ${size} columns. What is printed stays.

Current puzzle:
${grid}

All of these comparisons must come true; (r,c) means row r from the top and column c from the left, starting with 1:
${signs}

Close with the full grid on one line: two opening brackets, the rows with commas between them, the numbers of a row with blanks between them, two closing brackets, as in [[1 2,2 1]].`,
  ],
  zh: [
    ({
      size,
      grid,
      signs,
    }) => `这是一个 ${size}×${size} 的不等式数独。请把每个 X 换成 1 到 ${size} 的数字。
- 每行每列都恰好包含 1 到 ${size} 各一次。
- 已给出的数字不能改动。
- 下列不等式都必须成立；(r,c) 表示第 r 行第 c 列，都从左上角的 1 开始数。

Current puzzle:
${grid}

不等式约束：
${signs}

请用双方括号给出完整网格，数字之间用空格、行之间用逗号分隔，例如 [[1 2,2 1]]。`,
    ({
      size,
      grid,
      signs,
    }) => `请补全这个由 1 到 ${size} 组成的拉丁方（同一行、同一列没有重复数字）。X 是空格，印出的数字固定不变。

Current puzzle:
${grid}

此外，行列都从 1 编号：
${signs}

答案写成 [[a b c …,d e f …,…]]：行之间一个逗号，数字之间一个空格。`,
    ({
      size,
      grid,
      signs,
    }) => `请在这个网格的空格（X）里填入 1 到 ${size} 的数字，使每个数字在 ${size} 行中各出现一次，在 ${size} 列中也各出现一次。已印出的数字不变。

Current puzzle:
${grid}

下面的比较必须全部成立；(r,c) 表示从上数第 r 行、从左数第 c 列，从 1 开始：
${signs}

最后用一行写出完整网格：两个左方括号，行与行之间用逗号，同一行的数字之间用空格，两个右方括号，例如 [[1 2,2 1]]。`,
  ],
};

export const futoshiki = defineTask<Params, Instance, number[][]>({
  id: 'futoshiki',
  version: 1,
  label: 'Futoshiki',
  category: 'grid',
  description: 'A Latin square with givens and inequalities between neighbours.',
  params: Params,
  levels: [
    { size: 4, signs: 4, givens: 4 },
    { size: 4, signs: 4, givens: 2 },
    { size: 4, signs: 5, givens: 1 },
    { size: 5, signs: 7, givens: 4 },
    { size: 5, signs: 10, givens: 2 },
    { size: 6, signs: 14, givens: 3 },
    { size: 7, signs: 18, givens: 5 },
    { size: 7, signs: 22, givens: 3 },
    { size: 8, signs: 28, givens: 6 },
    { size: 9, signs: 36, givens: 8 },
  ],
  promise: 'unique',
  templates: countWordings(wordings),
  generate,

  render(instance, language, template) {
    const { size, signs } = instance;
    return renderWording(wordings, language, template, {
      size,
      grid: gridText(
        toSquareRows([...instance.givens], size).map((row) => row.map((value) => value || 'X')),
      ),
      signs: signs
        .map(({ less, more }) => `${place(less, size)} < ${place(more, size)}`)
        .join('\n'),
    });
  },

  toData({ size, givens, signs, solution }, question) {
    const given = givens.flatMap((value, cell) => (value === 0 ? [] : [cell]));
    return {
      question,
      answer: solution === null ? null : toSquareRows(solution, size),
      difficulty: 1,
      metadata: {
        grid_size: size,
        num_inequality_signs: signs.length,
        num_prefilled_coords: given.length,
        prefilled_coords: given.map((cell) => [Math.floor(cell / size), cell % size]),
        prefilled_values: given.map((cell) => givens[cell]),
        constraints: signs.map(({ less, more }) => [
          [Math.floor(less / size), less % size],
          [Math.floor(more / size), more % size],
          '<',
        ]),
      },
    };
  },

  fromData(data) {
    const size = numberField(data, 'grid_size');
    const signs = signsOf(data.metadata?.constraints, size ?? 0);
    const coords = numberGridOf(data.metadata?.prefilled_coords);
    if (size === null || size < 2 || size > 12 || signs === null || coords === null) return null;
    const values =
      numbersOf(data.metadata?.prefilled_values) ?? shownValues(data.question, size, coords);
    if (values === null) return null;
    const givens = Array.from({ length: size * size }, () => 0);
    for (const [index, [row = 0, column = 0]] of coords.entries())
      givens[row * size + column] = values[index] ?? 0;
    const rows = numberGridOf(data.answer);
    return { size, givens, signs, solution: rows === null ? null : cellsOf(rows) };
  },

  extract: (response) => findSpacedGrid(finalText(response)),
  check: checkGrid,
  answer: ({ solution, size }) =>
    solution === null ? '' : spacedGrid(toSquareRows(solution, size)),

  solve(instance) {
    const { solutions, nodes } = search(instance, 1);
    const [first] = solutions;
    return {
      answer: first === undefined ? null : spacedGrid(toSquareRows(first, instance.size)),
      nodes,
    };
  },

  countSolutions: (instance, limit) => search(instance, limit).count,

  difficulty: (instance) => ({
    size: instance.size,
    givens: instance.givens.filter((value) => value > 0).length,
    signs: instance.signs.length,
    nodes: search(instance, 2).nodes,
  }),

  reference(response, data) {
    const size = numberField(data, 'grid_size');
    const signs = signsOf(data.metadata?.constraints, size ?? 0);
    const coords = numberGridOf(data.metadata?.prefilled_coords);
    const grid = publishedGrid(response);
    if (size === null || signs === null || coords === null || grid === null) return false;
    if (!isLatin(grid, size)) return false;
    const lines = publishedLines(data.question);
    for (const [row = 0, column = 0] of coords) {
      const value = pyInt(pySplit(lines[row] ?? '')[column] ?? '');
      if (value !== null && grid[row]?.[column] !== Number(value)) return false;
    }
    const cells = cellsOf(grid);
    return signs.every(({ less, more }) => (cells[less] ?? 0) < (cells[more] ?? 0));
  },
});

function place(cell: number, size: number): string {
  return `(${Math.floor(cell / size) + 1},${(cell % size) + 1})`;
}

/** Signs and a few givens at random; then, as long as there is another solution, a clue that tells the two apart. */
function generate(rng: Rng, params: Params): Instance {
  const { size } = params;
  const solution = randomLatinSquare(rng, size);
  const pairs = rng.shuffle(neighbours(size));
  const toSign = ([a, b]: readonly [number, number]): Sign =>
    (solution[a] ?? 0) < (solution[b] ?? 0) ? { less: a, more: b } : { less: b, more: a };
  const signs = pairs.splice(0, params.signs).map(toSign);
  const givens = solution.map(() => 0);
  for (const cell of rng.shuffle(solution.map((_, at) => at)).slice(0, params.givens))
    givens[cell] = solution[cell] ?? 0;
  for (;;) {
    const { solutions } = search({ size, givens, signs, solution }, 2);
    const other = solutions.find((square) => square.some((value, at) => value !== solution[at]));
    if (other === undefined) break;
    const telling = pairs.findIndex(
      ([a, b]) => (other[a] ?? 0) < (other[b] ?? 0) !== (solution[a] ?? 0) < (solution[b] ?? 0),
    );
    const [pair] = telling !== -1 && rng.below(2) === 0 ? pairs.splice(telling, 1) : [];
    if (pair !== undefined) signs.push(toSign(pair));
    else {
      const cells = solution.flatMap((value, at) => (value === other[at] ? [] : [at]));
      const cell = rng.pick(cells);
      givens[cell] = solution[cell] ?? 0;
    }
  }
  return { size, givens, signs, solution };
}

function neighbours(size: number): [number, number][] {
  const pairs: [number, number][] = [];
  for (let cell = 0; cell < size * size; cell += 1) {
    if (cell % size < size - 1) pairs.push([cell, cell + 1]);
    if (cell + size < size * size) pairs.push([cell, cell + size]);
  }
  return pairs;
}

function search({ size, givens, signs }: Instance, limit: number): LatinSearch {
  const all = (1 << size) - 1;
  const domains = Uint16Array.from(givens, (value) => (value === 0 ? all : 1 << (value - 1)));
  return searchLatin(size, domains, pruneBySigns(signs), limit);
}

function pruneBySigns(signs: readonly Sign[]): Prune {
  return (domains) => {
    let isChanged = false;
    for (const { less, more } of signs) {
      const low = domains[less] ?? 0;
      const high = domains[more] ?? 0;
      const below = low & ((1 << (31 - Math.clz32(high))) - 1);
      const above = high & ~((((low & -low) << 1) - 1) | 0);
      if (below === 0 || above === 0) return -1;
      if (below !== low || above !== high) {
        domains[less] = below;
        domains[more] = above;
        isChanged = true;
      }
    }
    return isChanged ? 1 : 0;
  };
}

function checkGrid(grid: readonly (readonly number[])[], { size, givens, signs }: Instance): Check {
  if (!isLatin(grid, size)) return wrong(`the grid is no Latin square of the numbers 1 to ${size}`);
  const cells = cellsOf(grid);
  for (const [cell, value] of givens.entries())
    if (value !== 0 && cells[cell] !== value)
      return wrong(`the given number at ${place(cell, size)} is changed`);
  for (const { less, more } of signs)
    if ((cells[less] ?? 0) >= (cells[more] ?? 0))
      return wrong(`${place(less, size)} < ${place(more, size)} does not hold`);
  return RIGHT;
}

function signsOf(value: unknown, size: number): Sign[] | null {
  if (!Array.isArray(value)) return null;
  const signs: Sign[] = [];
  for (const entry of value as unknown[]) {
    if (!Array.isArray(entry)) return null;
    const [a, b, sign] = entry as unknown[];
    const [first, second] = [cellOf(a, size), cellOf(b, size)];
    if (first === null || second === null) return null;
    if (sign === '<') signs.push({ less: first, more: second });
    else if (sign === '>') signs.push({ less: second, more: first });
  }
  return signs;
}

function cellOf(value: unknown, size: number): number | null {
  const [row, column] = numbersOf(value) ?? [];
  return row === undefined || column === undefined ? null : row * size + column;
}

/** The given numbers as the question shows them, in any language: the first lines that are rows of X and numbers. */
function shownValues(question: string, size: number, coords: readonly number[][]): number[] | null {
  if (coords.length === 0) return [];
  const rows: string[][] = [];
  for (const line of question.replaceAll('\\n', '\n').split('\n')) {
    const cells = line.trim().split(/\s+/u);
    if (cells.length === size && cells.every((cell) => /^(?:[Xx]|\d{1,2})$/u.test(cell)))
      rows.push(cells);
    else if (rows.length > 0 && rows.length < size) rows.length = 0;
    if (rows.length === size) break;
  }
  const values = coords.map(([row = 0, column = 0]) => Number(rows[row]?.[column]));
  return values.every(Number.isInteger) ? values : null;
}

/** The lines that the published verifier takes for the grid: after its English mark, those with an X. */
function publishedLines(question: string): string[] {
  const lines: string[] = [];
  let isInGrid = false;
  for (const line of question.split('\n')) {
    const text = pyStrip(line);
    if (line.includes('Current puzzle:')) isInGrid = true;
    else if (isInGrid && text !== '' && line.includes('X')) lines.push(text);
    else if (isInGrid && lines.length > 0 && text !== '') isInGrid = false;
  }
  return lines;
}

/** Longer than any grid that could be right. */
const MAX_GRID_TEXT = 20_000;

/** The last `[[…]]` without a bracket inside, if it is square; else the whole text in that form. */
function publishedGrid(response: string): number[][] | null {
  const text = pyStrip(response);
  const last = lastPlainBrackets(text);
  if (last !== null && last.length < MAX_GRID_TEXT) {
    const rows = last.split(',').map((row) => (row.match(/\p{Nd}+/gu) ?? []).map(toNumber));
    if (rows.every((row) => row.length === rows.length)) return rows;
  }
  if (!text.startsWith('[[') || !text.endsWith(']]') || text.length > MAX_GRID_TEXT) return null;
  const rows = text
    .slice(2, -2)
    .split(',')
    .map((row) => pySplit(row).map(toNumber));
  return rows.flat().some(Number.isNaN) ? null : rows;
}

function toNumber(text: string): number {
  const value = pyInt(text);
  return value === null ? Number.NaN : Number(value);
}

function lastPlainBrackets(text: string): string | null {
  let found: string | null = null;
  let close = -1;
  for (let open = text.indexOf('[['); open !== -1; open = text.indexOf('[[', open + 1)) {
    if (close < open + 2) close = text.indexOf(']', open + 2);
    if (close === -1) break;
    if (close === open + 2 || text[close + 1] !== ']') continue;
    found = text.slice(open + 2, close);
    open = close + 1;
  }
  return found;
}
