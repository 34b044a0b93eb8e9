import type { Attribute, Edit, Feature, Item } from './collection.ts';
import type { LogicRow } from './logic-task.ts';
import { isRecord, textField } from './row-fields.ts';

interface Story {
  readonly items: readonly Item[];
  readonly edits: readonly Edit[];
  readonly features: readonly Feature[];
  /** Whether the materials are counted after a trade, which may tell more than the trade itself. */
  readonly hasLateCensus: boolean;
  /** Whether "unknown" is an answer that the question allows. */
  readonly allowsUnknown: boolean;
}

type Reader = readonly [pattern: RegExp, toEdit: (groups: readonly string[]) => Edit];

/** The sentences of the published stories whose wording is known; a story with any other is not worked out anew. */
const READERS: readonly Reader[] = [
  [
    /^for each item of size ([\w-]+) in my collection, .* made of (?:her|his|their) favorite material (.+?) and with a smell of (.+?) \(/u,
    ([s = '', m = '', g = '']) => ({
      kind: 'change',
      where: ['size', s],
      set: { material: m, smell: g },
    }),
  ],
  [
    /replaced any item of size ([\w-]+) in my new collection with an exact copy but with size ([\w-]+) and another exact copy but with color ([\w-]+)/u,
    ([s = '', t = '', c = '']) => ({
      kind: 'split',
      where: ['size', s],
      first: { size: t },
      second: { color: c },
    }),
  ],
  [
    /^for any item made of (.+?) in my new collection, .* changed their color to ([\w-]+) and changed their smell to (.+?)\./u,
    ([m = '', c = '', g = '']) => ({
      kind: 'change',
      where: ['material', m],
      set: { color: c, smell: g },
    }),
  ],
  [
    /^for any item of color ([\w-]+) in my new collection, .* gave me another one of the same item, but with color ([\w-]+), ([\w-]+) origin, ([\w-]+) size, (.+?) smell, and made of (.+?)\./u,
    ([w = '', color = '', origin = '', size = '', smell = '', material = '']) => ({
      kind: 'add',
      where: ['color', w],
      set: { color, origin, size, smell, material },
    }),
  ],
  [/compared my new collection with my initial collection/u, () => ({ kind: 'novel' })],
  [/^I lost all of the ([\w-]+) items/u, ([s = '']) => ({ kind: 'lose', where: ['size', s] })],
  [
    /picked all ([\w-]+) items? and changed (?:its|their) material to (.+?)\./u,
    ([c = '', m = '']) => ({ kind: 'change', where: ['color', c], set: { material: m } }),
  ],
  [
    /traded me all items of ([\w-]+) origin for the same number of items with ([\w-]+) size and (.+?) material/u,
    ([o = '', size = '', material = '']) => ({
      kind: 'trade',
      where: ['origin', o],
      set: { size, material },
    }),
  ],
  [
    /^for every item with (.+?) smell, I decided to add a twin item but with ([\w-]+) color instead/u,
    ([g = '', color = '']) => ({ kind: 'add', where: ['smell', g], set: { color } }),
  ],
  [
    /spilled paint on all my ([\w-]+) items, changing their colors to ([\w-]+)/u,
    ([s = '', color = '']) => ({ kind: 'change', where: ['size', s], set: { color } }),
  ],
  [
    /用两个副本替换了我新收藏中所有尺寸为([^，]+?)的物品，一个副本尺寸变为([^，]+)，另一个副本颜色变为([^，。]+)。/u,
    ([s = '', t = '', c = '']) => ({
      kind: 'split',
      where: ['size', s],
      first: { size: t },
      second: { color: c },
    }),
  ],
  [
    /对于我新收藏中所有由(.+?)制成的物品，.*?将它们的颜色改为([^，]+)，气味改为([^，。]+)。/u,
    ([m = '', c = '', g = '']) => ({
      kind: 'change',
      where: ['material', m],
      set: { color: c, smell: g },
    }),
  ],
  [
    /对于我新收藏中所有颜色为([^，]+?)的物品，.*?同样物品的另一个版本，但颜色是([^，]+)，产地是([^，]+)，尺寸是([^，]+)，气味是([^，]+)，材质是([^，。]+)。/u,
    ([w = '', color = '', origin = '', size = '', smell = '', material = '']) => ({
      kind: 'add',
      where: ['color', w],
      set: { color, origin, size, smell, material },
    }),
  ],
  [/比较了我的新收藏和初始收藏/u, () => ({ kind: 'novel' })],
  [
    /我丢失了收藏中所有尺寸为([^，。]+?)的物品/u,
    ([s = '']) => ({ kind: 'lose', where: ['size', s] }),
  ],
  [
    /挑选了所有([^，]+?)颜色的物品，并将它们的材质改为([^，。]+)。/u,
    ([c = '', m = '']) => ({ kind: 'change', where: ['color', c], set: { material: m } }),
  ],
  [
    /用同等数量的尺寸为([^，、]+)、材质为([^，]+?)的物品，交换了我收藏中所有([^，。]+?)产地的物品/u,
    ([size = '', material = '', o = '']) => ({
      kind: 'trade',
      where: ['origin', o],
      set: { size, material },
    }),
  ],
  [
    /对于每一个气味为([^，]+?)的物品，我决定添加一个副本物品，但颜色改为([^，。]+)。/u,
    ([g = '', color = '']) => ({ kind: 'add', where: ['smell', g], set: { color } }),
  ],
  [
    /在所有尺寸为([^，。]+?)的物品上洒了颜料，将它们的颜色变成了([^，。]+)。/u,
    ([s = '', color = '']) => ({ kind: 'change', where: ['size', s], set: { color } }),
  ],
];
const FIELDS: Readonly<Record<Attribute, string>> = {
  size: 'sizes',
  color: 'colors',
  origin: 'countries',
  material: 'materials',
  smell: 'smells',
};

const NAMES: Readonly<Record<string, Attribute>> = {
  size: 'size',
  color: 'color',
  origin: 'origin',
  material: 'material',
  smell: 'smell',
  尺寸: 'size',
  颜色: 'color',
  产地: 'origin',
  材质: 'material',
  气味: 'smell',
};

/** A published story as items, edits and the features asked for; null when any sentence is not understood. */
export function readPublished(data: LogicRow): Story | null {
  const story = textField(data, 'story');
  const question = textField(data, 'question');
  const first = data.metadata?.initial_collection;
  if (story === null || question === null || !Array.isArray(first) || story.length > 50_000)
    return null;
  const items = first.map(toItem);
  const [, ...sentences] = story.split(/Then, |然后，/u);
  const edits = sentences.map(toEdit);
  const features = featuresOf(question);
  if (!items.every((item) => item !== null) || !edits.every((edit) => edit !== null)) return null;
  if (features === null) return null;
  const trade = edits.findIndex(({ kind }) => kind === 'trade');
  const hasLateCensus =
    trade !== -1 &&
    sentences
      .slice(trade)
      .some((text) => /After this, my collection had|在此之后，我的收藏有/u.test(text));
  return { items, edits, features, hasLateCensus, allowsUnknown: question.includes('unknown') };
}

function toItem(value: unknown): Item | null {
  if (!isRecord(value)) return null;
  const read = (attribute: Attribute) => {
    const text = value[FIELDS[attribute]];
    return typeof text === 'string' ? text : '';
  };
  return {
    size: read('size'),
    color: read('color'),
    origin: read('origin'),
    material: read('material'),
    smell: read('smell'),
  };
}

function toEdit(sentence: string): Edit | null {
  for (const [pattern, make] of READERS) {
    const match = pattern.exec(sentence);
    if (match !== null) return make(match.slice(1));
  }
  return null;
}

function featuresOf(question: string): Feature[] | null {
  const english = /attributes: (?:either )?(.+?)\?/u.exec(question)?.[1];
  const chinese = /以下属性：(.+?)？/u.exec(question)?.[1];
  const parts = english?.split(' or ') ?? chinese?.split('或') ?? [];
  const features: Feature[] = [];
  for (const part of parts) {
    const [, name = '', value = ''] =
      /^(\w+) is (.+)$/u.exec(part) ?? /^(..)是(.+)$/u.exec(part) ?? [];
    const attribute = NAMES[name];
    if (attribute === undefined) return null;
    features.push([attribute, value]);
  }
  return features.length === 0 ? null : features;
}
