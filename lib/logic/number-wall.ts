import { z } from 'zod';
import type { Rng } from '#lib/rng.ts';
import { finalText } from './final-text.ts';
import { findTextGrid, toCell, toRows } from './find-literal.ts';
import { cellsOf } from './grid-cells.ts';
import { gridNeighbours } from './grid-neighbours.ts';
import { defineTask, RIGHT, wrong, type Check } from './logic-task.ts';
import { countWordings, gridText, renderWording, type Wordings } from './prompt.ts';
import { readLiteral } from './python-literal.ts';
import { pyInt } from './python-text.ts';
import { textGridOf, wholeOrZero } from './row-fields.ts';
import { drawIslands, turnCells } from './wall-drawing.ts';
import {
  hasCell,
  searchWall,
  type IslandNumber,
  type Land,
  type WallSearch,
} from './wall-islands.ts';

const MAX_SIZE = 8;

const Params = z.strictObject({
  size: z.int().min(3).max(MAX_SIZE),
  /** The most cells of an island. */
  largest: z.int().min(2).max(6),
});
type Params = z.infer<typeof Params>;

interface Instance {
  readonly size: number;
  /** In reading order; 0 where no number stands. */
  readonly numbers: readonly number[];
  /** Whether islands must not touch at a corner; the prompts of the published data set do not say so. */
  readonly isApartAtCorners: boolean;
  /** In reading order, true for land; null where the row of a data set does not hold it. */
  readonly land: readonly boolean[] | null;
}

interface Shown {
  readonly size: number;
  readonly grid: string;
}

const wordings: Wordings<Shown> = {
  en: [
    ({
      size,
      grid,
    }) => `Number wall, ${size} by ${size}. X is an open cell, a number marks an island. Turn open cells into wall ("A") so that the cells that are left form the islands.
- Each island holds exactly one number, and has exactly that many cells, the numbered one included.
- The cells of an island are connected through shared edges.
- Two islands touch nowhere, neither along an edge nor at a corner.
- No 2×2 block consists of wall only. The wall need not be connected.
- Numbers stay where they are, and none is added.

${grid}

End with the whole grid as a list of rows in a python code block: "A" for wall, "X" for the other cells of islands, numbers as they are, for example:
\`\`\`python
[["A", "X"], ["A", 2]]
\`\`\``,
    ({
      size,
      grid,
    }) => `In the ${size} x ${size} sea chart below, every number belongs to an island of its own and tells how many squares the island covers, counting the square of the number. All squares of an island hang together horizontally or vertically. Squares of different islands are never next to each other, not even diagonally. Everything that is no island is water, and four squares of water never form a 2 x 2 block (water may fall into several parts). There is no island without a number.

${grid}

Mark the water with "A", leave "X" on the land and keep the numbers unchanged. Write the finished chart as a Python list of lists in a \`\`\`python block.`,
    ({
      size,
      grid,
    }) => `Decide for each X of this ${size} x ${size} grid whether it stays an X or becomes an A:

${grid}

1. Cells that are not A fall into groups joined by edges. A group contains one number and its size, with the number's own cell, is that number.
2. If two cells of different groups shared a corner, that would be an error too.
3. A 2 x 2 square of four A is not allowed anywhere; other shapes of A are free.
4. A number can be neither changed, moved, removed nor newly written.

Your answer ends with a \`\`\`python block that holds the grid as a two-dimensional list of "A", "X" and the numbers.`,
  ],
  zh: [
    ({
      size,
      grid,
    }) => `这是一道 ${size}×${size} 的数字墙谜题。X 是空格，数字标出岛屿。请把一些空格变成墙（"A"），使剩下的格子组成岛屿。
- 每个岛屿恰好含一个数字，格子总数（包括数字所在的格子）恰好等于该数字。
- 同一岛屿的格子通过公共边相连。
- 不同岛屿处处不接触：既不能有公共边，也不能在角上相碰。
- 任何 2×2 的方块都不能全是墙；墙不必连成一片。
- 数字留在原处，也不能新增数字。

${grid}

最后请在 python 代码块中用二维列表写出整个网格：墙为 "A"，岛屿的其他格子为 "X"，数字照旧，例如：
\`\`\`python
[["A", "X"], ["A", 2]]
\`\`\``,
    ({
      size,
      grid,
    }) => `下面是一张 ${size}×${size} 的海图。每个数字各属于一个岛，表示该岛占多少格（含数字那一格）。同一个岛的格子上下或左右相连；不同岛的格子不能相邻，斜向相邻也不行。岛以外都是水，四格水不能组成 2×2 的方块（水可以分成几片）。没有不带数字的岛。

${grid}

请用 "A" 标出水，陆地保留 "X"，数字不变。把完成的海图写成 Python 的列表的列表，放在 \`\`\`python 代码块里。`,
    ({ size, grid }) => `请决定这个 ${size}×${size} 网格中的每个 X 是保留还是改成 A：

${grid}

1. 不是 A 的格子按公共边连成若干组；每组恰好含一个数字，组的大小（含数字本身那格）等于这个数字。
2. 不同组的格子即使只有一个公共角也算错误。
3. 任何位置都不允许出现四个 A 组成的 2×2 方块，其他形状的 A 不受限制。
4. 数字不能更改、移动、删除，也不能新写。

回答以一个 \`\`\`python 代码块结尾，内含由 "A"、"X" 和数字组成的二维列表。`,
  ],
};

export const numberWall = defineTask<Params, Instance, string[][]>({
  id: 'number-wall',
  version: 2,
  label: 'Number wall',
  category: 'grid',
  description: 'Walls part islands, each with one number that is its size; no 2×2 block of walls.',
  params: Params,
  levels: [
    { size: 4, largest: 4 },
    { size: 5, largest: 3 },
    { size: 5, largest: 4 },
    { size: 5, largest: 5 },
    { size: 6, largest: 3 },
    { size: 6, largest: 4 },
    { size: 6, largest: 5 },
    { size: 7, largest: 4 },
    { size: 7, largest: 5 },
    { size: 8, largest: 5 },
  ],
  promise: 'unique',
  templates: countWordings(wordings),
  generate,

  render(instance, language, template) {
    const { size, numbers } = instance;
    const cells = numbers.map((value) => (value === 0 ? 'X' : value));
    return renderWording(wordings, language, template, {
      size,
      grid: gridText(lines(cells, size)),
    });
  },

  toData(instance, question) {
    const { size, numbers, land, isApartAtCorners } = instance;
    return {
      question,
      answer: '',
      difficulty: 1,
      metadata: {
        grid: lines(
          numbers.map((value) => (value === 0 ? 'X' : value)),
          size,
        ),
        solution: land === null ? null : symbols(instance, land),
        n: size,
        number_rate: numbers.filter((value) => value > 0).length / numbers.length,
        apart_at_corners: isApartAtCorners,
      },
    };
  },

  fromData({ metadata }) {
    const grid = textGridOf(metadata?.grid);
    const size = grid?.length ?? 0;
    if (grid === null || size < 2 || size > MAX_SIZE || grid.some((row) => row.length !== size))
      return null;
    const solution = textGridOf(metadata?.solution);
    return {
      size,
      numbers: cellsOf(grid).map(wholeOrZero),
      isApartAtCorners: metadata?.apart_at_corners === true,
      land: solution === null ? null : cellsOf(solution).map((cell) => cell !== 'A'),
    };
  },

  extract: (response) => findTextGrid(finalText(response)),
  check: (grid, instance) => checkWall(grid, instance, false),
  answer: (instance) => (instance.land === null ? '' : inBlock(instance, instance.land)),

  solve(instance) {
    const { solutions, nodes } = search(instance, 1);
    const [first] = solutions;
    if (first === undefined) return { answer: null, nodes };
    const land = instance.numbers.map((_, cell) => first.some((part) => hasCell(part, cell)));
    return { answer: inBlock(instance, land), nodes };
  },

  countSolutions: (instance, limit) => search(instance, limit).solutions.length,

  difficulty: (instance) => ({
    size: instance.size,
    numbers: instance.numbers.filter((value) => value > 0).length,
    nodes: search(instance, 2).nodes,
  }),

  reference(response, data) {
    const instance = numberWall.fromData(data) as Instance | null;
    const grid = publishedGrid(response);
    return (
      instance !== null &&
      grid !== null &&
      checkWall(grid, { ...instance, isApartAtCorners: true }, true).ok
    );
  },
});

function search({ size, numbers, isApartAtCorners }: Instance, limit: number): WallSearch {
  return searchWall(size, islandNumbers(numbers), isApartAtCorners, limit);
}

function islandNumbers(numbers: readonly number[]): IslandNumber[] {
  return numbers.flatMap((value, cell) => (value === 0 ? [] : [{ cell, value }]));
}

const MAX_TRIES = 20_000;

/** Islands at random with a number on each; numbers move as long as another solution is found that this spoils. */
function generate(rng: Rng, { size, largest }: Params): Instance {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const drawn = drawIslands(rng, size, largest);
    // Where no island has more than one cell, there is nothing to find out.
    if (drawn === null || drawn.every((cells) => cells.length === 1)) continue;
    const islands = turnCells(rng, drawn, size);
    const numbers = placeNumbers(rng, islands, size);
    if (numbers === null) continue;
    const covered = new Set(islands.flat());
    const land = numbers.map((_, cell) => covered.has(cell));
    return { size, numbers, isApartAtCorners: true, land };
  }
  throw new Error('No islands with one solution were found.');
}

const MAX_MOVES = 8;

function placeNumbers(
  rng: Rng,
  islands: readonly (readonly number[])[],
  size: number,
): number[] | null {
  const marked = islands.map((cells) => ({ cell: rng.pick(cells), value: cells.length }));
  for (let move = 0; move < MAX_MOVES; move += 1) {
    const { solutions, isWhole } = searchWall(size, marked, true, 2);
    if (!isWhole) return null;
    if (solutions.length === 1) {
      const numbers = Array.from({ length: size * size }, () => 0);
      for (const { cell, value } of marked) numbers[cell] = value;
      return numbers;
    }
    const other = solutions.find((lands) => isOther(lands, islands)) ?? [];
    const moves = islands.flatMap((cells, at) =>
      cells
        .filter((cell) => !hasCell(other[at] ?? { low: 0, high: 0 }, cell))
        .map((cell) => ({ at, cell, value: cells.length })),
    );
    if (moves.length === 0) return null;
    const { at, cell, value } = rng.pick(moves);
    marked[at] = { cell, value };
  }
  return null;
}

function isOther(lands: readonly Land[], islands: readonly (readonly number[])[]): boolean {
  return islands.some((cells, at) =>
    cells.some((cell) => !hasCell(lands[at] ?? { low: 0, high: 0 }, cell)),
  );
}

/** The published verifier takes numbers that the answer adds for numbers of the puzzle. */
function checkWall(
  rows: readonly (readonly string[])[],
  { size, numbers, isApartAtCorners }: Instance,
  mayAddNumbers: boolean,
): Check {
  if (rows.length !== size || rows.some((row) => row.length !== size))
    return wrong(`the grid must have ${size} rows of ${size} cells`);
  const cells = cellsOf(rows);
  const found = new Int32Array(cells.length);
  const isWall = new Uint8Array(cells.length);
  for (let cell = 0; cell < cells.length; cell += 1) {
    const text = cells[cell] ?? '';
    const value = text === 'A' || text === 'X' || text.length > 9 ? 0 : wholeOrZero(text);
    const given = numbers[cell] ?? 0;
    if (given !== 0 && value !== given)
      return wrong(`the number at ${place(cell, size)} is changed`);
    if (value === 0 ? text !== 'A' && text !== 'X' : given === 0 && !mayAddNumbers)
      return wrong(`the cell at ${place(cell, size)} is neither "A" nor "X"`);
    found[cell] = value;
    if (text === 'A') isWall[cell] = 1;
  }
  for (let cell = 0; cell < size * (size - 1); cell += 1)
    if (
      isWall[cell] === 1 &&
      cell % size < size - 1 &&
      isWall[cell + 1] === 1 &&
      isWall[cell + size] === 1 &&
      isWall[cell + size + 1] === 1
    )
      return wrong(`a 2×2 block of walls begins at ${place(cell, size)}`);
  const owner = new Int16Array(cells.length).fill(-1);
  const near = gridNeighbours(size);
  for (let cell = 0; cell < cells.length; cell += 1) {
    if (isWall[cell] === 1 || owner[cell] !== -1) continue;
    owner[cell] = cell;
    const island = [cell];
    let numbered = 0;
    let value = 0;
    for (const part of island) {
      const number = found[part] ?? 0;
      if (number > 0) {
        numbered += 1;
        value = number;
      }
      for (const next of near[part] ?? []) {
        if (isWall[next] === 1 || owner[next] !== -1) continue;
        owner[next] = cell;
        island.push(next);
      }
    }
    if (numbered !== 1) return wrong(`the island at ${place(cell, size)} has ${numbered} numbers`);
    if (value !== island.length)
      return wrong(`the island at ${place(cell, size)} has ${island.length} cells, not ${value}`);
  }
  if (!isApartAtCorners) return RIGHT;
  for (let cell = 0; cell < size * (size - 1); cell += 1) {
    if (isWall[cell] === 1) continue;
    const column = cell % size;
    for (let side = -1; side <= 1; side += 2) {
      const next = cell + size + side;
      const isBeside = column + side >= 0 && column + side < size;
      if (isBeside && isWall[next] === 0 && owner[cell] !== owner[next])
        return wrong(`two islands touch at a corner of ${place(cell, size)}`);
    }
  }
  return RIGHT;
}

function place(cell: number, size: number): string {
  return `row ${Math.floor(cell / size) + 1}, column ${(cell % size) + 1}`;
}

function lines<Cell>(cells: readonly Cell[], size: number): Cell[][] {
  return Array.from({ length: size }, (_, row) => cells.slice(row * size, (row + 1) * size));
}

function symbols({ size, numbers }: Instance, land: readonly boolean[]): (string | number)[][] {
  return lines(
    numbers.map((value, cell) => (value > 0 ? value : land[cell] === true ? 'X' : 'A')),
    size,
  );
}

function inBlock(instance: Instance, land: readonly boolean[]): string {
  const rows = symbols(instance, land).map(
    (row) => `[${row.map((cell) => JSON.stringify(cell)).join(', ')}]`,
  );
  return `\`\`\`python\n[${rows.join(', ')}]\n\`\`\``;
}

/** Far longer than any grid that could be right. */
const MAX_GRID_TEXT = 20_000;
/** The last list of rows that holds "A", "X" and numbers only, the numbers with or without quotes. */
function publishedGrid(response: string): string[][] | null {
  let last: string | null = null;
  for (let start = response.indexOf('['); start !== -1;) {
    const end = gridEnd(response, start);
    if (end !== -1) last = response.slice(start, end);
    start = response.indexOf('[', end === -1 ? start + 1 : end);
  }
  if (last === null || last.length > MAX_GRID_TEXT) return null;
  const value = readLiteral(last);
  const rows = value === undefined ? null : toRows(value, toCell);
  return rows?.map((row) => row.map((cell) => String(pyInt(cell) ?? cell))) ?? null;
}

/** Where a list of rows ends that opens at `start`; -1 where something else stands in it. One pass, no way back. */
function gridEnd(text: string, start: number): number {
  let isInRow = false;
  let last = '[';
  for (let at = start + 1; at < text.length;) {
    const mark = text.charAt(at);
    if (isBlank(mark)) {
      at += 1;
      continue;
    }
    if (mark === '[') {
      if (isInRow || last === ']') return -1;
      isInRow = true;
    } else if (mark === ',') {
      if (last !== 'cell' && last !== ']') return -1;
    } else if (mark === ']') {
      if (!isInRow) return last === ']' ? at + 1 : -1;
      if (last === '[') return -1;
      isInRow = false;
    } else {
      const end = isInRow ? cellEnd(text, at) : -1;
      if (end === -1) return -1;
      last = 'cell';
      at = end;
      continue;
    }
    last = mark;
    at += 1;
  }
  return -1;
}

function isBlank(char: string): boolean {
  return char === ' ' || char === '\n' || /^\s$/u.test(char);
}

/** Where "A", "X" or a number ends, with or without quotes; -1 where something else stands. */
function cellEnd(text: string, at: number): number {
  const quote = text.charAt(at);
  if (quote !== '"' && quote !== "'") return digitsEnd(text, at);
  const symbol = text.charAt(at + 1);
  const end = symbol === 'A' || symbol === 'X' ? at + 2 : digitsEnd(text, at + 1);
  return end !== -1 && text.charAt(end) === quote ? end + 1 : -1;
}

const DIGITS = /\p{Nd}+/uy;

function digitsEnd(text: string, start: number): number {
  let end = start;
  for (let code = text.charCodeAt(end); code >= 48 && code <= 57; code = text.charCodeAt(end))
    end += 1;
  if (!(text.charCodeAt(end) > 127)) return end > start ? end : -1;
  DIGITS.lastIndex = end;
  return DIGITS.test(text) ? DIGITS.lastIndex : end > start ? end : -1;
}
