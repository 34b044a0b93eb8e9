import { z } from 'zod';
import type { Rng } from '#lib/rng.ts';
import {
  BRACKETS,
  closerOf,
  firstErrorOf,
  isOpening,
  pickKinds,
  randomPrefix,
} from './brackets.ts';
import { findFinalNumber } from './final-number.ts';
import { finalText } from './final-text.ts';
import { defineTask, RIGHT, wrong } from './logic-task.ts';
import { countWordings, renderWording, type Wordings } from './prompt.ts';
import { pyInt, pyStrip } from './python-text.ts';
import { textField } from './row-fields.ts';

const Params = z.strictObject({
  kinds: z.int().min(1).max(4),
  length: z.int().min(4).max(400),
});
type Params = z.infer<typeof Params>;

interface Instance {
  readonly sequence: string;
}

const wordings: Wordings<Instance> = {
  en: [
    ({
      sequence,
    }) => `Read this sequence of ${sequence.length} brackets from left to right and find the first place where it goes wrong. Positions are counted from 1.
${sequence}
- A closing bracket is wrong when nothing is open or when the bracket opened last (and still open) is of another kind.
- If no closing bracket is wrong but some brackets stay open at the end, the answer is ${sequence.length + 1}, the length plus one.
- If everything is matched, the answer is -1.
Put the number alone on the last line.`,
    ({
      sequence,
    }) => `You check brackets for a parser. Input (${sequence.length} characters): ${sequence}
Report the 1-based position of the first closing bracket that does not fit the innermost open bracket (or that has nothing to close). Report ${sequence.length + 1} if the only fault is that brackets are left open at the end, and -1 if the input is balanced.
Finish with just that number.`,
    ({ sequence }) => `Here are ${sequence.length} brackets: ${sequence}
Go through them with a stack. An opening bracket goes onto it. A closing bracket must be of the same kind as the bracket on top, which it takes away; it is an error if the kinds differ or the stack is empty.
What is the position of the first error, the first bracket having position 1? Without such an error, answer ${sequence.length + 1} when the stack is not empty after the last bracket, and -1 when it is.
Write the number by itself as the last line.`,
  ],
  zh: [
    ({
      sequence,
    }) => `从左到右检查下面由 ${sequence.length} 个括号组成的序列，找出第一处出错的位置，位置从 1 开始数。
${sequence}
- 右括号出现时，如果没有尚未闭合的左括号，或者最近打开且尚未闭合的左括号与它不是同一种，则该位置出错。
- 如果所有右括号都没有错，但末尾仍有未闭合的括号，答案是 ${sequence.length + 1}，即长度加一。
- 如果全部匹配，答案是 -1。
请在最后一行单独写出这个数字。`,
    ({ sequence }) => `你在为解析器检查括号。输入（${sequence.length} 个字符）：${sequence}
请给出第一个与最内层未闭合括号不匹配（或根本没有可闭合对象）的右括号的位置，从 1 开始计数。若唯一的问题是末尾有括号没有闭合，请给出 ${sequence.length + 1}；若输入完全配对，请给出 -1。
最后只写这个数字。`,
    ({ sequence }) => `这里有 ${sequence.length} 个括号：${sequence}
请用栈逐个处理。左括号入栈；右括号必须与栈顶的括号同类，并把它取走；种类不同或栈为空就是错误。
第一个错误在第几个位置（第一个括号的位置是 1）？如果没有这样的错误，处理完最后一个括号后栈不为空则答 ${sequence.length + 1}，栈为空则答 -1。
请在最后一行单独写出这个数字。`,
  ],
};

export const dyckLanguageErrors = defineTask<Params, Instance, number>({
  id: 'dyck-language-errors',
  version: 1,
  label: 'First bracket error',
  category: 'sequence',
  description: 'The first position at which a sequence of brackets goes wrong.',
  params: Params,
  levels: [
    { kinds: 2, length: 8 },
    { kinds: 3, length: 10 },
    { kinds: 3, length: 15 },
    { kinds: 4, length: 20 },
    { kinds: 4, length: 30 },
    { kinds: 4, length: 40 },
    { kinds: 4, length: 55 },
    { kinds: 4, length: 80 },
    { kinds: 4, length: 120 },
    { kinds: 4, length: 200 },
  ],
  promise: 'computed',
  templates: countWordings(wordings),

  generate(rng, params) {
    const kinds = pickKinds(rng, params.kinds);
    const dice = rng.below(20);
    // One in ten is balanced and one in ten left open; the rest goes wrong at a place drawn evenly.
    if (dice < 2)
      return { sequence: randomPrefix(rng, params.length - (params.length % 2), 0, kinds) };
    if (dice < 4) {
      const depth = params.length % 2 === 0 ? 2 : 1;
      return { sequence: randomPrefix(rng, params.length, depth, kinds) };
    }
    return { sequence: withErrorAt(rng, rng.between(1, params.length), params.length, kinds) };
  },

  render: (instance, language, template) => renderWording(wordings, language, template, instance),

  toData: ({ sequence }, question) => {
    const position = firstErrorOf(sequence);
    return {
      question,
      answer: String(position),
      difficulty: 1,
      metadata: {
        bracket_string: sequence,
        first_error_pos: position === -1 ? null : position,
        is_valid: position === -1,
        n_types: new Set(Array.from(sequence).map((bracket) => BRACKETS.indexOf(bracket) >> 1))
          .size,
        total_length: sequence.length,
      },
    };
  },

  fromData(data) {
    const sequence = textField(data, 'bracket_string');
    return sequence === null ? null : { sequence };
  },

  extract(response) {
    const text = finalText(response);
    const number = findFinalNumber(text);
    if (number !== null) return number;
    return /balanced|valid|well[- ]formed|no errors?|合法|完全匹配|没有错误/iu.test(
      text.slice(-200),
    ) && !/invalid|unbalanced|not (?:valid|balanced)|不合法/iu.test(text.slice(-200))
      ? -1
      : null;
  },

  check(candidate, { sequence }) {
    return candidate === firstErrorOf(sequence) ? RIGHT : wrong('this is not the first error');
  },

  answer: ({ sequence }) => String(firstErrorOf(sequence)),
  solve: ({ sequence }) => ({ answer: String(firstErrorOf(sequence)), nodes: 0 }),
  difficulty: ({ sequence }) => ({ length: sequence.length, position: firstErrorOf(sequence) }),

  reference(response, { metadata }) {
    const isValid = metadata?.is_valid;
    const lower = response.toLowerCase();
    const claims = ['合法', 'valid', 'correct'].some((word) => lower.includes(word));
    const text = pyStrip(claims ? '-1' : response);
    const gold = isTruthy(isValid) ? '-1' : String(metadata?.first_error_pos);
    if (gold === '-1') return text === '-1';
    const value = pyInt(text);
    return value !== null && value === pyInt(gold);
  },
});

function isTruthy(value: unknown): boolean {
  return value === true || (typeof value === 'number' && value !== 0);
}

/** Right up to the place before, a closing bracket that does not fit at it, then more of the same kind. */
function withErrorAt(rng: Rng, position: number, length: number, kinds: string): string {
  const before = position - 1;
  const isSingle = kinds.length === 2;
  // With one kind only an empty stack can be closed wrongly.
  const most = isSingle ? 0 : Math.min(before, 4);
  let depth = most === 0 ? 0 : rng.between(0, most);
  let size = before;
  if ((size - depth) % 2 !== 0) {
    if (depth > 0) depth -= 1;
    else if (!isSingle && size > 0) depth = 1;
    else size = Math.max(0, size - 1);
  }
  let text = randomPrefix(rng, size, depth, kinds);
  const open: string[] = [];
  for (const bracket of text) {
    if (isOpening(bracket)) open.push(bracket);
    else open.pop();
  }
  const right = open.length === 0 ? '' : closerOf(open.pop() ?? '');
  const closers = Array.from(kinds).filter((bracket) => !isOpening(bracket) && bracket !== right);
  text += rng.pick(closers);
  while (text.length < length) {
    if (open.length === 0 || rng.below(2) === 0) {
      const bracket = kinds.charAt(2 * rng.below(kinds.length / 2));
      open.push(bracket);
      text += bracket;
    } else text += closerOf(open.pop() ?? '(');
  }
  return text;
}
