import { z } from 'zod';
import type { Rng } from '#lib/rng.ts';
import { finalText } from './final-text.ts';
import { findTextGrid } from './find-literal.ts';
import { gridSpans } from './lazy-spans.ts';
import { defineTask, RIGHT, wrong, type Check } from './logic-task.ts';
import { countWordings, gridText, renderWording, type Wordings } from './prompt.ts';
import { PySequence, readLiteral, type PyValue } from './python-literal.ts';
import { numbersOf, textGridOf } from './row-fields.ts';

const Params = z.strictObject({
  rows: z.int().min(3).max(16),
  cols: z.int().min(3).max(16),
  /** Tents as a share of the cells, from 0 to 1; fewer when no more fit. */
  density: z.number().min(0.05).max(0.25),
});
type Params = z.infer<typeof Params>;

interface Instance {
  /** `T` for a tree; anything else is free. */
  readonly grid: readonly (readonly string[])[];
  readonly rowCounts: readonly number[];
  readonly colCounts: readonly number[];
  readonly solution: readonly (readonly string[])[] | null;
}

interface Shown {
  readonly grid: string;
  readonly rowCounts: string;
  readonly colCounts: string;
}

const wordings: Wordings<Shown> = {
  en: [
    ({ grid, rowCounts, colCounts }) => `A camp site with trees (T) and free cells (X):
${grid}

Pitch tents (C) on free cells so that
- trees and tents can be paired off one to one, each tent standing directly above, below, left or right of its own tree (it may also be next to other trees),
- there are exactly as many tents as trees,
- no two tents touch, not even diagonally,
- the numbers of tents in the rows, top to bottom, are ${rowCounts},
- the numbers of tents in the columns, left to right, are ${colCounts}.
Trees stay where they are. Give the whole grid as a two-dimensional list of quoted letters, for example [["T", "C"], ["X", "X"]].`,
    ({ grid, rowCounts, colCounts }) => `Tents puzzle. T is a tree, X is empty ground:
${grid}

Tents per row (from the top): ${rowCounts}
Tents per column (from the left): ${colCounts}

Every tree gets exactly one tent of its own on a horizontally or vertically neighbouring empty cell, and every tent belongs to exactly one tree. Tents must not be neighbours of each other in any of the eight directions. Replace X by C where a tent stands, leave the rest as it is, and end with the full grid as a list of lists of "T", "C" and "X".`,
    ({ grid, rowCounts, colCounts }) => `Every tree T on this map wants a tent C on free ground X:
${grid}

1. There are as many tents as trees. Each tent belongs to one tree, each tree has one tent, and the two stand side by side: left, right, above or below.
2. Around a tent, corners included, there is no other tent.
3. Counted from the top, the rows hold ${rowCounts} tents; counted from the left, the columns hold ${colCounts}.
4. Trees do not move, and tents stand on free ground only.
Write down the map with its tents as a list of lists of quoted letters "T", "C" and "X".`,
  ],
  zh: [
    ({ grid, rowCounts, colCounts }) => `营地里有树（T）和空地（X）：
${grid}

请在空地上搭帐篷（C），使得
- 树和帐篷能一一配对，每顶帐篷都在自己那棵树的正上、正下、正左或正右（旁边也可以有别的树），
- 帐篷与树一样多，
- 任何两顶帐篷都不相邻，斜向也不行，
- 各行（从上到下）的帐篷数为 ${rowCounts}，
- 各列（从左到右）的帐篷数为 ${colCounts}。
树的位置不变。请用带引号的字母组成的二维列表给出整个网格，例如 [["T", "C"], ["X", "X"]]。`,
    ({ grid, rowCounts, colCounts }) => `帐篷谜题。T 是树，X 是空地：
${grid}

每行帐篷数（从上往下）：${rowCounts}
每列帐篷数（从左往右）：${colCounts}

每棵树恰好有一顶属于自己的帐篷，位于上下左右相邻的空地上；每顶帐篷恰好属于一棵树。帐篷之间在八个方向上都不能相邻。请把搭帐篷处的 X 换成 C，其余不变，最后以 "T"、"C"、"X" 组成的二维列表写出完整网格。`,
    ({ grid, rowCounts, colCounts }) => `地图上的每棵树 T 都要在空地 X 上配一顶帐篷 C：
${grid}

1. 帐篷和树一样多。每顶帐篷属于一棵树，每棵树有一顶帐篷，两者左右或上下相邻。
2. 一顶帐篷的周围（包括斜角）没有别的帐篷。
3. 从上往下，各行的帐篷数为 ${rowCounts}；从左往右，各列的帐篷数为 ${colCounts}。
4. 树不移动，帐篷只能搭在空地上。
请把搭好帐篷的地图写成由带引号的字母 "T"、"C"、"X" 组成的列表的列表。`,
  ],
};

const MAX_TRIES = 5000;

export const campsite = defineTask<Params, Instance, string[][]>({
  id: 'campsite',
  version: 1,
  label: 'Campsite',
  category: 'grid',
  description: 'Tents beside trees, one each, none touching, with counts for rows and columns.',
  params: Params,
  levels: [
    { rows: 3, cols: 3, density: 0.2 },
    { rows: 4, cols: 4, density: 0.2 },
    { rows: 5, cols: 5, density: 0.2 },
    { rows: 6, cols: 6, density: 0.2 },
    { rows: 7, cols: 7, density: 0.2 },
    { rows: 8, cols: 8, density: 0.2 },
    { rows: 9, cols: 9, density: 0.2 },
    { rows: 10, cols: 10, density: 0.2 },
    { rows: 11, cols: 11, density: 0.2 },
    { rows: 12, cols: 12, density: 0.2 },
  ],
  promise: 'unique',
  templates: countWordings(wordings),

  generate(rng, params) {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const instance = draw(rng, params);
      if (instance !== null && search(instance, 2).count === 1) return instance;
    }
    throw new Error('No unique camp site was found.');
  },

  render: ({ grid, rowCounts, colCounts }, language, template) =>
    renderWording(wordings, language, template, {
      grid: gridText(grid),
      rowCounts: `[${rowCounts.join(', ')}]`,
      colCounts: `[${colCounts.join(', ')}]`,
    }),

  toData: ({ grid, rowCounts, colCounts, solution }, question) => ({
    question,
    answer: '',
    difficulty: 1,
    metadata: {
      grid,
      solution,
      row_constraints: rowCounts,
      col_constraints: colCounts,
      n: rowCounts.length,
      m: colCounts.length,
    },
  }),

  fromData({ metadata }) {
    const grid = textGridOf(metadata?.grid);
    const rowCounts = numbersOf(metadata?.row_constraints);
    const colCounts = numbersOf(metadata?.col_constraints);
    if (grid === null || rowCounts === null || colCounts === null) return null;
    if (grid.length !== rowCounts.length || grid.some((row) => row.length !== colCounts.length))
      return null;
    return { grid, rowCounts, colCounts, solution: textGridOf(metadata?.solution) };
  },

  extract: (response) => findTextGrid(finalText(response)),
  check: checkTents,
  answer: ({ solution }) => (solution === null ? '' : JSON.stringify(solution)),

  solve(instance) {
    const { first, nodes } = search(instance, 1);
    return { answer: first === null ? null : JSON.stringify(first), nodes };
  },

  countSolutions: (instance, limit) => search(instance, limit).count,

  difficulty: (instance) => ({
    cells: instance.rowCounts.length * instance.colCounts.length,
    tents: instance.rowCounts.reduce((sum, count) => sum + count, 0),
    nodes: search(instance, 2).nodes,
  }),

  reference(response, data) {
    const instance = campsite.fromData(data) as Instance | null;
    const [first] = gridSpans(response, 1);
    const value = first === undefined ? undefined : readLiteral(first);
    if (instance === null || !(value instanceof PySequence)) return false;
    const rows = value.items.map(cellsOf);
    return rows.every((row) => row !== null) && checkTents(rows, instance).ok;
  },
});

/** Only `T` and `C` matter, so that any other value is a blank; a text is a row of its letters. */
function cellsOf(row: PyValue): string[] | null {
  if (typeof row === 'string') return Array.from(row);
  if (!(row instanceof PySequence)) return null;
  return row.items.map((cell) => (cell === 'T' || cell === 'C' ? cell : 'X'));
}

/** Tents first, each with a tree beside it; null when no tent finds a tree. */
function draw(rng: Rng, { rows, cols, density }: Params): Instance | null {
  const grid = Array.from({ length: rows }, () => Array.from({ length: cols }, () => 'X'));
  const wanted = Math.max(1, Math.round(rows * cols * density));
  let tents = 0;
  for (const cell of rng.shuffle(Array.from({ length: rows * cols }, (_, at) => at))) {
    if (tents === wanted) break;
    const [r, c] = [Math.floor(cell / cols), cell % cols];
    if (grid[r]?.[c] !== 'X' || touches(grid, r, c)) continue;
    const free = besides(r, c).filter(([y, x]) => grid[y]?.[x] === 'X');
    if (free.length === 0) continue;
    const [y, x] = rng.pick(free);
    for (const [row, column, mark] of [[r, c, 'C'] as const, [y, x, 'T'] as const])
      grid[row]?.splice(column, 1, mark);
    tents += 1;
  }
  if (tents === 0) return null;
  return {
    grid: grid.map((row) => row.map((cell) => (cell === 'T' ? 'T' : 'X'))),
    rowCounts: grid.map((row) => row.filter((cell) => cell === 'C').length),
    colCounts: Array.from({ length: cols }, (_, c) => grid.filter((row) => row[c] === 'C').length),
    solution: grid,
  };
}

function besides(r: number, c: number): [number, number][] {
  return [
    [r - 1, c],
    [r + 1, c],
    [r, c - 1],
    [r, c + 1],
  ];
}

function touches(grid: readonly (readonly string[])[], r: number, c: number): boolean {
  for (let y = r - 1; y <= r + 1; y += 1)
    for (let x = c - 1; x <= c + 1; x += 1)
      if ((y !== r || x !== c) && grid[y]?.[x] === 'C') return true;
  return false;
}

function checkTents(answer: readonly (readonly string[])[], instance: Instance): Check {
  const { grid, rowCounts, colCounts } = instance;
  if (answer.length !== grid.length || answer.some((row) => row.length !== colCounts.length))
    return wrong('the grid has another size');
  const seen = colCounts.map(() => 0);
  for (const [r, row] of answer.entries()) {
    let count = 0;
    for (const [c, cell] of row.entries()) {
      if ((cell === 'T') !== (grid[r]?.[c] === 'T'))
        return wrong('the trees are not where they were');
      if (cell !== 'C') continue;
      count += 1;
      seen[c] = (seen[c] ?? 0) + 1;
      if (touches(answer, r, c))
        return wrong(`the tent in row ${r + 1}, column ${c + 1} touches another`);
    }
    if (count !== rowCounts[r]) return wrong(`row ${r + 1} has ${count} tents`);
  }
  for (const [c, count] of seen.entries())
    if (count !== colCounts[c]) return wrong(`column ${c + 1} has ${count} tents`);
  return isMatched(answer) ? RIGHT : wrong('tents and trees can not be paired off');
}

/** Whether every tent can have a tree of its own beside it, and no tree is left (augmenting paths). */
function isMatched(grid: readonly (readonly string[])[]): boolean {
  const cols = grid[0]?.length ?? 0;
  const owner = new Map<number, number>();
  let tents = 0;
  let trees = 0;
  for (const row of grid) for (const cell of row) trees += cell === 'T' ? 1 : 0;
  const visit = (tent: number, seen: Set<number>): boolean =>
    besides(Math.floor(tent / cols), tent % cols).some(([y, x]) => {
      const tree = y * cols + x;
      if (grid[y]?.[x] !== 'T' || seen.has(tree)) return false;
      seen.add(tree);
      const other = owner.get(tree);
      if (other !== undefined && !visit(other, seen)) return false;
      owner.set(tree, tent);
      return true;
    });
  for (const [r, row] of grid.entries())
    for (const [c, cell] of row.entries()) {
      if (cell !== 'C') continue;
      tents += 1;
      if (!visit(r * cols + c, new Set())) return false;
    }
  return tents === trees;
}

interface Search {
  readonly count: number;
  readonly nodes: number;
  readonly first: string[][] | null;
}

const MAX_NODES = 200_000;

/** Row by row: each row takes a set of cells beside trees with the right count that touches neither itself nor the row above. */
function search({ grid, rowCounts, colCounts }: Instance, limit: number): Search {
  const cols = colCounts.length;
  const places = grid.map((row, r) => {
    let mask = 0;
    for (const [c, cell] of row.entries())
      if (cell !== 'T' && besides(r, c).some(([y, x]) => grid[y]?.[x] === 'T')) mask |= 1 << c;
    return mask;
  });
  const choices = places.map((mask, r) => masksOf(mask, rowCounts[r] ?? 0));
  // The most tents that the rows from here on can still put into a column: touching rows share one.
  const left = [...colCounts];
  const chosen = rowCounts.map(() => 0);
  let count = 0;
  let nodes = 0;
  let first: string[][] | null = null;

  const visit = (r: number): void => {
    nodes += 1;
    if (nodes > MAX_NODES || count >= limit) return;
    if (r === grid.length) {
      if (left.some((rest) => rest !== 0)) return;
      const answer = grid.map((row, y) =>
        row.map((cell, c) =>
          (((chosen[y] ?? 0) >> c) & 1) === 1 ? 'C' : cell === 'T' ? 'T' : 'X',
        ),
      );
      if (!isMatched(answer)) return;
      count += 1;
      first ??= answer;
      return;
    }
    let may = 0;
    const rowsLeft = Math.ceil((grid.length - r) / 2);
    for (let c = 0; c < cols; c += 1) {
      const rest = left[c] ?? 0;
      if (rest > rowsLeft) return;
      if (rest > 0) may |= 1 << c;
    }
    const above = r === 0 ? 0 : (chosen[r - 1] ?? 0);
    const blocked = above | (above << 1) | (above >> 1);
    for (const mask of choices[r] ?? []) {
      if ((mask & blocked) !== 0 || (mask & ~may) !== 0) continue;
      chosen[r] = mask;
      shift(mask, -1);
      visit(r + 1);
      shift(mask, 1);
      if (count >= limit) return;
    }
  };
  const shift = (mask: number, change: number): void => {
    for (let rest = mask; rest !== 0; rest &= rest - 1) {
      const c = 31 - Math.clz32(rest & -rest);
      left[c] = (left[c] ?? 0) + change;
    }
  };
  visit(0);
  return { count, nodes, first };
}

/** Subsets of a mask with so many bits, no two of them neighbours. */
function masksOf(mask: number, count: number): number[] {
  const found: number[] = [];
  const visit = (rest: number, chosen: number, missing: number): void => {
    if (missing === 0) {
      found.push(chosen);
      return;
    }
    for (let open = rest; open !== 0; open &= open - 1) {
      const bit = open & -open;
      visit(open & ~(bit | (bit << 1)), chosen | bit, missing - 1);
    }
  };
  visit(mask, 0, count);
  return found;
}
