import { z } from 'zod';
import type { Rng } from '#lib/rng.ts';
import { finalText } from './final-text.ts';
import { findLastLiteral } from './find-literal.ts';
import { defineTask, RIGHT, wrong, type Check } from './logic-task.ts';
import { countWordings, renderWording, type Wordings } from './prompt.ts';
import { PyDict } from './python-literal.ts';
import { textsOf } from './row-fields.ts';

const Params = z.strictObject({
  letters: z.int().min(3).max(10),
  /** Operators on the left of the equation. */
  operators: z.int().min(1).max(3),
  hasProduct: z.boolean(),
  /** The most digits of an operand. */
  digits: z.int().min(2).max(7),
});
type Params = z.infer<typeof Params>;

interface Instance {
  /** The operands and the result, in letters. */
  readonly words: readonly string[];
  readonly operators: readonly string[];
  /** The equation in digits. */
  readonly answer: string;
}

const MAX_TRIES = 20_000;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

const wordings: Wordings<Instance> = {
  en: [
    (shown) => `Each letter of this equation stands for a digit:

${inLetters(shown)}

The same letter is always the same digit, different letters are different digits, and no number of more than one digit begins with 0. Multiplication comes before addition and subtraction. There is exactly one way to make the equation true.
End with the equation in digits, in the form: The answer is 12 + 34 = 46`,
    (shown) => `Solve the cryptarithm ${inLetters(shown)}
Replace every letter by a digit from 0 to 9 so that the calculation is right: one digit a letter, one letter a digit, no leading zeros in numbers of several digits, and products before sums and differences. The solution is unique.
Your last line must read "The answer is" followed by the whole equation written with digits.`,
    (shown) => `${inLetters(shown)}

Here digits were replaced by letters: every letter hides one digit from 0 to 9, and no two letters hide the same one. A number with more than one digit never starts with 0. Times is done before plus and minus. Only one assignment fits. Which?
Write the sum out in digits, on a last line such as: The answer is 12 + 34 = 46`,
  ],
  zh: [
    (shown) => `下面的等式中每个字母代表一个数字：

${inLetters(shown)}

相同的字母是相同的数字，不同的字母是不同的数字，多位数的首位不能是 0，先乘后加减。恰有一种方法使等式成立。
请以数字形式的等式结尾，格式为：答案是 12 + 34 = 46`,
    (shown) => `解这道字母算式：${inLetters(shown)}
请把每个字母换成 0 到 9 中的一个数字，使计算正确：一个字母对应一个数字，不同字母对应不同数字，多位数不能以 0 开头，乘法优先于加减。解是唯一的。
最后一行请写“答案是”，后面跟用数字写出的完整等式。`,
    (shown) => `${inLetters(shown)}

这里的数字被换成了字母：每个字母代表 0 到 9 中的一个数字，不同字母代表的数字不同。多于一位的数不以 0 开头。先算乘法，再算加减。只有一种对应方式成立，是哪一种？
请在最后一行写出数字算式，例如：答案是 12 + 34 = 46`,
  ],
};

export const cryptarithm = defineTask<Params, Instance, string>({
  id: 'cryptarithm',
  version: 2,
  label: 'Cryptarithm',
  category: 'arithmetic',
  description: 'Letters are replaced by distinct digits so that an equation holds.',
  params: Params,
  levels: [
    { letters: 3, operators: 1, hasProduct: false, digits: 5 },
    { letters: 4, operators: 1, hasProduct: false, digits: 5 },
    { letters: 4, operators: 2, hasProduct: false, digits: 5 },
    { letters: 5, operators: 1, hasProduct: false, digits: 5 },
    { letters: 6, operators: 1, hasProduct: false, digits: 5 },
    { letters: 6, operators: 2, hasProduct: false, digits: 5 },
    { letters: 7, operators: 2, hasProduct: false, digits: 5 },
    { letters: 8, operators: 1, hasProduct: false, digits: 5 },
    { letters: 8, operators: 2, hasProduct: true, digits: 6 },
    { letters: 9, operators: 2, hasProduct: true, digits: 5 },
  ],
  promise: 'unique',
  templates: countWordings(wordings),

  generate(rng, params) {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const drawn = drawEquation(rng, params);
      if (drawn === null) continue;
      const { words, operators } = drawn;
      if (search(words, operators, 2).count === 1) return drawn;
    }
    throw new Error('No unique equation was found.');
  },

  render: (instance, language, template) => renderWording(wordings, language, template, instance),

  toData: ({ words, operators, answer }, question) => ({
    question,
    answer,
    difficulty: 1,
    metadata: {
      numbers: (answer.match(/-?\d+/gu) ?? []).map((number) => Math.abs(Number(number))),
      letter_words: words,
      operators,
      num_letter: new Set(words.join('')).size,
      operator_num: operators.length,
    },
  }),

  fromData({ answer, metadata }) {
    const words = textsOf(metadata?.letter_words);
    const operators = textsOf(metadata?.operators);
    if (words === null || operators?.length !== words.length - 2) return null;
    return { words, operators, answer: typeof answer === 'string' ? answer : '' };
  },

  extract(response, { words, operators }) {
    const text = finalText(response)
      .slice(-100_000)
      .replace(/[−–—]/gu, '-')
      .replace(/[×·✕]|\\times|\\cdot/gu, '*')
      .replace(/＋/gu, '+')
      .replace(/＝/gu, '=')
      .replace(/[$,_\\]/gu, '');
    return (
      lastEquation(text, operators.length) ??
      findLastLiteral(text, (value) =>
        value instanceof PyDict ? fromMap(value, words, operators) : null,
      ) ??
      lastEquation(text, null)
    );
  },

  check: checkEquation,

  answer: ({ answer }) => `The answer is ${answer}`,

  solve({ words, operators }) {
    const { first, nodes } = search(words, operators, 1);
    return {
      answer: first === null ? null : `The answer is ${inDigits(words, operators, first)}`,
      nodes,
    };
  },

  countSolutions: ({ words, operators }, limit) => search(words, operators, limit).count,

  difficulty: ({ words, operators }) => ({
    letters: new Set(words.join('')).size,
    operators: operators.length,
    nodes: search(words, operators, 2).nodes,
  }),

  reference(response, { answer }) {
    if (typeof answer !== 'string') return false;
    const found = lastPublishedEquation(response);
    return (found ?? '').replaceAll(' ', '') === answer.replaceAll(' ', '');
  },
});

/**
 * The last `digits (op digits)+ = -?digits` of a text. All later rules of the published reader ask for the same form,
 * so they never find what this one missed.
 */
function lastPublishedEquation(text: string): string | null {
  let found: string | null = null;
  for (const match of text.matchAll(PUBLISHED)) found = match[0];
  return found;
}

const PUBLISHED = /(?<!\p{Nd})\p{Nd}+(?:\s*[-+*]\s*\p{Nd}+)+\s*=\s*-?\p{Nd}+/gu;
const EQUATION = /(?<![\d.])\d+(?:\s*[-+*]\s*\d+)+\s*=\s*-?\d+/gu;

/** The last equation with that many operators, or with any number of them. */
function lastEquation(text: string, operators: number | null): string | null {
  let found: string | null = null;
  for (const [match] of text.matchAll(EQUATION)) {
    const left = match.slice(0, match.indexOf('='));
    if (operators === null || (left.match(/[-+*]/gu) ?? []).length === operators) found = match;
  }
  return found?.replace(/\s/gu, '') ?? null;
}

function fromMap(
  map: PyDict,
  words: readonly string[],
  operators: readonly string[],
): string | null {
  const digits = new Map<string, number>();
  for (const [key, value] of map.entries) {
    const digit = typeof value === 'string' ? Number(value) : value;
    if (typeof key !== 'string' || typeof digit !== 'number') return null;
    digits.set(key.toUpperCase(), digit);
  }
  const isWhole = Array.from(words.join('')).every((letter) => digits.has(letter));
  return isWhole ? inDigits(words, operators, digits).replace(/\s/gu, '') : null;
}

function checkEquation(candidate: string, { words, operators }: Instance): Check {
  const numbers = candidate.match(/\d+/gu) ?? [];
  const signs = candidate.slice(0, candidate.indexOf('=')).match(/[-+*]/gu) ?? [];
  if (candidate.includes('=-')) return wrong('the result is no negative number');
  if (signs.join('') !== operators.join('') || numbers.length !== words.length)
    return wrong('the operators are not those of the puzzle');
  const digits = new Map<string, string>();
  const used = new Map<string, string>();
  for (const [index, word] of words.entries()) {
    const number = numbers[index] ?? '';
    if (number.length !== word.length) return wrong(`${number} has not the length of ${word}`);
    if (number.length > 1 && number.startsWith('0')) return wrong(`${number} begins with 0`);
    for (let at = 0; at < word.length; at += 1) {
      const letter = word.charAt(at);
      const digit = number.charAt(at);
      if ((digits.get(letter) ?? digit) !== digit) return wrong(`${letter} stands for two digits`);
      if ((used.get(digit) ?? letter) !== letter) return wrong(`${digit} stands for two letters`);
      digits.set(letter, digit);
      used.set(digit, letter);
    }
  }
  const values = numbers.map(Number);
  const result = values.pop();
  return valueOf(values, operators) === result ? RIGHT : wrong('the equation does not hold');
}

/** Products first, then from left to right. */
function valueOf(values: readonly number[], operators: readonly string[]): number {
  let sum = 0;
  let product = values[0] ?? 0;
  let sign = 1;
  for (const [index, operator] of operators.entries()) {
    const value = values[index + 1] ?? 0;
    if (operator === '*') product *= value;
    else {
      sum += sign * product;
      sign = operator === '-' ? -1 : 1;
      product = value;
    }
  }
  return sum + sign * product;
}

function inLetters({ words, operators }: Instance): string {
  return joined(words, operators);
}

function joined(parts: readonly string[], operators: readonly string[]): string {
  const [first = ''] = parts;
  const left = operators.reduce(
    (text, operator, index) => `${text} ${operator} ${parts[index + 1] ?? ''}`,
    first,
  );
  return `${left} = ${parts.at(-1) ?? ''}`;
}

function inDigits(
  words: readonly string[],
  operators: readonly string[],
  digits: ReadonlyMap<string, number>,
): string {
  const numbers = words.map((word) =>
    Array.from(word, (letter) => String(digits.get(letter) ?? '?')).join(''),
  );
  return joined(numbers, operators);
}

/** Null when the draw does not use exactly the wanted number of digits. */
function drawEquation(rng: Rng, params: Params): Instance | null {
  const pool = rng.shuffle([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]).slice(0, params.letters);
  const operators = Array.from({ length: params.operators }, () => rng.pick(['+', '+', '-']));
  if (params.hasProduct) operators[rng.below(operators.length)] = '*';
  const numbers = params.hasProduct
    ? Array.from({ length: params.operators + 1 }, () =>
        drawNumber(rng, pool, Math.max(2, Math.ceil(params.digits / 2))),
      )
    : drawColumns(rng, pool, operators, params.digits);
  if (numbers === null) return null;
  const result = valueOf(numbers, operators);
  if (result <= 0 || result > 999_999_999) return null;
  const all = [...numbers, result].map(String);
  const used = new Set(all.join(''));
  if (used.size !== params.letters) return null;
  const letters = rng.shuffle(Array.from(LETTERS));
  const named = new Map(Array.from(used, (digit, index) => [digit, letters[index] ?? '?']));
  const words = all.map((number) =>
    Array.from(number, (digit) => named.get(digit) ?? '?').join(''),
  );
  return { words, operators, answer: joined(all, operators) };
}

/** Operands column by column, each so that the digit of the result is in the pool too; null when one can not be found. */
function drawColumns(
  rng: Rng,
  pool: readonly number[],
  operators: readonly string[],
  most: number,
): number[] | null {
  // The first number is the longest, so that differences stay positive.
  const lengths = [
    rng.between(Math.max(2, most - 1), most),
    ...operators.map(() => rng.between(Math.max(1, most - 2), most)),
  ];
  const signs = [1, ...operators.map((operator) => (operator === '-' ? -1 : 1))];
  const numbers = lengths.map(() => 0);
  let carry = 0;
  let weight = 1;
  for (let column = 0; column < Math.max(...lengths); column += 1) {
    let isFound = false;
    for (let tries = 0; tries < 12 && !isFound; tries += 1) {
      const digits = lengths.map((length) => {
        if (column >= length) return 0;
        const digit = rng.pick(pool);
        return digit === 0 && column === length - 1 && length > 1 ? Math.max(...pool) : digit;
      });
      const sum = digits.reduce((total, digit, at) => total + digit * (signs[at] ?? 1), carry);
      const digit = ((sum % 10) + 10) % 10;
      if (!pool.includes(digit)) continue;
      isFound = true;
      carry = (sum - digit) / 10;
      for (const [at, value] of digits.entries()) numbers[at] = (numbers[at] ?? 0) + value * weight;
    }
    if (!isFound) return null;
    weight *= 10;
  }
  return carry === 0 || pool.includes(carry) ? numbers : null;
}

function drawNumber(rng: Rng, pool: readonly number[], most: number): number {
  const length = rng.between(Math.max(1, most - 2), most);
  let value = 0;
  for (let at = 0; at < length; at += 1) {
    let digit = rng.pick(pool);
    while (at === 0 && length > 1 && digit === 0) digit = rng.pick(pool);
    value = value * 10 + digit;
  }
  return value;
}

interface Search {
  readonly count: number;
  readonly nodes: number;
  readonly first: ReadonlyMap<string, number> | null;
}

const MAX_NODES = 5_000_000;

/** Sums and differences go column by column; with a product the letters are tried one after the other. */
function search(words: readonly string[], operators: readonly string[], limit: number): Search {
  return operators.includes('*')
    ? searchByLetter(words, operators, limit)
    : searchByColumn(words, operators, limit);
}

/**
 * From the last column: the sum of all signed columns must be 0 with the carry. Letters are tried in the order in which
 * the columns need them, and the last one of a column follows from the others.
 */
function searchByColumn(
  words: readonly string[],
  operators: readonly string[],
  limit: number,
): Search {
  const names = [...new Set(words.join(''))];
  const signs = [1, ...operators.map((operator) => (operator === '-' ? -1 : 1)), -1];
  const width = Math.max(...words.map((word) => word.length));
  const leading = new Set(words.filter((word) => word.length > 1).map((word) => word.charAt(0)));
  const isLeading = names.map((name) => leading.has(name));
  const columns = Array.from({ length: width }, (_, column) => {
    const weights = names.map(() => 0);
    for (const [index, word] of words.entries()) {
      const letter = names.indexOf(word.charAt(word.length - 1 - column));
      if (column < word.length) weights[letter] = (weights[letter] ?? 0) + (signs[index] ?? 0);
    }
    return {
      weights,
      letters: names
        .map((_name, at) => at)
        .filter((at) =>
          words.some(
            (word) => word.length > column && word.charAt(word.length - 1 - column) === names[at],
          ),
        ),
    };
  });
  const digits = names.map(() => -1);
  let used = 0;
  let count = 0;
  let nodes = 0;
  let first: Map<string, number> | null = null;

  const visit = (column: number, carry: number): void => {
    nodes += 1;
    if (count >= limit || nodes > MAX_NODES) return;
    const current = columns[column];
    if (current === undefined) {
      if (carry !== 0) return;
      count += 1;
      first ??= new Map(names.map((name, index) => [name, digits[index] ?? 0]));
      return;
    }
    let next = -1;
    let open = 0;
    let sum = carry;
    for (const letter of current.letters) {
      const digit = digits[letter] ?? -1;
      if (digit >= 0) sum += (current.weights[letter] ?? 0) * digit;
      else {
        if (open === 0) next = letter;
        open += 1;
      }
    }
    if (open === 0) {
      if (sum % 10 === 0) visit(column + 1, sum / 10);
      return;
    }
    const weight = current.weights[next] ?? 0;
    for (let digit = isLeading[next] === true ? 1 : 0; digit < 10; digit += 1) {
      if (((used >> digit) & 1) === 1) continue;
      // The last letter of a column must make its sum end in 0.
      if (open === 1 && (sum + weight * digit) % 10 !== 0) continue;
      used |= 1 << digit;
      digits[next] = digit;
      if (open === 1) visit(column + 1, (sum + weight * digit) / 10);
      else visit(column, carry);
      digits[next] = -1;
      used &= ~(1 << digit);
      if (count >= limit) return;
    }
  };
  visit(0, 0);
  return { count, nodes, first };
}

/** Letters from the last columns first; what the known last digits already rule out is cut off. */
function searchByLetter(
  words: readonly string[],
  operators: readonly string[],
  limit: number,
): Search {
  const width = Math.max(...words.map((word) => word.length));
  const order: string[] = [];
  for (let column = 0; column < width; column += 1)
    for (const word of words) {
      const letter = word.charAt(word.length - 1 - column);
      if (letter !== '' && !order.includes(letter)) order.push(letter);
    }
  const leading = new Set(words.filter((word) => word.length > 1).map((word) => word.charAt(0)));
  // After so many letters that many last columns are known of every word.
  const known = order.map((_, at) => {
    let columns = 0;
    while (
      columns < width &&
      words.every(
        (word) =>
          columns >= word.length || order.indexOf(word.charAt(word.length - 1 - columns)) <= at,
      )
    )
      columns += 1;
    return columns;
  });
  const coded = words.map((word) => Array.from(word, (letter) => order.indexOf(letter)));
  const digits = order.map(() => 0);
  const last = words.length - 1;
  let used = 0;
  let count = 0;
  let nodes = 0;
  let first: Map<string, number> | null = null;

  const fits = (columns: number): boolean => {
    const isAll = columns >= width;
    const values = coded.map((codes) => {
      let value = 0;
      for (let at = isAll ? 0 : Math.max(0, codes.length - columns); at < codes.length; at += 1)
        value = value * 10 + (digits[codes[at] ?? 0] ?? 0);
      return value;
    });
    const difference = valueOf(values.slice(0, last), operators) - (values[last] ?? 0);
    return isAll ? difference === 0 : difference % 10 ** columns === 0;
  };
  const visit = (at: number): void => {
    nodes += 1;
    if (at === order.length) {
      count += 1;
      first ??= new Map(order.map((name, index) => [name, digits[index] ?? 0]));
      return;
    }
    const columns = known[at] ?? 0;
    const before = at === 0 ? 0 : (known[at - 1] ?? 0);
    for (let digit = leading.has(order[at] ?? '') ? 1 : 0; digit < 10; digit += 1) {
      if (((used >> digit) & 1) === 1) continue;
      digits[at] = digit;
      if (columns > before && !fits(columns)) continue;
      used |= 1 << digit;
      visit(at + 1);
      used &= ~(1 << digit);
      if (count >= limit || nodes > MAX_NODES) return;
    }
  };
  visit(0);
  return { count, nodes, first };
}
