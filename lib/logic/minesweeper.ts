import { z } from 'zod';
import { finalText } from './final-text.ts';
import { findLastLiteral, itemsOf, toWhole } from './find-literal.ts';
import { defineTask, RIGHT, wrong, type LogicRow } from './logic-task.ts';
import { deduceMines, type Deduction } from './mine-deduction.ts';
import { countWordings, renderWording, type Wordings } from './prompt.ts';
import type { PyValue } from './python-literal.ts';
import { numberField, numberGridOf, textGridOf } from './row-fields.ts';

const Params = z.strictObject({
  size: z.int().min(3).max(20),
  /** Mines as a share of all cells, and revealed cells as a share of the safe ones, from 0 to 1. */
  mines: z.number().min(0.1).max(0.5),
  revealed: z.number().min(0.1).max(0.9),
  /** Whether some mine must need more than counting hidden neighbours. */
  isDeep: z.boolean(),
});
type Params = z.infer<typeof Params>;

type Place = readonly [number, number];

interface Instance {
  /** Digits, and `X` for a hidden cell. */
  readonly grid: readonly (readonly string[])[];
  /** In reading order; exact by the numbers shown. */
  readonly mines: readonly Place[];
  readonly plainMines: number;
  /** What one number alone proves, where the question of a published row asks for no more than that. */
  readonly oneStepMines?: readonly Place[];
}

interface Shown {
  readonly size: string;
  readonly grid: string;
}

const wordings: Wordings<Shown> = {
  en: [
    ({
      size,
      grid,
    }) => `Minesweeper, ${size}. A number tells how many of the up to eight neighbouring cells hold a mine; numbered cells hold none. X is a hidden cell.
${grid}

Which hidden cells certainly hold a mine? A cell counts when it holds a mine in every arrangement of mines that agrees with all the numbers shown; the total number of mines is not known. Leave out cells that may or may not hold one.
Count rows and columns from 0 at the top left and finish with a list of (row, column) pairs, for example [(0, 1), (2, 3)].`,
    ({
      size,
      grid,
    }) => `Here is a partly opened minefield (${size}; X = not opened, digits = mines among the eight surrounding cells):
${grid}

Use all the digits together, but no knowledge of how many mines there are, and list exactly those X cells that must be mines in every case. The order does not matter.
Answer as a Python list of zero-based (row, column) tuples such as [(0, 1), (2, 3)].`,
    ({
      size,
      grid,
    }) => `A board of Minesweeper (${size}) has been opened in part. Open cells show how many mines lie in the cells around them, diagonals included, and have no mine themselves; closed cells are shown as X.
${grid}

Some closed cells can be proved to hold a mine from the numbers, all of them taken together; how many mines there are on the whole board is unknown. Name every such cell, and none that could also be free.
Give them as [(row, column), …], in any order, the top row and the leftmost column having the number 0, as in [(0, 1), (2, 3)].`,
  ],
  zh: [
    ({
      size,
      grid,
    }) => `扫雷，${size}。数字表示周围最多八个格子中有几个雷，有数字的格子没有雷。X 是未翻开的格子。
${grid}

哪些未翻开的格子必定是雷？如果在所有与这些数字相符的布雷方式中某格都是雷，就算必定是雷；雷的总数未知。可能是也可能不是的格子不要列出。
行和列都从左上角的 0 开始数，最后给出 (行, 列) 的列表，例如 [(0, 1), (2, 3)]。`,
    ({ size, grid }) => `这是一片部分翻开的雷区（${size}；X 表示未翻开，数字表示周围八格中的雷数）：
${grid}

请综合运用所有数字（不知道雷的总数），恰好列出在任何情况下都一定是雷的 X 格，顺序不限。
请用从 0 开始的 (行, 列) 元组组成的 Python 列表作答，如 [(0, 1), (2, 3)]。`,
    ({
      size,
      grid,
    }) => `一局扫雷（${size}）已经翻开了一部分。翻开的格子显示周围（含斜向）格子里的雷数，自身没有雷；未翻开的格子用 X 表示。
${grid}

把所有数字合在一起考虑，可以证明某些未翻开的格子一定有雷；整个棋盘上雷的总数未知。请说出所有这样的格子，不要包含可能没有雷的格子。
请写成 [(行, 列), …]，顺序不限，最上一行和最左一列的编号都是 0，例如 [(0, 1), (2, 3)]。`,
  ],
};

const MAX_TRIES = 2000;

export const minesweeper = defineTask<Params, Instance, readonly Place[]>({
  id: 'minesweeper',
  version: 1,
  label: 'Minesweeper',
  category: 'deduction',
  description: 'All hidden cells that must be mines by the numbers shown.',
  params: Params,
  levels: [
    { size: 4, mines: 0.25, revealed: 0.5, isDeep: false },
    { size: 5, mines: 0.25, revealed: 0.5, isDeep: false },
    { size: 5, mines: 0.3, revealed: 0.45, isDeep: true },
    { size: 6, mines: 0.3, revealed: 0.45, isDeep: true },
    { size: 7, mines: 0.3, revealed: 0.4, isDeep: true },
    { size: 8, mines: 0.3, revealed: 0.4, isDeep: true },
    { size: 10, mines: 0.3, revealed: 0.4, isDeep: true },
    { size: 12, mines: 0.3, revealed: 0.4, isDeep: true },
    { size: 14, mines: 0.3, revealed: 0.4, isDeep: true },
    { size: 16, mines: 0.3, revealed: 0.4, isDeep: true },
  ],
  promise: 'computed',
  templates: countWordings(wordings),

  generate(rng, { size, mines, revealed, isDeep }) {
    const cells = Array.from({ length: size * size }, (_, cell) => cell);
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const order = rng.shuffle(cells);
      const count = Math.floor(size * size * mines);
      const isMine = cells.map(() => false);
      for (const cell of order.slice(0, count)) isMine[cell] = true;
      const shown = new Set(
        order.slice(count, count + Math.floor((cells.length - count) * revealed)),
      );
      const grid = Array.from({ length: size }, (_, r) =>
        Array.from({ length: size }, (_cell, c) =>
          shown.has(r * size + c) ? String(countAround(isMine, r, c, size)) : 'X',
        ),
      );
      const deduction = deduceMines(grid, isMine);
      if (deduction === null || !deduction.isExact || deduction.mines.length === 0) continue;
      if (isDeep && deduction.mines.length === deduction.plainMines) continue;
      return toInstance(grid, deduction);
    }
    throw new Error('No board with a certain mine was found.');
  },

  render: ({ grid }, language, template) =>
    renderWording(wordings, language, template, {
      size: `${grid.length} x ${grid[0]?.length ?? 0}`,
      grid: grid.map((row) => row.join('  ')).join('\n'),
    }),

  toData: ({ grid, mines, plainMines }, question) => ({
    question,
    answer: '',
    difficulty: 1,
    metadata: {
      revealed_grid: grid,
      current_mines: mines,
      n: grid.length,
      gold: 'every arrangement',
      plain_mines: plainMines,
    },
  }),

  fromData(data) {
    const grid = textGridOf(data.metadata?.revealed_grid);
    if (grid === null || grid.length === 0 || grid.length > 64) return null;
    const listed = placesOf(data);
    // Our own rows say that their gold is exact; that of others is worked out anew, once a row.
    if (data.metadata?.gold === 'every arrangement' && listed !== null)
      return { grid, mines: listed, plainMines: numberField(data, 'plain_mines') ?? 0 };
    const known = data.metadata === null ? undefined : workedOut.get(data.metadata);
    if (known !== undefined) return known;
    const deduction = deduceMines(grid, truthOf(data, grid));
    if (deduction === null) return null;
    const instance: Instance = {
      ...toInstance(grid, deduction),
      ...(ONE_STEP.test(data.question) && { oneStepMines: provedByOneNumber(grid) }),
    };
    if (data.metadata !== null) workedOut.set(data.metadata, instance);
    return instance;
  },

  extract: (response) => lastPlaces(finalText(response)),

  check(candidate, { mines, oneStepMines }) {
    const found = new Set(candidate.map(keyOf));
    if (oneStepMines?.length === found.size && oneStepMines.every((mine) => found.has(keyOf(mine))))
      return RIGHT;
    const missing = mines.filter((mine) => !found.has(keyOf(mine)));
    if (missing.length > 0) return wrong(`${missing.length} certain mines are not listed`);
    return found.size > mines.length ? wrong('a listed cell is no certain mine') : RIGHT;
  },

  answer: ({ mines }) => print(mines),

  solve({ grid }) {
    const deduction = deduceMines(grid, null);
    if (deduction === null) return { answer: null, nodes: 0 };
    return { answer: print(toInstance(grid, deduction).mines), nodes: deduction.nodes };
  },

  difficulty: ({ grid, mines, plainMines }) => ({
    size: grid.length,
    mines: mines.length,
    beyondCounting: mines.length - plainMines,
  }),

  reference(response, data) {
    const gold = placesOf(data);
    if (gold === null) return false;
    const wanted = new Set(gold.map(keyOf));
    const found = new Set<string>();
    for (const place of publishedPlaces(response)) {
      const key = keyOf(place);
      // One place too many decides, however long the rest is.
      if (!wanted.has(key)) return false;
      found.add(key);
    }
    return found.size === wanted.size;
  },
});

const workedOut = new WeakMap<object, Instance>();

function toInstance(
  grid: readonly (readonly string[])[],
  { mines, plainMines }: Deduction,
): Instance {
  const width = grid[0]?.length ?? 1;
  return {
    grid,
    mines: mines.map((cell): Place => [Math.floor(cell / width), cell % width]),
    plainMines,
  };
}

/** Some published wordings ask for all certain mines "using one-step deduction": either reading of them is right. */
const ONE_STEP = /one-step|一步推理/iu;

/** The hidden cells around every number that has no more of them than mines. */
function provedByOneNumber(grid: readonly (readonly string[])[]): Place[] {
  const proved = new Map<string, Place>();
  for (const [r, row] of grid.entries()) {
    for (const [c, cell] of row.entries()) {
      const hidden: Place[] = [];
      for (let y = r - 1; y <= r + 1; y += 1)
        for (let x = c - 1; x <= c + 1; x += 1) {
          const around = grid[y]?.[x];
          if (around !== undefined && !/^\d$/u.test(around)) hidden.push([y, x]);
        }
      if (/^\d$/u.test(cell) && hidden.length === Number(cell))
        for (const place of hidden) proved.set(keyOf(place), place);
    }
  }
  return [...proved.values()];
}

function countAround(isMine: readonly boolean[], r: number, c: number, size: number): number {
  let count = 0;
  for (let y = Math.max(0, r - 1); y <= Math.min(size - 1, r + 1); y += 1)
    for (let x = Math.max(0, c - 1); x <= Math.min(size - 1, c + 1); x += 1)
      if (isMine[y * size + x] === true) count += 1;
  return count;
}

function print(mines: readonly Place[]): string {
  return `[${mines.map((mine) => `(${mine.join(', ')})`).join(', ')}]`;
}

function keyOf([row, column]: Place): string {
  return `${row},${column}`;
}

function placesOf(data: LogicRow): Place[] | null {
  const rows = numberGridOf(data.metadata?.current_mines);
  return rows?.map(([row = -1, column = -1]): Place => [row, column]) ?? null;
}

/** The arrangement behind the board, where the row has it: a mine is anything that is no number. */
function truthOf(data: LogicRow, grid: readonly (readonly string[])[]): boolean[] | null {
  const full = textGridOf(data.metadata?.full_grid);
  if (full?.length !== grid.length || full.some((row, r) => row.length !== grid[r]?.length))
    return null;
  return full.flat().map((cell) => !/^\d$/u.test(cell));
}

const PLACES = /(?:[[(]\s*\d{1,3}\s*[,，]\s*\d{1,3}\s*[\])][\s,，、;；]*(?:and|和)?\s*)+/gu;
const PLACE = /\d{1,3}/gu;

/** The last list of pairs; else the last run of pairs that stand side by side. */
function lastPlaces(text: string): Place[] | null {
  const listed = findLastLiteral(text, toPlaces);
  if (listed !== null) return listed;
  const run = Array.from(text.slice(-50_000).matchAll(PLACES)).at(-1);
  if (run === undefined) return null;
  const numbers = (run[0].match(PLACE) ?? []).map(Number);
  return numbers.flatMap((row, at): Place[] =>
    at % 2 === 0 ? [[row, numbers[at + 1] ?? -1]] : [],
  );
}

function toPlaces(value: PyValue): Place[] | null {
  const items = itemsOf(value);
  if (items === null || items.length === 0) return null;
  const places: Place[] = [];
  for (const item of items) {
    const [row, column, ...rest] = (itemsOf(item) ?? []).map((part) => toWhole(part));
    if (row == null || column == null || rest.length > 0) return null;
    places.push([row, column]);
  }
  return places;
}

const LISTS = [
  /\[\s*\(\s*\p{Nd}+\s*,\s*\p{Nd}+\s*\)(?:\s*,\s*\(\s*\p{Nd}+\s*,\s*\p{Nd}+\s*\))*\s*\]/gu,
  /\[\s*\[\s*\p{Nd}+\s*,\s*\p{Nd}+\s*\](?:\s*,\s*\[\s*\p{Nd}+\s*,\s*\p{Nd}+\s*\])*\s*\]/gu,
  /\(\s*\p{Nd}+\s*,\s*\p{Nd}+\s*\)(?:\s*,\s*\(\s*\p{Nd}+\s*,\s*\p{Nd}+\s*\))*/gu,
];

/** All pairs of the first form that occurs at all; failing that, any two numbers after each other. */
function* publishedPlaces(response: string): Generator<Place, void, undefined> {
  for (const list of LISTS) {
    let hasFound = false;
    for (const [text] of response.matchAll(list)) {
      for (const place of pairsOf(text)) {
        hasFound = true;
        yield place;
      }
    }
    if (hasFound) return;
  }
  yield* pairsOf(response);
}

function* pairsOf(text: string): Generator<Place, void, undefined> {
  let first: number | null = null;
  for (const [digits] of text.matchAll(/\p{Nd}+/gu)) {
    if (first !== null) yield [first, Number(digits)];
    first = first === null ? Number(digits) : null;
  }
}
