import { z } from 'zod';
import type { Rng } from '#lib/rng.ts';
import { finalText } from './final-text.ts';
import { findNumberGrid } from './find-literal.ts';
import { gridSpans, lazySpans } from './lazy-spans.ts';
import { defineTask, RIGHT, wrong, type Check } from './logic-task.ts';
import { countWordings, gridText, renderWording, type Wordings } from './prompt.ts';
import { numberGridOf, numbersOf } from './row-fields.ts';

const Params = z.strictObject({
  /** Rows and columns, the sums included. */
  size: z.int().min(3).max(9),
  blanks: z.int().min(2).max(20),
});
type Params = z.infer<typeof Params>;

interface Instance {
  /** 0 for a blank; the last row and the last column hold the sums. */
  readonly matrix: readonly (readonly number[])[];
  readonly numbers: readonly number[];
  readonly solution: readonly (readonly number[])[] | null;
}

const MAX_TRIES = 5000;
const MAX_NODES = 200_000;

const shown = (instance: Instance): string =>
  gridText(instance.matrix.map((row) => row.map((cell) => (cell === 0 ? 'X' : cell))));
const listed = (instance: Instance): string => `[${instance.numbers.join(', ')}]`;

const wordings: Wordings<Instance> = {
  en: [
    (instance) => `Complete this Survo matrix. X marks an empty cell.
${shown(instance)}
The last number of each row is the sum of the other numbers in that row, and the last row holds in the same way the sums of the columns. Put the numbers ${listed(instance)} into the empty cells, each entry of the list exactly once. The numbers already shown stay as they are.
End with the whole matrix, sums included, as a list of lists in a python code block.`,
    (instance) => `A matrix lost some of its numbers (X):
${shown(instance)}
Its rightmost column and its bottom row are totals: every row adds up to its rightmost number, every column to its bottom number. The lost numbers are ${listed(instance)}; use each listed entry once and change nothing else. Give the full matrix with its totals as a Python list of lists in a code block.`,
    (instance) => `${shown(instance)}

In this table the last entry of a row is the total of the entries before it, and the last entry of a column the total of the entries above it. Each X has to become a number of the list ${listed(instance)}; the whole list is used up, an entry that is there twice being used twice. All printed entries stay.
Write the table without gaps, totals included, as a list of rows in a python code block.`,
  ],
  zh: [
    (instance) => `请补全下面的 Survo 矩阵，X 表示空格。
${shown(instance)}
每行最后一个数是该行其余各数之和，最后一行同样是各列之和。把 ${listed(instance)} 填入空格，列表中的每一项恰好用一次，已给出的数不得改动。
最后请在 python 代码块中用二维列表给出完整矩阵（包含各个和）。`,
    (instance) => `这个矩阵缺了一些数（用 X 表示）：
${shown(instance)}
最右一列和最下一行是合计：每行之和等于该行最右的数，每列之和等于该列最下的数。缺失的数是 ${listed(instance)}，每项只能用一次，其余数字保持不变。请在代码块中以 Python 二维列表写出含合计的完整矩阵。`,
    (instance) => `${shown(instance)}

在这个表中，每行最后一项是它前面各项的总和，每列最后一项是它上面各项的总和。每个 X 都要换成列表 ${listed(instance)} 中的一个数；列表要全部用完，出现两次的数用两次。印出的各项保持不变。
请在 python 代码块中用行的列表写出没有空缺的表，包含总和。`,
  ],
};

export const survo = defineTask<Params, Instance, number[][]>({
  id: 'survo',
  version: 2,
  label: 'Survo',
  category: 'grid',
  description: 'Given numbers go into the blanks of a matrix so that its row and column sums hold.',
  params: Params,
  levels: [
    { size: 3, blanks: 3 },
    { size: 4, blanks: 4 },
    { size: 4, blanks: 5 },
    { size: 4, blanks: 6 },
    { size: 5, blanks: 6 },
    { size: 5, blanks: 7 },
    { size: 6, blanks: 8 },
    { size: 6, blanks: 9 },
    { size: 7, blanks: 11 },
    { size: 8, blanks: 14 },
  ],
  promise: 'unique',
  templates: countWordings(wordings),

  generate(rng, params) {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const instance = randomInstance(rng, params);
      if (search(instance, 2).count === 1) return instance;
    }
    throw new Error('No unique matrix was found.');
  },

  render: (instance, language, template) => renderWording(wordings, language, template, instance),

  toData: (instance, question) => ({
    question,
    answer: instance.solution === null ? '' : text(instance.solution),
    difficulty: 1,
    metadata: {
      original_matrix: instance.matrix,
      filled_matrix: instance.solution,
      candidate_numbers: instance.numbers,
      n: instance.matrix.length,
      x: instance.numbers.length,
    },
  }),

  fromData({ metadata }) {
    const matrix = numberGridOf(metadata?.original_matrix);
    const numbers = numbersOf(metadata?.candidate_numbers);
    if (matrix === null || numbers === null || matrix.length < 2) return null;
    return { matrix, numbers, solution: numberGridOf(metadata?.filled_matrix) };
  },

  extract: (response) => findNumberGrid(finalText(response)),
  check: checkMatrix,
  answer: (instance) => (instance.solution === null ? '' : text(instance.solution)),

  solve(instance) {
    const { first, nodes } = search(instance, 1);
    return { answer: first === null ? null : text(first), nodes };
  },

  countSolutions: (instance, limit) => search(instance, limit).count,

  difficulty: (instance) => ({
    cells: instance.matrix.length ** 2,
    blanks: instance.numbers.length,
    nodes: search(instance, 2).nodes,
  }),

  reference(response, data) {
    const instance = survo.fromData(data) as Instance | null;
    const matrix = publishedMatrix(response);
    return instance !== null && matrix !== null && checkMatrix(matrix, instance).ok;
  },
});

function text(matrix: readonly (readonly number[])[]): string {
  return `[${matrix.map((row) => `[${row.join(', ')}]`).join(', ')}]`;
}

function randomInstance(rng: Rng, { size, blanks }: Params): Instance {
  const inner = size - 1;
  const solution = Array.from({ length: inner }, () =>
    Array.from({ length: inner }, () => rng.between(1, 9)),
  );
  for (const row of solution) row.push(row.reduce((sum, value) => sum + value, 0));
  solution.push(
    Array.from({ length: size }, (_, j) => solution.reduce((sum, row) => sum + (row[j] ?? 0), 0)),
  );
  const matrix = solution.map((row) => [...row]);
  const cells = Array.from({ length: inner * inner }, (_, at) => at);
  const numbers: number[] = [];
  for (const at of rng.shuffle(cells).slice(0, blanks)) {
    const row = matrix[Math.floor(at / inner)];
    numbers.push(row?.[at % inner] ?? 0);
    if (row !== undefined) row[at % inner] = 0;
  }
  return { matrix, numbers: rng.shuffle(numbers), solution };
}

function checkMatrix(matrix: readonly (readonly number[])[], instance: Instance): Check {
  const wanted = instance.matrix;
  if (matrix.length !== wanted.length || matrix.some((row, i) => row.length !== wanted[i]?.length))
    return wrong(`the matrix must have ${wanted.length} rows and as many columns as shown`);
  const filled: number[] = [];
  for (const [i, row] of wanted.entries()) {
    for (const [j, cell] of row.entries()) {
      const value = matrix[i]?.[j] ?? 0;
      if (cell === 0) filled.push(value);
      else if (value !== cell)
        return wrong(`row ${i + 1}, column ${j + 1} shows ${cell} and may not change`);
    }
  }
  const sorted = [...instance.numbers].sort((a, b) => a - b);
  filled.sort((a, b) => a - b);
  if (filled.length !== sorted.length || filled.some((value, at) => value !== sorted[at]))
    return wrong('the blanks must hold the given numbers, each once');
  const last = matrix.length - 1;
  for (const [i, row] of matrix.slice(0, last).entries()) {
    const sum = row.slice(0, -1).reduce((total, value) => total + value, 0);
    if (sum !== row.at(-1)) return wrong(`row ${i + 1} sums to ${sum}, not ${row.at(-1) ?? 0}`);
  }
  const bottom = matrix[last] ?? [];
  for (let j = 0; j < bottom.length - 1; j += 1) {
    const sum = matrix.slice(0, last).reduce((total, row) => total + (row[j] ?? 0), 0);
    if (sum !== bottom[j]) return wrong(`column ${j + 1} sums to ${sum}, not ${bottom[j] ?? 0}`);
  }
  return RIGHT;
}

interface Search {
  readonly count: number;
  readonly nodes: number;
  readonly first: number[][] | null;
}

/**
 * Blank by blank, those of the rows with the fewest blanks first; the last blank of a row or column is forced by its
 * sum, and a value must leave a rest that the smallest and the largest number can still make up.
 */
function search({ matrix, numbers }: Instance, limit: number): Search {
  const last = matrix.length - 1;
  const rest = new Int32Array(2 * last);
  const open = new Int32Array(2 * last);
  const rows: { readonly i: number; readonly columns: number[] }[] = [];
  for (let j = 0; j < last; j += 1) rest[last + j] = matrix[last]?.[j] ?? 0;
  for (let i = 0; i < last; i += 1) {
    const row = matrix[i] ?? [];
    const columns: number[] = [];
    let left = row[row.length - 1] ?? 0;
    for (let j = 0; j < last; j += 1) {
      const value = row[j] ?? 0;
      left -= value;
      rest[last + j] = (rest[last + j] ?? 0) - value;
      if (value !== 0) continue;
      columns.push(j);
      open[last + j] = (open[last + j] ?? 0) + 1;
    }
    rest[i] = left;
    open[i] = columns.length;
    rows.push({ i, columns });
  }
  const total = open.subarray(0, last).reduce((sum, count) => sum + count, 0);
  let count = 0;
  let nodes = 0;
  let first: number[][] | null = null;
  if (total !== numbers.length) return { count, nodes, first };
  rows.sort((a, b) => a.columns.length - b.columns.length);
  const blankRows = new Int32Array(total);
  const blankColumns = new Int32Array(total);
  let filled = 0;
  for (const { i, columns } of rows)
    for (const j of columns) {
      blankRows[filled] = i;
      blankColumns[filled] = last + j;
      filled += 1;
    }
  const sorted = Int32Array.from(numbers).sort();
  const values = sorted.filter((value, at) => value !== sorted[at - 1]);
  const stock = values.map((value) => numbers.filter((other) => other === value).length);
  const smallest = values[0] ?? 0;
  const largest = values[values.length - 1] ?? 0;
  const placed = new Int32Array(total);

  const fits = (line: number, value: number): boolean => {
    const left = (rest[line] ?? 0) - value;
    const blanks = (open[line] ?? 0) - 1;
    return left >= blanks * smallest && left <= blanks * largest;
  };
  const visit = (at: number): void => {
    nodes += 1;
    if (at === total) {
      count += 1;
      if (first !== null) return;
      const grid = matrix.map((row) => [...row]);
      for (let blank = 0; blank < total; blank += 1) {
        const row = grid[blankRows[blank] ?? 0];
        if (row !== undefined) row[(blankColumns[blank] ?? 0) - last] = placed[blank] ?? 0;
      }
      first = grid;
      return;
    }
    const row = blankRows[at] ?? 0;
    const column = blankColumns[at] ?? 0;
    for (let k = 0; k < values.length; k += 1) {
      const value = values[k] ?? 0;
      if (stock[k] === 0 || !fits(row, value) || !fits(column, value)) continue;
      stock[k] = (stock[k] ?? 0) - 1;
      placed[at] = value;
      for (const line of [row, column]) {
        rest[line] = (rest[line] ?? 0) - value;
        open[line] = (open[line] ?? 0) - 1;
      }
      visit(at + 1);
      for (const line of [row, column]) {
        rest[line] = (rest[line] ?? 0) + value;
        open[line] = (open[line] ?? 0) + 1;
      }
      stock[k] = (stock[k] ?? 0) + 1;
      if (count >= limit || nodes > MAX_NODES) return;
    }
  };
  visit(0);
  // A search that was cut off proves nothing.
  return nodes > MAX_NODES ? { count: limit, nodes, first } : { count, nodes, first };
}

/** What the published verifier reads: the last python block, else the last block, else the last `[[…]]`, as JSON. */
function publishedMatrix(response: string): number[][] | null {
  const body =
    lazySpans(response, '```python', '```', true).at(-1)?.text ??
    lazySpans(response, '```', '```', true).at(-1)?.text ??
    gridSpans(response).at(-1);
  if (body === undefined) return null;
  let value: unknown;
  try {
    value = JSON.parse(body.replaceAll("'", '"'));
  } catch {
    return null;
  }
  if (!Array.isArray(value)) return null;
  const rows = (value as unknown[]).map(numbersOf);
  return rows.every((row) => row !== null) ? rows : null;
}
