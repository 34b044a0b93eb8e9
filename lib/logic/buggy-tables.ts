import { z } from 'zod';
import type { Rng } from '#lib/rng.ts';
import { findFinalNumber } from './final-number.ts';
import { finalText, lastBoxed } from './final-text.ts';
import { defineTask, RIGHT, wrong, type Language } from './logic-task.ts';
import { countWordings, renderWording, type Wordings } from './prompt.ts';
import { pyStrip } from './python-text.ts';
import { isRecord } from './row-fields.ts';
import {
  FAULT_KINDS,
  JOINT,
  spoil,
  undo,
  type Cell,
  type Fault,
  type Rows,
} from './table-faults.ts';

const Params = z.strictObject({
  rows: z.int().min(4).max(80),
  columns: z.int().min(4).max(17),
  /** Share of cells that an error or a loss hits, from 0 to 1. */
  rate: z.number().min(0.01).max(0.5),
  conditions: z.int().min(1).max(3),
});
type Params = z.infer<typeof Params>;

const STATISTICS = ['mean', 'median', 'stdev', 'sum', 'max', 'min', 'variance'] as const;
type Statistic = (typeof STATISTICS)[number];

interface Condition {
  readonly column: number;
  readonly operator: '>' | '<' | '>=' | '<=';
  readonly value: number;
}

interface Query {
  readonly statistic: Statistic;
  readonly first: number;
  readonly second: number;
  readonly conditions: readonly Condition[];
}

interface Puzzle {
  readonly header: readonly string[];
  readonly stored: Rows;
  readonly fault: Fault;
  readonly query: Query;
}

interface Instance {
  /** Null for rows of a data set, which are judged by their answer. */
  readonly puzzle: Puzzle | null;
  /** With two decimals. */
  readonly answer: string;
}

/** Name, smallest and largest value. */
const COLUMNS: readonly (readonly [string, number, number])[] = [
  ['steps', 2000, 18_000],
  ['study_minutes', 0, 240],
  ['exercise_minutes', 0, 120],
  ['sleep_minutes', 300, 600],
  ['messages', 5, 150],
  ['emails', 0, 60],
  ['calls', 0, 20],
  ['calories_out', 1500, 3500],
  ['calories_in', 1200, 4000],
  ['meetings', 0, 9],
  ['coding_minutes', 0, 480],
  ['tasks_done', 0, 25],
  ['water_ml', 500, 4000],
  ['screen_minutes', 30, 420],
  ['music_minutes', 0, 300],
  ['pages_read', 0, 120],
  ['rooms_cleaned', 0, 6],
];

interface Shown {
  readonly table: string;
  readonly fault: string;
  readonly query: string;
}

const wordings: Wordings<Shown> = {
  en: [
    ({
      table,
      fault,
      query,
    }) => `Faulty code has stored this table (the first line names the columns):
${table}

What went wrong: ${fault}

Undo the damage, then answer: ${query}
Cells that are lost count as unknown: they are left out of a statistic, and a condition on an unknown cell does not hold. Standard deviation and variance are those of a sample (divided by n - 1; 0 for a single value); the median of an even number of values is the mean of the two in the middle. If no row meets the conditions the answer is 0.00.
Round to two decimals and answer in a json code block: {"result": [{"answer": "12.34"}]}`,
    ({ table, fault, query }) => `Table as it was written to disk, header first:
${table}

Known fault of the writer: ${fault}

Reconstruct the original table and work out the following. ${query}
Unknown cells are skipped in statistics and never meet a condition. "stdev" and "variance" divide by n - 1 (and are 0 for one value); the median of an even count is the average of the middle two; without any matching row the result is 0.00.
Give the result with two decimals as JSON: \`\`\`json
{"result": [{"answer": "12.34"}]}
\`\`\``,
    ({
      table,
      fault,
      query,
    }) => `A program damaged this table while saving it. Columns are named in the first line:
${table}

How it did so: ${fault}

First restore what was there. Then: ${query}
A value that can not be restored is unknown; no statistic includes it, and no condition on it is met. For variance and standard deviation divide by one less than the number of values (a single value has 0). An even number of values has the mean of its two middle values as the median. Where no row qualifies, answer 0.00.
Write the value, rounded to two decimals, like this: \`\`\`json
{"result": [{"answer": "12.34"}]}
\`\`\``,
  ],
  zh: [
    ({ table, fault, query }) => `有缺陷的程序保存了下面的表格（第一行是列名）：
${table}

出错情况：${fault}

请先复原表格，再回答：${query}
丢失的单元格视为未知：统计时跳过，条件涉及未知单元格时不成立。标准差和方差按样本计算（除以 n - 1；只有一个值时为 0）；偶数个值的中位数取中间两个的平均。若没有行满足条件，答案为 0.00。
结果保留两位小数，用 json 代码块作答：{"result": [{"answer": "12.34"}]}`,
    ({ table, fault, query }) => `写到磁盘上的表格如下，首行为表头：
${table}

写入程序的已知缺陷：${fault}

请重建原表并计算：${query}
统计时跳过未知单元格，未知单元格不满足任何条件。stdev 和 variance 除以 n - 1（只有一个值时为 0）；偶数个值的中位数是中间两个的平均值；没有符合条件的行时结果为 0.00。
请以 JSON 给出保留两位小数的结果：\`\`\`json
{"result": [{"answer": "12.34"}]}
\`\`\``,
    ({ table, fault, query }) => `程序在保存时损坏了这张表。第一行是列名：
${table}

损坏的方式：${fault}

请先恢复原来的内容，然后回答：${query}
无法恢复的值为未知，不计入任何统计，涉及它的条件也不成立。方差和标准差除以值的个数减一（只有一个值时为 0）。值的个数为偶数时，中位数是中间两个值的平均。没有符合条件的行时，答案为 0.00。
请把结果四舍五入到两位小数，写成：\`\`\`json
{"result": [{"answer": "12.34"}]}
\`\`\``,
  ],
};

export const buggyTables = defineTask<Params, Instance, string>({
  id: 'buggy-tables',
  version: 1,
  label: 'Buggy tables',
  category: 'code',
  description: 'A table that was stored by faulty code is put right and queried.',
  params: Params,
  levels: [
    { rows: 6, columns: 4, rate: 0.1, conditions: 1 },
    { rows: 10, columns: 5, rate: 0.1, conditions: 1 },
    { rows: 15, columns: 6, rate: 0.1, conditions: 2 },
    { rows: 20, columns: 8, rate: 0.1, conditions: 2 },
    { rows: 25, columns: 10, rate: 0.1, conditions: 2 },
    { rows: 30, columns: 12, rate: 0.15, conditions: 2 },
    { rows: 35, columns: 14, rate: 0.2, conditions: 3 },
    { rows: 40, columns: 16, rate: 0.2, conditions: 3 },
    { rows: 50, columns: 17, rate: 0.25, conditions: 3 },
    { rows: 65, columns: 17, rate: 0.3, conditions: 3 },
  ],
  promise: 'computed',
  templates: countWordings(wordings),
  generate,

  render({ puzzle }, language, template) {
    if (puzzle === null) return '';
    const { header, stored, fault } = puzzle;
    const table = [header, ...stored].map((row) => `| ${row.join(' | ')} |`).join('\n');
    return renderWording(wordings, language, template, {
      table,
      fault: tellFault(fault, language),
      query: tellQuery(puzzle, language),
    });
  },

  toData: ({ puzzle, answer }, question) => ({
    question,
    answer,
    difficulty: 1,
    metadata: {
      puzzle,
      num_rows: puzzle?.stored.length ?? 0,
      bug_type: puzzle?.fault.kind ?? null,
    },
  }),

  fromData({ answer, metadata }) {
    if (typeof answer !== 'string' || !/\d/u.test(answer)) return null;
    return {
      puzzle: isRecord(metadata?.puzzle) ? (metadata.puzzle as unknown as Puzzle) : null,
      answer,
    };
  },

  extract(response) {
    const text = finalText(response).slice(-50_000);
    const field = Array.from(text.matchAll(ANSWER)).at(-1)?.[1];
    const decimal = Array.from(text.matchAll(DECIMAL)).at(-1)?.[0];
    const boxed = lastBoxed(text);
    const whole = () => {
      const number = findFinalNumber(text);
      return number === null ? null : String(number);
    };
    return field ?? (boxed !== null && /\d/u.test(boxed) ? boxed : null) ?? decimal ?? whole();
  },

  check(candidate, { answer }) {
    const plain = candidate.replace(/[,，\s]/gu, '').replace('−', '-');
    if (!/^-?\d{1,15}(?:\.\d{1,9})?$/u.test(plain)) return wrong('this is no number');
    // In thousandths, so that half a hundredth is told apart exactly.
    const gap = Math.abs(Number(plain) - Number(answer)) * 1000;
    return gap < 4.999 ? RIGHT : wrong('this is another number');
  },

  answer: ({ answer }) => `\`\`\`json\n{"result": [{"answer": "${answer}"}]}\n\`\`\``,

  solve({ puzzle, answer }) {
    const found = puzzle === null ? answer : valueOf(puzzle).toFixed(2);
    return { answer: `\`\`\`json\n{"result": [{"answer": "${found}"}]}\n\`\`\``, nodes: 0 };
  },

  difficulty: ({ puzzle }) => ({
    cells: puzzle?.stored.flat().length ?? 0,
    conditions: puzzle?.query.conditions.length ?? 0,
  }),

  reference(response, { answer }) {
    const gold = typeof answer === 'string' || typeof answer === 'number' ? String(answer) : '';
    if (gold === '' && response === '') return true;
    return publishedNumber(gold) === publishedNumber(response);
  },
});

const ANSWER = /"answer"\s*:\s*(?:"\s*)?([-−]?\d[\d,]{0,20}(?:\.\d{1,20})?)/gu;
const DECIMAL = /(?<![\d.,])[-−]?\d[\d,]{0,20}\.\d{1,20}(?!\d)/gu;
const TWO_DECIMALS = /(?:-|(?<!\p{Nd}))\p{Nd}+\.\p{Nd}{2}(?![\p{L}\p{N}_])/gu;

/** The last number with exactly two decimals; else the whole text. */
function publishedNumber(text: string): string {
  const plain = pyStrip(text);
  if (!plain.includes('.')) return plain;
  return Array.from(plain.matchAll(TWO_DECIMALS)).at(-1)?.[0] ?? plain;
}

function generate(rng: Rng, params: Params): Instance {
  for (;;) {
    const columns = rng
      .shuffle(COLUMNS.map((_, at) => at))
      .slice(0, params.columns)
      .map((at) => COLUMNS[at] ?? ['x', 0, 1]);
    const rows = Array.from({ length: params.rows }, () =>
      columns.map(([, low, high]) => rng.between(Number(low), Number(high))),
    );
    const { stored, fault } = spoil(rng, rows, rng.pick(FAULT_KINDS), params.rate);
    const query = drawQuery(rng, rows, params.conditions);
    const puzzle = { header: columns.map(([name]) => String(name)), stored, fault, query };
    const value = valueOf(puzzle);
    // A value half-way between two roundings would depend on how it is worked out.
    const tail = (value * 100) % 1;
    if (value === 0 || value > 1e9 || Math.abs(tail - 0.5) < 1e-3) continue;
    return { puzzle, answer: value.toFixed(2) };
  }
}

/** Thresholds are values of the column, so that each condition alone keeps a good part of the rows. */
function drawQuery(rng: Rng, rows: readonly (readonly number[])[], count: number): Query {
  const width = rows[0]?.length ?? 0;
  const [first = 0, second = 1, ...others] = rng.shuffle(
    Array.from({ length: width }, (_, c) => c),
  );
  const conditions = others.slice(0, count).map((column): Condition => {
    const sorted = rows.map((row) => row[column] ?? 0).sort((a, b) => a - b);
    const share = rng.between(20, 45) / 100;
    const isAbove = rng.below(2) === 0;
    const value = sorted[Math.floor(sorted.length * (isAbove ? share : 1 - share))] ?? 0;
    return { column, operator: rng.pick(isAbove ? ['>', '>='] : ['<', '<=']), value };
  });
  return { statistic: rng.pick(STATISTICS), first, second, conditions };
}

function valueOf({ header, stored, fault, query }: Puzzle): number {
  const rows = undo(stored, fault, header.length);
  const kept = rows.filter((row) => query.conditions.every((condition) => meets(row, condition)));
  const of = (column: number) =>
    statisticOf(
      query.statistic,
      kept.map((row) => row[column]).filter((cell): cell is number => typeof cell === 'number'),
    );
  const [a, b] = [of(query.first), of(query.second)];
  return a === null || b === null ? 0 : Math.abs(a - b);
}

function meets(row: readonly (Cell | null)[], { column, operator, value }: Condition): boolean {
  const cell = row[column];
  if (typeof cell !== 'number') return false;
  if (operator === '>') return cell > value;
  if (operator === '<') return cell < value;
  return operator === '>=' ? cell >= value : cell <= value;
}

/** Null for no values. */
function statisticOf(statistic: Statistic, values: readonly number[]): number | null {
  const count = values.length;
  if (count === 0) return null;
  const sum = values.reduce((total, value) => total + value, 0);
  const spread = () =>
    count === 1
      ? 0
      : values.reduce((total, value) => total + (value - sum / count) ** 2, 0) / (count - 1);
  switch (statistic) {
    case 'mean':
      return sum / count;
    case 'sum':
      return sum;
    case 'max':
      return Math.max(...values);
    case 'min':
      return Math.min(...values);
    case 'variance':
      return spread();
    case 'stdev':
      return Math.sqrt(spread());
    case 'median': {
      const sorted = [...values].sort((a, b) => a - b);
      const half = count >> 1;
      return count % 2 === 1
        ? (sorted[half] ?? 0)
        : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
    }
  }
}

function tellFault(fault: Fault, language: Language): string {
  const isEnglish = language === 'en';
  switch (fault.kind) {
    case 'error':
      return isEnglish
        ? `some cells were overwritten with ERROR. Their true values, column by column from the left and within a column from top to bottom, are: ${fault.values.join(', ')}.`
        : `部分单元格被 ERROR 覆盖。它们的真实值按列从左到右、每列从上到下依次为：${fault.values.join(', ')}。`;
    case 'null': {
      const places = fault.places.map((place) => `(${place.join(', ')})`).join(', ');
      return isEnglish
        ? `some cells were lost and the cells after them in the same row moved up to the left. The lost cells, as (row, column) counted from 0 without the header: ${places}. Their values can not be recovered.`
        : `部分单元格丢失，同一行后面的单元格向左补位。丢失的单元格以 (行, 列) 表示，从 0 开始，不含表头：${places}。它们的值无法恢复。`;
    }
    case 'merge-rows':
      return isEnglish
        ? `every two consecutive rows were merged into one, cell by cell, joined by "${JOINT.trim()}" (upper row first). A last row without a partner stayed as it was.`
        : `每相邻两行被逐格合并成一行，用 "${JOINT.trim()}" 连接（上一行在前）。没有配对的最后一行保持不变。`;
    case 'rotate-columns':
      return isEnglish
        ? 'column number i, counted from 0 at the left, was rotated downwards by i places; what left at the bottom came in again at the top. The header is not affected.'
        : '从左起、从 0 编号的第 i 列向下循环移动了 i 位，从底部移出的又从顶部进入。表头不受影响。';
    case 'rotate-rows':
      return isEnglish
        ? 'row number i, counted from 0 without the header, was rotated to the right by i places (modulo the number of columns); what left at the right came in again at the left.'
        : '从 0 编号（不含表头）的第 i 行向右循环移动了 i 位（对列数取模），从右侧移出的又从左侧进入。';
    case 'add-end-row':
      return isEnglish
        ? 'row number i, counted from 0 without the header, got (i mod 5) meaningless values at its end.'
        : '从 0 编号（不含表头）的第 i 行末尾多了 (i mod 5) 个无意义的值。';
    case 'add-end-column':
      return isEnglish
        ? 'column number j, counted from 0 at the left, got j meaningless values below its last row; the other cells of these added rows are shown as -.'
        : '从左起、从 0 编号的第 j 列在最后一行下面多了 j 个无意义的值；这些新增行的其余单元格显示为 -。';
  }
}

function tellQuery({ header, query }: Puzzle, language: Language): string {
  const name = (column: number) => header[column] ?? '';
  const parts = query.conditions.map(
    ({ column, operator, value }) => `${name(column)} ${operator} ${value}`,
  );
  const [a, b] = [name(query.first), name(query.second)];
  return language === 'en'
    ? `Among the rows with ${parts.join(' and ')}, what is the absolute difference between the ${query.statistic} of ${a} and the ${query.statistic} of ${b}?`
    : `在满足 ${parts.join(' 且 ')} 的行中，${a} 的 ${query.statistic} 与 ${b} 的 ${query.statistic} 之差的绝对值是多少？`;
}
