import { z } from 'zod';
import type { Rng } from '#lib/rng.ts';
import { finalText, lastBoxed } from './final-text.ts';
import { lazySpans } from './lazy-spans.ts';
import { defineTask, RIGHT, wrong, type Language } from './logic-task.ts';
import { countWordings, renderWording, type Wordings } from './prompt.ts';
import { pyInt, pyStrip } from './python-text.ts';
import { PLAIN_WORDS } from './words/plain-words.ts';

const Params = z.strictObject({
  words: z.int().min(3).max(60),
  /** Share of instances with a mistake, from 0 to 1. */
  mistakes: z.number().min(0).max(1),
});
type Params = z.infer<typeof Params>;

/** Words whose order among themselves is not known yet stand together in one group. */
type Groups = readonly (readonly string[])[];

/** Odd thoughts look at letters, even ones part the words by them. */
type Thought =
  | {
      readonly kind: 'letters';
      /** Counted from 1. */
      readonly place: number;
      readonly letters: readonly {
        readonly word: string;
        /** Empty where the word has ended. */
        readonly letter: string;
        readonly rank: number;
      }[];
    }
  | { readonly kind: 'groups'; readonly groups: Groups };

interface Instance {
  readonly words: readonly string[];
  readonly thoughts: readonly Thought[];
  /** The number of the first wrong thought, from 1; null when all are right. */
  readonly answer: number | null;
}

interface Shown {
  readonly words: string;
  readonly thoughts: string;
}

const MAX_TRIES = 100;
const FIRST_STEPS = 10;

const wordings: Wordings<Shown> = {
  en: [
    ({
      words,
      thoughts,
    }) => `Somebody sorts these words alphabetically (a to z, a word that begins another one comes first): ${words}

${thoughts}

The thoughts come in turns: one looks at the letters at one place of the words whose order is open, with their positions in the alphabet (a = 1 … z = 26); the next writes down all words in the order known so far, where "<" parts words in order and [a ? b] holds words whose order is still open, in the order of the list above. Is there a mistake? A thought is wrong if it misreads a word, a letter or a position, or does not follow from the thought before; what merely follows from an earlier mistake is not the first one.
Give the number of the first wrong thought in \\boxed{}, or \\boxed{No} if every thought is right.`,
    ({
      words,
      thoughts,
    }) => `Check this sorting of words into dictionary order. When one word is the beginning of another, the shorter one comes first. The list: ${words}

${thoughts}

Notation: (n) after a letter is its place in the alphabet, counted from a = 1; a < b says that a comes before b; [a ? b] collects words that are not parted yet, listed as they stand in the given list; every thought in this notation names all words once.
Find the first thought that contains an error: a wrong letter, a wrong position, a word lost, repeated or put into a wrong place or group. Answer \\boxed{n} with its number, or \\boxed{No} when there is none.`,
    ({
      words,
      thoughts,
    }) => `Words to be put into alphabetical order (a first, z last; of a word and a longer one that begins with it the shorter goes first): ${words}

Somebody's notes on it:

${thoughts}

Notes of the first kind read off, for words not yet in order, the letter at one place and its number in the alphabet (a is 1, z is 26). Notes of the second kind give the order found so far and name each word once: "<" stands between words in order, and [a ? b] holds words that may still go either way, as the given list has them.
Find the first note with a fault of its own, that is one which reads a word, a letter or a number wrongly or does not follow from the note before it. Write its number in \\boxed{}; write \\boxed{No} if no note has one.`,
  ],
  zh: [
    ({
      words,
      thoughts,
    }) => `有人要把下列单词按字母顺序排列（从 a 到 z；若一个单词是另一个的开头，则较短者在前）：${words}

${thoughts}

思考步骤交替进行：一步查看顺序未定的单词在某一位置上的字母，以及该字母在字母表中的序号（a = 1 … z = 26）；下一步写出到目前为止已知的全部单词的顺序，其中“<”表示先后，[a ? b] 表示顺序仍未确定的单词，组内按原列表的顺序书写。其中有错误吗？看错单词、字母或序号，或者不是由上一步得出的，都算错误；只是沿用前面错误的步骤不算第一个错误。
请在 \\boxed{} 中写出第一个错误思考的编号；如果全部正确，请写 \\boxed{No}。`,
    ({
      words,
      thoughts,
    }) => `请检查下面按词典顺序给单词排序的过程。若一个单词是另一个单词的前缀，则前缀排在前面。单词列表：${words}

${thoughts}

记号：字母后的 (n) 是它在字母表中的位置，从 a = 1 数起；a < b 表示 a 在 b 之前；[a ? b] 收集还没有分开的单词，组内顺序与列表一致；每次用这种记号时，所有单词都恰好写一次。
找出第一个有错的思考：字母错、序号错，或单词遗漏、重复、放错位置或分组。请用 \\boxed{编号} 作答；没有错误则写 \\boxed{No}。`,
    ({
      words,
      thoughts,
    }) => `需要按字母顺序排列的单词（a 最前，z 最后；一个单词若是另一个更长单词的开头，则较短者在前）：${words}

某人的笔记：

${thoughts}

第一类笔记读出尚未排好的单词在某一位置上的字母，以及它在字母表中的序号（a 为 1，z 为 26）。第二类笔记给出目前得到的顺序，每个单词恰好写一次：“<”表示先后，[a ? b] 里是先后未定的单词，按原列表的顺序书写。
请找出第一条自身有错的笔记，即看错了单词、字母或序号，或不能由前一条得出的笔记。把它的编号写在 \\boxed{} 中；如果都没有错，写 \\boxed{No}。`,
  ],
};

export const wordSortingMistake = defineTask<Params, Instance, number | 'no'>({
  id: 'word-sorting-mistake',
  version: 1,
  label: 'Mistakes in word sorting',
  category: 'language',
  description: 'The first wrong step of a written sorting of words is to be named.',
  params: Params,
  levels: [4, 5, 7, 10, 13, 16, 20, 24, 30, 40].map((words) => ({ words, mistakes: 0.85 })),
  promise: 'computed',
  templates: countWordings(wordings),

  generate(rng, params) {
    const words = drawWords(rng, params.words);
    if (rng.float() >= params.mistakes) return { words, thoughts: trace(words), answer: null };
    const first = trace(words, null, FIRST_STEPS);
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const at = rng.below(first.length);
      const thought = first[at];
      const changed = thought === undefined ? null : spoil(rng, thought, words);
      if (changed === null || isSame(changed, thought)) continue;
      return { words, thoughts: trace(words, { at, changed }), answer: at + 1 };
    }
    return { words, thoughts: trace(words), answer: null };
  },

  render: (instance, language, template) =>
    renderWording(wordings, language, template, {
      words: instance.words.join(' '),
      thoughts: tell(instance, language),
    }),

  toData(instance, question) {
    const language: Language = /\p{Script=Han}/u.test(question) ? 'zh' : 'en';
    return {
      question,
      answer: instance.answer,
      difficulty: 1,
      metadata: {
        is_mistake: instance.answer !== null,
        thoughts: tell(instance, language),
        words: instance.words,
        steps: instance.thoughts,
        answer: instance.answer,
      },
    };
  },

  fromData({ answer, metadata }) {
    if (answer === null && metadata?.is_mistake !== false) return null;
    if (answer !== null && typeof answer !== 'number') return null;
    return { words: [], thoughts: [], answer };
  },

  extract(response) {
    const box = lastBoxed(finalText(response));
    if (box === null) return null;
    const text = box.slice(0, 200).trim();
    if (/^(?:no(?: mistakes?| errors?)?|none|无|没有|没有错误)$/iu.test(text)) return 'no';
    const [, digits] =
      /^(?:the |第)?(?:thought|step|思考|步骤|步)?\s?(?:no\.|number|#)?\s?(\d{1,6})\s?(?:步|个思考)?$/iu.exec(
        text,
      ) ?? [];
    return digits === undefined ? null : Number(digits);
  },

  check(candidate, { answer }) {
    if (candidate === (answer ?? 'no')) return RIGHT;
    return wrong(
      answer === null ? 'every thought is right' : `the first mistake is not in ${candidate}`,
    );
  },

  answer: ({ answer }) => `\\boxed{${answer ?? 'No'}}`,

  solve({ words, thoughts, answer }) {
    const found = words.length === 0 ? answer : firstMistake(words, thoughts);
    return { answer: `\\boxed{${found ?? 'No'}}`, nodes: 0 };
  },

  difficulty: ({ words, thoughts, answer }) => ({
    words: words.length,
    thoughts: thoughts.length,
    depth: answer ?? thoughts.length,
  }),

  reference(response, { answer }) {
    const box = lazySpans(response, '\\boxed{', '}', true).at(-1)?.text;
    if (box === undefined) return false;
    if (typeof answer === 'number' && pyInt(box) === BigInt(Math.trunc(answer))) return true;
    const gold =
      typeof answer === 'string' ? answer : answer === null ? 'No' : JSON.stringify(answer);
    return pyStrip(box).toLowerCase() === gold.toLowerCase();
  },
});

/** Half of the words share their beginnings with others, so that later letters matter. */
function drawWords(rng: Rng, count: number): string[] {
  const words = new Set<string>();
  while (words.size < count) {
    const at = rng.below(PLAIN_WORDS.length);
    words.add(PLAIN_WORDS[at] ?? '');
    // The list is in order: neighbours begin alike.
    const next = PLAIN_WORDS[at + rng.between(1, 3)];
    if (words.size < count && next !== undefined && rng.below(3) === 0) words.add(next);
  }
  return rng.shuffle([...words]);
}

interface Spoiling {
  /** The thought that is replaced, from 0. */
  readonly at: number;
  readonly changed: Thought;
}

/** Sorts by the first letter, then each open group by its next letter; what follows a changed thought builds on it. */
function trace(
  words: readonly string[],
  spoiling: Spoiling | null = null,
  most = Number.POSITIVE_INFINITY,
): Thought[] {
  const thoughts: Thought[] = [];
  const write = (thought: Thought): Thought => {
    const written = spoiling?.at === thoughts.length ? spoiling.changed : thought;
    thoughts.push(written);
    return written;
  };
  let groups: Groups = [words];
  let depths: number[] = [0];
  // A changed thought may put a word twice into one group; its letters run out some time.
  let at = 0;
  for (let round = 0; round < 400 && thoughts.length < most; round += 1) {
    while (at < groups.length && ((groups[at]?.length ?? 0) < 2 || (depths[at] ?? 0) >= 12))
      at += 1;
    const group = groups[at];
    if (group === undefined) break;
    const depth = depths[at] ?? 0;
    const looked = write({
      kind: 'letters',
      place: depth + 1,
      letters: group.map((word) => letterOf(word, depth)),
    });
    const parts = looked.kind === 'letters' ? part(looked.letters) : [group];
    const next = groups.toSpliced(at, 1, ...parts);
    const shown = write({ kind: 'groups', groups: next });
    if (shown.kind === 'groups' && shown.groups !== next) {
      const known = new Map(groups.map((old, index) => [old, depths[index] ?? 0]));
      depths = shown.groups.map((item) => known.get(item) ?? depth + 1);
      groups = shown.groups;
      at = 0;
    } else {
      depths.splice(at, 1, ...parts.map(() => depth + 1));
      groups = next;
    }
  }
  return thoughts;
}

function letterOf(word: string, depth: number): { word: string; letter: string; rank: number } {
  const letter = word.charAt(depth);
  return { word, letter, rank: letter === '' ? 0 : letter.charCodeAt(0) - 96 };
}

/** Words with the same position in one group, groups in rising order of it. */
function part(letters: readonly { readonly word: string; readonly rank: number }[]): string[][] {
  const groups: string[][] = [];
  const ranks: number[] = [];
  for (const { word, rank } of letters) {
    let at = ranks.length;
    while (at > 0 && (ranks[at - 1] ?? 0) > rank) at -= 1;
    if (at > 0 && ranks[at - 1] === rank) groups[at - 1]?.push(word);
    else {
      ranks.splice(at, 0, rank);
      groups.splice(at, 0, [word]);
    }
  }
  return groups;
}

function spoil(rng: Rng, thought: Thought, words: readonly string[]): Thought | null {
  return thought.kind === 'letters' ? spoilLetters(rng, thought) : spoilGroups(rng, thought, words);
}

/** A letter misread, a position mistaken, or a word left out. */
function spoilLetters(rng: Rng, thought: Thought & { kind: 'letters' }): Thought | null {
  const at = rng.below(thought.letters.length);
  const entry = thought.letters[at];
  if (entry === undefined) return null;
  const kind = rng.below(5);
  if (kind === 0 && thought.letters.length > 2)
    return { ...thought, letters: thought.letters.filter((_, index) => index !== at) };
  if (entry.letter === '') return null;
  const rank = entry.rank + (rng.below(2) === 0 ? 1 : -1) * rng.between(1, kind < 3 ? 4 : 2);
  if (rank < 1 || rank > 26) return null;
  const letter = kind < 3 ? String.fromCharCode(96 + rank) : entry.letter;
  return {
    ...thought,
    letters: thought.letters.map((old, index) => (index === at ? { ...old, letter, rank } : old)),
  };
}

/** Neighbouring groups swapped or merged, a word repeated elsewhere, or a word lost. */
function spoilGroups(
  rng: Rng,
  { groups }: Thought & { kind: 'groups' },
  words: readonly string[],
): Thought | null {
  if (groups.length < 2) return null;
  const at = rng.below(groups.length - 1);
  const [first = [], second = []] = [groups[at], groups[at + 1]];
  const changed = [...groups];
  const kind = rng.below(4);
  if (kind === 0) changed.splice(at, 2, second, first);
  else if (kind === 1) {
    const both = new Set([...first, ...second]);
    changed.splice(
      at,
      2,
      words.filter((word) => both.has(word)),
    );
  } else if (kind === 2) {
    const to = rng.below(groups.length + 1);
    if (to === at || to === at + 1) return null;
    changed.splice(to, 0, [...first]);
  } else {
    const lost = rng.pick(first);
    changed.splice(at, 1, ...(first.length === 1 ? [] : [first.filter((word) => word !== lost)]));
  }
  return { kind: 'groups', groups: changed };
}

/** Sorts without a mistake and names the first thought that differs, from 1. */
function firstMistake(words: readonly string[], thoughts: readonly Thought[]): number | null {
  const right = trace(words);
  const at = thoughts.findIndex((thought, index) => !isSame(thought, right[index]));
  if (at !== -1) return at + 1;
  return thoughts.length < right.length ? thoughts.length + 1 : null;
}

function isSame(a: Thought, b: Thought | undefined): boolean {
  if (a.kind === 'letters')
    return (
      b?.kind === 'letters' &&
      a.place === b.place &&
      a.letters.length === b.letters.length &&
      a.letters.every((entry, at) => {
        const other = b.letters[at];
        return (
          entry.word === other?.word && entry.letter === other.letter && entry.rank === other.rank
        );
      })
    );
  return (
    b?.kind === 'groups' &&
    a.groups.length === b.groups.length &&
    a.groups.every((group, at) => {
      const other = b.groups[at] ?? [];
      return group.length === other.length && group.every((word, index) => word === other[index]);
    })
  );
}

function tell({ thoughts }: Instance, language: Language): string {
  return thoughts
    .map((thought, at) => {
      const head = language === 'en' ? `Thought ${at + 1}: ` : `思考 ${at + 1}：`;
      return (
        head +
        (thought.kind === 'letters'
          ? tellLetters(thought, language)
          : tellGroups(thought.groups, language))
      );
    })
    .join('\n');
}

function tellLetters(
  { place, letters }: Thought & { kind: 'letters' },
  language: Language,
): string {
  const end = language === 'en' ? 'at its end (0)' : '已结束 (0)';
  const entries = letters.map(
    ({ word, letter, rank }) => `"${word}": ${letter === '' ? end : `"${letter}" (${rank})`}`,
  );
  return language === 'en'
    ? `I look at letter ${place}. ${entries.join('; ')}.`
    : `看第 ${place} 个字母。${entries.join('；')}。`;
}

function tellGroups(groups: Groups, language: Language): string {
  const text = groups
    .map((group) =>
      group.length === 1
        ? `"${group[0] ?? ''}"`
        : `[${group.map((word) => `"${word}"`).join(' ? ')}]`,
    )
    .join(' < ');
  return language === 'en' ? `So far: ${text}.` : `目前：${text}。`;
}
