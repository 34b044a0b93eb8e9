import { z } from 'zod';
import type { Rng } from '#lib/rng.ts';
import {
  ARROWS,
  directionOf,
  rayFrom,
  searchArrows,
  STEPS,
  type ArrowSearch,
  type Field,
} from './arrow-field.ts';
import { finalText } from './final-text.ts';
import { findTextGrid } from './find-literal.ts';
import { cellsOf } from './grid-cells.ts';
import { gridSpans } from './lazy-spans.ts';
import { defineTask, RIGHT, wrong, type Check } from './logic-task.ts';
import { countWordings, renderWording, type Wordings } from './prompt.ts';
import { PySequence, readLiteral } from './python-literal.ts';
import { pyInt, pyStrip } from './python-text.ts';
import { textGridOf } from './row-fields.ts';

const Params = z.strictObject({
  rows: z.int().min(3).max(12),
  cols: z.int().min(3).max(12),
  /** Share of the arrows that are shown to begin with; more are shown until the solution is unique. */
  shown: z.number().min(0).max(0.95),
});
type Params = z.infer<typeof Params>;

type Grid = readonly (readonly string[])[];

interface Instance {
  /** Numbers, given arrows, and `X` for a blank. */
  readonly maze: Grid;
  readonly solution: Grid | null;
}

interface Shown {
  readonly maze: string;
}

const wordings: Wordings<Shown> = {
  en: [
    ({ maze }) => `Arrow maze. Replace every "X" in this grid by one of the arrows ↑ ↓ ← → ↖ ↗ ↘ ↙:
${maze}

- From a number, look in each of the eight directions and count the unbroken line of arrows that begins next to the number and points in exactly that direction, away from the number. The eight counts add up to the number.
- Every arrow, given or filled in, belongs to such a line of some number.
- Numbers and given arrows stay as they are; a blank takes exactly one arrow, never a number.
Put the finished grid, a list of rows of quoted cells, alone into a python code block.`,
    ({
      maze,
    }) => `In the grid below numbers send out straight lines of arrows, horizontally, vertically and diagonally. All arrows of a line point away from their number, and a line has no gaps: it starts on the cell beside the number and ends before the first cell that does not hold that very arrow. The lengths of all lines of a number sum to the number itself. No arrow may be left that is not part of a line.
${maze}

Fill each "X" with ↑, ↓, ←, →, ↖, ↗, ↘ or ↙; change nothing else. End with
\`\`\`python
[["…", …], …]
\`\`\``,
    ({ maze }) => `Complete the arrows of this grid:
${maze}

Rules:
1. Each "X" becomes one of ↑ ↓ ← → ↖ ↗ ↘ ↙; no other cell changes, and an "X" never becomes a number.
2. A ray of a number is a gapless run of equal arrows that starts on a neighbouring cell (straight or diagonal) and leads away from the number in the direction its arrows show. The number equals the total length of its up to eight rays.
3. Each arrow of the grid, printed ones included, is part of a ray.
Answer with nothing but the full grid, as a list of lists of strings, in a code block marked python.`,
  ],
  zh: [
    ({ maze }) => `箭头迷宫。请把网格中的每个 "X" 换成 ↑ ↓ ← → ↖ ↗ ↘ ↙ 之一：
${maze}

- 从一个数字出发，分别看八个方向：从紧挨数字的格子开始，数一数连续不断、且恰好指向该方向（背离数字）的箭头有多少个。八个方向的个数之和等于这个数字。
- 每个箭头（无论是给出的还是填上的）都必须属于某个数字的这样一条线。
- 数字和已给出的箭头不变；每个空格恰好填一个箭头，不能填数字。
请把完整的网格（由带引号的格子组成的行列表）单独放在 python 代码块中。`,
    ({
      maze,
    }) => `下面网格中的数字会沿横、竖、斜方向发出笔直的箭头线。一条线上的箭头都背离它的数字，而且没有间断：从数字旁边的格子开始，到第一个不是该箭头的格子之前结束。一个数字所有箭头线的长度之和等于这个数字。不允许有不属于任何线的箭头。
${maze}

请用 ↑、↓、←、→、↖、↗、↘ 或 ↙ 填满每个 "X"，其余不变。最后写成
\`\`\`python
[["…", …], …]
\`\`\``,
    ({ maze }) => `请补全这个网格中的箭头：
${maze}

规则：
1. 每个 "X" 变成 ↑ ↓ ← → ↖ ↗ ↘ ↙ 之一；其他格子不变，"X" 不能变成数字。
2. 数字的一条射线，是从其相邻格（横、竖或斜）开始、由相同箭头组成的不间断的一段，沿箭头所指方向远离该数字。数字等于它最多八条射线的长度之和。
3. 网格中的每个箭头（包括印出的）都属于某条射线。
请只用标注为 python 的代码块给出完整网格，写成字符串列表的列表。`,
  ],
};

export const arrowMaze = defineTask<Params, Instance, string[][]>({
  id: 'arrow-maze',
  version: 1,
  label: 'Arrow maze',
  category: 'grid',
  description:
    'Lines of arrows start at numbers and must add up to them; every arrow is part of a line.',
  params: Params,
  levels: [
    { rows: 3, cols: 3, shown: 0.4 },
    { rows: 4, cols: 4, shown: 0.5 },
    { rows: 4, cols: 4, shown: 0.3 },
    { rows: 5, cols: 5, shown: 0.5 },
    { rows: 5, cols: 5, shown: 0.25 },
    { rows: 6, cols: 6, shown: 0.3 },
    { rows: 7, cols: 7, shown: 0.3 },
    { rows: 8, cols: 8, shown: 0.3 },
    { rows: 9, cols: 9, shown: 0.3 },
    { rows: 10, cols: 10, shown: 0.25 },
  ],
  promise: 'unique',
  templates: countWordings(wordings),

  generate(rng, params) {
    for (;;) {
      const filled = fill(rng, params);
      const instance = filled === null ? null : hide(rng, filled, params.shown);
      if (instance !== null) return instance;
    }
  },

  render: ({ maze }, language, template) =>
    renderWording(wordings, language, template, { maze: printRows(maze) }),

  toData: ({ maze, solution }, question) => ({
    question,
    answer: solution === null ? '' : JSON.stringify(solution),
    difficulty: 1,
    metadata: { maze, solution, height: maze.length, width: maze[0]?.length ?? 0 },
  }),

  fromData({ metadata }) {
    const maze = textGridOf(metadata?.maze);
    if (maze === null || maze.length === 0) return null;
    return { maze, solution: textGridOf(metadata?.solution) };
  },

  extract: (response) => findTextGrid(finalText(response)),

  check(candidate, { maze }) {
    for (let r = 0; r < maze.length; r += 1) {
      const row = maze[r] ?? [];
      for (let c = 0; c < row.length; c += 1)
        if (row[c] === 'X' && isNumber(candidate[r]?.[c] ?? ''))
          return wrong('a blank holds a number');
    }
    return checkMaze(candidate, maze);
  },

  answer: ({ solution }) =>
    solution === null ? '' : `\`\`\`python\n${printRows(solution)}\n\`\`\``,

  solve(instance) {
    const { found, nodes } = search(instance, 1);
    const [first] = found;
    if (first === undefined) return { answer: null, nodes };
    const cols = instance.maze[0]?.length ?? 0;
    const grid = instance.maze.map((row, r) =>
      row.map((cell, c) => (isNumber(cell) ? cell : (ARROWS[first[r * cols + c] ?? 0] ?? ''))),
    );
    return { answer: `\`\`\`python\n${printRows(grid)}\n\`\`\``, nodes };
  },

  countSolutions: (instance, limit) => search(instance, limit).found.length,

  difficulty: (instance) => {
    const cells = cellsOf(instance.maze);
    return {
      cells: cells.length,
      blanks: cells.filter((cell) => cell === 'X').length,
      nodes: search(instance, 2).nodes,
    };
  },

  reference(response, { metadata }) {
    const maze = textGridOf(metadata?.maze);
    const grid = publishedGrid(response);
    return maze !== null && grid !== null && checkMaze(grid, maze).ok;
  },
});

function printRows(grid: Grid): string {
  return `[${grid.map((row) => `[${row.map((cell) => `"${cell}"`).join(', ')}]`).join(',\n')}]`;
}

function isNumber(cell: string): boolean {
  if (cell === 'X' || directionOf(cell) !== -1) return false;
  return /^\p{Nd}+$/u.test(cell);
}

/** All that the published verifier checks; it takes digits in blanks, the rules do not. */
function checkMaze(answer: Grid, maze: Grid): Check {
  if (answer.length !== maze.length) return wrong('the grid has another size');
  const cols = maze[0]?.length ?? 0;
  const isEven = maze.every((row) => row.length === cols);
  /** The direction of each arrow; -1 at numbers. */
  const arrows = new Int8Array(maze.length * cols);
  const places: number[] = [];
  for (let r = 0; r < maze.length; r += 1) {
    const row = maze[r] ?? [];
    const filled = answer[r] ?? [];
    if (filled.length !== row.length) return wrong('the grid has another size');
    for (let c = 0; c < row.length; c += 1) {
      const cell = row[c] ?? '';
      const given = filled[c] ?? '';
      if (cell === 'X') {
        if (given === 'X') return wrong('a blank is left');
      } else if (given !== cell) return wrong('a number or a given arrow is changed');
      const direction = directionOf(given);
      if (direction === -1) {
        if (!isNumber(given)) return wrong(`${given.slice(0, 8)} is no arrow`);
        places.push(r * cols + c);
      }
      arrows[r * cols + c] = direction;
    }
  }
  if (!isEven) return wrong('the grid is no rectangle');
  let covered = 0;
  for (const at of places) {
    const row = Math.floor(at / cols);
    const column = at % cols;
    let sum = 0;
    for (let direction = 0; direction < 8; direction += 1) {
      const [down = 0, right = 0] = STEPS[direction] ?? [];
      let y = row + down;
      let x = column + right;
      while (
        y >= 0 &&
        y < maze.length &&
        x >= 0 &&
        x < cols &&
        arrows[y * cols + x] === direction
      ) {
        sum += 1;
        y += down;
        x += right;
      }
    }
    covered += sum;
    const cell = answer[row]?.[column] ?? '';
    // `Number` reads ASCII digits alone, and no sum is so large that it would be inexact.
    const value = Number(cell);
    if (Number.isNaN(value) ? pyInt(cell) !== BigInt(sum) : value !== sum)
      return wrong(`the number ${cell.slice(0, 8)} has ${sum} arrows`);
  }
  // Each arrow has one number at most behind it, so that covered arrows are counted once.
  return covered === arrows.length - places.length ? RIGHT : wrong('an arrow belongs to no number');
}

function search({ maze }: Instance, limit: number): ArrowSearch {
  const cells = cellsOf(maze);
  const numbers = cells.map((cell) => (isNumber(cell) ? Number(cell) : -1));
  const field = { rows: maze.length, cols: maze[0]?.length ?? 0 };
  return searchArrows(field, numbers, cells.map(directionOf), limit);
}

interface Filled {
  readonly field: Field;
  /** Null where a number stands. */
  readonly arrows: readonly (number | null)[];
  readonly values: readonly number[];
}

/** Rays grow from scattered numbers until nothing is free; a cell that none can reach becomes a number that takes over a ray's end. */
function fill(rng: Rng, { rows, cols }: Params): Filled | null {
  const field = { rows, cols };
  const total = rows * cols;
  const order = rng.shuffle(Array.from({ length: total }, (_, cell) => cell));
  const isSource = new Uint8Array(total);
  const arrows: (number | null)[] = order.map(() => null);
  const owner = new Int16Array(total).fill(-1);
  const values = order.map(() => 0);
  const count = Math.max(2, Math.round(total * (0.14 + 0.08 * rng.float())));
  const open: { source: number; direction: number; ray: number[]; length: number }[] = [];
  const addSource = (cell: number): void => {
    isSource[cell] = 1;
    owner[cell] = cell;
    for (let direction = 0; direction < 8; direction += 1)
      open.push({ source: cell, direction, ray: rayFrom(cell, direction, field), length: 0 });
  };
  for (const cell of order.slice(0, count)) addSource(cell);
  const take = (cell: number, source: number, direction: number): void => {
    owner[cell] = source;
    arrows[cell] = direction;
    values[source] = (values[source] ?? 0) + 1;
  };
  const grow = (): void => {
    while (open.length > 0) {
      const at = rng.below(open.length);
      const ray = open[at];
      if (ray === undefined) return;
      const next = ray.ray[ray.length];
      if (next === undefined || owner[next] !== -1) {
        open[at] = open.at(-1) ?? ray;
        open.pop();
        continue;
      }
      take(next, ray.source, ray.direction);
      ray.length += 1;
    }
  };
  grow();
  for (const cell of order) {
    if (owner[cell] !== -1) continue;
    addSource(cell);
    grow();
  }
  for (const cell of order) {
    if (isSource[cell] !== 1 || values[cell] !== 0) continue;
    if (!takeOver(cell, { field, owner, arrows, values, isSource })) return null;
  }
  return {
    field,
    arrows: arrows.map((arrow, cell) => (isSource[cell] === 1 ? null : arrow)),
    values,
  };
}

interface Growing {
  readonly field: Field;
  readonly owner: Int16Array;
  readonly arrows: (number | null)[];
  readonly values: number[];
  readonly isSource: Uint8Array;
}

/** Turns the last arrow of a neighbouring ray, of a number that can spare it, away from `cell`. */
function takeOver(cell: number, { field, owner, arrows, values, isSource }: Growing): boolean {
  for (let direction = 0; direction < 8; direction += 1) {
    const [next] = rayFrom(cell, direction, field);
    if (next === undefined || isSource[next] === 1) continue;
    const arrow = arrows[next];
    const source = owner[next] ?? -1;
    if (arrow == null || source === -1 || (values[source] ?? 0) < 2) continue;
    const [after] = rayFrom(next, arrow, field);
    const isLast = after === undefined || isSource[after] === 1 || arrows[after] !== arrow;
    if (!isLast || arrow === direction) continue;
    arrows[next] = direction;
    owner[next] = cell;
    values[source] = (values[source] ?? 0) - 1;
    // What lies behind may point the same way already; it then joins the line.
    for (const beyond of rayFrom(next, direction, field)) {
      if (isSource[beyond] === 1 || arrows[beyond] !== direction) break;
      return false;
    }
    values[cell] = 1;
    return true;
  }
  return false;
}

/** Shows a share of the arrows, and more of them as long as another filling is possible. */
function hide(rng: Rng, { field, arrows, values }: Filled, share: number): Instance | null {
  const numbers = arrows.map((arrow, cell) => (arrow === null ? (values[cell] ?? 0) : -1));
  const given = arrows.map((arrow) => (arrow !== null && rng.float() < share ? arrow : -1));
  for (;;) {
    const { found, isWhole } = searchArrows(field, numbers, given, 2);
    const other = found.find((filling) =>
      filling.some((arrow, cell) => arrows[cell] !== null && arrow !== arrows[cell]),
    );
    if (other === undefined && isWhole) {
      if (found.length !== 1) return null;
      break;
    }
    // Where the search was given up, any further arrow makes it shorter.
    const places = arrows.flatMap((arrow, cell) =>
      arrow !== null && given[cell] === -1 && other?.[cell] !== arrow ? [cell] : [],
    );
    if (places.length === 0) return null;
    const place = rng.pick(places);
    given[place] = arrows[place] ?? -1;
  }
  if (!arrows.some((arrow, cell) => arrow !== null && given[cell] === -1)) return null;
  const toGrid = (cellAt: (cell: number) => string): string[][] =>
    Array.from({ length: field.rows }, (_, r) =>
      Array.from({ length: field.cols }, (_cell, c) => cellAt(r * field.cols + c)),
    );
  const text = (arrow: number | null | undefined): string =>
    arrow == null || arrow < 0 ? 'X' : (ARROWS[arrow] ?? 'X');
  return {
    maze: toGrid((cell) => (arrows[cell] === null ? String(values[cell]) : text(given[cell]))),
    solution: toGrid((cell) => (arrows[cell] === null ? String(values[cell]) : text(arrows[cell]))),
  };
}

const OPENINGS = [/```python\s*\n/gu, /```\s*\n/gu, /```/gu];
const CLOSINGS = ['\n```', '\n```', '```'];

/** The published reader: the last block of the first kind that holds a list of lists, else the last bare one. */
function publishedGrid(response: string): string[][] | null {
  for (const [kind, opening] of OPENINGS.entries()) {
    const block = lastBlock(response, opening, CLOSINGS[kind] ?? '');
    const grid = block === null ? null : toGridOfTexts(pyStrip(block));
    if (grid !== null) return grid;
  }
  const last = gridSpans(response).at(-1);
  return last === undefined ? null : toGridOfTexts(last);
}

/** The last piece from an opening to a closing mark with a pair of brackets between, shortest first from the left. */
function lastBlock(text: string, opening: RegExp, closing: string): string | null {
  let found: string | null = null;
  const pattern = new RegExp(opening.source, 'gu');
  for (let open = pattern.exec(text); open !== null; open = pattern.exec(text)) {
    const start = pattern.lastIndex;
    const left = text.indexOf('[', start);
    const right = left === -1 ? -1 : text.indexOf(']', left + 1);
    const end = right === -1 ? -1 : text.indexOf(closing, right + 1);
    if (end === -1) break;
    found = text.slice(start, end);
    pattern.lastIndex = end + closing.length;
  }
  return found;
}

/** Null for anything but a list of lists; a cell that is no text spoils the grid as it does there. */
function toGridOfTexts(text: string): string[][] | null {
  const value = readLiteral(text);
  if (!(value instanceof PySequence) || value.kind !== 'list') return null;
  const rows: string[][] = [];
  for (const row of value.items) {
    if (!(row instanceof PySequence) || row.kind !== 'list') return null;
    rows.push(row.items.map((cell) => (typeof cell === 'string' ? cell : '\0')));
  }
  return rows;
}
