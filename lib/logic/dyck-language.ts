import { z } from 'zod';
import { completionOf, pickKinds, randomPrefix } from './brackets.ts';
import { finalText } from './final-text.ts';
import { defineTask, RIGHT, wrong } from './logic-task.ts';
import { countWordings, renderWording, type Wordings } from './prompt.ts';
import { pyWithoutBlanks } from './python-text.ts';
import { numberField, textField } from './row-fields.ts';

const Params = z.strictObject({
  kinds: z.int().min(1).max(4),
  /** Brackets that are shown. */
  shown: z.int().min(1).max(400),
  /** Brackets that are missing at the end. */
  missing: z.int().min(1).max(100),
});
type Params = z.infer<typeof Params>;

interface Instance {
  readonly prefix: string;
  readonly full: string;
  readonly kinds: number;
}

const wordings: Wordings<Instance> = {
  en: [
    ({
      prefix,
      full,
    }) => `The following brackets are the beginning of a correctly nested sequence of ${full.length} brackets. Only closing brackets are missing, all of them at the end.
${prefix}
Every bracket must be closed by one of its own kind, the innermost first. Write out the whole sequence, the given part included, without any blanks, as the last line of your answer.`,
    ({
      prefix,
      full,
    }) => `Complete this string of brackets so that everything that was opened is closed again in the right order (last opened, first closed, each kind by its own partner). You may only append closing brackets; the result has exactly ${full.length} characters.

Given: ${prefix}

End your answer with the complete string, from its first character to its last.`,
    ({ prefix, full }) => `Dyck word, cut off: ${prefix}
The full word has ${full.length} characters, is balanced, and what is missing consists of closing brackets only. A closing bracket always closes the most recently opened bracket that is still open and must be of the same kind. What is the full word? Give the given part together with your completion on one line.`,
  ],
  zh: [
    ({
      prefix,
      full,
    }) => `下面是一个正确嵌套的括号序列的开头，整个序列共 ${full.length} 个括号，缺少的只有末尾的右括号。
${prefix}
每个左括号都要由同类的右括号闭合，最里层的先闭合。请在回答的最后一行写出完整序列（包括已给出的部分），中间不要有空格。`,
    ({
      prefix,
      full,
    }) => `请补全这串括号，使所有打开的括号按正确顺序闭合（后打开的先闭合，每种括号只能与自己的另一半配对）。只能在末尾添加右括号，补全后恰好 ${full.length} 个字符。

已知：${prefix}

请以完整的括号串（从第一个字符到最后一个字符）结束回答。`,
    ({ prefix, full }) => `一个被截断的括号序列：${prefix}
完整的序列有 ${full.length} 个字符，完全配对，缺少的部分只含右括号。右括号总是闭合最近一个尚未闭合的左括号，而且种类必须相同。完整的序列是什么？请把已给部分和补全部分写在同一行。`,
  ],
};

export const dyckLanguage = defineTask<Params, Instance, string>({
  id: 'dyck-language',
  version: 1,
  label: 'Bracket completion',
  category: 'sequence',
  description: 'A prefix of a balanced bracket sequence is completed; the completion is forced.',
  params: Params,
  levels: [
    { kinds: 2, shown: 8, missing: 2 },
    { kinds: 2, shown: 11, missing: 3 },
    { kinds: 3, shown: 15, missing: 3 },
    { kinds: 4, shown: 16, missing: 4 },
    { kinds: 4, shown: 25, missing: 5 },
    { kinds: 4, shown: 34, missing: 8 },
    { kinds: 4, shown: 50, missing: 10 },
    { kinds: 4, shown: 75, missing: 15 },
    { kinds: 4, shown: 110, missing: 20 },
    { kinds: 4, shown: 180, missing: 30 },
  ],
  promise: 'unique',
  templates: countWordings(wordings),

  generate(rng, { kinds, shown, missing }) {
    const length = (shown - missing) % 2 === 0 ? shown : shown + 1;
    const prefix = randomPrefix(rng, length, missing, pickKinds(rng, kinds));
    return { prefix, full: prefix + (completionOf(prefix) ?? ''), kinds };
  },

  render: (instance, language, template) => renderWording(wordings, language, template, instance),

  toData: ({ prefix, full, kinds }, question) => ({
    question,
    answer: full,
    difficulty: 1,
    metadata: {
      full_sequence: full,
      question_sequence: prefix,
      n_types: kinds,
      total_length: full.length,
      fill_length: full.length - prefix.length,
    },
  }),

  fromData(data) {
    const full = textField(data, 'full_sequence');
    if (full === null) return null;
    const fill = numberField(data, 'fill_length') ?? 0;
    const prefix =
      textField(data, 'question_sequence') ?? full.slice(0, Math.max(0, full.length - fill));
    return { prefix, full, kinds: numberField(data, 'n_types') ?? 4 };
  },

  extract: (response, { prefix, full }) => lastRun(finalText(response), prefix, full.length),

  check: (candidate, { full }) =>
    candidate === full ? RIGHT : wrong('this is not the completed sequence'),

  answer: ({ full }) => full,

  solve({ prefix }) {
    const rest = completionOf(prefix);
    return { answer: rest === null ? null : prefix + rest, nodes: 0 };
  },

  // A prefix that is right so far can be closed in one way only.
  countSolutions: ({ prefix }) => (completionOf(prefix) === null ? 0 : 1),

  difficulty: ({ prefix, full }) => ({ length: full.length, missing: full.length - prefix.length }),

  reference(response, data) {
    const full = textField(data, 'full_sequence');
    if (full === null) return false;
    if (response === '') return full === '';
    if (leastLeft(response) > full.length + 2) return false;
    let text = pyWithoutBlanks(response);
    for (const escape of ['\\n', '\\t', '\\r']) text = text.replaceAll(escape, '');
    text = text.replaceAll('\\\\', '\\');
    const quote = text.charAt(0);
    if (text.length >= 2 && (quote === '"' || quote === "'") && text.endsWith(quote))
      text = text.slice(1, -1);
    return text === full;
  },
});

/**
 * How many characters there are at least once blanks and escapes are taken out: an escape takes a backslash with a
 * letter or makes one of two. Long texts need not be rewritten to be refused.
 */
function leastLeft(text: string): number {
  let others = 0;
  let backslashes = 0;
  let letters = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 92) backslashes += 1;
    else if (code === 110 || code === 114 || code === 116) letters += 1;
    else if (code > 32 && code < 127) others += 1;
  }
  return others + Math.max(letters - backslashes, (backslashes - letters) >> 1);
}

const RUN = /[()[\]{}<>\\][()[\]{}<>\\ \t]*/gu;

const COMMANDS = /\\boxed(?:\s{0,3}\{\s{0,3}\\(?:text|mathrm|texttt|mathtt))?$/u;

/** The last run of brackets that could be the whole sequence; else the longest one. Blanks inside do not count. */
function lastRun(text: string, prefix: string, length: number): string | null {
  let last: string | null = null;
  let longest: string | null = null;
  const tail = text.slice(-200_000).replace(/<\|\w{1,40}\|>/gu, ' ');
  for (const { 0: raw, index } of tail.matchAll(RUN)) {
    let run = raw.replace(/[\s\\]/gu, '');
    // The braces of a box, and of commands in it, are none of the sequence.
    const commands = COMMANDS.exec(tail.slice(Math.max(0, index - 60), index))?.[0] ?? '';
    if (commands !== '' && run.startsWith('{')) {
      run = run.slice(1);
      for (let open = commands.split('\\').length - 1; open > 0 && run.endsWith('}'); open -= 1)
        run = run.slice(0, -1);
    }
    if (run === '') continue;
    if (longest === null || run.length >= longest.length) longest = run;
    // Half the length tells it from a remark about single brackets; the question may be repeated.
    if (run.length * 2 > length && run !== prefix) last = run;
  }
  return last ?? longest;
}
