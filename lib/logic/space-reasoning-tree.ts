import { z } from 'zod';
import type { Rng } from '#lib/rng.ts';
import { publishedBox } from './boxed-answer.ts';
import {
  childrenOf,
  deduce,
  drawTree,
  listOf,
  neededFacts,
  related,
  type Fact,
  type Relation,
} from './family-tree.ts';
import { finalText, lastBoxed } from './final-text.ts';
import { GOODS_WORDS } from './goods-words.ts';
import { defineTask, RIGHT, wrong, type Check, type Language } from './logic-task.ts';
import { countWordings, renderWording, type Wordings } from './prompt.ts';
import { isRecord, textsOf } from './row-fields.ts';
import { plainThing, THINGS } from './things.ts';

const Params = z.strictObject({
  nodes: z.tuple([z.int().min(20), z.int().max(400)]),
  relations: z.array(z.enum(['cousins', 'uncles', 'second-cousins'])).min(1),
  /** Share of the other nodes that a needless fact is told of. */
  noise: z.number().min(0).max(1),
});
type Params = z.infer<typeof Params>;

interface Puzzle {
  /** Each node's name, as a number into colours and things. */
  readonly names: readonly number[];
  readonly parents: readonly number[];
  readonly facts: readonly Fact[];
  readonly relation: Relation;
  readonly node: number;
}

interface Instance {
  /** Null for rows of a data set, which hold the answer alone. */
  readonly puzzle: Puzzle | null;
  /** The same names in English and Chinese, or in the row's own language. */
  readonly answers: readonly (readonly string[])[];
}

const TERMS: Readonly<Record<Relation, Readonly<Record<Language, readonly [string, string]>>>> = {
  cousins: {
    en: ['cousins', "A node's cousins are the children of its parent's siblings"],
    zh: ['堂兄弟节点', '一个节点的堂兄弟节点是其父节点的所有兄弟节点的孩子'],
  },
  uncles: {
    en: ['uncles', "A node's uncles are the siblings of its parent"],
    zh: ['叔伯节点', '一个节点的叔伯节点是其父节点的所有兄弟节点'],
  },
  'second-cousins': {
    en: [
      'second cousins',
      "A node's second cousins are the grandchildren of its grandparent's siblings",
    ],
    zh: ['再从兄弟节点', '一个节点的再从兄弟节点是其祖父节点的所有兄弟节点的孙子'],
  },
};

interface Shown {
  readonly count: number;
  readonly facts: string;
  readonly node: string;
  readonly term: string;
  readonly definition: string;
}

const wordings: Wordings<Shown> = {
  en: [
    ({
      count,
      facts,
      node,
      term,
      definition,
    }) => `A tree has ${count} nodes, each named after a thing. Some facts about it are known; every list in them is complete.

${facts}

Nodes are siblings when they have the same parent; grandchildren are the children of children. ${definition}.
The facts are enough to tell: what are all the ${term} of the ${node}? Write their names, in any order, separated by commas in \\boxed{}, for example \\boxed{lamp, mug}.`,
    ({
      count,
      facts,
      node,
      term,
      definition,
    }) => `Here is what is known of a tree of ${count} differently named nodes. Where children, grandchildren or siblings are listed, none is left out.

${facts}

Two nodes with a common parent are siblings, and a child of a child is a grandchild. ${definition}.
Name every one of the ${term} of the ${node}; this can be worked out. Finish with \\boxed{names separated by commas}; their order does not matter.`,
    ({
      count,
      facts,
      node,
      term,
      definition,
    }) => `${count} things hang in a tree: one is at the top, and each of the others hangs directly below exactly one thing, its parent. You are told this much, and each list you are given names all there are:

${facts}

Things that hang below the same parent are siblings; what hangs below a child is a grandchild. ${definition}.
List all ${term} of the ${node}, which these facts settle. Write them in \\boxed{}, commas between the names, in any order.`,
  ],
  zh: [
    ({
      count,
      facts,
      node,
      term,
      definition,
    }) => `一棵树有 ${count} 个节点，每个节点以一件物品命名。已知下列信息，其中每个列表都是完整的。

${facts}

父节点相同的节点互为兄弟节点；孩子的孩子是孙子。${definition}。
这些信息足以判断：${node}的全部${term}是哪些？请把名称用逗号分隔写在 \\boxed{} 中，顺序不限，例如 \\boxed{台灯, 马克杯}。`,
    ({
      count,
      facts,
      node,
      term,
      definition,
    }) => `下面是关于一棵有 ${count} 个不同名节点的树的信息。凡是列出孩子、孙子或兄弟节点之处，均无遗漏。

${facts}

有共同父节点的两个节点是兄弟节点，孩子的孩子称为孙子。${definition}。
请找出${node}的所有${term}（一定可以推出）。最后写 \\boxed{用逗号分隔的名称}，顺序不限。`,
    ({
      count,
      facts,
      node,
      term,
      definition,
    }) => `${count} 件物品挂成一棵树：一件在最上面，其余每件都直接挂在恰好一件物品之下，那就是它的父节点。已知的信息如下，其中每个列表都列出了全部：

${facts}

挂在同一父节点之下的是兄弟节点；挂在孩子之下的是孙子。${definition}。
请列出${node}的全部${term}，这些信息足以确定。写在 \\boxed{} 中，名称之间用逗号，顺序不限。`,
  ],
};

export const spaceReasoningTree = defineTask<Params, Instance, string>({
  id: 'space-reasoning-tree',
  version: 2,
  label: 'Relations in a tree',
  category: 'space',
  description: 'Cousins and other relations in a tree of which only some lists are told.',
  params: Params,
  levels: [
    { nodes: [20, 30], relations: ['cousins'], noise: 0.1 },
    { nodes: [30, 50], relations: ['cousins'], noise: 0.25 },
    { nodes: [50, 100], relations: ['cousins'], noise: 0.33 },
    { nodes: [50, 100], relations: ['cousins', 'uncles'], noise: 0.5 },
    { nodes: [100, 150], relations: ['cousins', 'uncles'], noise: 0.4 },
    { nodes: [100, 150], relations: ['cousins', 'uncles', 'second-cousins'], noise: 0.5 },
    { nodes: [150, 200], relations: ['cousins', 'uncles', 'second-cousins'], noise: 0.5 },
    { nodes: [200, 300], relations: ['cousins', 'second-cousins'], noise: 0.5 },
    { nodes: [250, 350], relations: ['cousins', 'second-cousins'], noise: 0.6 },
    { nodes: [300, 400], relations: ['second-cousins'], noise: 0.8 },
  ],
  promise: 'computed',
  templates: countWordings(wordings),

  generate(rng, params) {
    const puzzle = drawPuzzle(rng, params);
    const found = related(puzzle.relation, puzzle.node, puzzle.parents, childrenOf(puzzle.parents));
    return { puzzle, answers: inWords(puzzle, found) };
  },

  render({ puzzle }, language, template) {
    if (puzzle === null) return '';
    const [term, definition] = TERMS[puzzle.relation][language];
    return renderWording(wordings, language, template, {
      count: puzzle.names.length,
      facts: tellFacts(puzzle, language),
      node: nameOf(puzzle.names[puzzle.node] ?? 0, language),
      term,
      definition,
    });
  },

  toData({ puzzle, answers }, question) {
    const [en = [], zh = en] = answers;
    const gold = /\p{Script=Han}/u.test(question) ? zh : en;
    return { question, answer: gold.join(', '), difficulty: 1, metadata: { puzzle, answers } };
  },

  fromData({ answer, metadata }) {
    if (typeof answer !== 'string' || namesOf(answer).length === 0) return null;
    const stored = metadata?.answers;
    const answers = Array.isArray(stored) ? stored.flatMap((list) => [textsOf(list) ?? []]) : [];
    const puzzle = metadata?.puzzle;
    return {
      // The puzzle is our own; it is only read back to be shown, never to judge.
      puzzle: isRecord(puzzle) ? (puzzle as unknown as Puzzle) : null,
      answers: answers.length === 0 ? [namesOf(answer)] : answers,
    };
  },

  extract(response) {
    const boxed = lastBoxed(finalText(response));
    return boxed === null || boxed === '' ? null : boxed;
  },

  check: checkNames,
  answer: ({ answers }) => `\\boxed{${answers[0]?.join(', ') ?? ''}}`,

  solve({ puzzle, answers }) {
    if (puzzle === null) return { answer: `\\boxed{${answers[0]?.join(', ') ?? ''}}`, nodes: 0 };
    const found = deduce(puzzle.facts, puzzle.parents, puzzle.relation, puzzle.node);
    if (found === null) return { answer: null, nodes: 0 };
    return { answer: `\\boxed{${inWords(puzzle, found)[0]?.join(', ') ?? ''}}`, nodes: 0 };
  },

  difficulty: ({ puzzle, answers }) => ({
    nodes: puzzle?.names.length ?? 0,
    facts: puzzle?.facts.length ?? 0,
    answers: answers[0]?.length ?? 0,
  }),

  reference(response, { answer }) {
    const found = publishedBox(response);
    if (typeof answer !== 'string' || found === null) return false;
    const [gold, told] = [answer, found].map(
      (text) => new Set(text.replaceAll(' ', '').split(',')),
    );
    return (
      gold !== undefined && told?.size === gold.size && [...told].every((name) => gold.has(name))
    );
  },
});

function drawPuzzle(rng: Rng, params: Params): Puzzle {
  for (;;) {
    const parents = drawTree(rng, rng.between(...params.nodes));
    const children = childrenOf(parents);
    const relation = rng.pick(params.relations);
    // A node deep enough to have such relatives; a tree without any is drawn anew.
    for (let tries = 0; tries < 40; tries += 1) {
      const node = rng.below(parents.length);
      const found = related(relation, node, parents, children).length;
      if (found < 1 || found > 24) continue;
      const facts = withNoise(rng, neededFacts(rng, relation, node, parents), {
        children,
        parents,
        noise: params.noise,
      });
      return { names: drawNames(rng, parents.length), parents, facts, relation, node };
    }
  }
}

function drawNames(rng: Rng, count: number): number[] {
  // Too many for plain words: each gets a colour.
  const first = count <= THINGS.length ? 0 : THINGS.length;
  const colours = first === 0 ? 1 : Math.ceil(count / THINGS.length) + 1;
  const all = Array.from({ length: colours * THINGS.length }, (_, at) => at + first);
  for (let at = 0; at < count; at += 1) {
    const other = at + rng.below(all.length - at);
    const name = all[other] ?? 0;
    all[other] = all[at] ?? 0;
    all[at] = name;
  }
  return all.slice(0, count);
}

interface Setting {
  readonly children: readonly (readonly number[])[];
  readonly parents: readonly number[];
  readonly noise: number;
}

const FACT_KINDS = ['children', 'grandchildren', 'siblings'] as const;

/** Each fact once, in random order. */
function withNoise(
  rng: Rng,
  needed: readonly Fact[],
  { children, parents, noise }: Setting,
): Fact[] {
  const facts: Fact[] = [];
  const told = new Uint8Array(FACT_KINDS.length * parents.length);
  const tell = (fact: Fact): void => {
    const key = FACT_KINDS.indexOf(fact.kind) * parents.length + fact.of;
    if (told[key] === 1) return;
    told[key] = 1;
    facts.push(fact);
  };
  needed.forEach(tell);
  for (let of = 0; of < parents.length; of += 1) {
    if (rng.float() >= noise) continue;
    const dice = rng.below(4);
    const hasSiblings = (children[parents[of] ?? -1]?.length ?? 0) > 1;
    const kind = dice < 2 && hasSiblings ? 'siblings' : dice === 2 ? 'grandchildren' : 'children';
    tell({ kind, of });
  }
  return rng.shuffle(facts);
}

function nameOf(name: number, language: Language): string {
  const thing = THINGS[name % THINGS.length]?.[language] ?? '';
  const colour = Math.floor(name / THINGS.length);
  if (colour === 0) return thing;
  const shade = GOODS_WORDS.colours[colour - 1]?.[language] ?? '';
  return language === 'en' ? `${shade} ${thing}` : `${shade}${thing}`;
}

function inWords({ names }: Puzzle, nodes: readonly number[]): string[][] {
  return (['en', 'zh'] as const).map((language) =>
    nodes.map((node) => nameOf(names[node] ?? 0, language)).sort(),
  );
}

function tellFacts({ names, parents, facts }: Puzzle, language: Language): string {
  const children = childrenOf(parents);
  const name = (node: number) => nameOf(names[node] ?? 0, language);
  const told = facts.map((fact) => {
    // Names are in random order, so sorting by them tells nothing of the tree.
    const nodes = listOf(fact, parents, children).toSorted(
      (a, b) => (names[a] ?? 0) - (names[b] ?? 0),
    );
    const list = nodes.map(name).join(language === 'en' ? ', ' : '、');
    const one = nodes.length === 1;
    if (language === 'zh') {
      const kin = { children: '孩子', grandchildren: '孙子', siblings: '兄弟节点' }[fact.kind];
      return nodes.length === 0
        ? `${name(fact.of)}没有${kin}。`
        : `${name(fact.of)}的${kin}是：${list}。`;
    }
    const [single, many] = {
      children: ['child', 'children'],
      grandchildren: ['grandchild', 'grandchildren'],
      siblings: ['sibling', 'siblings'],
    }[fact.kind];
    return nodes.length === 0
      ? `The ${name(fact.of)} has no ${many ?? ''}.`
      : `The ${one ? `only ${single ?? ''}` : (many ?? '')} of the ${name(fact.of)} ${one ? 'is' : 'are'}: ${list}.`;
  });
  return told.join('\n');
}

function namesOf(text: string): string[] {
  return text
    .split(/[,，、;；\n]/u)
    .map((part) => plainThing(part.replace(/^\s*and\s/iu, '')))
    .filter((part) => part !== '');
}

function checkNames(candidate: string, { answers }: Instance): Check {
  if (candidate.length > 20_000) return wrong('this is no list of names');
  const found = namesOf(candidate);
  for (const names of answers) {
    const gold = new Set(names.map(plainThing));
    // A last "and" joins two names, unless it is part of one.
    const told = new Set(
      found
        .flatMap((name) => (gold.has(name) ? [name] : name.split(/ and |和|与/u)))
        .map(plainThing),
    );
    if (told.size === gold.size && [...told].every((name) => gold.has(name))) return RIGHT;
  }
  return wrong('these are not all of them, or others are among them');
}
