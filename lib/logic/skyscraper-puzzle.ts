import { z } from 'zod';
import type { Rng } from '#lib/rng.ts';
import { finalText } from './final-text.ts';
import { findNumberGrid, toRows } from './find-literal.ts';
import {
  isLatin,
  randomLatinSquare,
  searchLatin,
  toSquareRows,
  type LatinSearch,
} from './latin-square.ts';
import { lazySpans } from './lazy-spans.ts';
import { defineTask, RIGHT, wrong, type Check, type LogicRow } from './logic-task.ts';
import { countWordings, renderWording, type Wordings } from './prompt.ts';
import { PySequence, readLiteral } from './python-literal.ts';
import { pyStrip } from './python-text.ts';
import { numberField, numberGridOf, numbersOf } from './row-fields.ts';
import { narrowSkyline, pruneBySkyline, skylineOf, type Skyline } from './skyline.ts';

const MAX_SIZE = 7;

const Params = z.strictObject({
  size: z.int().min(3).max(MAX_SIZE),
  /** Clues that are taken away again as long as the solution stays unique. */
  hidden: z.int().min(0).max(28),
});
type Params = z.infer<typeof Params>;

interface Instance {
  readonly size: number;
  readonly clues: Skyline;
  /** Null where the row of a data set does not hold it. */
  readonly solution: readonly (readonly number[])[] | null;
}

interface Shown {
  readonly size: number;
  readonly picture: string;
  readonly lists: string;
}

const wordings: Wordings<Shown> = {
  en: [
    ({
      size,
      picture,
    }) => `Skyscrapers, ${size} by ${size}. Put a building of height 1 to ${size} on every X.
- No height stands twice in a row or in a column.
- A number at an edge tells how many buildings are seen from there along that row or column; a building hides every lower one behind it. A dot means that no number is given.

${picture}

Give the heights as a list of rows in a python code block, for example:
\`\`\`python
[[1, 2], [2, 1]]
\`\`\``,
    ({
      size,
      lists,
    }) => `Fill a ${size} x ${size} square so that each row and each column holds the numbers 1 to ${size} once each. Think of them as heights of towers: looking along a line you see a tower only if it is higher than all those before it. The numbers of towers to be seen are (a dot where nothing is said):

${lists}

Close with the finished square as a Python list of lists in a \`\`\`python block.`,
    ({
      size,
      picture,
    }) => `A city of ${size} x ${size} plots gets towers with 1 to ${size} floors. In each row and in each column every number of floors occurs exactly once. Around the plan stand the counts of an observer who looks along the row or column from that side and sees a tower whenever it tops all towers in front of it; "." stands for an unknown count.

${picture}

How many floors has each tower? Your last lines must be a \`\`\`python block with one list of ${size} rows, from the top down, each a list of ${size} whole numbers.`,
  ],
  zh: [
    ({
      size,
      picture,
    }) => `这是一道 ${size}×${size} 的摩天楼谜题。请把每个 X 换成 1 到 ${size} 的楼高。
- 同一行、同一列里楼高不能重复。
- 边上的数字表示从那里沿该行或该列望去能看到几座楼，较高的楼会挡住后面所有较矮的楼；“.”表示没有给出数字。

${picture}

请在 python 代码块中用二维列表写出各行楼高，例如：
\`\`\`python
[[1, 2], [2, 1]]
\`\`\``,
    ({
      size,
      lists,
    }) => `请填写一个 ${size}×${size} 的方阵，使每行每列都恰好包含 1 到 ${size} 各一次。把数字看作楼的高度：沿一条线看过去，只有比前面所有楼都高的楼才看得见。能看见的楼数如下（“.”表示未说明）：

${lists}

最后请用 \`\`\`python 代码块给出完整方阵，写成 Python 的列表的列表。`,
    ({
      size,
      picture,
    }) => `一座城市有 ${size}×${size} 块地，每块地建一座 1 到 ${size} 层的楼；每一行、每一列中各种层数恰好出现一次。图的四周写着从那一侧沿行或列望去看得见的楼数：一座楼高过它前面的所有楼时才看得见；“.”表示楼数未知。

${picture}

每座楼各有几层？回答的最后须是一个 \`\`\`python 代码块，内含从上到下 ${size} 行的列表，每行是 ${size} 个整数的列表。`,
  ],
};

export const skyscraperPuzzle = defineTask<Params, Instance, number[][]>({
  id: 'skyscraper-puzzle',
  version: 2,
  label: 'Skyscrapers',
  category: 'grid',
  description: 'A Latin square of heights; clues at the edges count the buildings that are seen.',
  params: Params,
  levels: [
    { size: 4, hidden: 3 },
    { size: 4, hidden: 6 },
    { size: 4, hidden: 8 },
    { size: 5, hidden: 0 },
    { size: 5, hidden: 4 },
    { size: 5, hidden: 8 },
    { size: 6, hidden: 0 },
    { size: 6, hidden: 6 },
    { size: 7, hidden: 0 },
    { size: 7, hidden: 6 },
  ],
  promise: 'unique',
  templates: countWordings(wordings),
  generate,

  render(instance, language, template) {
    const { size, clues } = instance;
    return renderWording(wordings, language, template, {
      size,
      picture: picture(size, clues),
      lists: lists(clues, language === 'en' ? SIDES_EN : SIDES_ZH),
    });
  },

  toData({ size, clues, solution }, question) {
    // The published verifier compares all clues; the hidden ones follow from the solution.
    const all = solution === null ? clues : skylineOf(solution);
    return {
      question,
      answer: '',
      difficulty: 1,
      metadata: { n: size, solved_grid: solution, ...all, shown: clues },
    };
  },

  fromData(data) {
    const size = numberField(data, 'n');
    const clues = skylineIn(data.metadata?.shown) ?? skylineIn(data.metadata);
    if (size === null || clues === null || size < 2 || size > MAX_SIZE || !Number.isInteger(size))
      return null;
    if (Object.values(clues).some((side: readonly number[]) => side.length !== size)) return null;
    return { size, clues, solution: numberGridOf(data.metadata?.solved_grid) };
  },

  extract: (response) => findNumberGrid(finalText(response)),
  check: checkHeights,
  answer: ({ solution }) => (solution === null ? '' : inBlock(solution)),

  solve(instance) {
    const { solutions, nodes } = search(instance.size, instance.clues, 1);
    const [first] = solutions;
    return {
      answer: first === undefined ? null : inBlock(toSquareRows(first, instance.size)),
      nodes,
    };
  },

  countSolutions: ({ size, clues }, limit) => search(size, clues, limit).count,

  difficulty: ({ size, clues }) => ({
    size,
    clues: Object.values(clues)
      .flat()
      .filter((clue) => clue > 0).length,
    nodes: search(size, clues, 2).nodes,
  }),

  reference(response, data) {
    const grid = publishedGrid(response);
    const instance = publishedInstance(data);
    return instance !== null && grid !== null && checkHeights(grid, instance).ok;
  },
});

const MAX_TRIES = 50_000;

/** In large squares all clues together seldom tell enough; how little they must leave open, found by trial. */
const AIMS: Readonly<Record<number, number>> = { 6: 42.5, 7: 72 };
const NARROWING_STEPS = 150;

/** Random squares until the full clues leave one solution; then clues are taken away in random order. */
function generate(rng: Rng, { size, hidden }: Params): Instance {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const cells = randomLatinSquare(rng, size);
    const aim = AIMS[size];
    if (aim !== undefined) narrowSkyline(rng, cells, size, { aim, steps: NARROWING_STEPS });
    const solution = toSquareRows(cells, size);
    const full = skylineOf(solution);
    if (!isUnique(size, full)) continue;
    let clues = full;
    let left = hidden;
    for (const place of rng.shuffle(Array.from({ length: 4 * size }, (_, at) => at))) {
      if (left === 0) break;
      const fewer = withoutClue(clues, place, size);
      if (!isUnique(size, fewer)) continue;
      clues = fewer;
      left -= 1;
    }
    if (left === 0) return { size, clues, solution };
  }
  throw new Error('No unique square with so few clues was found.');
}

function isUnique(size: number, clues: Skyline): boolean {
  const { count, nodes } = search(size, clues, 2);
  return count === 1 && nodes < MAX_NODES;
}

/** Below the limit of the search itself, so that a search that was given up proves nothing. */
const MAX_NODES = 100_000;

function search(size: number, clues: Skyline, limit: number): LatinSearch {
  const domains = new Uint16Array(size * size).fill((1 << size) - 1);
  return searchLatin(size, domains, pruneBySkyline(size, clues), limit);
}

const SIDES = ['top', 'bottom', 'left', 'right'] as const;

function withoutClue(clues: Skyline, place: number, size: number): Skyline {
  const side = SIDES[Math.floor(place / size)] ?? 'top';
  return { ...clues, [side]: clues[side].map((clue, at) => (at === place % size ? 0 : clue)) };
}

function checkHeights(rows: readonly (readonly number[])[], { size, clues }: Instance): Check {
  if (!isLatin(rows, size))
    return wrong(`a row or column does not hold every height from 1 to ${size} once`);
  const seen = skylineOf(rows);
  for (const side of SIDES)
    for (const [at, clue] of clues[side].entries())
      if (clue !== 0 && seen[side][at] !== clue)
        return wrong(
          `from the ${side}, ${seen[side][at] ?? 0} buildings of line ${at + 1} are seen, not ${clue}`,
        );
  return RIGHT;
}

function skylineIn(value: unknown): Skyline | null {
  if (typeof value !== 'object' || value === null) return null;
  const [top, bottom, left, right] = SIDES.map((side) =>
    numbersOf((value as Record<string, unknown>)[side]),
  );
  if (top == null || bottom == null || left == null || right == null) return null;
  return { top, bottom, left, right };
}

const SIDES_EN = {
  top: 'from the top, columns left to right',
  bottom: 'from the bottom, columns left to right',
  left: 'from the left, rows top to bottom',
  right: 'from the right, rows top to bottom',
} as const;

const SIDES_ZH = {
  top: '从上方看（各列从左到右）',
  bottom: '从下方看（各列从左到右）',
  left: '从左侧看（各行从上到下）',
  right: '从右侧看（各行从上到下）',
} as const;

function lists(clues: Skyline, names: Readonly<Record<(typeof SIDES)[number], string>>): string {
  return SIDES.map((side) => `${names[side]}: ${clues[side].map(toSign).join(' ')}`).join('\n');
}

function picture(size: number, { top, bottom, left, right }: Skyline): string {
  const edge = (side: readonly number[]): string => `    ${side.map(toSign).join(' ')}`;
  const row = Array.from({ length: size }, () => 'X').join(' ');
  const middle = left.map((clue, at) => `${toSign(clue)} | ${row} | ${toSign(right[at] ?? 0)}`);
  return [edge(top), ...middle, edge(bottom)].join('\n');
}

function toSign(clue: number): string {
  return clue === 0 ? '.' : String(clue);
}

function inBlock(rows: readonly (readonly number[])[]): string {
  return `\`\`\`python\n[${rows.map((row) => `[${row.join(', ')}]`).join(', ')}]\n\`\`\``;
}

/** All clues count there, also those that the prompt does not show. */
function publishedInstance(data: LogicRow): Instance | null {
  const size = numberField(data, 'n');
  const clues = skylineIn(data.metadata);
  return size === null || clues === null || size > 30 ? null : { size, clues, solution: null };
}

/** Far longer than any square that could be right. */
const MAX_BLOCK = 20_000;

/** The first python block whose marks stand on lines of their own, as a list of lists and nothing else; `True` is 1. */
function publishedGrid(response: string): number[][] | null {
  const block = lazySpans(response, '```python\n', '\n```', true)[0]?.text;
  const value =
    block === undefined || block.length > MAX_BLOCK ? undefined : readLiteral(pyStrip(block));
  if (!isList(value) || !value.items.every(isList)) return null;
  return toRows(value, (cell) => {
    if (typeof cell === 'boolean') return cell ? 1 : 0;
    return typeof cell === 'number' ? cell : null;
  });
}

function isList(value: unknown): value is PySequence {
  return value instanceof PySequence && value.kind === 'list';
}
