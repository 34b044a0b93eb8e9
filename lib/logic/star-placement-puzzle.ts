import { z } from 'zod';
import type { Rng } from '#lib/rng.ts';
import { finalText } from './final-text.ts';
import { findLastLiteral, itemsOf, toWhole } from './find-literal.ts';
import { cellsOf } from './grid-cells.ts';
import { lazySpans } from './lazy-spans.ts';
import { defineTask, RIGHT, wrong, type Check } from './logic-task.ts';
import { countWordings, gridText, renderWording, type Wordings } from './prompt.ts';
import { PyDict, PySequence, readLiteral, type PyValue } from './python-literal.ts';
import { numberField, textGridOf } from './row-fields.ts';
import { canLeave, gridNeighbours } from './grid-neighbours.ts';
import { drawStars, growRegions, searchStars, type StarSearch } from './star-regions.ts';

const Params = z.strictObject({
  size: z.int().min(4).max(12),
  stars: z.int().min(1).max(2),
});
type Params = z.infer<typeof Params>;

interface Instance {
  readonly size: number;
  readonly stars: number;
  /** The letter of each cell's region, row by row. */
  readonly grid: readonly (readonly string[])[];
  /** Cells in reading order, counted from 0; null where the row of a data set does not hold it. */
  readonly solution: readonly number[] | null;
}

interface Star {
  readonly label: string;
  readonly row: number;
  readonly column: number;
}

const MAX_TRIES = 5000;
const MAX_REPAIRS = 60;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

const form = ({ stars }: Instance) =>
  stars === 1
    ? "```python\n{'A': [(1, 2)], 'B': [(3, 4)], …}\n```"
    : "```python\n{'A': [(1, 2), (3, 4)], 'B': [(5, 6), (7, 8)], …}\n```";
const many = ({ stars }: Instance) => (stars === 1 ? '1 star' : `${stars} stars`);

const wordings: Wordings<Instance> = {
  en: [
    (
      instance,
    ) => `Place stars on this ${instance.size} by ${instance.size} grid. Letters mark the regions:
${gridText(instance.grid)}

- Every row, every column and every region holds exactly ${many(instance)}.
- No two stars touch, not even diagonally.

Give, for each region letter, the list of its stars as (row, column), both counted from 1 at the top left, in a python code block:
${form(instance)}`,
    (
      instance,
    ) => `Star battle: the cells below belong to ${instance.size} regions, named by letters.

${gridText(instance.grid)}

Choose cells for stars so that each of the ${instance.size} rows, each of the ${instance.size} columns and each region gets exactly ${many(instance)}; cells with stars must not be neighbours horizontally, vertically or diagonally. Rows count from the top and columns from the left, starting with 1. Finish with a dictionary from each letter to the (row, column) pairs of the stars in that region:
${form(instance)}`,
    (
      instance,
    ) => `On the board below equal letters form a region; there are ${instance.size} of them.

${gridText(instance.grid)}

Mark cells with stars. In the end you must count exactly ${many(instance)} in every region, in every one of the ${instance.size} rows and in every one of the ${instance.size} columns, and the eight cells around a star must be without stars.
Tell the places region by region, as (row, column) from (1, 1) at the top left, in a dictionary inside a python code block:
${form(instance)}`,
  ],
  zh: [
    (instance) => `请在这个 ${instance.size}×${instance.size} 的网格上放置星星，字母表示区域：
${gridText(instance.grid)}

- 每一行、每一列、每个区域都恰好有 ${instance.stars} 颗星星。
- 任何两颗星星都不能相邻，斜向也不行。

请在 python 代码块中给出每个区域字母对应的星星坐标列表 (行, 列)，行列都从左上角的 1 开始数：
${form(instance)}`,
    (instance) => `下面的格子分属 ${instance.size} 个区域，用字母命名：

${gridText(instance.grid)}

选出若干格子放星星，使 ${instance.size} 行、${instance.size} 列和每个区域都恰好各有 ${instance.stars} 颗；放星星的格子在横、竖、斜方向上都不得相邻。行从上数、列从左数，都从 1 开始。最后写出一个字典，把每个字母对应到该区域中星星的 (行, 列) 坐标：
${form(instance)}`,
    (instance) => `下面的棋盘上，相同的字母组成一个区域，共有 ${instance.size} 个区域。

${gridText(instance.grid)}

请给一些格子标上星星。最后，每个区域、${instance.size} 行中的每一行、${instance.size} 列中的每一列都必须恰好有 ${instance.stars} 颗星星，而且一颗星星周围的八个格子里不能有别的星星。
请按区域给出位置，坐标为 (行, 列)，左上角为 (1, 1)，在 python 代码块中写成字典：
${form(instance)}`,
  ],
};

export const starPlacementPuzzle = defineTask<Params, Instance, Star[]>({
  id: 'star-placement-puzzle',
  version: 2,
  label: 'Star placement',
  category: 'grid',
  description: 'Every row, column and region holds the same number of stars; none touch.',
  params: Params,
  levels: [
    { size: 4, stars: 1 },
    { size: 5, stars: 1 },
    { size: 6, stars: 1 },
    { size: 7, stars: 1 },
    { size: 8, stars: 1 },
    { size: 9, stars: 1 },
    { size: 10, stars: 1 },
    { size: 8, stars: 2 },
    { size: 9, stars: 2 },
    { size: 10, stars: 2 },
  ],
  promise: 'unique',
  templates: countWordings(wordings),
  generate,
  render: (instance, language, template) => renderWording(wordings, language, template, instance),

  toData(instance, question) {
    const { size, stars, grid, solution } = instance;
    return {
      question,
      answer: solution === null ? '' : toDict(instance, solution),
      difficulty: 1,
      metadata: { n: size, k: stars, region_nums: size, region_grid: grid, solution },
    };
  },

  fromData(data) {
    const size = numberField(data, 'n');
    const stars = numberField(data, 'k');
    const grid = textGridOf(data.metadata?.region_grid);
    if (size === null || stars === null || grid?.length !== size) return null;
    return { size, stars, grid, solution: null };
  },

  extract: (response) => findLastLiteral(finalText(response), toStars),
  check: (found, instance) => checkStars(found, instance, true),
  answer: (instance) =>
    instance.solution === null ? '' : inBlock(toDict(instance, instance.solution)),

  solve(instance) {
    const { solutions, nodes } = search(instance, 1);
    const [first] = solutions;
    return { answer: first === undefined ? null : inBlock(toDict(instance, first)), nodes };
  },

  countSolutions: (instance, limit) => search(instance, limit).count,

  difficulty: (instance) => ({
    size: instance.size,
    stars: instance.stars,
    nodes: search(instance, 2).nodes,
  }),

  reference(response, data) {
    const instance = starPlacementPuzzle.fromData(data) as Instance | null;
    const block = lazySpans(response, '```python', '```', true)[0]?.text;
    const body = block === undefined ? undefined : lazySpans(block, '{', '}', true)[0]?.text;
    if (instance === null || body === undefined || body.length > 100_000) return false;
    const stars = publishedStars(readLiteral(`{${body}}`));
    return stars !== null && checkStars(stars, instance, false).ok;
  },
});

function search({ size, stars, grid }: Instance, limit: number): StarSearch {
  const letters = [...new Set(cellsOf(grid))];
  if (letters.length !== size) return { count: 0, nodes: 0, solutions: [] };
  const cells = cellsOf(grid).map((letter) => letters.indexOf(letter));
  return searchStars({ size, stars }, cells, limit);
}

/** Stars at random, regions grown around them, then borders shifted until no other placement fits. */
function generate(rng: Rng, { size, stars }: Params): Instance {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const solution = drawStars(rng, size, stars);
    if (solution === null) continue;
    const regions = growRegions(rng, size, groupStars(rng, solution, size, stars));
    if (regions === null || !repair(rng, { size, stars }, regions, solution)) continue;
    const letters = rng.shuffle(Array.from({ length: size }, (_, at) => LETTERS.charAt(at)));
    const grid = Array.from({ length: size }, (_, row) =>
      regions.slice(row * size, (row + 1) * size).map((region) => letters[region] ?? ''),
    );
    return { size, stars, grid, solution };
  }
  throw new Error('No unique placement was found.');
}

/** Stars that lie near each other share a region. */
function groupStars(rng: Rng, cells: readonly number[], size: number, stars: number): number[][] {
  if (stars === 1) return cells.map((cell) => [cell]);
  const left = rng.shuffle(cells);
  const groups: number[][] = [];
  for (let first = left.pop(); first !== undefined; first = left.pop()) {
    const own = first;
    const distance = (cell: number) =>
      Math.abs(Math.floor(cell / size) - Math.floor(own / size)) +
      Math.abs((cell % size) - (own % size));
    left.sort((a, b) => distance(b) - distance(a));
    const second = left.pop();
    groups.push(second === undefined ? [own] : [own, second]);
  }
  return groups;
}

/** Other solutions that are looked at together. */
const MAX_OTHERS = 8;

/**
 * As long as there are other solutions, the cell that most of them use is given to a neighbouring region, which spoils
 * them; those that do without the cell stay solutions, so that a new search is made only when none of them is left.
 * False when that does not come to an end.
 */
function repair(
  rng: Rng,
  { size, stars }: { size: number; stars: number },
  regions: number[],
  solution: readonly number[],
): boolean {
  const own = new Set(solution);
  let others: (readonly number[])[] = [];
  for (let tries = 0; tries < MAX_REPAIRS; tries += 1) {
    if (others.length === 0) {
      const { count, solutions } = searchStars({ size, stars }, regions, MAX_OTHERS);
      others = solutions.filter((found) => found.some((cell) => !own.has(cell)));
      if (others.length === 0) return count === 1;
    }
    const uses = new Uint8Array(size * size);
    for (const found of others) for (const cell of found) uses[cell] = (uses[cell] ?? 0) + 1;
    let most = 0;
    let moves: (readonly [cell: number, region: number])[] = [];
    for (const [cell, use] of uses.entries()) {
      if (use === 0 || use < most || own.has(cell)) continue;
      const sides = (gridNeighbours(size)[cell] ?? []).filter(
        (side) => regions[side] !== regions[cell],
      );
      if (sides.length === 0 || !canLeave(cell, size, regions)) continue;
      if (use > most) moves = [];
      most = use;
      for (const side of sides) moves.push([cell, regions[side] ?? 0]);
    }
    if (moves.length === 0) return false;
    const [moved, region] = rng.pick(moves);
    regions[moved] = region;
    others = others.filter((found) => !found.includes(moved));
  }
  return false;
}

function toDict({ size, grid }: Instance, cells: readonly number[]): string {
  const byLabel = new Map<string, string[]>();
  for (const cell of cells) {
    const [row, column] = [Math.floor(cell / size), cell % size];
    const label = grid[row]?.[column] ?? '';
    byLabel.set(label, [...(byLabel.get(label) ?? []), `(${row + 1}, ${column + 1})`]);
  }
  const entries = [...byLabel].sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([label, stars]) => `'${label}': [${stars.join(', ')}]`).join(', ')}}`;
}

function inBlock(text: string): string {
  return `\`\`\`python\n${text}\n\`\`\``;
}

/** A dictionary of lists of pairs; a single pair may stand without its list. */
function toStars(value: PyValue): Star[] | null {
  if (!(value instanceof PyDict)) return null;
  const stars: Star[] = [];
  for (const [key, entry] of value.entries) {
    const items = itemsOf(entry);
    if (typeof key !== 'string' || items === null) return null;
    const pairs =
      items.length === 2 && items.every((item) => toWhole(item) !== null) ? [entry] : items;
    for (const pair of pairs) {
      const cells = itemsOf(pair)?.map(toWhole);
      const [row = null, column = null] = cells ?? [];
      if (cells?.length !== 2 || row === null || column === null) return null;
      stars.push({ label: key.trim(), row, column });
    }
  }
  return stars.length === 0 ? null : stars;
}

/** The published reader wants lists of pairs and looks at no label. */
function publishedStars(value: PyValue | undefined): Star[] | null {
  if (!(value instanceof PyDict)) return null;
  const stars: Star[] = [];
  const entries = new Map(
    value.entries.map(([key, entry], at) => [
      typeof key === 'string' ? key : `#${String(at)}`,
      entry,
    ]),
  );
  for (const [label, entry] of entries) {
    if (!(entry instanceof PySequence)) return null;
    for (const pair of entry.items) {
      const cells = itemsOf(pair);
      const [row, column] = cells ?? [];
      if (cells?.length !== 2 || typeof row !== 'number' || typeof column !== 'number') return null;
      stars.push({ label, row, column });
    }
  }
  return stars;
}

function checkStars(found: readonly Star[], instance: Instance, isLabelled: boolean): Check {
  const { size, stars, grid } = instance;
  const rows = new Map<number, number>();
  const columns = new Map<number, number>();
  const regions = new Map<string, number>();
  const add = <Key>(counts: Map<Key, number>, key: Key) =>
    counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const { label, row, column } of found) {
    const region = grid[row - 1]?.[column - 1];
    if (region === undefined) return wrong(`(${row}, ${column}) is outside the grid`);
    if (isLabelled && label !== region)
      return wrong(`(${row}, ${column}) belongs to region ${region}`);
    add(rows, row);
    add(columns, column);
    add(regions, region);
  }
  if (found.length !== size * stars) return wrong(`${size * stars} stars are wanted`);
  for (let at = 1; at <= size; at += 1) {
    if (rows.get(at) !== stars) return wrong(`row ${at} does not hold ${stars} of the stars`);
    if (columns.get(at) !== stars) return wrong(`column ${at} does not hold ${stars} of the stars`);
  }
  for (const letter of new Set(cellsOf(grid)))
    if (regions.get(letter) !== stars)
      return wrong(`region ${letter} does not hold ${stars} of the stars`);
  for (const [at, a] of found.entries())
    for (const b of found.slice(at + 1))
      if (Math.abs(a.row - b.row) < 2 && Math.abs(a.column - b.column) < 2)
        return wrong(`the stars at (${a.row}, ${a.column}) and (${b.row}, ${b.column}) touch`);
  return RIGHT;
}
