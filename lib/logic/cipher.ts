import { z } from 'zod';
import { CIPHER_FAMILIES, type CipherFamily, type CipherKey } from './cipher-families.ts';
import { finalText } from './final-text.ts';
import { findLastLiteral, itemsOf } from './find-literal.ts';
import { defineTask, RIGHT, wrong } from './logic-task.ts';
import { countWordings, renderWording, type Wordings } from './prompt.ts';
import { PySequence, pyEquals, readLiteral, type PyValue } from './python-literal.ts';
import { pyStrip } from './python-text.ts';

const Params = z.strictObject({
  length: z.int().min(3).max(60),
  /** Ciphers applied one after the other. */
  stages: z.int().min(1).max(3),
});
type Params = z.infer<typeof Params>;

interface Stage {
  readonly family: string;
  readonly key: CipherKey;
}

interface Instance {
  /** Empty for rows of a data set, which hold the answer alone. */
  readonly stages: readonly Stage[];
  readonly isDecoding: boolean;
  readonly given: string;
  readonly answer: string;
}

interface Shown {
  readonly rules: string;
  readonly given: string;
  readonly isDecoding: boolean;
}

const wordings: Wordings<Shown> = {
  en: [
    ({ rules, given, isDecoding }) => `A cipher for texts of the letters A to Z encodes as follows.
${rules}

${isDecoding ? 'Decode this encoded text (undo the steps in reverse order)' : 'Encode this plain text'}: ${given}
Give the result in capital letters as a quoted string in double square brackets inside a python code block:
\`\`\`python
[['RESULT']]
\`\`\``,
    ({
      rules,
      given,
      isDecoding,
    }) => `Rules of encryption (alphabet A-Z, no blanks or padding are added):
${rules}

${isDecoding ? `The ciphertext is ${given}. What was the plaintext?` : `The plaintext is ${given}. What is the ciphertext?`}
Finish with a python block that holds only [['YOUR TEXT']], in capitals.`,
    ({
      rules,
      given,
      isDecoding,
    }) => `Two people write to each other in capital letters, A to Z, with this cipher:
${rules}

${isDecoding ? `One of them received ${given}. Take the steps back, the last one first, and tell what was written` : `One of them wants to send ${given}. Take all steps in their order and tell what is sent`}. Nothing is added to the text and nothing left out.
The answer stands in capitals, quoted, in double brackets, in a code block:
\`\`\`python
[['RESULT']]
\`\`\``,
  ],
  zh: [
    ({ rules, given, isDecoding }) => `一种用于 A 到 Z 字母文本的密码按如下方式加密。
${rules}

${isDecoding ? '请解密下面的密文（按相反的顺序撤销各步）' : '请加密下面的明文'}：${given}
请把结果以大写字母写成带引号的字符串，放在 python 代码块的双方括号中：
\`\`\`python
[['RESULT']]
\`\`\``,
    ({ rules, given, isDecoding }) => `加密规则（字母表 A-Z，不添加空格或填充字符）：
${rules}

${isDecoding ? `密文是 ${given}。明文是什么？` : `明文是 ${given}。密文是什么？`}
请以一个只含 [['你的文本']] 的 python 代码块结束，字母大写。`,
    ({ rules, given, isDecoding }) => `两个人用下面的密码通信，只用大写字母 A 到 Z：
${rules}

${isDecoding ? `其中一人收到 ${given}。请从最后一步开始逐步撤销，说出原文` : `其中一人想发送 ${given}。请按顺序执行所有步骤，说出发出的密文`}。文本中不添加也不遗漏任何字符。
答案用大写字母、带引号、放在双方括号里，写在代码块中：
\`\`\`python
[['RESULT']]
\`\`\``,
  ],
};

export const cipher = defineTask<Params, Instance, string>({
  id: 'cipher',
  version: 1,
  label: 'Cipher',
  category: 'code',
  description: 'A short text is encoded or decoded by a cipher that is given in full.',
  params: Params,
  levels: [
    { length: 5, stages: 1 },
    { length: 7, stages: 1 },
    { length: 10, stages: 1 },
    { length: 14, stages: 1 },
    { length: 20, stages: 1 },
    { length: 10, stages: 2 },
    { length: 15, stages: 2 },
    { length: 20, stages: 2 },
    { length: 20, stages: 3 },
    { length: 30, stages: 3 },
  ],
  promise: 'computed',
  templates: countWordings(wordings),

  generate(rng, { length, stages: count }) {
    const stages = Array.from({ length: count }, (_, index): Stage => {
      // A square without J can only come first: later stages see all letters.
      const family = rng.pick(
        CIPHER_FAMILIES.filter(({ isWithoutJ }) => index === 0 || !isWithoutJ),
      );
      return { family: family.name, key: family.key(rng) };
    });
    const letters = 'ABCDEFGHIKLMNOPQRSTUVWXYZ';
    const plain = Array.from({ length }, () => letters.charAt(rng.below(25))).join('');
    const coded = stages.reduce(
      (text, { family, key }) => familyOf(family).encode(text, key),
      plain,
    );
    const isDecoding = rng.below(2) === 0;
    return {
      stages,
      isDecoding,
      given: isDecoding ? coded : plain,
      answer: isDecoding ? plain : coded,
    };
  },

  render({ stages, given, isDecoding }, language, template) {
    const texts = stages.map(({ family, key }) => familyOf(family).describe(key, language));
    const rules =
      texts.length === 1
        ? (texts[0] ?? '')
        : texts
            .map(
              (text, at) =>
                `${language === 'en' ? 'Step' : '第'} ${at + 1}${language === 'en' ? '' : ' 步'}: ${text}`,
            )
            .join('\n');
    return renderWording(wordings, language, template, { rules, given, isDecoding });
  },

  toData: ({ stages, given, isDecoding, answer }, question) => ({
    question,
    answer: `[[${answer}]]`,
    difficulty: 1,
    metadata: { stages, given, is_decoding: isDecoding },
  }),

  fromData({ answer, metadata }) {
    if (typeof answer !== 'string' || !answer.startsWith('[[') || !answer.endsWith(']]'))
      return null;
    return {
      stages: (Array.isArray(metadata?.stages) ? metadata.stages : []) as readonly Stage[],
      isDecoding: metadata?.is_decoding === true,
      given: typeof metadata?.given === 'string' ? metadata.given : '',
      answer: answer.slice(2, -2),
    };
  },

  extract: (response) =>
    findLastLiteral(finalText(response), toText, { isJsonAllowed: false, isBareAllowed: false }),

  check: (candidate, { answer }) =>
    candidate.trim().toUpperCase() === answer.trim().toUpperCase()
      ? RIGHT
      : wrong('this is another text'),

  answer: ({ answer }) => `\`\`\`python\n[['${answer}']]\n\`\`\``,

  solve({ stages, isDecoding, given, answer }) {
    if (stages.length === 0) return { answer: `\`\`\`python\n[['${answer}']]\n\`\`\``, nodes: 0 };
    const found = isDecoding
      ? stages.reduceRight((text, { family, key }) => familyOf(family).decode(text, key), given)
      : stages.reduce((text, { family, key }) => familyOf(family).encode(text, key), given);
    return { answer: `\`\`\`python\n[['${found}']]\n\`\`\``, nodes: 0 };
  },

  difficulty: ({ given, stages }) => ({ length: given.length, stages: stages.length }),

  reference(response, { answer }) {
    if (typeof answer !== 'string') return false;
    const fence = response.lastIndexOf('```python');
    const block = fence === -1 ? response : response.slice(fence + 9);
    const end = block.indexOf('```');
    const value = readLiteral(pyStrip(end === -1 ? block : block.slice(0, end)));
    const gold = new PySequence('list', [new PySequence('list', [answer.slice(2, -2)])]);
    return value !== undefined && pyEquals(value, gold);
  },
});

function familyOf(name: string): CipherFamily {
  const family = CIPHER_FAMILIES.find((entry) => entry.name === name);
  if (family === undefined) throw new RangeError(`There is no cipher called ${name}.`);
  return family;
}

/** `[['TEXT']]`: one text within two lists, as it is asked for. */
function toText(value: PyValue): string | null {
  const outer = itemsOf(value);
  const inner = outer?.length === 1 ? itemsOf(outer[0]) : null;
  const [text] = inner ?? [];
  return inner?.length === 1 && typeof text === 'string' ? text : null;
}
