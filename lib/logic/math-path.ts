import { z } from 'zod';
import { equals, type Rational } from '#lib/math/rational.ts';
import type { Rng } from '#lib/rng.ts';
import { evaluateExact, evaluatePython, parseExpression } from './arithmetic.ts';
import { finalText, lastBoxed, lastFence } from './final-text.ts';
import { lazySpans } from './lazy-spans.ts';
import { defineTask, RIGHT, wrong, type Check } from './logic-task.ts';
import { countWordings, renderWording, type Wordings } from './prompt.ts';
import { textField } from './row-fields.ts';

const Params = z.strictObject({
  operators: z.int().min(1).max(30),
  /** Share of the digits that are hidden, from 0 to 1. */
  hidden: z.number().min(0.1).max(1),
  /** Pairs of parentheses. */
  groups: z.int().min(0).max(4),
});
type Params = z.infer<typeof Params>;

interface Instance {
  /** The equation with all digits. */
  readonly full: string;
  /** The equation with a question mark for each hidden digit. */
  readonly query: string;
}

const wordings: Wordings<Instance> = {
  en: [
    ({ query }) => `Each ? in this equation hides one digit from 0 to 9:

${query}

Find digits that make it true. Operators, parentheses, the digits shown and the right side stay as they are; every ? becomes exactly one digit, and the same digit may be used more than once. Multiplication, division and % come before addition and subtraction and go from left to right among themselves; / is exact division of real numbers and may not be by zero; a % b is the remainder of the division with floor, so it has the sign of b.
Any filling that makes the equation true is accepted. Give the complete equation in double square brackets, as in [[3+4*2 = 11]].`,
    ({
      query,
    }) => `Fill in the blanks (one digit 0-9 for every question mark) so that both sides are equal:
${query}
Nothing else may change: not the order or kind of the operators, not the parentheses, not a visible digit. Usual precedence: parentheses, then * / % from left to right, then + - from left to right. Quotients are exact fractions, no division by zero, and the remainder a % b equals a - b*floor(a/b).
Every true equation of this form counts. Put the whole equation between [[ and ]].`,
    ({ query }) => `Some digits of a true equation have become unreadable:

${query}

Put one digit, 0 to 9, in the place of every ?, so that the left side has the value of the right side; digits may repeat. Leave all the rest exactly as printed. Reckon like this: first what is in parentheses; then * / % in reading order; then + and - in reading order. Division gives an exact fraction and never has the divisor 0. The remainder a % b has the sign of b: it is a - b*floor(a/b).
More than one filling may do, and any is right. Write your equation in full as [[left = right]].`,
  ],
  zh: [
    ({ query }) => `下面的等式中每个 ? 遮住了一个 0 到 9 的数字：

${query}

请找出使等式成立的数字。运算符、括号、已显示的数字和等号右边都不能改动；每个 ? 恰好是一个数字，数字可以重复使用。乘、除、% 优先于加减，同级从左到右；/ 是精确的实数除法，除数不能为零；a % b 是按向下取整除法得到的余数，符号与 b 相同。
任何使等式成立的填法都算对。请把完整的等式写在双方括号里，例如 [[3+4*2 = 11]]。`,
    ({ query }) => `请填空（每个问号填一个 0-9 的数字），使等号两边相等：
${query}
其他都不能变：运算符的顺序和种类、括号、可见的数字都保持原样。按通常的优先级：先括号，再从左到右计算 * / %，最后从左到右计算 + -。商是精确的分数，不能除以零，余数 a % b 等于 a - b*floor(a/b)。
凡是这种形式的成立等式都接受。请把整个等式写在 [[ 和 ]] 之间。`,
    ({ query }) => `一个成立的等式中有些数字看不清了：

${query}

请在每个 ? 处填一个 0 到 9 的数字，使左边的值等于右边；数字可以重复。其余部分必须与印出的完全一样。计算顺序：先算括号里的；再按书写顺序算 * / %；最后按书写顺序算 + 和 -。除法得到精确的分数，除数不能是 0。余数 a % b 与 b 同号，即 a - b*floor(a/b)。
可能有不止一种填法，任何一种都对。请把完整的等式写成 [[左边 = 右边]]。`,
  ],
};

export const mathPath = defineTask<Params, Instance, string>({
  id: 'math-path',
  version: 1,
  label: 'Hidden digits',
  category: 'arithmetic',
  description: 'The hidden digits of an equation are filled in so that it holds.',
  params: Params,
  levels: [
    { operators: 2, hidden: 0.5, groups: 0 },
    { operators: 3, hidden: 0.5, groups: 0 },
    { operators: 4, hidden: 0.5, groups: 1 },
    { operators: 5, hidden: 0.5, groups: 1 },
    { operators: 6, hidden: 0.6, groups: 2 },
    { operators: 8, hidden: 0.7, groups: 2 },
    { operators: 10, hidden: 0.8, groups: 2 },
    { operators: 10, hidden: 1, groups: 2 },
    { operators: 14, hidden: 1, groups: 3 },
    { operators: 20, hidden: 1, groups: 4 },
  ],
  promise: 'any-solution',
  templates: countWordings(wordings),
  generate,
  render: (instance, language, template) => renderWording(wordings, language, template, instance),

  toData: ({ full, query }, question) => ({
    question,
    answer: full,
    difficulty: 1,
    metadata: { ref_expr: full, query_expr: query },
  }),

  fromData(data) {
    const query = textField(data, 'query_expr');
    return query === null ? null : { full: textField(data, 'ref_expr') ?? '', query };
  },

  extract(response) {
    const text = finalText(response).slice(-100_000);
    const bracketed = lazySpans(text, '[[', ']]', true).at(-1)?.text;
    const found = bracketed ?? lastFence(text) ?? lastBoxed(text) ?? lastEquation(text);
    return found === null || !found.includes('=') || found.length > 2000 ? null : plain(found);
  },

  check: checkEquation,
  answer: ({ full }) => `[[${full}]]`,

  solve({ query }) {
    const { first, nodes } = fill(query, 1);
    return { answer: first === null ? null : `[[${first}]]`, nodes };
  },

  countSolutions: ({ query }, limit) => fill(query, limit).count,

  difficulty: ({ query }) => ({
    operators: (query.match(/[-+*/%]/gu) ?? []).length,
    hidden: (query.match(/\?/gu) ?? []).length,
  }),

  reference(response, data) {
    const query = textField(data, 'query_expr');
    const text = (lazySpans(response, '[[', ']]', false).at(-1)?.text ?? '')
      .replaceAll(' ', '')
      .trim();
    if (query === null || textField(data, 'ref_expr') === null) return false;
    const wanted = query.match(/[\d?]/gu) ?? [];
    const digits = text.match(/\d/gu) ?? [];
    const isFilled =
      wanted.length === digits.length &&
      wanted.every((digit, at) => digit === '?' || digit === digits[at]);
    const signs = (text.match(/[-+*/%]/gu) ?? []).join('');
    if (!isFilled || signs !== (query.match(/[-+*/%]/gu) ?? []).join('')) return false;
    return isTrueInPython(text);
  },
});

/** `eval` of the text with `==` for `=`: a chain holds when all its neighbours are equal; one value when it is not zero. */
function isTrueInPython(text: string): boolean {
  const values = text.split('=').map((part) => {
    const tree = parseExpression(part);
    return tree === null ? null : evaluatePython(tree);
  });
  if (values.some((value) => value === null)) return false;
  if (values.length === 1) return Number(values[0]) !== 0;
  // Loose equality compares an int and a float by value, as Python does.
  return values.every((value, at) => at === 0 || value == values[at - 1]);
}

function lastEquation(text: string): string | null {
  const line = text.split('\n').findLast((entry) => entry.includes('=') && entry.length < 2000);
  const start = line?.search(/[\d(?-]/u) ?? -1;
  return line === undefined || start === -1 ? null : line.slice(start);
}

function plain(text: string): string {
  return text
    .replace(/[−–]/gu, '-')
    .replace(/[×·]|\\times|\\cdot/gu, '*')
    .replace(/÷|\\div/gu, '/')
    .replace(/\\%/gu, '%')
    .replace(/[\s$\x60"']|\\[a-z]+/gu, '');
}

function checkEquation(candidate: string, { query }: Instance): Check {
  const wanted = query.replace(/\s/gu, '');
  if (candidate.length !== wanted.length) return wrong('the equation has not the given form');
  for (let at = 0; at < wanted.length; at += 1) {
    const char = candidate.charAt(at);
    if (wanted.charAt(at) === '?' ? !/^\d$/u.test(char) : char !== wanted.charAt(at))
      return wrong(`character ${at + 1} of the equation does not fit`);
  }
  const [left = '', right = ''] = candidate.split('=');
  const values = [left, right].map((side) => {
    const tree = parseExpression(side);
    return tree === null ? null : evaluateExact(tree);
  });
  const [a, b] = values;
  if (a == null || b == null) return wrong('one side has no value');
  return equals(a, b) ? RIGHT : wrong('the two sides are not equal');
}

function generate(rng: Rng, params: Params): Instance {
  for (;;) {
    const expression = drawExpression(rng, params);
    const tree = parseExpression(expression);
    const value = tree === null ? null : evaluateExact(tree);
    if (value?.d !== 1n || value.n > 9999n || value.n < -9999n) continue;
    let query = Array.from(expression, (char) =>
      /\d/u.test(char) && rng.float() < params.hidden ? '?' : char,
    ).join('');
    if (!query.includes('?')) {
      const places = Array.from(expression, (char, at) => (/\d/u.test(char) ? at : -1)).filter(
        (at) => at >= 0,
      );
      const place = rng.pick(places);
      query = `${query.slice(0, place)}?${query.slice(place + 1)}`;
    }
    return { full: `${expression} = ${value.n}`, query: `${query} = ${value.n}` };
  }
}

/** Digits and operators; each division is given a divisor that leaves a whole number when one can be found. */
function drawExpression(rng: Rng, { operators, groups }: Params): string {
  const opens = new Set<number>();
  const closes = new Set<number>();
  const starts = rng.shuffle(Array.from({ length: operators }, (_, at) => at)).slice(0, groups);
  let last = -1;
  for (const start of starts.sort((a, b) => a - b)) {
    if (start <= last) continue;
    opens.add(start);
    last = Math.min(operators, start + rng.between(1, 2));
    closes.add(last);
  }
  let text = '';
  let product = 1;
  for (let at = 0; at <= operators; at += 1) {
    let digit = rng.below(10);
    if (at > 0) {
      const operator = rng.pick(['+', '+', '-', '-', '*', '*', '/', '%']);
      if (operator === '/' || operator === '%') digit = rng.between(1, 9);
      // A divisor of the running product keeps most values whole; the rest is thrown away.
      if (operator === '/') {
        const divisors = [1, 2, 3, 4, 5, 6, 7, 8, 9].filter((divisor) => product % divisor === 0);
        digit = rng.pick(divisors.length > 0 ? divisors : [1]);
        product /= digit;
      } else if (operator === '*') product *= digit;
      else if (operator === '%') product %= digit;
      else product = digit;
      text += operator;
    } else product = digit;
    if (opens.has(at)) {
      text += '(';
      product = digit;
    }
    text += String(digit);
    if (closes.has(at)) {
      text += ')';
      product = 1;
    }
  }
  return text;
}

const MAX_NODES = 100_000;

/**
 * All fillings where there are few of them, in counting order. Otherwise scattered ones, the same every time, whose
 * digits that stand alone in a sum are bent towards the target. Counts different fillings up to `limit`.
 */
function fill(
  query: string,
  limit: number,
): { first: string | null; count: number; nodes: number } {
  const [left = '', right = ''] = query.split('=');
  const tree = parseExpression(right);
  const target = tree === null ? null : evaluateExact(tree);
  const places = Array.from(left, (char, at) => (char === '?' ? at : -1)).filter((at) => at >= 0);
  const chars = Array.from(left);
  const found = new Set<string>();
  let nodes = 0;
  if (target === null) return { first: null, count: 0, nodes };
  const isSmall = places.length <= 5;
  const total = isSmall ? 10 ** places.length : MAX_NODES;
  const terms = places.flatMap((at) => termAt(left, at));
  let state = 1;
  for (let tries = 0; tries < total && found.size < limit; tries += 1) {
    nodes += 1;
    let rest = tries;
    for (const place of places) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      chars[place] = String(isSmall ? rest % 10 : Math.floor(state / 429_496_730));
      rest = Math.floor(rest / 10);
    }
    const value = valueOf(chars);
    if (value === null) continue;
    if (!equals(value, target)) {
      if (isSmall || value.d !== target.d) continue;
      let gap = Number((target.n - value.n) / target.d);
      for (const { at, sign } of terms) {
        const digit = Number(chars[at]);
        const next = Math.min(9, Math.max(0, digit + sign * gap));
        chars[at] = String(next);
        gap -= sign * (next - digit);
      }
      const bent = gap === 0 ? valueOf(chars) : null;
      if (bent === null || !equals(bent, target)) continue;
    }
    found.add(`${chars.join('').trim()} = ${right.trim()}`);
  }
  const [first = null] = found;
  return { first, count: found.size, nodes };
}

function valueOf(chars: readonly string[]): Rational | null {
  const tree = parseExpression(chars.join(''));
  return tree === null ? null : evaluateExact(tree);
}

/** A hidden digit that is a whole term of the outermost sum; it moves the value by its own change. */
function termAt(left: string, at: number): { at: number; sign: number }[] {
  let depth = 0;
  for (const char of left.slice(0, at)) depth += char === '(' ? 1 : char === ')' ? -1 : 0;
  const before = left.slice(0, at).trimEnd().slice(-1);
  const after = left
    .slice(at + 1)
    .trimStart()
    .slice(0, 1);
  const isAlone = depth === 0 && ['', '+', '-'].includes(before) && ['', '+', '-'].includes(after);
  return isAlone ? [{ at, sign: before === '-' ? -1 : 1 }] : [];
}
