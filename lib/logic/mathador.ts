import { z } from 'zod';
import type { Rng } from '#lib/rng.ts';
import { evaluateExact, evaluatePython, parseExpression, type Expression } from './arithmetic.ts';
import { finalText, lastBoxed, lastFence } from './final-text.ts';
import { lazySpans } from './lazy-spans.ts';
import { defineTask, RIGHT, wrong, type Check } from './logic-task.ts';
import { countWordings, renderWording, type Wordings } from './prompt.ts';
import { pyStrip } from './python-text.ts';
import { numberField, numbersOf, textField, textsOf } from './row-fields.ts';

const Params = z.strictObject({
  count: z.int().min(3).max(7),
  largest: z.int().min(5).max(25),
  /** Null draws a target between 10 and 99. */
  target: z.int().nullable(),
  /** Whether each solution must be impossible to find from left to right without parentheses. */
  isNested: z.boolean(),
});
type Params = z.infer<typeof Params>;

interface Instance {
  readonly numbers: readonly number[];
  readonly operators: readonly string[];
  readonly target: number;
  /** One right expression; null where the row does not hold one. */
  readonly solution: string | null;
}

interface Shown {
  readonly numbers: string;
  readonly operators: string;
  readonly target: number;
}

const wordings: Wordings<Shown> = {
  en: [
    ({
      numbers,
      operators,
      target,
    }) => `Combine the numbers ${numbers} to get exactly ${target}. Use each of them exactly once (a number that is listed twice is used twice), no others, and only the operators ${operators} between them, with parentheses where you like. Division is exact, so fractions on the way are allowed; numbers must not be glued together, and there are no signs in front of a number, no powers and no rounding.
Put one Python expression, without "= ${target}", into a python code block at the end.`,
    ({ numbers, operators, target }) => `Target: ${target}
Numbers: ${numbers}
Operators: ${operators}
Write an arithmetic expression with the value ${target} in which every listed number appears exactly once and nothing else does. Each operator joins two operands and may be used any number of times or not at all; parentheses are free; quotients may be fractions; digits may not be joined to longer numbers.
Finish with \`\`\`python
your expression
\`\`\``,
    ({
      numbers,
      operators,
      target,
    }) => `How do you make ${target} out of ${numbers}? Each number of the list goes into the calculation once, as often as it is listed, and nothing else goes in. Between numbers you may put ${operators}, each as often as you like; parentheses cost nothing. Reckon exactly: a quotient may be a fraction, and nothing is rounded. Not allowed: joining digits, powers, a plus or minus sign in front of a number or a parenthesis.
Show only the left side, as an expression of Python, in a block at the end:
\`\`\`python
…
\`\`\``,
  ],
  zh: [
    ({
      numbers,
      operators,
      target,
    }) => `用数字 ${numbers} 算出恰好 ${target}。每个数字必须且只能使用一次（列出两次的用两次），不能用其他数字；只能用运算符 ${operators} 连接，可以任意加括号。除法是精确的，中间结果可以是分数；不能把数字拼接起来，数字前面不能加正负号，也不能用乘方或取整。
请在最后的 python 代码块中写一个 Python 表达式，不要写“= ${target}”。`,
    ({ numbers, operators, target }) => `目标：${target}
数字：${numbers}
运算符：${operators}
请写一个值为 ${target} 的算式，使列出的每个数字恰好出现一次，且不出现别的数字。每个运算符连接两个运算对象，可以重复使用或不用；括号随意；商可以是分数；不允许把数字连成更长的数。
请以如下形式结束：\`\`\`python
你的算式
\`\`\``,
    ({
      numbers,
      operators,
      target,
    }) => `怎样用 ${numbers} 得到 ${target}？列表中的每个数都要在算式中用上，列出几次就用几次，不能有别的数。数与数之间可以用 ${operators}，次数不限；括号可以随意使用。计算必须精确：商可以是分数，不作任何舍入。不允许拼接数字、乘方，也不允许在数或括号前加正负号。
最后在代码块中只写等号左边，用 Python 表达式：
\`\`\`python
…
\`\`\``,
  ],
};

const OPERATORS = ['+', '-', '*', '/'];

export const mathador = defineTask<Params, Instance, string>({
  id: 'mathador',
  version: 1,
  label: 'Reach the target',
  category: 'arithmetic',
  description: 'Numbers are combined, each once, by arithmetic to reach a target.',
  params: Params,
  levels: [
    { count: 3, largest: 9, target: 24, isNested: false },
    { count: 3, largest: 9, target: null, isNested: false },
    { count: 4, largest: 9, target: 24, isNested: false },
    { count: 4, largest: 9, target: null, isNested: false },
    { count: 4, largest: 13, target: null, isNested: true },
    { count: 5, largest: 9, target: null, isNested: false },
    { count: 5, largest: 20, target: null, isNested: false },
    { count: 6, largest: 13, target: null, isNested: false },
    { count: 6, largest: 25, target: null, isNested: false },
    { count: 7, largest: 25, target: null, isNested: false },
  ],
  promise: 'any-solution',
  templates: countWordings(wordings),
  generate,

  render: ({ numbers, operators, target }, language, template) =>
    renderWording(wordings, language, template, {
      numbers: numbers.join(', '),
      operators: operators.join(' '),
      target,
    }),

  toData: ({ numbers, operators, target, solution }, question) => ({
    question,
    answer: '',
    difficulty: 1,
    metadata: { numbers, operators, result: target, num_of_numbers: numbers.length, solution },
  }),

  fromData(data) {
    const numbers = numbersOf(data.metadata?.numbers);
    const operators = textsOf(data.metadata?.operators);
    const target = numberField(data, 'result');
    if (numbers === null || operators === null || target === null) return null;
    return { numbers, operators, target, solution: textField(data, 'solution') };
  },

  extract(response) {
    const text = finalText(response).slice(-100_000);
    const found = lastFence(text) ?? lastBoxed(text) ?? lastExpression(text);
    return found === null ? null : expressionOf(found);
  },

  check: checkExpression,
  answer: ({ solution }) => `\`\`\`python\n${solution ?? ''}\n\`\`\``,

  solve({ numbers, operators, target }) {
    const { found, nodes } = reach(numbers, operators, target);
    return { answer: found === null ? null : `\`\`\`python\n${found}\n\`\`\``, nodes };
  },

  difficulty: ({ numbers, target }) => ({
    numbers: numbers.length,
    target,
    isFromLeftToRight: hasPlainSolution(numbers, target) ? 1 : 0,
  }),

  reference(response, { metadata }) {
    const numbers = numbersOf(metadata?.numbers);
    const operators = textsOf(metadata?.operators);
    const fence = lazySpans(response, '```python', '```', true).at(-1);
    if (numbers === null || operators === null || fence === undefined) return false;
    const text = pyStrip(fence.text.replaceAll('```python', '').replaceAll('```', ''));
    const others = text.replace(/[0-9\s]/gu, '');
    if (
      Array.from(others).some((char) => !operators.includes(char) && char !== '(' && char !== ')')
    )
      return false;
    const used = text
      .split(/\D+/u)
      .filter((part) => part !== '')
      .sort();
    if (used.join(' ') !== numbers.map(String).sort().join(' ')) return false;
    const tree = parseExpression(text);
    const value = tree === null ? null : evaluatePython(tree);
    // The target is never looked at; only infinity minus itself is not near zero.
    return value !== null && Number.isFinite(Number(value));
  },
});

/** The code of a block without comments and without an assignment. An equals sign behind it is not asked for. */
function expressionOf(block: string): string | null {
  const lines = block
    .slice(0, 5000)
    .split('\n')
    .map((line) => line.replace(/#.*/u, '').trim())
    .filter((line) => line !== '');
  const line = lines.at(-1);
  if (line === undefined) return null;
  return line
    .replace(/^[A-Za-z_]\w*\s*=(?!=)/u, '')
    .replace(/^print\((.*)\)$/u, '$1')
    .replace(/[−–]/gu, '-')
    .replace(/\\times|\\cdot/gu, '*')
    .replace(/\\div/gu, '/')
    .trim();
}

function lastExpression(text: string): string | null {
  const lines = text.split('\n').filter((line) => line.length < 500 && HAS_OPERATION.test(line));
  const line = lines.at(-1);
  if (line === undefined) return null;
  const [expression = ''] = /[\d(][-+*/%()\d\s.]*/u.exec(line) ?? [];
  return expression.trim().replace(/\.$/u, '');
}

const HAS_OPERATION = /\d[\s)]{0,9}[-+*/%][\s(]{0,9}\d/u;

function checkExpression(candidate: string, { numbers, operators, target }: Instance): Check {
  const tree = parseExpression(candidate);
  if (tree === null) return wrong('this is no arithmetic expression');
  const leaves: string[] = [];
  const fault = walk(tree, operators, leaves);
  if (fault !== null) return wrong(fault);
  if (leaves.sort().join(' ') !== numbers.map(String).sort().join(' '))
    return wrong('the numbers are not those given, each used once');
  const value = evaluateExact(tree);
  if (value === null) return wrong('the expression has no value');
  return value.d === 1n && value.n === BigInt(target)
    ? RIGHT
    : wrong(`the value is ${value.n}${value.d === 1n ? '' : `/${value.d}`}, not ${target}`);
}

function walk(tree: Expression, operators: readonly string[], leaves: string[]): string | null {
  if (tree.kind === 'number') {
    leaves.push(tree.text);
    return null;
  }
  if (tree.kind === 'sign') return 'a number may not have a sign of its own';
  if (!operators.includes(tree.operator)) return `the operator ${tree.operator} is not allowed`;
  return walk(tree.left, operators, leaves) ?? walk(tree.right, operators, leaves);
}

function generate(rng: Rng, params: Params): Instance {
  for (;;) {
    const numbers = Array.from({ length: params.count }, () => rng.between(1, params.largest));
    const drawn = drawTree(rng, numbers, params.isNested);
    if (drawn === null) continue;
    const target = params.target ?? drawn.value;
    if (drawn.value !== target || target < 10 || target > 99) {
      // A fixed target is met by working backwards: the last number and operator are chosen to fit.
      const bent = params.target === null ? null : bend(rng, drawn, params);
      if (bent === null) continue;
      if (params.isNested && hasPlainSolution(bent.numbers, bent.target)) continue;
      return bent;
    }
    if (params.isNested && hasPlainSolution(numbers, target)) continue;
    return { numbers: rng.shuffle(numbers), operators: OPERATORS, target, solution: drawn.text };
  }
}

interface Drawn {
  readonly text: string;
  readonly value: number;
  readonly numbers: readonly number[];
}

/** A random expression over all the numbers with a whole value; null when a division leaves a rest. */
function drawTree(rng: Rng, numbers: readonly number[], isNested: boolean): Drawn | null {
  const parts = numbers.map((number) => ({ text: String(number), value: number }));
  while (parts.length > 1) {
    // Joining two random parts nests more than adding to the first.
    const at = isNested ? rng.below(parts.length - 1) : 0;
    const [a, b] = parts.slice(at, at + 2);
    if (a === undefined || b === undefined) return null;
    const operator = rng.pick(OPERATORS);
    const value = apply(operator, a.value, b.value);
    if (value === null || Math.abs(value) > 10_000) return null;
    parts.splice(at, 2, { text: `(${a.text} ${operator} ${b.text})`, value });
  }
  const [only] = parts;
  if (only === undefined || !Number.isInteger(only.value)) return null;
  return { text: withoutOuter(only.text), value: only.value, numbers };
}

function withoutOuter(text: string): string {
  return text.startsWith('(') ? text.slice(1, -1) : text;
}

function apply(operator: string, a: number, b: number): number | null {
  if (operator === '+') return a + b;
  if (operator === '-') return a - b;
  if (operator === '*') return a * b;
  return b !== 0 && Number.isInteger(a / b) ? a / b : null;
}

/** Puts another last number in place so that the target is met, if one fits. */
function bend(rng: Rng, drawn: Drawn, params: Params): Instance | null {
  const { target } = params;
  if (target === null) return null;
  const numbers = drawn.numbers.slice(0, -1);
  const tree = drawTree(rng, numbers, params.isNested);
  if (tree === null) return null;
  const { value, text } = tree;
  const ways: [string, number][] = [
    ['+', target - value],
    ['-', value - target],
    ...(value !== 0 && target % value === 0 ? [['*', target / value] as [string, number]] : []),
    ...(target !== 0 && value % target === 0 ? [['/', value / target] as [string, number]] : []),
  ];
  const fitting = ways.filter(([, number]) => number >= 1 && number <= params.largest);
  if (fitting.length === 0) return null;
  const [operator, last] = rng.pick(fitting);
  const solution =
    numbers.length === 1 ? `${text} ${operator} ${last}` : `(${text}) ${operator} ${last}`;
  return { numbers: rng.shuffle([...numbers, last]), operators: OPERATORS, target, solution };
}

/**
 * Whether some order of the numbers meets the target when worked off strictly from left to right. Two steps are taken
 * back from the target, and what they ask for is looked up among the values of the other numbers.
 */
function hasPlainSolution(numbers: readonly number[], target: number): boolean {
  const all = (1 << numbers.length) - 1;
  const values = new Map<number, Set<number>>();
  const collect = (value: number, mask: number, left: number): void => {
    if (left === 0) {
      const known = values.get(mask) ?? new Set<number>();
      values.set(mask, known.add(keyOf(value)));
      return;
    }
    for (const [at, number] of numbers.entries()) {
      if (((mask >> at) & 1) === 1) continue;
      const next = mask | (1 << at);
      collect(value + number, next, left - 1);
      collect(value - number, next, left - 1);
      collect(value * number, next, left - 1);
      collect(value / number, next, left - 1);
    }
  };
  for (const [at, number] of numbers.entries()) collect(number, 1 << at, numbers.length - 3);
  const isMet = (wanted: number, mask: number, left: number): boolean => {
    if (left === 0) return values.get(mask)?.has(keyOf(wanted)) === true;
    return numbers.some((number, at) => {
      if (((mask >> at) & 1) === 0) return false;
      const rest = mask & ~(1 << at);
      return [wanted - number, wanted + number, wanted / number, wanted * number].some((value) =>
        isMet(value, rest, left - 1),
      );
    });
  };
  return isMet(target, all, 2);
}

/** Values closer than a millionth are one. */
function keyOf(value: number): number {
  return Math.round(value * 1e6);
}

const MAX_NODES = 3_000_000;

interface Part {
  /** The value as a fraction in small integers. */
  readonly n: number;
  readonly d: number;
  readonly text: string;
}

/** Joins any two parts by any operator until one is left (the search of the numbers game). */
function reach(
  numbers: readonly number[],
  operators: readonly string[],
  target: number,
): { found: string | null; nodes: number } {
  let nodes = 0;
  const seen = new Set<string>();
  const visit = (parts: readonly Part[]): string | null => {
    nodes += 1;
    if (nodes > MAX_NODES) return null;
    const [only] = parts;
    if (parts.length === 1)
      return only !== undefined && only.d !== 0 && only.n === target * only.d ? only.text : null;
    if (parts.length > 2) {
      const key = parts
        .map(({ n, d }) => n / d)
        .sort((a, b) => a - b)
        .join(' ');
      if (seen.has(key)) return null;
      seen.add(key);
    }
    for (let i = 0; i < parts.length; i += 1)
      for (let j = 0; j < parts.length; j += 1) {
        const [a, b] = [parts[i], parts[j]];
        if (i === j || a === undefined || b === undefined) continue;
        const others = parts.filter((_, at) => at !== i && at !== j);
        for (const operator of operators) {
          if ((operator === '+' || operator === '*') && i > j) continue;
          const joined = join(operator, a, b);
          if (joined === null) continue;
          const found = visit([...others, joined]);
          if (found !== null) return found;
        }
      }
    return null;
  };
  const found = visit(numbers.map((number) => ({ n: number, d: 1, text: String(number) })));
  return { found, nodes };
}

function join(operator: string, a: Part, b: Part): Part | null {
  const text = `(${a.text} ${operator} ${b.text})`;
  switch (operator) {
    case '+':
      return reduced(a.n * b.d + b.n * a.d, a.d * b.d, text);
    case '-':
      return reduced(a.n * b.d - b.n * a.d, a.d * b.d, text);
    case '*':
      return reduced(a.n * b.n, a.d * b.d, text);
    case '/':
      return b.n === 0 ? null : reduced(a.n * b.d, a.d * b.n, text);
    case '%': {
      if (b.n === 0) return null;
      const quotient = Math.floor((a.n * b.d) / (a.d * b.n));
      return reduced(a.n * b.d - quotient * b.n * a.d, a.d * b.d, text);
    }
    default:
      return null;
  }
}

function reduced(n: number, d: number, text: string): Part | null {
  let x = Math.abs(n);
  let y = Math.abs(d);
  while (y !== 0) [x, y] = [y, x % y];
  const divisor = (d < 0 ? -1 : 1) * (x || 1);
  const part = { n: n / divisor, d: d / divisor, text };
  return Math.abs(part.n) > 1e12 || part.d > 1e12 ? null : part;
}
