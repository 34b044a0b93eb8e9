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
import { lazySpans } from './lazy-spans.ts';
import { defineTask, RIGHT, wrong, type Check, type LogicRow } from './logic-task.ts';
import { countWordings, renderWording, type Wordings } from './prompt.ts';
import { pyInt, pySplit, pyStrip } from './python-text.ts';
import { isRecord, numberField } from './row-fields.ts';

const Params = z.strictObject({
  size: z.int().min(3).max(9),
  /** The most cells of a cage. */
  cage: z.int().min(2).max(4),
});
type Params = z.infer<typeof Params>;

interface Cage {
  /** Counted from 0 in reading order. */
  readonly cells: readonly number[];
  readonly target: number;
  /** `+`, `-`, `*`; anything else divides. */
  readonly operator: string;
}

interface Instance {
  readonly size: number;
  readonly cages: readonly Cage[];
  readonly solution: Square | null;
}

interface Shown {
  readonly size: number;
  readonly cages: string;
}

const wordings: Wordings<Shown> = {
  en: [
    ({ size, cages }) => `Fill a ${size} x ${size} grid with the numbers 1 to ${size}.
- No number repeats in a row or in a column.
- The grid is divided into cages, listed below by their cells (row,column), counted from 1 at the top left, with a target and an operator. No number repeats within a cage.
- + : the numbers of the cage add up to the target. * : they multiply to it. - : the larger minus the smaller is the target. ÷ : the larger divided by the smaller is exactly the target.
- A cage of one cell holds its target.

Regions:
${cages}

Write the finished grid in double brackets, numbers separated by blanks and rows by commas: [[A B C,D E F,G H I]].`,
    ({
      size,
      cages,
    }) => `Calculation puzzle with the numbers 1 to ${size} on a board of ${size} rows and ${size} columns. Every row and every column contains each number exactly once. For each region you are told its cells as (row,column) with 1-based indices, a number and an operation: sum (+), product (*), difference of two cells without sign (-), exact quotient of two cells in either order (÷). The numbers inside a region are all different; a region with a single cell simply contains the number.

Regions:
${cages}

Answer in the form [[first row,second row,…]], with blanks between the numbers of a row.`,
    ({
      size,
      cages,
    }) => `Each of the ${size} x ${size} cells takes a number from 1 to ${size}; equal numbers never share a row, a column or a cage.
Every line below is a cage: its cells as (row,column), both from 1 at the top left, then the target and how the numbers of the cage give it:
"+" as their sum, "*" as their product, "-" as larger minus smaller, "÷" as larger divided by smaller without remainder. Where a cage has one cell, the target is its number.

Regions:
${cages}

Finish with [[…]]: the rows parted by commas, the numbers of a row by blanks, such as [[A B C,D E F,G H I]].`,
  ],
  zh: [
    ({ size, cages }) => `请用 1 到 ${size} 填满 ${size} x ${size} 的网格。
- 每行每列数字不重复。
- 网格分成若干区域，下面列出每个区域的格子（行,列，从左上角的 1 开始数）、目标数和运算符。同一区域内数字不重复。
- +：区域内数字之和等于目标数；*：乘积等于目标数；-：大数减小数等于目标数；÷：大数除以小数恰好等于目标数。
- 只有一个格子的区域，其数字就是目标数。

Regions:
${cages}

请用双方括号写出完整网格，数字用空格、行用逗号分隔：[[A B C,D E F,G H I]]。`,
    ({
      size,
      cages,
    }) => `计算数独：在 ${size} 行 ${size} 列的棋盘上填 1 到 ${size}，每行每列各数字恰好出现一次。每个区域给出格子（行,列，从 1 编号）、一个数和一种运算：和（+）、积（*）、两格之差的绝对值（-）、两格以任一顺序整除所得的商（÷）。同一区域内数字互不相同；单格区域直接等于给出的数。

Regions:
${cages}

答案写成 [[第一行,第二行,…]]，同一行的数字之间用空格。`,
    ({
      size,
      cages,
    }) => `${size} x ${size} 个格子各填一个 1 到 ${size} 的数字；同一行、同一列、同一笼内不得有相同的数字。
下面每一行是一个笼：先是格子（行,列，都从左上角的 1 开始），然后是目标数以及笼内数字得到它的方式：
“+”为和，“*”为积，“-”为大数减小数，“÷”为大数除以小数且没有余数。只有一格的笼，其数字就是目标数。

Regions:
${cages}

请以 [[…]] 结尾：行之间用逗号，同一行的数字之间用空格，例如 [[A B C,D E F,G H I]]。`,
  ],
};

export const calcudoko = defineTask<Params, Instance, number[][]>({
  id: 'calcudoko',
  version: 1,
  label: 'Calcudoko',
  category: 'grid',
  description: 'A Latin square whose cages have a target and an operator.',
  params: Params,
  levels: [
    { size: 3, cage: 2 },
    { size: 4, cage: 2 },
    { size: 4, cage: 3 },
    { size: 4, cage: 4 },
    { size: 5, cage: 3 },
    { size: 5, cage: 4 },
    { size: 6, cage: 3 },
    { size: 6, cage: 4 },
    { size: 7, cage: 4 },
    { size: 8, cage: 4 },
  ],
  promise: 'unique',
  templates: countWordings(wordings),
  generate,

  render({ size, cages }, language, template) {
    const lines = cages.map((cage) => {
      const cells = `(${cage.cells.map((cell) => place(cell, size)).join(',')})`;
      return `${cells}:${cage.target}${cage.cells.length === 1 ? '' : cage.operator}`;
    });
    return renderWording(wordings, language, template, { size, cages: lines.join('\n') });
  },

  toData: ({ size, cages, solution }, question) => ({
    question,
    answer: solution === null ? '' : spacedGrid(toSquareRows(solution, size)),
    difficulty: 1,
    metadata: {
      grid_size: size,
      regions: cages.map(({ cells, target, operator }) => ({
        cells: cells.map((cell) => place(cell, size)),
        target,
        operator,
      })),
    },
  }),

  fromData(data) {
    const size = numberField(data, 'grid_size');
    const cages = cagesOf(data, size ?? 0);
    if (size === null || size < 1 || size > 12 || cages === null) return null;
    const rows = typeof data.answer === 'string' ? findSpacedGrid(data.answer) : null;
    return { size, cages, solution: rows === null ? null : cellsOf(rows) };
  },

  extract: (response) => findSpacedGrid(finalText(response)),
  check: checkGrid,
  answer: ({ solution, size }) =>
    solution === null ? '' : spacedGrid(toSquareRows(solution, size)),

  solve(instance) {
    const { solutions, nodes } = search(instance.size, instance.cages, 1);
    const [first] = solutions;
    return {
      answer: first === undefined ? null : spacedGrid(toSquareRows(first, instance.size)),
      nodes,
    };
  },

  countSolutions: ({ size, cages }, limit) => search(size, cages, limit).count,

  difficulty: ({ size, cages }) => ({
    size,
    cages: cages.length,
    nodes: search(size, cages, 2).nodes,
  }),

  reference(response, data) {
    const size = data.metadata?.grid_size === undefined ? 4 : numberField(data, 'grid_size');
    const cages = data.metadata?.regions === undefined ? [] : cagesOf(data, size ?? 0);
    if (size === null || cages === null) return false;
    const grid = publishedGrid(response, size);
    return (
      grid !== null &&
      isLatin(grid, size) &&
      cages.every((cage) => holds(cellsOf(grid), cage, 0.001))
    );
  },
});

function place(cell: number, size: number): string {
  return `(${Math.floor(cell / size) + 1},${(cell % size) + 1})`;
}

/** The cell whose row and column are the first two numbers of a text; -1 where they are no place of the grid. */
function cellAt(text: string, size: number): number {
  let row = -1;
  let number = -1;
  for (let at = 0; at <= text.length; at += 1) {
    const digit = at < text.length ? text.charCodeAt(at) - 48 : -1;
    if (digit >= 0 && digit <= 9) number = Math.max(number, 0) * 10 + digit;
    else if (number >= 0 && row < 0) {
      row = number;
      number = -1;
    } else if (number >= 0) break;
  }
  const isInside = row >= 1 && row <= size && number >= 1 && number <= size;
  return isInside ? (row - 1) * size + number - 1 : -1;
}

function cagesOf(data: LogicRow, size: number): Cage[] | null {
  const regions = data.metadata?.regions;
  if (!Array.isArray(regions)) return null;
  const cages: Cage[] = [];
  for (const region of regions as unknown[]) {
    if (!isRecord(region) || !Array.isArray(region.cells)) return null;
    const { target, operator } = region;
    const cells = (region.cells as unknown[]).map((cell) => cellAt(String(cell), size));
    if (typeof target !== 'number' || typeof operator !== 'string' || cells.includes(-1))
      return null;
    cages.push({ cells, target, operator });
  }
  return cages;
}

/** `tolerance` is what the published verifier allows a quotient; 0 asks for an exact one. */
function holds(
  cells: readonly number[],
  { cells: places, target, operator }: Cage,
  tolerance: number,
): boolean {
  const numbers = places.map((place_) => cells[place_] ?? 0);
  if (new Set(numbers).size !== numbers.length) return false;
  if (operator === '+') return numbers.reduce((sum, number) => sum + number, 0) === target;
  if (operator === '*') return numbers.reduce((product, number) => product * number, 1) === target;
  const [a = 0, b = 0] = numbers;
  if (numbers.length !== 2) return false;
  if (operator === '-') return Math.abs(a - b) === Math.abs(target);
  return tolerance === 0
    ? a === b * target || b === a * target
    : Math.abs(a / b - target) < tolerance || Math.abs(b / a - target) < tolerance;
}

function checkGrid(grid: readonly (readonly number[])[], { size, cages }: Instance): Check {
  if (!isLatin(grid, size)) return wrong(`the grid is no Latin square of the numbers 1 to ${size}`);
  const cells = cellsOf(grid);
  const broken = cages.find((cage) => !holds(cells, cage, 0));
  return broken === undefined
    ? RIGHT
    : wrong(`the cage at ${place(broken.cells[0] ?? 0, size)} does not come to ${broken.target}`);
}

/** Random cages; as long as there is another solution, a cage that it fills differently gives up its last cell. */
function generate(rng: Rng, { size, cage }: Params): Instance {
  const solution = randomLatinSquare(rng, size);
  const parts = drawParts(rng, solution, size, cage);
  let cages = parts.map((cells) => toCage(rng, cells, solution));
  for (;;) {
    const { solutions } = search(size, cages, 2);
    const other = solutions.find((square) => square.some((value, at) => value !== solution[at]));
    if (other === undefined) return { size, cages, solution };
    const differing = cages.filter(
      ({ cells }) => cells.length > 1 && cells.some((cell) => other[cell] !== solution[cell]),
    );
    const split = rng.pick(differing);
    const rest = split.cells.slice(0, -1);
    const single = split.cells.slice(-1);
    cages = cages.flatMap((entry) =>
      entry === split ? [toCage(rng, rest, solution), toCage(rng, single, solution)] : [entry],
    );
  }
}

/** Grown cell by cell, so that each part stays connected when its last cell is taken away. */
function drawParts(rng: Rng, solution: Square, size: number, most: number): number[][] {
  const free = new Set(solution.map((_, cell) => cell));
  const parts: number[][] = [];
  for (const start of rng.shuffle([...free])) {
    if (!free.has(start)) continue;
    const part = [start];
    free.delete(start);
    const wanted = rng.between(2, most);
    while (part.length < wanted) {
      const values = part.map((cell) => solution[cell]);
      const next = part
        .flatMap((cell) => neighboursOf(cell, size))
        .filter((cell) => free.has(cell) && !values.includes(solution[cell]));
      if (next.length === 0) break;
      const cell = rng.pick(next);
      part.push(cell);
      free.delete(cell);
    }
    parts.push(part);
  }
  return parts;
}

function neighboursOf(cell: number, size: number): number[] {
  const column = cell % size;
  return [
    ...(column > 0 ? [cell - 1] : []),
    ...(column < size - 1 ? [cell + 1] : []),
    ...(cell >= size ? [cell - size] : []),
    ...(cell < size * (size - 1) ? [cell + size] : []),
  ];
}

function toCage(rng: Rng, cells: readonly number[], solution: Square): Cage {
  const numbers = cells.map((cell) => solution[cell] ?? 0);
  const [a = 0, b = 0] = numbers;
  const large = Math.max(a, b);
  const small = Math.min(a, b);
  const operators = ['+', '*'];
  if (numbers.length === 1) return { cells, target: a, operator: '+' };
  if (numbers.length === 2) operators.push('-', '-', ...(large % small === 0 ? ['÷', '÷'] : []));
  const operator = rng.pick(operators);
  if (operator === '+')
    return { cells, target: numbers.reduce((sum, number) => sum + number, 0), operator };
  if (operator === '*')
    return { cells, target: numbers.reduce((product, number) => product * number, 1), operator };
  return { cells, target: operator === '-' ? large - small : large / small, operator };
}

function search(size: number, cages: readonly Cage[], limit: number): LatinSearch {
  const domains = new Uint16Array(size * size).fill((1 << size) - 1);
  return searchLatin(size, domains, pruneByCages(cages, size), limit);
}

/** Keeps of each cell of a cage the values that some filling of the whole cage uses. */
function pruneByCages(cages: readonly Cage[], size: number): Prune {
  const numbers: number[] = [];
  const support: number[] = [];
  return (domains) => {
    let isChanged = false;
    for (const cage of cages) {
      support.length = 0;
      for (const _cell of cage.cells) support.push(0);
      numbers.length = 0;
      collect(cage, domains, size, { numbers, support, used: 0 });
      for (const [at, cell] of cage.cells.entries()) {
        const bits = support[at] ?? 0;
        if (bits === 0) return -1;
        if (bits !== domains[cell]) {
          domains[cell] = bits;
          isChanged = true;
        }
      }
    }
    return isChanged ? 1 : 0;
  };
}

interface Filling {
  readonly numbers: number[];
  readonly support: number[];
  used: number;
}

function collect(cage: Cage, domains: Uint16Array, size: number, state: Filling): void {
  const { numbers, support } = state;
  const at = numbers.length;
  const cell = cage.cells[at];
  if (cell === undefined) {
    if (meets(numbers, cage))
      for (const [index, number] of numbers.entries())
        support[index] = (support[index] ?? 0) | (1 << (number - 1));
    return;
  }
  for (let rest = (domains[cell] ?? 0) & ~state.used; rest !== 0; rest &= rest - 1) {
    const bit = rest & -rest;
    numbers.push(32 - Math.clz32(bit));
    state.used |= bit;
    if (canMeet(numbers, cage, size)) collect(cage, domains, size, state);
    state.used &= ~bit;
    numbers.pop();
  }
}

/** Whether a beginning of a sum or product has not gone too far, and can still come far enough. */
function canMeet(
  numbers: readonly number[],
  { target, operator, cells }: Cage,
  size: number,
): boolean {
  const left = cells.length - numbers.length;
  if (operator === '+') {
    let sum = 0;
    for (const number of numbers) sum += number;
    return sum + left <= target && sum + left * size >= target;
  }
  if (operator !== '*') return true;
  let product = 1;
  for (const number of numbers) product *= number;
  return target % product === 0;
}

function meets(numbers: readonly number[], { target, operator }: Cage): boolean {
  const [a = 0, b = 0] = numbers;
  if (operator === '+') {
    let sum = 0;
    for (const number of numbers) sum += number;
    return sum === target;
  }
  if (operator === '*') {
    let product = 1;
    for (const number of numbers) product *= number;
    return product === target;
  }
  if (numbers.length !== 2) return false;
  return operator === '-'
    ? Math.abs(a - b) === Math.abs(target)
    : a === b * target || b === a * target;
}

const ROW_MARKS = [
  /第\s*\p{Nd}+\s*行\s*[:：]\s*([\p{Nd}\s]+)/gu,
  /行\s*\p{Nd}+\s*[:：]\s*([\p{Nd}\s]+)/gu,
  /Row\s*\p{Nd}+\s*[:：]\s*([\p{Nd}\s]+)/gu,
  /- 第\p{Nd}+行[:：]?\s*([\p{Nd}\s]+)/gu,
  /- 行\p{Nd}+[:：]?\s*([\p{Nd}\s]+)/gu,
  /- Row\p{Nd}+[:：]?\s*([\p{Nd}\s]+)/gu,
];

/** The published reader: the first `[[…]]` of a line, with its repairs of rows that are too short, too long or missing. */
function publishedGrid(response: string, size: number): number[][] | null {
  const [first] = lazySpans(response, '[[', ']]', false);
  const source = first?.text ?? publishedAnswer(response);
  const clean = withoutOuterBrackets(source.replace(/[^\p{Nd}[\],\s]+/gu, ''));
  let described: string[] | null = null;
  let grid: number[][] = [];
  for (const text of clean.split(',')) {
    // Brackets between the digits make the reader give up, and what it falls back on is never right.
    if (/[[\]\ufeff]|\S{4301}/u.test(text)) return null;
    const numbers = firstNumbers(text, size);
    if (numbers.length < size) {
      described ??= ROW_MARKS.flatMap((mark) =>
        Array.from(response.matchAll(mark), ([, row = '']) => row),
      );
      if (described.length === size) {
        grid = described.map((row) => fitted(firstNumbers(row, size), size));
        break;
      }
    }
    grid.push(fitted(numbers, size));
    if (grid.length > 10_000) return null;
  }
  while (grid.length < size) grid.push(fitted([], size));
  return grid.slice(0, size);
}

/** At most `most` numbers of a text of digits and blanks. */
function firstNumbers(text: string, most: number): number[] {
  return pySplit(text).slice(0, most).map(toNumber);
}

function withoutOuterBrackets(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && '[]'.includes(text.charAt(start))) start += 1;
  while (end > start && '[]'.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function fitted(numbers: readonly number[], size: number): number[] {
  return Array.from({ length: size }, (_, at) => numbers[at] ?? 1);
}

function toNumber(text: string): number {
  const value = pyInt(text);
  return value === null ? Number.NaN : Number(value);
}

function publishedAnswer(response: string): string {
  const fence = lazySpans(response, '```python', '```', true).at(-1);
  if (fence !== undefined) return pyStrip(fence.text);
  const OPEN = /\(\s*\(\s*\p{Nd}+\s*,/gu;
  const CLOSE = /\)\s*\)/gu;
  let found: string | null = null;
  for (let open = OPEN.exec(response); open !== null; open = OPEN.exec(response)) {
    CLOSE.lastIndex = OPEN.lastIndex;
    const close = CLOSE.exec(response);
    if (close === null) break;
    found = response.slice(open.index, CLOSE.lastIndex);
    OPEN.lastIndex = CLOSE.lastIndex;
  }
  return found ?? response;
}
