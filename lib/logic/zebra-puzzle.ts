import { z } from 'zod';
import type { Rng } from '#lib/rng.ts';
import { finalText } from './final-text.ts';
import { findLastLiteral, itemsOf } from './find-literal.ts';
import { defineTask, RIGHT, wrong, type Language, type LogicRow } from './logic-task.ts';
import { countWordings, renderWording, type Wordings } from './prompt.ts';
import { fromJson, PyDict, pyEquals, readLiteral, type PyValue } from './python-literal.ts';
import { pyStrip } from './python-text.ts';
import { isRecord, textsOf } from './row-fields.ts';
import { holds, searchZebra, type Clue, type Places, type Thing } from './zebra-clues.ts';
import { ZEBRA_ATTRIBUTES } from './zebra-words.ts';

const Params = z.strictObject({
  houses: z.int().min(2).max(7),
  attributes: z.int().min(2).max(7),
  /** Share of clues that name a house, from 0 to 1: the more, the easier. */
  fixed: z.number().min(0).max(1),
});
type Params = z.infer<typeof Params>;

interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

interface Instance {
  readonly houses: number;
  /** Which attributes occur, and which of their values, as numbers in the list of words. */
  readonly attributes: readonly number[];
  readonly values: readonly (readonly number[])[];
  readonly clues: readonly Clue[];
  readonly gold: Readonly<Record<Language, Table>>;
}

interface Shown {
  readonly houses: number;
  readonly lists: string;
  readonly clues: string;
  readonly header: string;
}

const wordings: Wordings<Shown> = {
  en: [
    ({
      houses,
      lists,
      clues,
      header,
    }) => `There are ${houses} houses in a row, numbered 1 to ${houses} from left to right. One person lives in each. Every value below belongs to exactly one house, and every house has exactly one value of each kind:
${lists}

Clues:
${clues}

Work out the whole table. Answer with a JSON object in a json code block: "header" is ${header}, "rows" holds one list for each house in the order of the house numbers. Every cell is a text in double quotes, the house number too, spelled as above:
\`\`\`json
{"header": ${header}, "rows": [["1", …], ["2", …], …]}
\`\`\``,
    ({
      houses,
      lists,
      clues,
      header,
    }) => `${houses} neighbours live side by side in the houses 1 (leftmost) to ${houses} (rightmost). They differ in everything listed here; each entry fits one house only and no entry is left over.
${lists}

What is known:
${clues}

"Left" and "right" are meant as seen from the street with house 1 at the far left; "next to" means that no house is in between. Find out who has what and finish with a json code block of this form (all cells quoted texts, house numbers included, rows from house 1 to ${houses}):
\`\`\`json
{"header": ${header}, "rows": [["1", …], …]}
\`\`\``,
    ({
      houses,
      lists,
      clues,
      header,
    }) => `A street has the houses 1 to ${houses}, house 1 at its left end and house ${houses} at its right end, one inhabitant each. Distribute the following: every house gets one value of each list, and no value goes to two houses.
${lists}

These statements are all true:
${clues}

Houses are next to each other when no house stands between them; left and right are as the numbers run. The answer is a table in JSON, in a json code block. Its "header" is ${header}; its "rows" are the houses by number; all entries, numbers too, are strings, written as in the lists:
\`\`\`json
{"header": ${header}, "rows": [["1", …], ["2", …], …]}
\`\`\``,
  ],
  zh: [
    ({
      houses,
      lists,
      clues,
      header,
    }) => `有 ${houses} 座房子排成一排，从左到右编号为 1 到 ${houses}，每座房子住一个人。下面的每个值恰好属于一座房子，每座房子在每一类中恰好有一个值：
${lists}

线索：
${clues}

请推出完整的表格，并在 json 代码块中给出 JSON 对象："header" 为 ${header}，"rows" 按房子编号从小到大各有一行。所有单元格都是带双引号的文本，房子编号也一样，写法与上面相同：
\`\`\`json
{"header": ${header}, "rows": [["1", …], ["2", …], …]}
\`\`\``,
    ({
      houses,
      lists,
      clues,
      header,
    }) => `${houses} 位邻居并排住在 1 号（最左）到 ${houses} 号（最右）的房子里。他们在下列各方面都互不相同，每一项只对应一座房子，也没有多余的项。
${lists}

已知：
${clues}

“左”“右”以 1 号房在最左边为准；“相邻”指中间没有别的房子。请推断每个人的情况，最后用如下形式的 json 代码块作答（所有单元格都是加引号的文本，包括房子编号；从 1 号到 ${houses} 号依次成行）：
\`\`\`json
{"header": ${header}, "rows": [["1", …], …]}
\`\`\``,
    ({
      houses,
      lists,
      clues,
      header,
    }) => `一条街上有 1 到 ${houses} 号房子，1 号在最左端，${houses} 号在最右端，每座房子住一个人。请分配下列各项：每座房子从每个列表中得到一个值，任何值都不能给两座房子。
${lists}

下面的话都是真的：
${clues}

两座房子之间没有别的房子时称为相邻；左右按编号的方向。答案是 json 代码块中的一个 JSON 表格："header" 为 ${header}，"rows" 按编号列出各座房子，所有项（包括编号）都是字符串，写法与列表相同：
\`\`\`json
{"header": ${header}, "rows": [["1", …], ["2", …], …]}
\`\`\``,
  ],
};

export const zebraPuzzle = defineTask<Params, Instance, Table>({
  id: 'zebra-puzzle',
  version: 1,
  label: 'Zebra puzzle',
  category: 'deduction',
  description: 'Who lives where with what, from clues about a row of houses.',
  params: Params,
  levels: [
    { houses: 3, attributes: 2, fixed: 0.3 },
    { houses: 3, attributes: 3, fixed: 0.25 },
    { houses: 3, attributes: 4, fixed: 0.2 },
    { houses: 4, attributes: 3, fixed: 0.2 },
    { houses: 4, attributes: 4, fixed: 0.15 },
    { houses: 4, attributes: 5, fixed: 0.15 },
    { houses: 5, attributes: 4, fixed: 0.1 },
    { houses: 5, attributes: 5, fixed: 0.1 },
    { houses: 5, attributes: 6, fixed: 0.1 },
    { houses: 6, attributes: 6, fixed: 0.1 },
  ],
  promise: 'unique',
  templates: countWordings(wordings),
  generate,

  render(instance, language, template) {
    const { header } = instance.gold[language];
    const lists = instance.attributes.map(
      (attribute, at) =>
        `- ${ZEBRA_ATTRIBUTES[attribute]?.name[language] ?? ''}: ${(instance.values[at] ?? [])
          .map((_, value) => nameOf(instance, [at, value], language))
          .join(', ')}`,
    );
    const clues = instance.clues.map((clue, at) => `${at + 1}. ${tell(instance, clue, language)}`);
    return renderWording(wordings, language, template, {
      houses: instance.houses,
      lists: lists.join('\n'),
      clues: clues.join('\n'),
      header: JSON.stringify(header).replaceAll('","', '", "'),
    });
  },

  toData({ houses, attributes, values, clues, gold }, question) {
    const language: Language = /\p{Script=Han}/u.test(question) ? 'zh' : 'en';
    return {
      question,
      answer: toJson(gold[language]),
      difficulty: 1,
      metadata: { houses, attributes, values, clues },
    };
  },

  fromData({ answer }) {
    const table = goldTable(answer);
    if (table === null) return null;
    const gold = { en: table, zh: table };
    return { houses: table.rows.length, attributes: [], values: [], clues: [], gold };
  },

  extract: (response) => findLastLiteral(finalText(response), toTable),

  check(candidate, { gold }) {
    const reasons = [compare(candidate, gold.en), compare(candidate, gold.zh)];
    const [first = null] = reasons;
    return reasons.includes(null) ? RIGHT : wrong(first ?? 'the table differs');
  },

  answer: ({ gold }) => inBlock(gold.en),

  solve(instance) {
    const { houses, attributes, clues, gold } = instance;
    if (attributes.length === 0) return { answer: inBlock(gold.en), nodes: 0 };
    const { solutions, nodes } = searchZebra(houses, attributes.length, clues, 1);
    const [first] = solutions;
    return {
      answer: first === undefined ? null : inBlock(tableOf(instance, first, 'en')),
      nodes,
    };
  },

  countSolutions: ({ houses, attributes, clues }, limit) =>
    searchZebra(houses, attributes.length, clues, limit).count,

  difficulty: ({ houses, attributes, clues }) => ({
    houses,
    attributes: attributes.length,
    clues: clues.length,
    nodes: searchZebra(houses, attributes.length, clues, 2).nodes,
  }),

  reference: publishedVerdict,
});

/** A random table; clues are added as long as another table fits them, then those that are not needed are taken out. */
function generate(rng: Rng, params: Params): Instance {
  const { houses } = params;
  const attributes = [
    0,
    ...rng
      .shuffle(ZEBRA_ATTRIBUTES.map((_, at) => at).slice(1))
      .slice(0, params.attributes - 1)
      .sort((a, b) => a - b),
  ];
  const values = attributes.map((attribute) =>
    rng.shuffle((ZEBRA_ATTRIBUTES[attribute]?.values ?? []).map((_, at) => at)).slice(0, houses),
  );
  const order = Array.from({ length: houses }, (_, at) => at);
  const places = attributes.map(() => rng.shuffle(order));
  let clues: Clue[] = [];
  for (;;) {
    const { count, solutions } = searchZebra(houses, attributes.length, clues, 2);
    const other = solutions.find((found) => !isSame(found, places)) ?? null;
    // A search that was cut off has proved nothing: one more clue makes the next one shorter.
    if (other === null && count === 1) break;
    clues.push(tellingClue(rng, params, places, other));
  }
  for (const clue of rng.shuffle(clues)) {
    const rest = clues.filter((one) => one !== clue);
    if (searchZebra(houses, attributes.length, rest, 2).count === 1) clues = rest;
  }
  const bare = { houses, attributes, values };
  return {
    ...bare,
    clues: rng.shuffle(clues),
    gold: { en: tableOf(bare, places, 'en'), zh: tableOf(bare, places, 'zh') },
  };
}

/** A clue that holds in the one table and not in the other, if there is one. */
function tellingClue(rng: Rng, params: Params, places: Places, other: Places | null): Clue {
  for (;;) {
    const clue = randomClue(rng, params, places);
    if (clue !== null && holds(clue, places) && (other === null || !holds(clue, other)))
      return clue;
  }
}

const RELATIONS = [
  'same',
  'same',
  'left',
  'direct-left',
  'next',
  'next',
  'one-between',
  'apart',
] as const;

function randomClue(rng: Rng, { houses, attributes, fixed }: Params, places: Places): Clue | null {
  const thing = (): Thing => [rng.below(attributes), rng.below(houses)];
  const a = thing();
  if (rng.float() < fixed) {
    return rng.below(2) === 0
      ? { kind: 'at', a, house: places[a[0]]?.[a[1]] ?? 0 }
      : { kind: 'not-at', a, house: rng.below(houses) };
  }
  const b = thing();
  if (a[0] === b[0] && a[1] === b[1]) return null;
  if (houses > 3 && rng.below(10) === 0) {
    const c = thing();
    const isDouble = [a, b].some((one) => one[0] === c[0] && one[1] === c[1]);
    return isDouble ? null : { kind: 'between', a, b, c };
  }
  const kind = rng.pick(RELATIONS);
  // Two values of one kind are never in the same house; to say so tells nothing.
  if (a[0] === b[0] && (kind === 'same' || kind === 'apart')) return null;
  return kind === 'one-between' && houses < 4 ? null : { kind, a, b };
}

function isSame(a: Places, b: Places): boolean {
  return a.every((row, at) => row.every((house, value) => house === b[at]?.[value]));
}

function nameOf(
  { attributes, values }: Pick<Instance, 'attributes' | 'values'>,
  [at, value]: Thing,
  language: Language,
): string {
  const words = ZEBRA_ATTRIBUTES[attributes[at] ?? 0];
  return words?.values[values[at]?.[value] ?? 0]?.[language] ?? '';
}

function tell(instance: Instance, clue: Clue, language: Language): string {
  const phrase = (thing: Thing) => {
    const words = ZEBRA_ATTRIBUTES[instance.attributes[thing[0]] ?? 0];
    return words?.phrase[language](nameOf(instance, thing, language)) ?? '';
  };
  const text = language === 'en' ? tellEnglish(clue, phrase) : tellChinese(clue, phrase);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function tellEnglish(clue: Clue, phrase: (thing: Thing) => string): string {
  const a = phrase(clue.a);
  switch (clue.kind) {
    case 'at':
      return `${a} lives in house ${clue.house + 1}.`;
    case 'not-at':
      return `${a} does not live in house ${clue.house + 1}.`;
    case 'between':
      return `${a} lives somewhere between ${phrase(clue.b)} and ${phrase(clue.c)}.`;
    case 'same':
      return `${a} and ${phrase(clue.b)} are the same person.`;
    case 'apart':
      return `${a} and ${phrase(clue.b)} are different people.`;
    case 'left':
      return `${a} lives somewhere to the left of ${phrase(clue.b)}.`;
    case 'direct-left':
      return `${a} lives directly to the left of ${phrase(clue.b)}.`;
    case 'next':
      return `${a} lives next to ${phrase(clue.b)}.`;
    case 'one-between':
      return `Exactly one house is between ${a} and ${phrase(clue.b)}.`;
  }
}

function tellChinese(clue: Clue, phrase: (thing: Thing) => string): string {
  const a = phrase(clue.a);
  switch (clue.kind) {
    case 'at':
      return `${a}住在 ${clue.house + 1} 号房。`;
    case 'not-at':
      return `${a}不住在 ${clue.house + 1} 号房。`;
    case 'between':
      return `${a}住在${phrase(clue.b)}和${phrase(clue.c)}之间的某处。`;
    case 'same':
      return `${a}和${phrase(clue.b)}是同一个人。`;
    case 'apart':
      return `${a}和${phrase(clue.b)}不是同一个人。`;
    case 'left':
      return `${a}住在${phrase(clue.b)}左边的某处。`;
    case 'direct-left':
      return `${a}紧挨着住在${phrase(clue.b)}的左边。`;
    case 'next':
      return `${a}与${phrase(clue.b)}相邻。`;
    case 'one-between':
      return `${a}与${phrase(clue.b)}之间恰好隔着一座房子。`;
  }
}

function tableOf(
  instance: Pick<Instance, 'houses' | 'attributes' | 'values'>,
  places: Places,
  language: Language,
): Table {
  const names = instance.attributes.map((at) => ZEBRA_ATTRIBUTES[at]?.name[language] ?? '');
  return {
    header: [language === 'en' ? 'House' : '房子', ...names],
    rows: Array.from({ length: instance.houses }, (_, house) => [
      String(house + 1),
      ...places.map((row, at) => nameOf(instance, [at, row.indexOf(house)], language)),
    ]),
  };
}

function toJson({ header, rows }: Table): string {
  const line = (cells: readonly string[]) =>
    `[${cells.map((cell) => JSON.stringify(cell)).join(', ')}]`;
  return `{"header": ${line(header)}, "rows": [${rows.map(line).join(', ')}]}`;
}

function inBlock(table: Table): string {
  return `\`\`\`json\n${toJson(table)}\n\`\`\``;
}

function goldTable(answer: unknown): Table | null {
  let value = answer;
  if (typeof answer === 'string') {
    try {
      value = JSON.parse(answer);
    } catch {
      return null;
    }
  }
  if (!isRecord(value) || !Array.isArray(value.rows)) return null;
  const header = textsOf(value.header);
  const rows = (value.rows as unknown[]).map(textsOf);
  return header !== null &&
    header.length > 0 &&
    rows.length > 0 &&
    rows.every((row) => row !== null)
    ? { header, rows }
    : null;
}

/** Texts only: the form that is asked for quotes every cell. */
function textsIn(value: PyValue | undefined): string[] | null {
  const items = itemsOf(value);
  if (items === null) return null;
  const texts: string[] = [];
  for (const item of items) {
    if (typeof item !== 'string') return null;
    texts.push(item);
  }
  return texts;
}

function toTable(value: PyValue): Table | null {
  if (!(value instanceof PyDict)) return null;
  const field = (name: string) =>
    value.entries.find(([key]) => typeof key === 'string' && key.toLowerCase() === name)?.[1];
  const header = textsIn(field('header'));
  const rows: string[][] = [];
  for (const item of itemsOf(field('rows')) ?? []) {
    const row = textsIn(item);
    if (row === null) return null;
    rows.push(row);
  }
  return header === null || rows.length === 0 ? null : { header, rows };
}

/** Columns are matched by name and rows by house; case and blanks around do not matter. Null when the tables agree. */
function compare(found: Table, gold: Table): string | null {
  if (found.rows.length !== gold.rows.length) return `${gold.rows.length} rows are wanted`;
  const names = found.header.map(plain);
  const columns = gold.header.map((name) => names.indexOf(plain(name)));
  if (names.length !== columns.length || columns.includes(-1))
    return `the header must be ${gold.header.join(', ')}`.slice(0, 200);
  const [house = 0] = columns;
  const byHouse = new Map(found.rows.map((row) => [plain(row[house] ?? ''), row]));
  for (const wanted of gold.rows) {
    const row = byHouse.get(plain(wanted[0] ?? ''));
    if (row?.length !== names.length) return `house ${wanted[0] ?? ''} is missing`;
    const odd = wanted.findIndex((cell, at) => plain(cell) !== plain(row[columns[at] ?? 0] ?? ''));
    if (odd !== -1) return `house ${wanted[0] ?? ''} has another ${gold.header[odd] ?? ''}`;
  }
  return null;
}

function plain(text: string): string {
  return text.trim().toLowerCase();
}

/** Compares what follows the last json fence with the gold, types and all. */
function publishedVerdict(response: string, { answer }: LogicRow): boolean {
  const open = response.lastIndexOf('```json');
  if (open === -1 || typeof answer !== 'string') return false;
  const close = response.indexOf('```', open + 7);
  const body = pyStrip(response.slice(open + 7, close === -1 ? response.length : close));
  if (body.length > 200_000) return false;
  let gold: unknown;
  try {
    gold = JSON.parse(answer);
  } catch {
    return false;
  }
  let found: PyValue | undefined;
  try {
    const value: unknown = JSON.parse(body);
    // Deeper values are no table, and a comparison would only follow them down.
    if (!isRecord(value) || goldTable(value) === null) return false;
    found = fromJson(value);
  } catch {
    found = readLiteral(body);
  }
  return found !== undefined && pyEquals(found, fromJson(gold));
}
