import { z } from 'zod';
import { finalText, lastBoxed } from './final-text.ts';
import { defineTask, RIGHT, wrong, type Language } from './logic-task.ts';
import { countWordings, renderWording, type Wordings } from './prompt.ts';
import { isSameWithoutBlanks } from './python-text.ts';
import { textsOf } from './row-fields.ts';
import { PLAIN_WORDS } from './words/plain-words.ts';

const Params = z.strictObject({
  front: z.int().min(1).max(8),
  words: z.int().min(2).max(60),
});
type Params = z.infer<typeof Params>;

interface Instance {
  readonly words: readonly string[];
  /** Letters that come before all others, in this order. */
  readonly front: readonly string[];
  readonly isDescending: boolean;
}

const ALPHABET: readonly string[] = 'a b c d e f g h i j k l m n o p q r s t u v w x y z'.split(
  ' ',
);

const ENDING: Readonly<Record<Language, (instance: Instance) => string>> = {
  en: (instance) => (instance.isDescending ? 'descending' : 'ascending'),
  zh: (instance) => (instance.isDescending ? '降序' : '升序'),
};

const wordings: Wordings<Instance> = {
  en: [
    (
      instance,
    ) => `In a changed alphabet ${instance.front.join(', ')} come first, in this order; the other letters follow in their usual order. Sort these words by it in ${ENDING.en(instance)} order: ${instance.words.join(', ')}.
Words are compared letter by letter; a word that is the beginning of another counts as the smaller one. Answer with \\boxed{word1, word2, …}, every word exactly once, parted by commas.`,
    (
      instance,
    ) => `Take the alphabet a to z and move these letters to its front, keeping the order given here: ${instance.front.join(', ')}. Nothing else moves. Put the list below into ${ENDING.en(instance)} dictionary order of this alphabet. When one word begins another, the shorter one is smaller.
${instance.words.join(', ')}
Give the whole sorted list, parted by commas, in \\boxed{}.`,
    (instance) => `Words: ${instance.words.join(', ')}
Sort all of them, ${ENDING.en(instance)}, under an alphabet that begins with ${instance.front.join(', ')} (in this order) and goes on with the remaining letters from a to z. A proper prefix is smaller than the longer word. The answer is a comma-separated list in \\boxed{}.`,
  ],
  zh: [
    (
      instance,
    ) => `在一个改动过的字母表中，${instance.front.join('、')} 按此顺序排在最前，其余字母保持原来的顺序。请按这个字母表把下列单词${ENDING.zh(instance)}排列：${instance.words.join(', ')}。
单词逐个字母比较；若一个单词是另一个的开头部分，则较短者较小。请用 \\boxed{word1, word2, …} 作答，每个单词恰好出现一次，用逗号分隔。`,
    (
      instance,
    ) => `把 a 到 z 的字母表中的 ${instance.front.join('、')} 依次移到最前面，其他字母不动。请按新字母表的词典顺序，把下列单词按${ENDING.zh(instance)}排好。一个单词若是另一个单词的前缀，则前缀较小。
${instance.words.join(', ')}
请把完整的排序结果用逗号隔开，写在 \\boxed{} 中。`,
    (instance) => `单词：${instance.words.join(', ')}
请用这样的字母表给它们全部排序：先依次是 ${instance.front.join('、')}，然后是从 a 到 z 的其余字母。顺序为${ENDING.zh(instance)}。若一个单词是另一个的真前缀，则它较小。答案是 \\boxed{} 中用逗号分隔的列表，每个单词恰好一次。`,
  ],
};

export const wordSorting = defineTask<Params, Instance, string[]>({
  id: 'word-sorting',
  version: 1,
  label: 'Word sorting',
  category: 'language',
  description: 'Words are sorted under an alphabet whose first letters have changed.',
  params: Params,
  levels: [
    { front: 1, words: 4 },
    { front: 2, words: 5 },
    { front: 2, words: 7 },
    { front: 3, words: 10 },
    { front: 3, words: 12 },
    { front: 4, words: 15 },
    { front: 4, words: 20 },
    { front: 5, words: 25 },
    { front: 6, words: 32 },
    { front: 8, words: 40 },
  ],
  promise: 'computed',
  templates: countWordings(wordings),

  generate(rng, params) {
    const front = rng.shuffle(ALPHABET).slice(0, params.front);
    const words = new Set<string>();
    while (words.size < params.words) words.add(rng.pick(PLAIN_WORDS));
    return { words: [...words], front, isDescending: rng.below(2) === 1 };
  },

  render: (instance, language, template) => renderWording(wordings, language, template, instance),

  toData: (instance, question) => ({
    question,
    answer: sortWords(instance).join(', '),
    difficulty: 1,
    metadata: {
      words: instance.words,
      sorted_words: sortWords({ ...instance, isDescending: false }),
      front_letters: instance.front.join(','),
      order: instance.isDescending ? -1 : 1,
    },
  }),

  fromData({ metadata }) {
    const words = textsOf(metadata?.words);
    const front = metadata?.front_letters;
    const order = metadata?.order;
    if (words === null || typeof front !== 'string' || (order !== 1 && order !== -1)) return null;
    return { words, front: front.match(/[a-z]/gu) ?? [], isDescending: order === -1 };
  },

  extract(response, instance) {
    const text = finalText(response);
    const box = lastBoxed(text);
    if (box !== null) return splitWords(box);
    const line = text.slice(-20_000).trim().split('\n').at(-1) ?? '';
    const words = splitWords(line.replace(/^[^:：]{0,60}[:：]/u, ''));
    return words.length === instance.words.length && words.length > 1 ? words : null;
  },

  check(words, instance) {
    const sorted = sortWords(instance);
    if (words.length !== sorted.length)
      return wrong(`${sorted.length} words are wanted, not ${words.length}`);
    const at = sorted.findIndex(
      (word, index) => word !== words[index] && word.toLowerCase() !== words[index]?.toLowerCase(),
    );
    return at === -1
      ? RIGHT
      : wrong(`place ${at + 1} must not be "${(words[at] ?? '').slice(0, 40)}"`);
  },

  answer: (instance) => `\\boxed{${sortWords(instance).join(', ')}}`,
  solve: (instance) => ({ answer: `\\boxed{${sortWords(instance).join(', ')}}`, nodes: 0 }),
  difficulty: (instance) => ({ words: instance.words.length, front: instance.front.length }),

  reference(response, { answer }) {
    const at = response.lastIndexOf('\\boxed{');
    const end = at === -1 ? -1 : response.indexOf('}', at);
    if (end === -1 || typeof answer !== 'string') return false;
    return isSameWithoutBlanks(response.slice(at + 7, end), answer);
  },
});

function splitWords(text: string): string[] {
  return text
    .slice(0, 20_000)
    .split(/[,，、;；<>\s]+/u)
    .map((word) => (/^[a-z]+$/iu.test(word) ? word : word.replace(/["'`*_.。[\]()]/gu, '')))
    .filter((word) => word !== '');
}

/** Letters are mapped to their rank, so that the usual order of texts does the rest: a prefix comes first. */
function sortWords({ words, front, isDescending }: Instance): string[] {
  /** By place in the alphabet. */
  const ranks: string[] = [];
  let rank = 65;
  for (const letter of new Set([...front, ...ALPHABET])) {
    ranks[letter.charCodeAt(0) - 97] = String.fromCharCode(rank);
    rank += 1;
  }
  const keyed = words.map((word) => {
    const lower = word.toLowerCase();
    let key = '';
    for (let at = 0; at < lower.length; at += 1)
      key += ranks[lower.charCodeAt(at) - 97] ?? lower.charAt(at);
    return { word, key };
  });
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  if (isDescending) keyed.reverse();
  return keyed.map(({ word }) => word);
}
