import { z } from 'zod';
import type { Rng } from '#lib/rng.ts';
import { finalText } from './final-text.ts';
import { findLastLiteral, itemsOf } from './find-literal.ts';
import { GOODS_WORDS } from './goods-words.ts';
import { lazySpans } from './lazy-spans.ts';
import { defineTask, RIGHT, wrong, type Check, type Language } from './logic-task.ts';
import { countWordings, renderWording, type Wordings } from './prompt.ts';
import { PyDict, PySequence, readLiteral, type PyValue } from './python-literal.ts';
import { pyStrip } from './python-text.ts';
import { textField, trimmed } from './row-fields.ts';

const Params = z.strictObject({
  people: z.int().min(3).max(40),
  steps: z.int().min(1).max(200),
  /** Whether three-way exchanges and steps under a condition occur. */
  isRich: z.boolean(),
});
type Params = z.infer<typeof Params>;

/** People and goods by their numbers; what a step does depends on who holds what at its time. */
type Step =
  | { readonly kind: 'swap-people'; readonly a: number; readonly b: number }
  | { readonly kind: 'swap-goods'; readonly x: number; readonly y: number }
  | { readonly kind: 'person-goods'; readonly a: number; readonly x: number }
  | { readonly kind: 'cycle'; readonly a: number; readonly b: number; readonly c: number }
  | {
      readonly kind: 'if-holds';
      readonly a: number;
      readonly x: number;
      readonly b: number;
      readonly c: number;
    }
  | { readonly kind: 'refused'; readonly a: number; readonly b: number }
  | { readonly kind: 'likes'; readonly a: number; readonly x: number }
  | { readonly kind: 'searched'; readonly a: number; readonly x: number };

interface Instance {
  /** Each person's name and each thing's name, as a number into the word lists. */
  readonly people: readonly number[];
  readonly goods: readonly (readonly [number, number])[];
  readonly steps: readonly Step[];
  /** Person and thing at the end, in words; rows of a data set hold no more than this. */
  readonly owns: Readonly<Record<Language, readonly (readonly [string, string])[]>>;
}

interface Shown {
  readonly owners: string;
  readonly steps: string;
  readonly count: number;
}

const wordings: Wordings<Shown> = {
  en: [
    ({ owners, steps, count }) => `${count} people own one thing each:
${owners}

Then the following happens, in this order:
${steps}

A step that only tells of a wish, a refusal or a vain search changes nothing. A step that begins with "If" takes place only when its condition holds at that moment. Who owns what at the end? Answer with a Python tuple of (person, thing) pairs, one for every person, in a python code block:
\`\`\`python
(('Ann','red book'),('Ben','blue cup'))
\`\`\``,
    ({ owners, steps, count }) => `Keep track of ${count} things and their owners. At the beginning:
${owners}

Events, one after the other:
${steps}

Everybody always holds exactly one thing. Exchanges hand over what the people hold at that moment; conditions are checked at that moment; refusals, likings and fruitless searches have no effect.
Give the final state as a tuple of pairs inside a python block, for instance
\`\`\`python
(('Ann','red book'),('Ben','blue cup'))
\`\`\``,
    ({
      owners,
      steps,
      count,
    }) => `${count} things have changed hands several times. Who had what before:
${owners}

What happened, step by step:
${steps}

Note: in a swap each person gives what is in their hands at that time. A conditional step ("If …") counts only if its condition is true at that time. Wishes, refusals and searches without success leave everything in place.
State for every person what they have in the end, as one Python tuple of pairs in a code block:
\`\`\`python
(('Ann','red book'),('Ben','blue cup'))
\`\`\``,
  ],
  zh: [
    ({ owners, steps, count }) => `${count} 个人每人有一件物品：
${owners}

随后依次发生下列事情：
${steps}

只表示愿望、拒绝或找不到的步骤不改变任何东西。以“如果”开头的步骤只有在当时条件成立时才发生。最后谁拥有什么？请在 python 代码块中用 (人, 物品) 二元组构成的元组作答，每人一个：
\`\`\`python
(('小明','红色的书'),('小红','蓝色的杯子'))
\`\`\``,
    ({ owners, steps, count }) => `请跟踪 ${count} 件物品的归属。开始时：
${owners}

接连发生的事件：
${steps}

每个人始终恰好持有一件物品。交换的是双方当时持有的物品；条件按当时的情况判断；拒绝、喜欢和没找到都没有影响。
请在 python 代码块里用二元组的元组给出最终状态，例如
\`\`\`python
(('小明','红色的书'),('小红','蓝色的杯子'))
\`\`\``,
    ({ owners, steps, count }) => `${count} 件物品几经易手。之前的归属是：
${owners}

一步一步发生的事情：
${steps}

注意：交换时，每个人给出的是当时手中的物品。带条件的步骤（“如果……”）只有在当时条件为真时才算数。愿望、拒绝和没有结果的寻找不改变任何东西。
请说明最后每个人拥有什么，在代码块中写成一个由二元组构成的 Python 元组：
\`\`\`python
(('小明','红色的书'),('小红','蓝色的杯子'))
\`\`\``,
  ],
};

type Pairs = readonly (readonly [string, string])[];

export const goodsExchange = defineTask<Params, Instance, Pairs>({
  id: 'goods-exchange',
  version: 1,
  label: 'Exchange of goods',
  category: 'deduction',
  description: 'Who owns what after a series of exchanges, some of them empty talk.',
  params: Params,
  levels: [
    { people: 3, steps: 3, isRich: false },
    { people: 4, steps: 5, isRich: false },
    { people: 5, steps: 8, isRich: false },
    { people: 8, steps: 12, isRich: false },
    { people: 12, steps: 18, isRich: true },
    { people: 16, steps: 26, isRich: true },
    { people: 20, steps: 36, isRich: true },
    { people: 24, steps: 50, isRich: true },
    { people: 30, steps: 75, isRich: true },
    { people: 36, steps: 120, isRich: true },
  ],
  promise: 'computed',
  templates: countWordings(wordings),

  generate(rng, params) {
    const people = rng.shuffle(PERSON_PLACES).slice(0, params.people);
    const goods = drawGoods(rng, params.people);
    const steps: Step[] = [];
    const holds = goods.map((_, at) => at);
    for (let at = 0; at < params.steps; at += 1) {
      const step = drawStep(rng, params, holds);
      play(step, holds);
      steps.push(step);
    }
    return { people, goods, steps, owns: ownersInWords(people, goods, holds) };
  },

  render({ people, goods, steps }, language, template) {
    const person = (at: number) => personAt(people, at, language);
    const thing = (at: number) => thingAt(goods, at, language);
    const owners = people.map((_, at) =>
      language === 'en' ? `- ${person(at)} owns the ${thing(at)}` : `- ${person(at)}有${thing(at)}`,
    );
    const lines = steps.map((step, at) => `${at + 1}. ${tell(step, { person, thing, language })}`);
    return renderWording(wordings, language, template, {
      owners: owners.join('\n'),
      steps: lines.join('\n'),
      count: people.length,
    });
  },

  toData({ people, goods, steps, owns }, question) {
    const language: Language = /\p{Script=Han}/u.test(question) ? 'zh' : 'en';
    const text = toTuple(owns[language]);
    return {
      question,
      answer: text,
      difficulty: 1,
      metadata: {
        num_people: people.length,
        operator_num: steps.length,
        names: people.map((_, at) => personAt(people, at, language)),
        objects: goods.map((_, at) => thingAt(goods, at, language)),
        owns_after: text,
        is_chinese: language === 'zh',
      },
    };
  },

  fromData(data) {
    const owns = pairsOf(readLiteral(textField(data, 'owns_after') ?? ''));
    return owns === null
      ? null
      : { people: [], goods: [], steps: [], owns: { en: owns, zh: owns } };
  },

  extract(response) {
    // The form asked for is a code block; a tuple in an answer element or after some words will do, a naked one not.
    const text = response.trim();
    if (text.startsWith('(') && text.endsWith(')')) return null;
    return findLastLiteral(finalText(response), pairsOf);
  },

  check: checkOwners,
  answer: ({ owns }) => `\`\`\`python\n${toTuple(owns.en)}\n\`\`\``,

  solve({ people, goods, steps, owns }) {
    const found = people.length === 0 ? owns.en : ownersAtEnd(people, goods, steps).en;
    return { answer: `\`\`\`python\n${toTuple(found)}\n\`\`\``, nodes: 0 };
  },

  difficulty: ({ owns, steps }) => ({ people: owns.en.length, steps: steps.length }),

  reference(response, data) {
    const gold = publishedPairs(textField(data, 'owns_after') ?? '');
    const text = publishedBlock(response);
    const found = publishedPairs(text);
    if (gold.size !== found.size) return false;
    const byName = new Map(Array.from(found, ([person, thing]) => [person.toLowerCase(), thing]));
    return Array.from(gold).every(
      ([person, thing]) => byName.get(person.toLowerCase())?.toLowerCase() === thing.toLowerCase(),
    );
  },
});

function personAt(people: readonly number[], at: number, language: Language): string {
  return GOODS_WORDS.people[people[at] ?? 0]?.[language] ?? '';
}

function thingAt(
  goods: readonly (readonly [number, number])[],
  at: number,
  language: Language,
): string {
  const [colour = 0, thing = 0] = goods[at] ?? [];
  return THINGS[language][colour]?.[thing] ?? '';
}

/** The name of each thing in each colour. */
const THINGS: Readonly<Record<Language, readonly (readonly string[])[]>> = {
  en: GOODS_WORDS.colours.map((colour) =>
    GOODS_WORDS.things.map((thing) => `${colour.en} ${thing.en}`),
  ),
  zh: GOODS_WORDS.colours.map((colour) =>
    GOODS_WORDS.things.map((thing) => `${colour.zh}的${thing.zh}`),
  ),
};

function places(list: readonly unknown[]): number[] {
  return list.map((_, at) => at);
}

const PERSON_PLACES = places(GOODS_WORDS.people);
const COLOUR_PLACES = places(GOODS_WORDS.colours);
const THING_PLACES = places(GOODS_WORDS.things);

/** Colours and things are used more than once, but no pair of them. */
function drawGoods(rng: Rng, count: number): [number, number][] {
  const colours = rng.shuffle(COLOUR_PLACES).slice(0, Math.ceil(count / 2) + 1);
  const things = rng.shuffle(THING_PLACES).slice(0, Math.ceil(count / 2) + 1);
  const seen = new Set<number>();
  const goods: [number, number][] = [];
  while (goods.length < count) {
    const pair: [number, number] = [rng.pick(colours), rng.pick(things)];
    const key = pair[0] * 1000 + pair[1];
    if (seen.has(key)) continue;
    seen.add(key);
    goods.push(pair);
  }
  return goods;
}

function drawStep(rng: Rng, { people, isRich }: Params, holds: readonly number[]): Step {
  const a = rng.below(people);
  const b = otherThan(rng, people, a, a);
  const c = otherThan(rng, people, a, b);
  const dice = rng.below(isRich ? 14 : 10);
  if (dice < 3) return { kind: 'swap-people', a, b };
  if (dice < 5) return { kind: 'swap-goods', x: a, y: b };
  if (dice < 7) return { kind: 'person-goods', a, x: holds[b] ?? 0 };
  if (dice === 7) return { kind: 'refused', a, b };
  if (dice === 8) return { kind: 'likes', a, x: b };
  if (dice === 9) return { kind: 'searched', a, x: b };
  if (dice < 12) return { kind: 'cycle', a, b, c };
  // The condition holds in about half of the cases.
  const x = rng.below(2) === 0 ? (holds[a] ?? 0) : (holds[b] ?? 0);
  return { kind: 'if-holds', a, x, b, c };
}

function otherThan(rng: Rng, bound: number, a: number, b: number): number {
  for (;;) {
    const next = rng.below(bound);
    if (next !== a && next !== b) return next;
  }
}

function swapAt(holds: number[], a: number, b: number): void {
  const held = holds[a] ?? 0;
  holds[a] = holds[b] ?? 0;
  holds[b] = held;
}

function play(step: Step, holds: number[]): void {
  switch (step.kind) {
    case 'swap-people': {
      swapAt(holds, step.a, step.b);
      return;
    }
    case 'swap-goods': {
      swapAt(holds, holds.indexOf(step.x), holds.indexOf(step.y));
      return;
    }
    case 'person-goods': {
      swapAt(holds, step.a, holds.indexOf(step.x));
      return;
    }
    case 'cycle':
      // a gives to b, b to c, c to a.
      swapAt(holds, step.a, step.b);
      swapAt(holds, step.a, step.c);
      return;
    case 'if-holds': {
      if (holds[step.a] === step.x) swapAt(holds, step.b, step.c);
      return;
    }
    case 'refused':
    case 'likes':
    case 'searched':
      return;
  }
}

function ownersAtEnd(
  people: readonly number[],
  goods: readonly (readonly [number, number])[],
  steps: readonly Step[],
): Record<Language, [string, string][]> {
  const holds = goods.map((_, at) => at);
  for (const step of steps) play(step, holds);
  return ownersInWords(people, goods, holds);
}

function ownersInWords(
  people: readonly number[],
  goods: readonly (readonly [number, number])[],
  holds: readonly number[],
): Record<Language, [string, string][]> {
  const inWords = (language: Language) =>
    people.map((_, at): [string, string] => [
      personAt(people, at, language),
      thingAt(goods, holds[at] ?? 0, language),
    ]);
  return { en: inWords('en'), zh: inWords('zh') };
}

interface Words {
  readonly language: Language;
  readonly person: (at: number) => string;
  readonly thing: (at: number) => string;
}

function tell(step: Step, { person, thing, language }: Words): string {
  const isEnglish = language === 'en';
  switch (step.kind) {
    case 'swap-people':
      return isEnglish
        ? `${person(step.a)} and ${person(step.b)} exchange what they hold.`
        : `${person(step.a)}和${person(step.b)}互换各自的物品。`;
    case 'swap-goods':
      return isEnglish
        ? `The owners of the ${thing(step.x)} and the ${thing(step.y)} exchange these two things.`
        : `${thing(step.x)}和${thing(step.y)}的主人互换这两件物品。`;
    case 'person-goods':
      return isEnglish
        ? `${person(step.a)} trades with whoever holds the ${thing(step.x)} and gets it.`
        : `${person(step.a)}用自己的物品与${thing(step.x)}的持有者交换，得到了它。`;
    case 'cycle':
      return isEnglish
        ? `All at once, ${person(step.a)} gives to ${person(step.b)}, ${person(step.b)} to ${person(step.c)}, and ${person(step.c)} to ${person(step.a)}, each what they hold.`
        : `${person(step.a)}、${person(step.b)}、${person(step.c)}同时交出手中的物品：${person(step.a)}给${person(step.b)}，${person(step.b)}给${person(step.c)}，${person(step.c)}给${person(step.a)}。`;
    case 'if-holds':
      return isEnglish
        ? `If ${person(step.a)} holds the ${thing(step.x)} now, ${person(step.b)} and ${person(step.c)} exchange what they hold.`
        : `如果此时${person(step.a)}持有${thing(step.x)}，那么${person(step.b)}和${person(step.c)}互换物品。`;
    case 'refused':
      return isEnglish
        ? `${person(step.a)} proposes a trade to ${person(step.b)}, who declines.`
        : `${person(step.a)}想和${person(step.b)}交换，但${person(step.b)}拒绝了。`;
    case 'likes':
      return isEnglish
        ? `${person(step.a)} says that the ${thing(step.x)} is lovely.`
        : `${person(step.a)}说很喜欢${thing(step.x)}。`;
    case 'searched':
      return isEnglish
        ? `${person(step.a)} looks for the ${thing(step.x)} in vain.`
        : `${person(step.a)}到处寻找${thing(step.x)}，但没有找到。`;
  }
}

function toTuple(pairs: Pairs): string {
  const texts = pairs.map((pair) => `(${pair.map((part) => `'${part}'`).join(',')})`);
  return `(${texts.join(',')}${texts.length === 1 ? ',' : ''})`;
}

/** Pairs out of a tuple, list or dict; null for anything else. */
function pairsOf(value: PyValue | undefined): Pairs | null {
  const entries = value instanceof PyDict ? value.entries : itemsOf(value)?.map(itemsOf);
  if (entries === undefined || entries.length === 0) return null;
  const pairs: [string, string][] = [];
  for (const entry of entries) {
    if (entry?.length !== 2) return null;
    const [person, thing] = entry;
    if (typeof person !== 'string' || typeof thing !== 'string') return null;
    pairs.push([person, thing]);
  }
  return pairs;
}

/** Case, blanks and a leading article do not matter. */
function plainName(text: string): string {
  const plain = trimmed(text).toLowerCase();
  return ODD_NAME.test(plain)
    ? plain.replace(/^(?:the|a|an)\s+/u, '').replace(/\s+/gu, ' ')
    : plain;
}

const ODD_NAME = /^(?:the|an?)\s|[^\S ]| {2}/u;

function checkOwners(candidate: Pairs, { owns }: Instance): Check {
  const found = new Map<string, string>();
  for (const [person, thing] of candidate) found.set(plainName(person), plainName(thing));
  // A stored row has one language, which then stands for both.
  const golds = owns.en === owns.zh ? [owns.en] : [owns.en, owns.zh];
  const problems = golds.map((gold) => {
    if (found.size !== gold.length || candidate.length !== gold.length)
      return `there are ${gold.length} people`;
    const odd = gold.find(([person, thing]) => found.get(plainName(person)) !== plainName(thing));
    return odd === undefined ? null : `${odd[0]} owns something else`;
  });
  const [first = null] = problems;
  return problems.includes(null) ? RIGHT : wrong(first ?? 'the owners are others');
}

/** The last block that opens with its own line and closes with one, if its body stands in parentheses. */
function publishedBlock(response: string): string {
  let found: string | null = null;
  for (const { text } of lazySpans(response, '```python', '\n```', true)) {
    const line = /^\s*\n/u.exec(text);
    if (line !== null) found = text.slice(line[0].length);
  }
  const body = pyStrip(found ?? '');
  return body.startsWith('(') && body.endsWith(')') ? body : '';
}

/** An empty map where the published reader finds nothing. */
function publishedPairs(source: string): Map<string, string> {
  const pairs = new Map<string, string>();
  const text = pyStrip(source);
  if (text === '') return pairs;
  const value = readLiteral(text);
  if (value !== undefined) {
    if (!(value instanceof PySequence) || value.kind !== 'tuple') return pairs;
    let isReadable = true;
    for (const entry of value.items) {
      if (!(entry instanceof PySequence) || entry.kind !== 'tuple' || entry.items.length !== 2)
        continue;
      const [person, thing] = entry.items;
      if (typeof person === 'string' && typeof thing === 'string')
        pairs.set(pyStrip(person), pyStrip(thing));
      else isReadable = false;
    }
    if (isReadable) return pairs;
  }
  return looseParts(text, pairs);
}

/** What the published reader does with a tuple that Python can not read: top-level parentheses, then commas outside quotes. */
function looseParts(source: string, pairs: Map<string, string>): Map<string, string> {
  let text = source.startsWith('(') ? source.slice(1) : source;
  if (text.endsWith(')')) text = text.slice(0, -1);
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '(') depth += 1;
    else if (char === ')') {
      depth -= 1;
      if (depth === 0) {
        const [person, thing] = splitPair(text.slice(from, at + 1).replace(/^[\s,]+/u, ''));
        if (person !== undefined && thing !== undefined) pairs.set(person, thing);
        from = at + 1;
      }
    }
  }
  return pairs;
}

function splitPair(source: string): string[] {
  let pair = pyStrip(source);
  if (pair.startsWith('(')) pair = pair.slice(1);
  if (pair.endsWith(')')) pair = pair.slice(0, -1);
  const parts: string[] = [];
  let isQuoted = false;
  let current = '';
  for (const char of pair) {
    if ((char === '"' || char === "'") && !current.endsWith('\\')) isQuoted = !isQuoted;
    if (char === ',' && !isQuoted) {
      parts.push(current);
      current = '';
    } else current += char;
  }
  if (current !== '') parts.push(current);
  return parts.map((part) =>
    pyStrip(
      pyStrip(part)
        .replace(/^['"]+/u, '')
        .replace(/['"]{1,9}$/u, ''),
    ),
  );
}
