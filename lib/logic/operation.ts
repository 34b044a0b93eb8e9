import { z } from 'zod';
import {
  add,
  compare,
  formatRational,
  multiply,
  negate,
  rational,
  toNumber,
  type Rational,
} from '#lib/math/rational.ts';
import type { Rng } from '#lib/rng.ts';
import { finalText } from './final-text.ts';
import { defineTask, RIGHT, wrong, type Language, type LogicRow } from './logic-task.ts';
import { boxesOf, readNumber } from './numeric-answer.ts';
import { countWordings, renderWording, type Wordings } from './prompt.ts';
import { isRecord } from './row-fields.ts';
import { evaluateSymbols, type Definition } from './symbol-algebra.ts';

const Params = z.strictObject({
  symbols: z.int().min(1).max(4),
  operands: z.tuple([z.int().min(2), z.int().max(24)]),
  /** Chance of a case distinction and of a symbol that uses an earlier one, in percent. */
  conditions: z.int().min(0).max(100),
  nested: z.int().min(0).max(100),
});
type Params = z.infer<typeof Params>;

interface Puzzle {
  readonly definitions: readonly Definition[];
  readonly expression: string;
}

interface Instance {
  /** Null for rows whose definitions can not be read. */
  readonly puzzle: Puzzle | null;
  /** The exact value as `n/d` or a decimal. */
  readonly value: string;
}

const SYMBOLS = ['⊕', '⊗', '⊙', '△', '▽', '◇', '○', '□', '♢', '★'] as const;

/** The sentence of the published form and how it reads in English. */
const CONDITIONS: readonly (readonly [zh: string, en: string])[] = [
  ['x是偶数', 'x is even'],
  ['x是奇数', 'x is odd'],
  ['y是偶数', 'y is even'],
  ['x小于y', 'x is less than y'],
  ['x大于y', 'x is greater than y'],
  ['x和y的和是偶数', 'the sum of x and y is even'],
  ['x和y都是奇数', 'x and y are both odd'],
  ['x是3的倍数', 'x is a multiple of 3'],
  ['y是4的倍数', 'y is a multiple of 4'],
];

interface Shown {
  readonly definitions: string;
  readonly order: string;
  readonly expression: string;
}

const wordings: Wordings<Shown> = {
  en: [
    ({ definitions, order, expression }) => `New binary operations are defined:
${definitions}

Precedence, tightest first: ${order}. Parentheses come first of all. Operations of one precedence are done from left to right, only ** from right to left; a leading minus binds looser than ** and tighter than *. In a definition, x and y stand for the whole left and right values. "Even", "odd" and "multiple" are true of whole numbers only. Abs is the absolute value; % is the remainder with the sign of the divisor.

What is the value of ${expression} ? Give it exactly, as a whole number or a fraction a/b, or as a decimal correct to a millionth of its size, in \\boxed{}.`,
    ({ definitions, order, expression }) => `Evaluate ${expression} where
${definitions}

Binding strength from strong to weak: ${order}; parentheses go before everything. Equal strength: left to right, except ** which groups to the right. A sign in front is weaker than ** and stronger than *. x and y are the complete values of the two sides. Conditions about even, odd or multiple fail for numbers that are not whole. Abs means absolute value, % the remainder that has the divisor's sign.
Finish with \\boxed{value}: a whole number, a fraction a/b, or a decimal whose relative error is at most 0.000001.`,
    ({ definitions, order, expression }) => `Somebody calculates with signs of their own:
${definitions}

(x is all that stands on the left of the sign and y all on its right, as values. A whole number is even, odd or a multiple of something; a fraction never is. Abs stands for the absolute value, % for the remainder that takes the sign of the divisor.)
Signs that bind more tightly are worked out first: ${order}. Parentheses come before that. Among signs that bind alike go from left to right, but with ** from right to left. A minus that stands in front gives way to ** and goes before *.

What does ${expression} come to? Write \\boxed{…} with a whole number, an exact fraction a/b, or a decimal that is off by no more than a millionth of its size.`,
  ],
  zh: [
    ({ definitions, order, expression }) => `定义新的二元运算：
${definitions}

运算优先级从高到低：${order}。括号最优先。同级运算从左到右，只有 ** 从右到左；负号低于 ** 而高于 *。定义中的 x 和 y 代表左右两侧的完整数值。“偶数”“奇数”“倍数”只对整数成立。Abs 表示绝对值，% 表示与除数同号的余数。

请计算 ${expression} 的值，用整数、分数 a/b 或相对误差不超过百万分之一的小数，写在 \\boxed{} 中。`,
    ({ definitions, order, expression }) => `请计算 ${expression}，其中
${definitions}

结合强弱由强到弱：${order}；括号先算。同级从左向右，** 除外（从右向左）。前置负号弱于 ** 而强于 *。x、y 是两边的完整值。对于非整数，关于奇偶和倍数的条件不成立。Abs 为绝对值，% 为与除数同号的余数。
最后写 \\boxed{数值}：整数、分数 a/b，或相对误差不超过 0.000001 的小数。`,
    ({ definitions, order, expression }) => `有人用自己定义的符号计算：
${definitions}

（x 是符号左边的整个值，y 是右边的整个值。只有整数才有奇偶和倍数之分，分数没有。Abs 表示绝对值，% 表示与除数同号的余数。）
结合更紧的符号先算：${order}。括号比这些都优先。结合程度相同时从左到右，但 ** 从右到左。前置的负号在 ** 之后、* 之前计算。

${expression} 等于多少？请在 \\boxed{…} 中写整数、精确的分数 a/b，或误差不超过其大小百万分之一的小数。`,
  ],
};

export const operation = defineTask<Params, Instance, Rational>({
  id: 'operation',
  version: 1,
  label: 'New operations',
  category: 'arithmetic',
  description: 'The exact value of an expression with newly defined operations.',
  params: Params,
  levels: [
    { symbols: 1, operands: [2, 3], conditions: 0, nested: 0 },
    { symbols: 1, operands: [3, 4], conditions: 30, nested: 0 },
    { symbols: 1, operands: [4, 5], conditions: 50, nested: 0 },
    { symbols: 2, operands: [4, 6], conditions: 30, nested: 0 },
    { symbols: 2, operands: [5, 7], conditions: 50, nested: 20 },
    { symbols: 3, operands: [5, 7], conditions: 50, nested: 20 },
    { symbols: 3, operands: [6, 8], conditions: 60, nested: 30 },
    { symbols: 4, operands: [6, 9], conditions: 60, nested: 30 },
    { symbols: 4, operands: [8, 11], conditions: 70, nested: 40 },
    { symbols: 4, operands: [10, 14], conditions: 80, nested: 60 },
  ],
  promise: 'computed',
  templates: countWordings(wordings),

  generate(rng, params) {
    for (;;) {
      const puzzle = drawPuzzle(rng, params);
      const value = evaluateSymbols(puzzle.expression, puzzle.definitions);
      if (value === null || value.d > 5000n || value.n === 0n) continue;
      if (Math.abs(toNumber(value)) < 100_000) return { puzzle, value: formatRational(value) };
    }
  },

  render({ puzzle }, language, template) {
    if (puzzle === null) return '';
    return renderWording(wordings, language, template, {
      definitions: puzzle.definitions.map((one) => tell(one, language)).join('\n'),
      order: tellOrder(puzzle.definitions),
      expression: puzzle.expression,
    });
  },

  toData({ puzzle, value }, question): LogicRow {
    const exact = readNumber(value);
    return {
      question,
      answer: exact === null || exact.d === 1n ? value : String(toNumber(exact)),
      difficulty: 1,
      metadata: { puzzle, exact: value },
    };
  },

  fromData(data) {
    const { answer, metadata } = data;
    const puzzle = metadata?.puzzle;
    // The puzzle is our own; it is only read back to be shown, never to judge.
    if (isRecord(puzzle) && typeof metadata?.exact === 'string')
      return { puzzle: puzzle as unknown as Puzzle, value: metadata.exact };
    if (typeof answer !== 'string' && typeof answer !== 'number') return null;
    const stored = String(answer).trim();
    if (readNumber(stored) === null) return null;
    const published = publishedPuzzle(data);
    const anew =
      published === null ? null : evaluateSymbols(published.expression, published.definitions);
    return { puzzle: published, value: anew === null ? stored : formatRational(anew) };
  },

  extract(response) {
    const text = finalText(response);
    const box = boxesOf(text).at(-1);
    const tail = text.slice(-2000).trim();
    const source = box ?? tail.slice(tail.lastIndexOf('\n') + 1);
    return readNumber(source.trim().replace(/[.。]$/u, ''));
  },

  check(candidate, { value }) {
    const gold = readNumber(value);
    return gold !== null && isNear(candidate, gold) ? RIGHT : wrong('the value is another');
  },

  answer: ({ value }) => `\\boxed{${value}}`,

  solve({ puzzle, value }) {
    const found =
      puzzle === null ? readNumber(value) : evaluateSymbols(puzzle.expression, puzzle.definitions);
    return { answer: found === null ? null : `\\boxed{${formatRational(found)}}`, nodes: 0 };
  },

  difficulty: ({ puzzle }) => ({
    symbols: puzzle?.definitions.length ?? 0,
    operands: puzzle?.expression.match(/\d+/gu)?.length ?? 0,
  }),

  reference(response, { answer }) {
    // The published reader stops at the exponent of a gold such as 1.5e-05.
    const gold = /[-+]?\d+(?:\.\d+)?/u.exec(
      (typeof answer === 'number'
        ? String(answer)
        : typeof answer === 'string'
          ? answer
          : ''
      ).slice(0, 100),
    );
    if (gold === null) return false;
    const value = Number(gold[0]);
    const close = Math.max(response.lastIndexOf('</think>'), response.lastIndexOf('<answer>'));
    const tail = close === -1 ? response : response.slice(close);
    const boxes = boxesOf(tail);
    const shown = boxes.length > 0 ? boxes : boxesOf(response).slice(-1);
    const sources = shown.length > 0 ? shown : bareNumber(tail);
    const told = new Set(
      sources.map((source) => {
        const read = readNumber(source);
        return read === null ? Number.NaN : rounded(toNumber(read));
      }),
    );
    // Several different boxes are read as one set, which is no number.
    return told.size === 1 && told.has(rounded(value));
  },
});

function bareNumber(text: string): string[] {
  return (text.slice(-2000).match(/[-−]?\d+(?:\.\d+)?/gu) ?? []).slice(-1);
}

function rounded(value: number): number {
  const result = Math.round(value * 1e6) / 1e6;
  return result === 0 ? 0 : result;
}

/** Equal up to a millionth of the gold. */
function isNear(a: Rational, gold: Rational): boolean {
  const gap = add(a, negate(gold));
  const size = { n: gap.n < 0n ? -gap.n : gap.n, d: gap.d };
  const most = multiply({ n: gold.n < 0n ? -gold.n : gold.n, d: gold.d }, rational(1n, 1_000_000n));
  return compare(size, most) <= 0;
}

function drawPuzzle(rng: Rng, params: Params): Puzzle {
  const definitions: Definition[] = [];
  for (const symbol of rng.shuffle(SYMBOLS).slice(0, params.symbols)) {
    const hasCondition = rng.below(100) < params.conditions;
    const earlier = rng.below(100) < params.nested ? definitions.at(-1)?.symbol : undefined;
    definitions.push({
      symbol,
      precedence: rng.between(1, 5),
      condition: hasCondition ? rng.pick(CONDITIONS)[0] : null,
      then: hasCondition ? drawBody(rng) : null,
      otherwise: drawBody(rng, earlier),
    });
  }
  return { definitions, expression: drawExpression(rng, params, definitions) };
}

/** An expression in which both x and y matter. */
function drawBody(rng: Rng, earlier?: string): string {
  const [a, b, c] = [rng.between(2, 5), rng.between(2, 5), rng.between(1, 5)];
  if (earlier !== undefined)
    return rng.pick([
      `(y ${earlier} x) + ${c}`,
      `${a}*x - (x ${earlier} y)`,
      `(x + ${c}) ${earlier} y`,
    ]);
  const sign = rng.pick(['+', '-']);
  return rng.pick([
    `${a}*x ${sign} ${b}*y`,
    `x*y ${sign} ${c}`,
    `x*(y ${sign} ${c})`,
    `${a}*x ${sign} y + ${c}`,
    `Abs(${a}*x - y) ${sign} ${b}*y`,
    `Abs(x - ${a}*y) + ${c}`,
    `x**2 ${sign} ${b}*y`,
    `(x ${sign} ${a}*y)/${b}`,
    `x/${a} ${sign} y`,
    `(${a}*x + y)/x`,
    `y*(x ${sign} ${c}) + x`,
    `-${a}*x + y**2`,
  ]);
}

function drawExpression(rng: Rng, params: Params, definitions: readonly Definition[]): string {
  const count = rng.between(...params.operands);
  // The newest symbol occurs for sure: it may use the others.
  const must = rng.between(1, count - 1);
  let text = '';
  let isOpen = false;
  for (let at = 0; at < count; at += 1) {
    if (at > 0) {
      const isNew = at === must || rng.below(10) < 6;
      const symbol = at === must ? definitions.at(-1) : rng.pick(definitions);
      text += ` ${isNew ? (symbol?.symbol ?? '+') : rng.pick(['+', '-', '*', '/'])} `;
    }
    const opens: boolean = !isOpen && at < count - 1 && count > 3 && rng.below(4) === 0;
    text += `${opens ? '(' : ''}${rng.between(1, 10)}`;
    if (isOpen) text += ')';
    isOpen = opens;
  }
  return text;
}

function tell({ symbol, condition, then, otherwise }: Definition, language: Language): string {
  const [left, isEnglish] = [`x ${symbol} y = `, language === 'en'];
  if (condition === null || then === null) return `${left}${otherwise}`;
  const when = isEnglish
    ? (CONDITIONS.find(([zh]) => zh === condition)?.[1] ?? condition)
    : condition;
  return isEnglish
    ? `${left}${then} when ${when}; otherwise ${left}${otherwise}`
    : `当${when}时，${left}${then}；否则 ${left}${otherwise}`;
}

function tellOrder(definitions: readonly Definition[]): string {
  const levels = [[], ['+', '-'], ['*', '/', '%'], ['**'], [], []].map((plain, level) => [
    ...plain,
    ...definitions.filter(({ precedence }) => precedence === level).map(({ symbol }) => symbol),
  ]);
  return levels
    .filter((level) => level.length > 0)
    .reverse()
    .map((level) => level.join(' = '))
    .join(' > ');
}

/** The definitions of a published row; null when one of them lacks what an evaluation needs. */
function publishedPuzzle({ metadata }: LogicRow): Puzzle | null {
  const expression = metadata?.expression;
  const symbols = metadata?.symbol_definitions;
  if (typeof expression !== 'string' || !isRecord(symbols)) return null;
  const definitions: Definition[] = [];
  for (const [symbol, value] of Object.entries(symbols)) {
    if (!isRecord(value) || !Array.isArray(value.conditions) || value.conditions.length > 1)
      return null;
    const { precedence, default_operation: otherwise } = value;
    if (typeof precedence !== 'number' || typeof otherwise !== 'string') return null;
    const [first] = value.conditions as unknown[];
    const { condition = null, operation: then = null } = isRecord(first) ? first : {};
    definitions.push({
      symbol,
      precedence,
      condition: typeof condition === 'string' ? condition : null,
      then: typeof then === 'string' ? then : null,
      otherwise,
    });
  }
  return { expression, definitions };
}
