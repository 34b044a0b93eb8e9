import { z } from 'zod';
import type { Rng } from '#lib/rng.ts';
import { finalText, lastBoxed } from './final-text.ts';
import { defineTask, RIGHT, wrong, type Language } from './logic-task.ts';
import { countWordings, renderWording, type Wordings } from './prompt.ts';

const Params = z.strictObject({
  options: z.int().min(2).max(12),
  /** Depth of the operators `not`, `and`, `or`. */
  depth: z.int().min(1).max(7),
  /** Operations on each side of a comparison. */
  terms: z.int().min(1).max(4),
});
type Params = z.infer<typeof Params>;

type Relation = '<' | '>' | '<=' | '>=' | '=' | '!=';

/** A sum of products of whole numbers, so that every value is exact. */
interface Side {
  readonly text: string;
  readonly value: number;
}

type Node =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'fact'; readonly index: number }
  | {
      readonly kind: 'compare';
      readonly left: Side;
      readonly relation: Relation;
      readonly right: Side;
    }
  | { readonly kind: 'not'; readonly of: Node }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Node[] };

interface Instance {
  /** Empty for rows of a data set, which hold the answer alone. */
  readonly options: readonly Node[];
  readonly answer: string;
}

/** True ones stand at even places. None of them depends on time, height or opinion. */
const FACTS: readonly Readonly<Record<Language, string>>[] = [
  { en: 'a triangle has three sides', zh: '三角形有三条边' },
  { en: 'a triangle has four sides', zh: '三角形有四条边' },
  { en: 'the capital of France is Paris', zh: '法国的首都是巴黎' },
  { en: 'the capital of France is Lyon', zh: '法国的首都是里昂' },
  { en: 'the capital of Japan is Tokyo', zh: '日本的首都是东京' },
  { en: 'the capital of Japan is Osaka', zh: '日本的首都是大阪' },
  { en: 'a week has seven days', zh: '一周有七天' },
  { en: 'a week has eight days', zh: '一周有八天' },
  { en: 'an hour has sixty minutes', zh: '一小时有六十分钟' },
  { en: 'an hour has fifty minutes', zh: '一小时有五十分钟' },
  { en: 'the Earth orbits the Sun', zh: '地球绕着太阳转' },
  { en: 'the Sun orbits the Moon', zh: '太阳绕着月球转' },
  { en: 'a spider has eight legs', zh: '蜘蛛有八条腿' },
  { en: 'a spider has six legs', zh: '蜘蛛有六条腿' },
  { en: 'seven is a prime number', zh: '七是质数' },
  { en: 'nine is a prime number', zh: '九是质数' },
  { en: 'January comes before February', zh: '一月在二月之前' },
  { en: 'March comes before February', zh: '三月在二月之前' },
  { en: 'whales are mammals', zh: '鲸是哺乳动物' },
  { en: 'whales are fish', zh: '鲸是鱼类' },
  { en: 'Egypt lies in Africa', zh: '埃及位于非洲' },
  { en: 'Egypt lies in South America', zh: '埃及位于南美洲' },
  { en: 'a dozen is twelve', zh: '一打是十二个' },
  { en: 'a dozen is ten', zh: '一打是十个' },
];

const RELATIONS: Readonly<Record<Relation, Readonly<Record<Language, readonly string[]>>>> = {
  '<': { en: ['<', 'is less than'], zh: ['<', '小于'] },
  '>': { en: ['>', 'is greater than'], zh: ['>', '大于'] },
  '<=': { en: ['<=', 'is at most'], zh: ['<=', '不大于'] },
  '>=': { en: ['>=', 'is at least'], zh: ['>=', '不小于'] },
  '=': { en: ['==', 'equals'], zh: ['==', '等于'] },
  '!=': { en: ['!=', 'is not equal to'], zh: ['!=', '不等于'] },
};
const RELATION_NAMES = Object.keys(RELATIONS) as Relation[];

interface Shown {
  readonly options: string;
}

const wordings: Wordings<Shown> = {
  en: [
    ({ options }) => `Which of these labelled expressions are true?

${options}

"not" binds tighter than "and", which binds tighter than "or"; parentheses come first. Arithmetic follows the usual precedence. Sentences are true or false as a matter of general knowledge.
At least one expression is true and at least one is false. Give the labels of all true ones, separated by commas, in \\boxed{}, for example \\boxed{A,C}.`,
    ({
      options,
    }) => `Evaluate every option as a Boolean expression. Multiplication goes before addition and subtraction; brackets first, then "not", then "and", then "or". A plain statement counts as True when it is a fact and as False otherwise.

${options}

Collect the letters of the options that evaluate to True (there is at least one, and not all of them) and end with \\boxed{letters separated by commas}.`,
    ({ options }) => `True or false? Decide it for each of the lettered options:

${options}

Order of evaluation: parentheses, then "not", then "and", then "or"; in calculations products come before sums and differences. A sentence in plain words is true exactly when what it says is a fact.
Not all of them are true and not all are false. Write the letters of the true options, with commas between them, in \\boxed{}.`,
  ],
  zh: [
    ({ options }) => `下面哪些带标号的表达式为真？

${options}

先算括号，"not" 优先于 "and"，"and" 优先于 "or"；四则运算按通常的优先级。句子按常识判断真假。
至少有一个为真，也至少有一个为假。请把所有为真的标号用逗号分隔写在 \\boxed{} 中，例如 \\boxed{A,C}。`,
    ({
      options,
    }) => `请把每个选项当作布尔表达式求值。乘法先于加减；先括号，再 "not"，再 "and"，最后 "or"。陈述句若是事实则为 True，否则为 False。

${options}

找出所有值为 True 的选项（至少一个，但不是全部），最后写成 \\boxed{用逗号分隔的字母}。`,
    ({ options }) => `请判断下列每个带字母的选项是真还是假：

${options}

求值顺序：先括号，再 "not"，再 "and"，最后 "or"；计算中先乘后加减。用普通语言写的句子，所说属实则为真，否则为假。
它们不会全为真，也不会全为假。请把所有为真的选项的字母用逗号隔开，写在 \\boxed{} 中。`,
  ],
};

export const booleanExpressions = defineTask<Params, Instance, string>({
  id: 'boolean-expressions',
  version: 1,
  label: 'Boolean expressions',
  category: 'deduction',
  description: 'Which labelled expressions of comparisons, facts, not, and, or are true.',
  params: Params,
  levels: [
    { options: 3, depth: 1, terms: 1 },
    { options: 4, depth: 1, terms: 2 },
    { options: 4, depth: 2, terms: 2 },
    { options: 4, depth: 3, terms: 2 },
    { options: 5, depth: 3, terms: 2 },
    { options: 6, depth: 3, terms: 3 },
    { options: 6, depth: 4, terms: 3 },
    { options: 7, depth: 4, terms: 3 },
    { options: 8, depth: 5, terms: 3 },
    { options: 10, depth: 5, terms: 4 },
  ],
  promise: 'computed',
  templates: countWordings(wordings),

  generate(rng, params) {
    for (;;) {
      // The wanted values are drawn first, so that true and false are even.
      const options: Node[] = [];
      const labels: string[] = [];
      for (let at = 0; at < params.options; at += 1) {
        const isTrue = rng.below(2) === 0;
        options.push(withValue(rng, params, isTrue, params.depth));
        if (isTrue) labels.push(labelAt(at));
      }
      if (labels.length > 0 && labels.length < options.length)
        return { options, answer: labels.join(',') };
    }
  },

  render({ options }, language, template) {
    const lines = options.map(
      (node, index) => `${labelAt(index)}. ${print(node, language, false)}`,
    );
    return renderWording(wordings, language, template, { options: lines.join('\n') });
  },

  toData: ({ options, answer }, question) => ({
    question,
    answer,
    difficulty: 1,
    metadata: {
      options: options.map((node) => ({ expr: print(node, 'en', false), value: valueOf(node) })),
      trees: options,
    },
  }),

  fromData({ answer, metadata }) {
    if (typeof answer !== 'string' || lettersOf(answer) === '') return null;
    const trees = metadata?.trees;
    // The trees are our own; they are only read back to be shown, never to judge.
    return { options: Array.isArray(trees) ? (trees as Node[]) : [], answer };
  },

  extract(response) {
    const boxed = lastBoxed(finalText(response));
    if (boxed === null) return null;
    const letters = lettersOf(
      boxed.replace(/\b(?:and|options?|answers?|none)\b/giu, ' ').replace(/\\[a-z]+/giu, ' '),
    );
    return letters === '' ? null : letters;
  },

  check: (candidate, { answer }) =>
    candidate === lettersOf(answer) ? RIGHT : wrong('these are not the true expressions'),

  answer: ({ answer }) => `\\boxed{${answer}}`,

  solve: ({ options, answer }) => ({
    answer: `\\boxed{${options.length === 0 ? answer : labelsOf(options)}}`,
    nodes: 0,
  }),

  difficulty: ({ options }) => ({
    options: options.length,
    operators: options.reduce((sum, node) => sum + sizeOf(node), 0),
  }),

  reference(response, { answer }) {
    if (typeof answer !== 'string') return false;
    const open = response.lastIndexOf('\\boxed{');
    if (open === -1) return false;
    let depth = 1;
    let end = open + 7;
    for (; end < response.length && depth > 0; end += 1) {
      if (response[end] === '{') depth += 1;
      else if (response[end] === '}') depth -= 1;
    }
    return depth === 0 && lettersOf(response.slice(open + 7, end - 1)) === lettersOf(answer);
  },
});

/** The set of Latin letters of a text, small and in order. */
function lettersOf(text: string): string {
  const lower = text.toLowerCase();
  let seen = 0;
  for (let at = 0; at < lower.length; at += 1) {
    const place = lower.charCodeAt(at) - 97;
    if (place >= 0 && place < 26) seen |= 1 << place;
  }
  let letters = '';
  for (let place = 0; place < 26; place += 1)
    if (((seen >> place) & 1) === 1) letters += String.fromCharCode(97 + place);
  return letters;
}

function labelAt(index: number): string {
  return String.fromCharCode(65 + index);
}

function labelsOf(options: readonly Node[]): string {
  return options.flatMap((node, index) => (valueOf(node) ? [labelAt(index)] : [])).join(',');
}

function valueOf(node: Node): boolean {
  switch (node.kind) {
    case 'constant':
      return node.value;
    case 'fact':
      return node.index % 2 === 0;
    case 'compare':
      return holds(node.left.value, node.relation, node.right.value);
    case 'not':
      return !valueOf(node.of);
    case 'and':
      return node.of.every(valueOf);
    case 'or':
      return node.of.some(valueOf);
  }
}

function holds(left: number, relation: Relation, right: number): boolean {
  switch (relation) {
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '<=':
      return left <= right;
    case '>=':
      return left >= right;
    case '=':
      return left === right;
    case '!=':
      return left !== right;
  }
}

/** An expression of the wanted value: its outermost operator and the values below are drawn to fit. */
function withValue(rng: Rng, params: Params, value: boolean, depth: number): Node {
  if (depth === 0 || (depth < params.depth && rng.below(8) === 0)) return leaf(rng, params, value);
  const dice = rng.below(10);
  if (dice < 3) return { kind: 'not', of: withValue(rng, params, !value, depth - 1) };
  const kind = dice < 7 ? 'and' : 'or';
  const parts = depth > 2 && rng.below(5) < 2 ? 3 : 2;
  const values: boolean[] = [];
  for (let part = 0; part < parts; part += 1) values.push(rng.below(2) === 0);
  // One part decides: a false one of an "and", a true one of an "or"; otherwise all agree.
  if (value === (kind === 'and')) values.fill(value);
  else values[rng.below(parts)] = value;
  const of: Node[] = [];
  for (const wanted of values) of.push(withValue(rng, params, wanted, depth - 1));
  return { kind, of };
}

function leaf(rng: Rng, params: Params, value: boolean): Node {
  const dice = rng.below(20);
  if (dice < 2) return { kind: 'constant', value };
  if (dice < 7) return { kind: 'fact', index: 2 * rng.below(FACTS.length / 2) + (value ? 0 : 1) };
  const left = side(rng, params.terms);
  // Near values make the comparison worth working out.
  const right: Side =
    rng.below(2) === 0 ? side(rng, params.terms) : numberSide(left.value + rng.between(-2, 2));
  const fitting = FITTING[Math.sign(left.value - right.value) + 1]?.[value ? 1 : 0] ?? [];
  return { kind: 'compare', left, relation: rng.pick(fitting), right };
}

/** By the sign of the difference of the sides, from -1, the relations that are false and those that are true. */
const FITTING = [-1, 0, 1].map((sign) =>
  [false, true].map((value) =>
    RELATION_NAMES.filter((relation) => holds(sign, relation, 0) === value),
  ),
);

function numberSide(value: number): Side {
  return { text: String(value), value };
}

function side(rng: Rng, terms: number): Side {
  let text = '';
  let value = 0;
  const count = rng.between(1, terms) + 1;
  for (let at = 0; at < count; at += 1) {
    const a = rng.between(-12, 12);
    const b = rng.between(2, 9);
    const isProduct = rng.below(2) === 0;
    const term = isProduct ? a * b : a;
    const shown = isProduct ? `${a} * ${b}` : String(a);
    if (at === 0) {
      text = shown;
      value = term;
      continue;
    }
    // A negative number after a sign stands in parentheses.
    const safe = a < 0 ? `(${shown})` : shown;
    if (rng.below(2) === 0) {
      text += ` - ${safe}`;
      value -= term;
    } else {
      text += ` + ${safe}`;
      value += term;
    }
  }
  return { text, value: value === 0 ? 0 : value };
}

function print(node: Node, language: Language, isInner: boolean): string {
  switch (node.kind) {
    case 'constant':
      return node.value ? 'True' : 'False';
    case 'fact':
      return `(${FACTS[node.index]?.[language] ?? ''})`;
    case 'compare': {
      const words = RELATIONS[node.relation][language];
      // The wording of a relation follows from the numbers, so that a prompt needs no chance.
      const word = words[Math.abs(node.left.value + node.right.value) % words.length] ?? '';
      return `(${node.left.text} ${word} ${node.right.text})`;
    }
    case 'not':
      return `not ${print(node.of, language, true)}`;
    case 'and':
    case 'or': {
      const text = node.of.map((part) => print(part, language, true)).join(` ${node.kind} `);
      return isInner ? `(${text})` : text;
    }
  }
}

function sizeOf(node: Node): number {
  if (node.kind === 'not') return 1 + sizeOf(node.of);
  return node.kind === 'and' || node.kind === 'or'
    ? node.of.length - 1 + node.of.reduce((sum, part) => sum + sizeOf(part), 0)
    : 0;
}
