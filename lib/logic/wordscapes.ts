import { z } from 'zod';
import { finalText } from './final-text.ts';
import { findTextGrid } from './find-literal.ts';
import { cellsOf } from './grid-cells.ts';
import { gridSpans } from './lazy-spans.ts';
import { defineTask, RIGHT, wrong, type Check } from './logic-task.ts';
import { countWordings, renderWording, type Wordings } from './prompt.ts';
import { textGridOf, textsOf } from './row-fields.ts';
import {
  areSlotsForWords,
  drawCrossword,
  fillSlots,
  slotsOf,
  type Layout,
  type Slot,
} from './word-grid.ts';

const Params = z.strictObject({
  size: z.int().min(4).max(20),
  words: z.int().min(2).max(40),
});
type Params = z.infer<typeof Params>;

interface Instance {
  /** `X` for a letter, `0` for an empty cell. */
  readonly grid: Layout;
  readonly across: readonly string[];
  readonly down: readonly string[];
  readonly solution: Layout | null;
}

interface Shown {
  readonly grid: string;
  readonly across: string;
  readonly down: string;
}

const wordings: Wordings<Shown> = {
  en: [
    ({
      grid,
      across,
      down,
    }) => `Fill this crossword grid. X is a cell for one letter, 0 stays empty:
${grid}

Words to be read from left to right: ${across}
Words to be read from top to bottom: ${down}

- Every X gets exactly one letter.
- Each horizontal row of two or more X without a gap spells one of the words of the first list, each vertical one a word of the second.
- Every word is used exactly once. Cells that two words share hold the same letter.
Give the whole grid as a list of rows, each a list of quoted cells, with " " for the empty cells, for example [["C", "A", "T"], [" ", "N", " "], [" ", "T", " "]].`,
    ({
      grid,
      across,
      down,
    }) => `A word puzzle has lost its letters. In the diagram X marks where a letter was and 0 marks an empty cell.
${grid}

Across (left to right): ${across}
Down (top to bottom): ${down}

Put all of these words back, each of them once: an unbroken horizontal line of at least two X holds exactly one across word from its first cell to its last, an unbroken vertical line exactly one down word. No X stays empty, none holds more than one letter, and no letter stands on a 0.
Answer with a two-dimensional list of all cells, each in double quotes, empty ones as " ", such as [["T", "O"], [" ", "N"]].`,
    ({ grid, across, down }) => `Diagram (X: one letter, 0: nothing):
${grid}

Find out which word stands where. Going right: ${across}. Going down: ${down}. A word fills its line of X completely, every line of two or more X, horizontal or vertical, has its word, and no word is left over or comes twice. Crossing words agree in the letter they share. Finish with the complete grid as [[row 1], [row 2], …], where a cell is a quoted letter or " ".`,
  ],
  zh: [
    ({ grid, across, down }) => `请填写这个填字网格。X 是要填一个字母的格子，0 保持为空：
${grid}

从左往右读的单词：${across}
从上往下读的单词：${down}

- 每个 X 恰好填一个字母。
- 横向连续的两个或更多 X 恰好拼成第一组中的一个单词，纵向连续的两个或更多 X 恰好拼成第二组中的一个单词。
- 每个单词恰好使用一次。两个单词共用的格子填同一个字母。
请把整个网格写成由各行组成的列表，每行是带引号的格子列表，空格子写作 " "，例如 [["C", "A", "T"], [" ", "N", " "], [" ", "T", " "]]。`,
    ({ grid, across, down }) => `一个单词谜题丢失了字母。图中 X 表示原来有字母的格子，0 表示空格子。
${grid}

横向（从左到右）：${across}
纵向（从上到下）：${down}

请把这些单词全部放回去，每个只放一次：至少两个 X 组成的不间断横线，从第一格到最后一格恰好是一个横向单词；不间断的竖线恰好是一个纵向单词。不能有空着的 X，一个 X 里不能有多个字母，0 处不能有字母。
请用包含所有格子的二维列表作答，每格用双引号，空格子写作 " "，例如 [["T", "O"], [" ", "N"]]。`,
    ({ grid, across, down }) => `图（X：一个字母，0：空）：
${grid}

请找出每个单词的位置。向右：${across}。向下：${down}。单词正好填满它所在的一段 X；每一段横向或纵向的、长度不小于 2 的 X 都有一个单词；没有单词剩下，也没有单词重复。交叉的单词在共用格上的字母相同。最后以 [[第 1 行], [第 2 行], …] 的形式写出完整网格，每格是带引号的字母或 " "。`,
  ],
};

const MAX_TRIES = 1000;
/** Grids that are no literals are looked for near the end only. */
const MAX_TAIL = 20_000;

export const wordscapes = defineTask<Params, Instance, string[][]>({
  id: 'wordscapes',
  version: 1,
  label: 'Wordscapes',
  category: 'grid',
  description: 'Given words are put into the runs of a crossword grid.',
  params: Params,
  levels: [
    { size: 5, words: 3 },
    { size: 5, words: 4 },
    { size: 6, words: 5 },
    { size: 7, words: 6 },
    { size: 8, words: 8 },
    { size: 9, words: 10 },
    { size: 10, words: 12 },
    { size: 12, words: 15 },
    { size: 14, words: 20 },
    { size: 15, words: 24 },
  ],
  promise: 'unique',
  templates: countWordings(wordings),

  generate(rng, { size, words }) {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const crossword = drawCrossword(rng, size, words);
      if (crossword === null) continue;
      const instance = {
        grid: crossword.cells.map((row) => row.map((cell) => (cell === ' ' ? '0' : 'X'))),
        across: [...crossword.across].sort(),
        down: [...crossword.down].sort(),
        solution: crossword.cells,
      };
      if (fill(instance, 2).count === 1) return instance;
    }
    throw new Error('No crossword with one filling was found.');
  },

  render: ({ grid, across, down }, language, template) =>
    renderWording(wordings, language, template, {
      grid: grid.map((row) => row.join(' ')).join('\n'),
      across: across.join(', '),
      down: down.join(', '),
    }),

  toData: ({ grid, across, down, solution }, question) => ({
    question,
    answer: solution,
    difficulty: 1,
    metadata: {
      grid,
      across_words: across,
      down_words: down,
      solution,
      size: grid.length,
      num_words: across.length + down.length,
    },
  }),

  fromData({ metadata }) {
    const grid = textGridOf(metadata?.grid);
    const across = textsOf(metadata?.across_words);
    const down = textsOf(metadata?.down_words);
    if (grid === null || grid.length === 0 || across === null || down === null) return null;
    if (across.length + down.length === 0) return null;
    const lower = (words: readonly string[]) => words.map((word) => word.toLowerCase());
    return {
      grid,
      across: lower(across),
      down: lower(down),
      // A verdict does without it.
      get solution() {
        return textGridOf(metadata?.solution);
      },
    };
  },

  extract(response) {
    const text = finalText(response);
    return findTextGrid(text) ?? splitGrid(gridSpans(text.slice(-MAX_TAIL)).at(-1));
  },

  check: checkGrid,
  answer: ({ solution }) => (solution === null ? '' : write(solution)),

  solve(instance) {
    const { first, nodes } = fill(instance, 1);
    const cols = instance.grid[0]?.length ?? 0;
    return {
      answer:
        first === null
          ? null
          : write(instance.grid.map((row, r) => row.map((_, c) => first.get(r * cols + c) ?? ' '))),
      nodes,
    };
  },

  countSolutions: (instance, limit) => fill(instance, limit).count,

  difficulty: (instance) => ({
    cells: cellsOf(instance.grid).filter((cell) => cell === 'X').length,
    words: instance.across.length + instance.down.length,
    nodes: fill(instance, 2).nodes,
  }),

  reference(response, data) {
    const instance = wordscapes.fromData(data) as Instance | null;
    const rows = splitGrid(gridSpans(response, 1)[0]);
    if (instance === null || rows?.length !== instance.grid.length) return false;
    const cells = rows.map((row) => row.map((cell) => (cell === '0' ? '' : cell)));
    for (const [r, row] of instance.grid.entries()) {
      if (cells[r]?.length !== row.length) return false;
      if (row.some((cell, c) => (cell === 'X') === (cells[r]?.[c] === ''))) return false;
    }
    const join = (line: readonly string[]) =>
      line.map((cell) => (cell === '' ? ' ' : cell.toLowerCase())).join('');
    const across = cells.map(join);
    const down = (cells[0] ?? []).map((_, c) => join(cells.map((row) => row[c] ?? '')));
    return (
      instance.across.every((word) => across.some((line) => line.includes(word))) &&
      instance.down.every((word) => down.some((line) => line.includes(word)))
    );
  },
});

function write(cells: Layout): string {
  return JSON.stringify(cells.map((row) => row.map((cell) => cell.toUpperCase())));
}

function fill({ grid, across, down }: Instance, limit: number): ReturnType<typeof fillSlots> {
  const slots = slotsOf(grid);
  if (!areSlotsForWords(slots, across, down)) return { count: 0, nodes: 0, first: null };
  return fillSlots(slots, across, down, limit);
}

/** Cells of `[[…], […]]` between commas, quoted or not; null when there is no text. */
function splitGrid(text: string | undefined): string[][] | null {
  if (text === undefined) return null;
  const rows = text.slice(0, MAX_TAIL).match(/\[[^[\]]*\]/gu) ?? [];
  return rows.map((row) =>
    row
      .slice(1, -1)
      .split(',')
      .map((cell) =>
        cell
          .trim()
          .replace(/^["'“”‘’]|["'“”‘’]$/gu, '')
          .trim(),
      ),
  );
}

/** Whatever writers put for an empty cell. */
const EMPTY = new Set(['', '0', '.', '_', '-', '#']);
const LETTER = /^\p{L}$/u;

function checkGrid(answer: readonly (readonly string[])[], instance: Instance): Check {
  const { grid, across, down } = instance;
  if (answer.length !== grid.length || answer.some((row, r) => row.length !== grid[r]?.length))
    return wrong('the grid has another size');
  const letters: string[] = [];
  for (const [r, row] of grid.entries())
    for (let c = 0; c < row.length; c += 1) {
      const told = answer[r]?.[c] ?? '';
      const isLetter = row[c] === 'X';
      if (isLetter ? !isOneLetter(told) : !EMPTY.has(told))
        return wrong(
          `row ${r + 1}, column ${c + 1} must ${isLetter ? 'hold one letter' : 'stay empty'}`,
        );
      letters.push(isLetter ? told.toLowerCase() : '');
    }
  const cols = grid[0]?.length ?? 0;
  const slots = slotsOf(grid);
  return areSlotsForWords(slots, across, down)
    ? checkSlots(slots, letters, instance)
    : checkPlacements(letters, cols, instance);
}

function isOneLetter(text: string): boolean {
  return text.length === 1 && ((text >= 'A' && text <= 'Z') || LETTER.test(text));
}

function checkSlots(slots: readonly Slot[], letters: readonly string[], instance: Instance): Check {
  for (const isDown of [false, true]) {
    const missing = [...(isDown ? instance.down : instance.across)];
    for (const slot of slots) {
      if (slot.isDown !== isDown) continue;
      let word = '';
      for (const cell of slot.cells) word += letters[cell] ?? '';
      const at = missing.indexOf(word);
      if (at === -1)
        return wrong(`"${word}" is no ${isDown ? 'down' : 'across'} word that is left`);
      missing.splice(at, 1);
    }
  }
  return RIGHT;
}

const MAX_VISITS = 2000;

/**
 * Rows of the data set may have words side by side or end to end, so that runs of `X` are no words: there every word
 * stands somewhere of its own, and together they cover every `X`.
 */
function checkPlacements(letters: readonly string[], cols: number, instance: Instance): Check {
  const rows = instance.grid.length;
  const options: number[][][] = [];
  for (const [words, step] of [
    [instance.across, 1],
    [instance.down, cols],
  ] as const)
    for (const word of words) {
      const found: number[][] = [];
      for (let r = 0; r < rows; r += 1)
        for (let c = 0; c < cols; c += 1) {
          if ((step === 1 ? c : r) + word.length > (step === 1 ? cols : rows)) continue;
          const cells = Array.from(word, (_, at) => r * cols + c + at * step);
          if (cells.every((cell, at) => letters[cell] === word.charAt(at))) found.push(cells);
        }
      if (found.length === 0) return wrong(`"${word}" is missing`);
      options.push(found.map((cells) => [step, ...cells]));
    }
  const wanted = cellsOf(instance.grid).filter((cell) => cell === 'X').length;
  const taken = new Set<string>();
  let visits = 0;
  const visit = (at: number, covered: ReadonlySet<number>): boolean => {
    visits += 1;
    if (visits > MAX_VISITS) return false;
    const choices = options[at];
    if (choices === undefined) return covered.size === wanted;
    return choices.some((choice) => {
      const key = choice.join(' ');
      if (taken.has(key)) return false;
      taken.add(key);
      const isDone = visit(at + 1, new Set([...covered, ...choice.slice(1)]));
      taken.delete(key);
      return isDone;
    });
  };
  return visit(0, new Set())
    ? RIGHT
    : wrong('the words do not cover every X, each at a place of its own');
}
