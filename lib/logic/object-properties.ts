import { z } from 'zod';
import type { Rng } from '#lib/rng.ts';
import { countOf, publishedBox } from './boxed-answer.ts';
import {
  ATTRIBUTES,
  countFinal,
  type Attribute,
  type Change,
  type Edit,
  type Feature,
  type Item,
} from './collection.ts';
import { finalText, lastBoxed } from './final-text.ts';
import { defineTask, RIGHT, wrong, type Language } from './logic-task.ts';
import { sameInteger } from './object-counting.ts';
import { countWordings, renderWording, type Wordings } from './prompt.ts';
import { readPublished } from './published-collection.ts';
import { isRecord } from './row-fields.ts';
import { THINGS, wordList, type Word } from './things.ts';

const Params = z.strictObject({
  items: z.int().min(3).max(60),
  edits: z.int().min(0).max(16),
  /** Different values of each attribute. */
  values: z.int().min(2).max(10),
  features: z.int().min(1).max(5),
  /** Whether items are swapped for others that are only partly described. */
  hasTrades: z.boolean(),
});
type Params = z.infer<typeof Params>;

interface Puzzle {
  readonly items: readonly Item[];
  /** The name of each item, as a number into the things. */
  readonly names: readonly number[];
  /** The attribute that is told apart from the others, as runs. */
  readonly apart: Attribute;
  readonly edits: readonly Edit[];
  readonly features: readonly Feature[];
}

interface Instance {
  /** Null for rows of a data set. */
  readonly puzzle: Puzzle | null;
  /** Null when the number depends on what is not told. */
  readonly count: number | null;
}

/** Values by attribute; the English word is the value, the Chinese one its translation. */
const VALUES: Readonly<Record<Attribute, readonly Word[]>> = {
  size: wordList(
    'XS/XS号,S/S号,M/M号,L/L号,XL/XL号,XXS/XXS号,XXL/XXL号,XXXS/XXXS号,XXXL/XXXL号,XXXXL/XXXXL号',
  ),
  color: wordList(
    'red/红色,blue/蓝色,green/绿色,yellow/黄色,black/黑色,white/白色,purple/紫色,orange/橙色,brown/棕色,grey/灰色',
  ),
  origin: wordList(
    'Japan/日本,Brazil/巴西,Kenya/肯尼亚,Norway/挪威,India/印度,Peru/秘鲁,Egypt/埃及,Canada/加拿大,Italy/意大利,Poland/波兰',
  ),
  material: wordList(
    'glass/玻璃,wood/木头,steel/钢,stone/石头,leather/皮革,paper/纸,rubber/橡胶,silver/银,clay/陶土,wool/羊毛',
  ),
  smell: wordList(
    'roses/玫瑰,coffee/咖啡,vinegar/醋,mint/薄荷,smoke/烟,honey/蜂蜜,garlic/大蒜,pine/松针,cinnamon/肉桂,petrol/汽油',
  ),
};

const TRANSLATION = new Map(
  ATTRIBUTES.flatMap((attribute) => VALUES[attribute].map(({ en, zh }) => [en, zh] as const)),
);

interface Shown {
  readonly items: string;
  readonly apart: string;
  readonly edits: string;
  readonly features: string;
}

const wordings: Wordings<Shown> = {
  en: [
    ({ items, apart, edits, features }) => `I own a collection. At first it holds these items:
${items}
${apart}
${edits === '' ? '' : `\nThen it changes, one step after the other. Each step concerns the items that are in the collection just before it; what a step does not mention stays as it was, and a copy has all the values of its original except those mentioned:\n${edits}\n`}
How many items of the final collection have at least one of these features: ${features}? Of items got in a swap only what is said is known; all else about them may be anything. Write the number in \\boxed{}, or \\boxed{unknown} when it depends on what is not known.`,
    ({ items, apart, edits, features }) => `A collector starts with
${items}
${apart}
${edits === '' ? '' : `\nSteps, in this order (each looks at the collection as it is at that moment, additions of the same step left out; untold values do not change, and copies equal their originals but for what is told):\n${edits}\n`}
Count the items that in the end have any of the following (one is enough): ${features}. Nothing may be assumed of swapped-in items beyond what is told. Finish with \\boxed{number}; if the number is not settled by the story, with \\boxed{unknown}.`,
    ({ items, apart, edits, features }) => `These items are the start of a collection:
${items}
${apart}
${edits === '' ? '' : `\nThis is done with it, in order. A step works on what is in the collection when the step begins. Values that a step does not name stay; a copy takes over every value of its original that is not named:\n${edits}\n`}
In the end, how many items show one or more of these features: ${features}? An item that came in by a swap has the values that are told, and any values at all for the rest. If that leaves the number open, answer \\boxed{unknown}; otherwise put the number in \\boxed{}.`,
  ],
  zh: [
    ({ items, apart, edits, features }) => `我有一批收藏品。最初有下列物品：
${items}
${apart}
${edits === '' ? '' : `\n之后依次发生下列变化。每一步只涉及该步之前已在收藏中的物品；没有提到的属性保持不变，副本除提到的属性外与原物完全相同：\n${edits}\n`}
最后的收藏中，有多少件物品至少具有下列特征之一：${features}？交换得来的物品除了说明的属性之外，其余属性均不得而知，可以是任何值。请把数字写在 \\boxed{} 中；如果数字取决于未知的属性，请写 \\boxed{unknown}。`,
    ({ items, apart, edits, features }) => `一位收藏者最初拥有：
${items}
${apart}
${edits === '' ? '' : `\n随后的步骤依次如下（每一步针对当时的收藏，不含该步新增的物品；未提及的属性不变，副本除说明之外与原物相同）：\n${edits}\n`}
请数出最后具有以下任一特征（满足一个即可）的物品数量：${features}。交换来的物品除已说明的之外不能作任何假定。最后写 \\boxed{数字}；若由故事无法确定，则写 \\boxed{unknown}。`,
    ({ items, apart, edits, features }) => `一批收藏品一开始有这些物品：
${items}
${apart}
${edits === '' ? '' : `\n之后依次进行下列操作。每一步针对该步开始时收藏中的物品。该步没有提到的属性不变；副本沿用原物的所有未提到的属性：\n${edits}\n`}
最后有多少件物品具有这些特征中的一个或多个：${features}？交换来的物品具有已说明的属性，其余属性可以是任何值。如果因此无法确定数目，请答 \\boxed{unknown}；否则把数字写在 \\boxed{} 中。`,
  ],
};

const EASY = { hasTrades: false } as const;
const HARD = { hasTrades: true } as const;

export const objectProperties = defineTask<Params, Instance, number | 'unknown'>({
  id: 'object-properties',
  version: 1,
  label: 'A changing collection',
  category: 'deduction',
  description: 'How many items have a feature after a collection was edited, swaps included.',
  params: Params,
  levels: [
    { ...EASY, items: 4, edits: 1, values: 3, features: 1 },
    { ...EASY, items: 6, edits: 2, values: 4, features: 2 },
    { ...EASY, items: 8, edits: 2, values: 5, features: 2 },
    { ...HARD, items: 10, edits: 3, values: 6, features: 2 },
    { ...HARD, items: 14, edits: 3, values: 7, features: 3 },
    { ...HARD, items: 18, edits: 4, values: 7, features: 3 },
    { ...HARD, items: 22, edits: 5, values: 7, features: 4 },
    { ...HARD, items: 28, edits: 6, values: 8, features: 4 },
    { ...HARD, items: 36, edits: 8, values: 8, features: 5 },
    { ...HARD, items: 44, edits: 11, values: 10, features: 5 },
  ],
  promise: 'computed',
  templates: countWordings(wordings),

  generate(rng, params) {
    // At most about one in seven has no number; one that does not come out as wanted is drawn anew.
    const isOpen = params.hasTrades && rng.below(8) === 0;
    for (;;) {
      const puzzle = drawPuzzle(rng, params);
      const count = countFinal(puzzle.items, puzzle.edits, puzzle.features);
      if (count !== 0 && (count === null) === isOpen) return { puzzle, count };
    }
  },

  render({ puzzle }, language, template) {
    if (puzzle === null) return '';
    const { edits, features } = puzzle;
    return renderWording(wordings, language, template, {
      items: tellItems(puzzle, language),
      apart: tellApart(puzzle, language),
      edits: edits.map((edit, at) => `${at + 1}. ${tellEdit(edit, language)}`).join('\n'),
      features: features
        .map((feature) => tellFeature(feature, language))
        .join(language === 'en' ? '; ' : '；'),
    });
  },

  toData: ({ puzzle, count }, question) => ({
    question,
    answer: count === null ? 'unknown' : String(count),
    difficulty: 1,
    metadata: { puzzle },
  }),

  fromData(data) {
    const { answer, metadata } = data;
    if (typeof answer !== 'string' && typeof answer !== 'number') return null;
    const puzzle = metadata?.puzzle;
    const stored = String(answer).trim().toLowerCase();
    const count = stored === 'unknown' ? null : countOf(stored);
    if (stored !== 'unknown' && count === null) return null;
    // The puzzle is our own; it is only read back to be shown, never to judge.
    if (isRecord(puzzle)) return { puzzle: puzzle as unknown as Puzzle, count };
    const story = readPublished(data);
    // A census after a swap may settle what the swap left open, so there the stored answer stands.
    if (story === null || story.hasLateCensus) return { puzzle: null, count };
    const anew = countFinal(story.items, story.edits, story.features);
    // Without a number and without "unknown" the question has no right answer.
    return anew === null && !story.allowsUnknown ? null : { puzzle: null, count: anew };
  },

  extract(response) {
    const boxed = lastBoxed(finalText(response));
    if (boxed === null) return null;
    return /^["']?(?:unknown|未知)["']?$/iu.test(boxed.trim()) ? 'unknown' : countOf(boxed);
  },

  check: (candidate, { count }) =>
    candidate === (count ?? 'unknown')
      ? RIGHT
      : wrong(count === null ? 'the number is not settled by the story' : 'the number is another'),

  answer: ({ count }) => `\\boxed{${count ?? 'unknown'}}`,

  solve({ puzzle, count }) {
    const found = puzzle === null ? count : countFinal(puzzle.items, puzzle.edits, puzzle.features);
    return { answer: `\\boxed{${found ?? 'unknown'}}`, nodes: 0 };
  },

  difficulty: ({ puzzle }) => ({
    items: puzzle?.items.length ?? 0,
    edits: puzzle?.edits.length ?? 0,
    swaps: puzzle?.edits.filter(({ kind }) => kind === 'trade').length ?? 0,
  }),

  /** Published golds are numbers; for our own "unknown" the same box is compared as text. */
  reference: (response, data) =>
    data.answer === 'unknown' ? publishedBox(response) === 'unknown' : sameInteger(response, data),
});

function drawPuzzle(rng: Rng, params: Params): Puzzle {
  const value = (attribute: Attribute): string => {
    const all = VALUES[attribute];
    return all[rng.below(Math.min(params.values, all.length))]?.en ?? '';
  };
  const apart = rng.pick(ATTRIBUTES);
  let run = value(apart);
  const items = Array.from({ length: params.items }, (): Item => {
    if (rng.below(3) === 0) run = value(apart);
    const item: Record<Attribute, string> = {
      size: value('size'),
      color: value('color'),
      origin: value('origin'),
      material: value('material'),
      smell: value('smell'),
    };
    item[apart] = run;
    return item;
  });
  const edits = Array.from({ length: params.edits }, () => drawEdit(rng, value, params, items));
  const features = rng
    .shuffle(ATTRIBUTES)
    .slice(0, params.features)
    .map((attribute): Feature => [attribute, value(attribute)]);
  const names = items.map(() => rng.below(THINGS.length));
  return { items, names, apart, edits, features };
}

type Draw = (attribute: Attribute) => string;

function drawEdit(rng: Rng, value: Draw, { hasTrades }: Params, items: readonly Item[]): Edit {
  const dice = rng.below(hasTrades ? 11 : 9);
  // A value that occurs at first, so that most steps do something.
  const existing = (attribute: Attribute): Feature => [attribute, rng.pick(items)[attribute]];
  if (dice === 0) return { kind: 'novel' };
  if (dice === 1) return { kind: 'lose', where: existing(rng.pick(ATTRIBUTES)) };
  const [a, b, c] = rng.shuffle(ATTRIBUTES);
  if (a === undefined || b === undefined || c === undefined) return { kind: 'novel' };
  const change = (...attributes: Attribute[]): Change =>
    Object.fromEntries(attributes.map((attribute) => [attribute, value(attribute)]));
  if (dice === 2) return { kind: 'split', where: existing(a), first: change(a), second: change(b) };
  if (dice < 5) return { kind: 'add', where: existing(a), set: change(b) };
  if (dice === 5) return { kind: 'add', where: existing(a), set: change(...ATTRIBUTES) };
  if (dice < 9)
    return { kind: 'change', where: existing(a), set: dice < 7 ? change(b) : change(b, c) };
  return { kind: 'trade', where: existing(a), set: change(b, c) };
}

function shown(value: string, language: Language): string {
  return language === 'en' ? value : (TRANSLATION.get(value) ?? value);
}

/** An attribute in a row of properties. */
function tellFeature([attribute, value]: Feature, language: Language): string {
  const word = shown(value, language);
  if (language === 'en')
    return {
      size: `of size ${word}`,
      color: `${word} in colour`,
      origin: `from ${word}`,
      material: `made of ${word}`,
      smell: `smelling of ${word}`,
    }[attribute];
  return {
    size: `尺寸为${word}`,
    color: `颜色为${word}`,
    origin: `产自${word}`,
    material: `由${word}制成`,
    smell: `有${word}气味`,
  }[attribute];
}

function tellChange(set: Change, language: Language): string {
  const parts = ATTRIBUTES.flatMap((attribute) => {
    const value = set[attribute];
    return value === undefined ? [] : [tellFeature([attribute, value], language)];
  });
  return parts.join(language === 'en' ? ', ' : '、');
}

function tellItems({ items, names, apart }: Puzzle, language: Language): string {
  return items
    .map((item, at) => {
      const name = THINGS[names[at] ?? 0]?.[language] ?? '';
      const rest = tellChange({ ...item, [apart]: undefined }, language);
      return language === 'en'
        ? `(${at + 1}) one ${name}, ${rest}`
        : `(${at + 1}) ${name}：${rest}`;
    })
    .join('\n');
}

function tellApart({ items, apart }: Puzzle, language: Language): string {
  const runs: [string, number][] = [];
  for (const item of items) {
    const last = runs.at(-1);
    if (last?.[0] === item[apart]) last[1] += 1;
    else runs.push([item[apart], 1]);
  }
  const told = runs.map(([value, count], at) => {
    const feature = tellFeature([apart, value], language);
    if (language === 'en') return `${at === 0 ? 'the first' : 'the next'} ${count}: ${feature}`;
    return `${at === 0 ? '前' : '接下来'}${count}件${feature}`;
  });
  return language === 'en'
    ? `One more property, in the same order: ${told.join('; ')}.`
    : `另有一个属性，按同样的顺序：${told.join('；')}。`;
}

function tellEdit(edit: Edit, language: Language): string {
  if (language === 'zh') {
    if (edit.kind === 'novel')
      return '凡是气味与颜色的组合在最初的收藏中从未出现过的物品，各增加一件完全相同的副本。';
    const who = `所有${tellFeature(edit.where, 'zh')}的物品`;
    if (edit.kind === 'lose') return `${who}都丢失了。`;
    if (edit.kind === 'split')
      return `${who}各被两件副本取代：一件改为${tellChange(edit.first, 'zh')}，另一件改为${tellChange(edit.second, 'zh')}。`;
    const set = tellChange(edit.set, 'zh');
    if (edit.kind === 'add') return `${who}各增加一件副本，但副本${set}；原物保留不变。`;
    if (edit.kind === 'change') return `${who}都变为${set}。`;
    return `${who}被换成同样数量的其他物品，只知道它们${set}。`;
  }
  if (edit.kind === 'novel')
    return 'For each item whose combination of smell and colour occurred in no item of the first collection, an exact copy is added.';
  const who = `item ${tellFeature(edit.where, 'en')}`;
  if (edit.kind === 'lose') return `Every ${who} is lost.`;
  if (edit.kind === 'split')
    return `Every ${who} is replaced by two copies: one becomes ${tellChange(edit.first, 'en')}, the other becomes ${tellChange(edit.second, 'en')}.`;
  const set = tellChange(edit.set, 'en');
  if (edit.kind === 'add')
    return `For every ${who}, a copy is added that is ${set}; the original stays.`;
  if (edit.kind === 'change') return `Every ${who} becomes ${set}.`;
  return `Every ${who} is swapped for another item, of which only this is known: ${set}.`;
}
