import { z } from 'zod';
import type { Rng } from '#lib/rng.ts';
import { BRACKETS, closerOf, isOpening, pickKinds, randomPrefix } from './brackets.ts';
import { findFinalNumbers } from './final-number.ts';
import { finalText, lastBoxed } from './final-text.ts';
import { defineTask, RIGHT, wrong, type Language } from './logic-task.ts';
import { countWordings, renderWording, type Wordings } from './prompt.ts';
import { pyStrip } from './python-text.ts';
import { numbersOf, textField, textsOf } from './row-fields.ts';

const Params = z.strictObject({
  kinds: z.int().min(1).max(4),
  length: z.int().min(4).max(200),
  errors: z.int().min(1).max(20),
  /** Whether a wrong stack is worked on with for a step or two before the true one is back. */
  hasAftermath: z.boolean(),
});
type Params = z.infer<typeof Params>;

interface Instance {
  readonly sequence: string;
  /** The stack that each thought claims, one a bracket. */
  readonly stacks: readonly string[];
  /** What the last thought claims of the end. */
  readonly claimsEmpty: boolean;
  readonly errors: readonly number[];
}

interface Shown {
  readonly sequence: string;
  readonly thoughts: string;
}

const wordings: Wordings<Shown> = {
  en: [
    ({
      sequence,
      thoughts,
    }) => `Somebody followed the brackets ${sequence} with a stack, one bracket a thought. After each bracket the thought writes down the stack, bottom to top. Some thoughts are wrong.

${thoughts}

A thought is wrong exactly when the stack it claims differs from the true stack at that point, worked out from the brackets themselves and not from the claims of earlier thoughts. The last thought is wrong when its claim about the end does not hold.
List the numbers of all wrong thoughts, separated by commas, alone on the last line, for example 7,12.`,
    ({ sequence, thoughts }) => `Input of a bracket checker: ${sequence}
Its log (the stack after each character, the top at the right):

${thoughts}

Compare every entry with the real stack after that character; an earlier wrong entry does not excuse a later one, nor make it wrong. Also check the final remark. Which thoughts do not agree with reality?
Finish with their numbers joined by commas, such as 4,9.`,
    ({
      sequence,
      thoughts,
    }) => `A student was given ${sequence} and noted after every bracket what is open at that moment, the innermost bracket at the right end:

${thoughts}

Mark the notes. A note is wrong if and only if what it says differs from what the brackets read so far really leave open; whether the notes before it were right plays no part. The closing remark is marked like the rest.
On a last line of its own give the numbers of the wrong thoughts with commas between them, in the manner of 7,12.`,
  ],
  zh: [
    ({
      sequence,
      thoughts,
    }) => `有人用栈逐个处理括号序列 ${sequence}，每个思考处理一个括号，并写出此时的栈（从栈底到栈顶）。其中有些思考是错的。

${thoughts}

当且仅当一个思考写出的栈与此处真实的栈不同时，它才是错的；真实的栈由括号本身得出，与前面思考的说法无关。最后一个思考对结尾的说法若不成立，也算错。
请在最后一行单独写出所有错误思考的编号，用逗号分隔，例如 7,12。`,
    ({ sequence, thoughts }) => `括号检查器的输入：${sequence}
它的记录（每个字符之后的栈，右端为栈顶）：

${thoughts}

请把每一条与该字符之后真实的栈比较：前面的错误既不能为后面的记录开脱，也不会使它变错。同时检查最后的结论。哪些思考与事实不符？
请以这些编号结尾，用逗号连接，例如 4,9。`,
    ({
      sequence,
      thoughts,
    }) => `一名学生拿到 ${sequence}，在每个括号之后记下当时尚未闭合的括号，最内层的在最右端：

${thoughts}

请批改这些记录。当且仅当一条记录所写与到此为止的括号实际留下的未闭合括号不同，它才是错的；前面的记录对不对与此无关。最后的结论同样批改。
请在单独的最后一行给出错误思考的编号，用逗号分隔，形如 7,12。`,
  ],
};

export const dyckLanguageReasoningErrors = defineTask<Params, Instance, readonly number[]>({
  id: 'dyck-language-reasoning-errors',
  version: 1,
  label: 'Errors in bracket reasoning',
  category: 'sequence',
  description: 'Thoughts that follow a bracket sequence with a stack are compared with the truth.',
  params: Params,
  levels: [
    { kinds: 2, length: 6, errors: 1, hasAftermath: false },
    { kinds: 2, length: 10, errors: 1, hasAftermath: false },
    { kinds: 3, length: 10, errors: 1, hasAftermath: false },
    { kinds: 3, length: 14, errors: 2, hasAftermath: false },
    { kinds: 3, length: 16, errors: 3, hasAftermath: false },
    { kinds: 4, length: 20, errors: 3, hasAftermath: true },
    { kinds: 4, length: 26, errors: 4, hasAftermath: true },
    { kinds: 4, length: 36, errors: 5, hasAftermath: true },
    { kinds: 4, length: 50, errors: 6, hasAftermath: true },
    { kinds: 4, length: 80, errors: 8, hasAftermath: true },
  ],
  promise: 'computed',
  templates: countWordings(wordings),

  generate(rng, { kinds, length, errors, hasAftermath }) {
    const chosen = pickKinds(rng, kinds);
    const sequence = randomPrefix(rng, length - (length % 2), 0, chosen);
    const truth = trueStacks(sequence);
    const stacks = [...truth];
    const places = rng.shuffle(Array.from(sequence, (_, at) => at)).slice(0, errors);
    for (const at of places) {
      let stack = corrupted(rng, truth[at] ?? '', sequence.charAt(at), chosen);
      stacks[at] = stack;
      const steps = hasAftermath ? rng.below(3) : 0;
      for (let next = at + 1; next <= at + steps && next < sequence.length; next += 1) {
        stack = step(stack, sequence.charAt(next));
        stacks[next] = stack;
      }
    }
    const claimsEmpty = rng.below(6) !== 0;
    return { sequence, stacks, claimsEmpty, errors: wrongThoughts(sequence, stacks, claimsEmpty) };
  },

  render(instance, language, template) {
    const thoughts = thoughtsOf(instance, language).join('\n');
    return renderWording(wordings, language, template, { sequence: instance.sequence, thoughts });
  },

  toData: (instance, question) => ({
    question,
    answer: instance.errors.join(','),
    difficulty: 1,
    metadata: {
      dyck_sequence: instance.sequence,
      thoughts: thoughtsOf(instance, /\p{Script=Han}/u.test(question) ? 'zh' : 'en'),
      error_indices: instance.errors,
      n_types: new Set(
        Array.from(instance.sequence).map((bracket) => BRACKETS.indexOf(bracket) >> 1),
      ).size,
      total_length: instance.sequence.length,
      n_errors: instance.errors.length,
    },
  }),

  fromData(data) {
    const errors = numbersOf(data.metadata?.error_indices);
    if (errors === null) return null;
    const thoughts = textsOf(data.metadata?.thoughts) ?? [];
    return {
      sequence: textField(data, 'dyck_sequence') ?? '',
      stacks: thoughts.slice(2, -1).map((thought) => {
        const claim = thought.slice(
          Math.max(thought.lastIndexOf(':'), thought.lastIndexOf('：')) + 1,
        );
        return claim.replace(/[^()[\]{}<>]+/gu, '');
      }),
      claimsEmpty: !/not empty|不为?空|不是空/u.test(thoughts.at(-1) ?? ''),
      errors,
    };
  },

  extract(response) {
    const text = finalText(response);
    const numbers = findFinalNumbers(text);
    if (numbers !== null) return numbers;
    return /\bnone\b|no (?:errors?|mistakes?|wrong)|all correct|无错误|没有错误|无问题/iu.test(
      lastBoxed(text) ?? text.slice(-200),
    )
      ? []
      : null;
  },

  check(candidate, { errors }) {
    const found = new Set(candidate);
    const missing = errors.filter((error) => !found.has(error));
    const extra = [...found].filter((number) => !errors.includes(number));
    if (missing.length > 0) return wrong(`${missing.length} wrong thoughts are not listed`);
    return extra.length > 0 ? wrong(`${extra.length} listed thoughts are right`) : RIGHT;
  },

  answer: ({ errors }) => errors.join(','),

  solve: ({ sequence, stacks, claimsEmpty }) => ({
    answer: wrongThoughts(sequence, stacks, claimsEmpty).join(','),
    nodes: 0,
  }),

  difficulty: ({ sequence, errors }) => ({ length: sequence.length, errors: errors.length }),

  reference(response, { metadata }) {
    const errors = numbersOf(metadata?.error_indices);
    if (errors === null) return false;
    if (['不确定', '不知道'].some((word) => response.includes(word))) return false;
    if (response.toLowerCase().includes('unclear')) return false;
    const claims = NONE.includes(response.toLowerCase()) || pyStrip(response) === '';
    const found = claims ? new Set<number>() : publishedNumbers(response, new Set(errors));
    return found?.size === new Set(errors).size;
  },
});

/** The numbers between commas, whatever else stands among their digits; null when one of them is none of `wanted`. */
function publishedNumbers(text: string, wanted: ReadonlySet<number>): Set<number> | null {
  const found = new Set<number>();
  let number = -1;
  for (let at = 0; at <= text.length; at += 1) {
    const code = at < text.length ? text.charCodeAt(at) : 44;
    if (code >= 48 && code <= 57) number = Math.max(number, 0) * 10 + code - 48;
    else if ((code === 44 || code === 0xff0c) && number !== -1) {
      if (!wanted.has(number)) return null;
      found.add(number);
      number = -1;
    }
  }
  return found;
}

/** What the published verifier takes for "there are none", as the whole answer. */
const NONE = ['无问题', 'no', '无错误', 'no error', 'no errors', 'no mistakes', 'all correct'];

function thoughtsOf({ sequence, stacks, claimsEmpty }: Instance, language: Language): string[] {
  const isEnglish = language === 'en';
  const empty = isEnglish ? 'empty' : '空';
  const stackWord = isEnglish ? 'stack' : '栈';
  const intro = isEnglish
    ? 'Let us go through the input bracket by bracket and keep track of the stack.'
    : '我们逐个处理输入，并记录栈的状态。';
  const end = isEnglish
    ? `The end is reached. The stack is ${claimsEmpty ? 'empty' : 'not empty'}.`
    : `已经到达结尾。此时栈${claimsEmpty ? '是空的' : '不为空'}。`;
  const steps = stacks.map(
    (stack, at) => `${sequence.charAt(at)} ; ${stackWord}: ${stack === '' ? empty : stack}`,
  );
  return [intro, `${stackWord}: ${empty}`, ...steps, end].map(
    (text, at) => `${isEnglish ? 'Thought' : '思考'} ${at + 1}: ${text}`,
  );
}

function trueStacks(sequence: string): string[] {
  const stacks: string[] = [];
  let stack = '';
  for (const bracket of sequence) {
    stack = step(stack, bracket);
    stacks.push(stack);
  }
  return stacks;
}

function step(stack: string, bracket: string): string {
  return isOpening(bracket) ? stack + bracket : stack.slice(0, -1);
}

/** Thoughts count from 1; the first two speak of the beginning. */
function wrongThoughts(
  sequence: string,
  stacks: readonly string[],
  claimsEmpty: boolean,
): number[] {
  const truth = trueStacks(sequence);
  const wrongOnes = stacks.flatMap((stack, at) => (stack === truth[at] ? [] : [at + 3]));
  const isEmpty = (truth.at(-1) ?? '') === '';
  return claimsEmpty === isEmpty ? wrongOnes : [...wrongOnes, stacks.length + 3];
}

/** A slip of a kind that is easily made: not popped, popped twice, wrong bracket pushed, an entry changed. */
function corrupted(rng: Rng, truth: string, bracket: string, kinds: string): string {
  const openings = Array.from(kinds).filter(isOpening);
  const others = openings.filter((other) => other !== bracket && closerOf(other) !== bracket);
  const choices = isOpening(bracket)
    ? [truth.slice(0, -1), truth + closerOf(bracket), truth + bracket]
    : [truth.slice(0, -1), truth + rng.pick(openings), truth + bracket];
  if (others.length > 0 && truth !== '') choices.push(truth.slice(0, -1) + rng.pick(others));
  return rng.pick(choices.filter((stack) => stack !== truth));
}
