import { z } from 'zod';
import type { Rng } from '#lib/rng.ts';
import { publishedBox } from './boxed-answer.ts';
import { finalText, lastBoxed } from './final-text.ts';
import { defineTask, RIGHT, wrong, type Language, type LogicRow } from './logic-task.ts';
import { countWordings, renderWording, type Wordings } from './prompt.ts';
import { isRecord, textsOf } from './row-fields.ts';
import { plainThing, THINGS } from './things.ts';
import { distance, follow, offsetOf, wayTo, type Place, type Run, type Shape } from './walk.ts';

const Params = z.strictObject({
  shapes: z.array(z.enum(['square', 'diamond', 'triangle'])).min(1),
  /** Walks from one named thing to the next. */
  walks: z.int().min(1).max(40),
  /** How often the walker is carried away without seeing the way. */
  jumps: z.int().min(0).max(8),
  /** Steps of the last walk that are taken back again. */
  detours: z.int().min(0).max(12),
  /** Whether places never seen and distances are asked for too. */
  isRich: z.boolean(),
});
type Params = z.infer<typeof Params>;

type Event =
  | { readonly kind: 'see'; readonly thing: number }
  | { readonly kind: 'walk'; readonly runs: readonly Run[] }
  | { readonly kind: 'carried' };

type Question =
  | { readonly kind: 'thing'; readonly runs: readonly Run[] }
  | { readonly kind: 'steps'; readonly from: number; readonly to: number };

interface Puzzle {
  readonly shape: Shape;
  readonly events: readonly Event[];
  readonly question: Question;
}

interface Instance {
  /** Null for rows of a data set, which hold the answer alone. */
  readonly puzzle: Puzzle | null;
  /** The same answer in English and Chinese, or in the row's own language. */
  readonly answers: readonly string[];
}

const DIRECTIONS: Readonly<Record<Shape, Readonly<Record<Language, readonly string[]>>>> = {
  square: { en: ['right', 'left', 'up', 'down'], zh: ['右', '左', '上', '下'] },
  diamond: {
    en: ['up-right', 'down-left', 'up-left', 'down-right'],
    zh: ['右上', '左下', '左上', '右下'],
  },
  triangle: {
    en: ['right', 'left', 'up-right', 'down-left', 'up-left', 'down-right'],
    zh: ['右', '左', '右上', '左下', '左上', '右下'],
  },
};

const NETS: Readonly<Record<Shape, Readonly<Record<Language, string>>>> = {
  square: {
    en: 'a net of square tiles; from each corner, edges lead up, down, left and right to the next corners',
    zh: '由正方形瓷砖铺成的网格；从每个顶点出发，可以沿边向上、下、左、右走到相邻的顶点',
  },
  diamond: {
    en: 'a net of diamond-shaped tiles; from each corner, edges lead up-left, up-right, down-left and down-right to the next corners',
    zh: '由菱形瓷砖铺成的网格；从每个顶点出发，可以沿边向左上、右上、左下、右下走到相邻的顶点',
  },
  triangle: {
    en: 'a net of equilateral triangles; from each corner, edges lead left, right, up-left, up-right, down-left and down-right to the next corners, so that one step right and one step up-left end where one step up-right does',
    zh: '由正三角形铺成的网格；从每个顶点出发，可以沿边向左、右、左上、右上、左下、右下走到相邻的顶点，因此先向右1步再向左上1步与向右上1步到达同一处',
  },
};

interface Shown {
  readonly net: string;
  readonly story: string;
  readonly question: string;
}

const wordings: Wordings<Shown> = {
  en: [
    ({ net, story, question }) => `You walk on ${net}. The net has no end.

Exactly one thing lies at every corner, and no two corners have the same kind of thing, so a thing that is named twice is at one and the same corner. A step leads from a corner to the next one. Only what you pay attention to is told; corners passed on the way are not described. "Up", "down", "left" and "right" never change their meaning, whichever way you came.

${story}

${question} Put the answer, one thing of the story or a number of steps in digits, in \\boxed{}. If the story does not tell what lies there, write \\boxed{unknown}.`,
    ({
      net,
      story,
      question,
    }) => `Picture ${net}, endless in every direction. Each corner carries a single thing; all corners carry different ones, hence seeing the same thing again means being at the same corner again. One step goes along one edge. All directions are those of a fixed map. You look only at the corners that are mentioned.

What happens: ${story}

${question}
Finish with \\boxed{...}: the name of the thing as in the story, digits when a number of steps is asked for, or unknown when what lies there has not been told.`,
    ({
      net,
      story,
      question,
    }) => `Somebody walks about on ${net}, which goes on for ever on all sides, and tells what is seen. At every corner there is one thing, and each kind of thing exists at one corner only: who sees a thing for the second time is back where it was seen first. A step is one edge long. The words for directions are those of a map on the wall and do not turn with the walker. Corners that the story passes over in silence also hold things, which are not told.

${story}

${question} Write in \\boxed{} the thing, in the words of the story, or the number of steps in digits, or unknown if nobody can tell from the story what lies there.`,
  ],
  zh: [
    ({ net, story, question }) => `你走在${net}。网格没有边界。

每个顶点上恰好有一件物品，不同顶点的物品种类各不相同，因此两次提到的同一物品在同一个顶点。每一步从一个顶点走到相邻的顶点。只有你留意到的物品才会被提到，途中经过的顶点不作描述。方向始终以地图为准，与你的来路无关。

${story}

${question}请把答案（故事中的一件物品，或用数字表示的步数）写在 \\boxed{} 中。如果故事没有说明那里有什么，请写 \\boxed{unknown}。`,
    ({
      net,
      story,
      question,
    }) => `设想${net}，向各个方向无限延伸。每个顶点放着一件物品，各处的物品互不相同，所以再次看到同一物品就说明回到了同一顶点。一步沿一条边走。所有方向都按固定的地图理解。你只看被提到的顶点。

经过如下：${story}

${question}
最后写 \\boxed{...}：故事中的物品名称；若问步数则写数字；若那里有什么从未交代，则写 unknown。`,
    ({
      net,
      story,
      question,
    }) => `有人在${net}上行走，网格向四面八方无限延伸，并讲述所见。每个顶点有一件物品，每种物品只在一个顶点：第二次看到某件物品，就是回到了第一次看到它的地方。一步是一条边的长度。方向词以墙上的地图为准，不随行走者转动。故事里没有提到的顶点也有物品，只是没有说出来。

${story}

${question}请在 \\boxed{} 中写出故事里的物品名称，或用数字写出步数；若从故事无法得知那里有什么，则写 unknown。`,
  ],
};

const PLAIN = { jumps: 0, isRich: false } as const;

export const spaceReasoning = defineTask<Params, Instance, string>({
  id: 'space-reasoning',
  version: 1,
  label: 'Walks on a net',
  category: 'space',
  description: 'Which thing lies at the end of a walk over a net that was only partly seen.',
  params: Params,
  levels: [
    { ...PLAIN, shapes: ['square'], walks: 2, detours: 0 },
    { ...PLAIN, shapes: ['square', 'diamond'], walks: 3, detours: 1 },
    { ...PLAIN, shapes: ['square', 'diamond', 'triangle'], walks: 3, detours: 2, jumps: 1 },
    { ...PLAIN, shapes: ['square', 'diamond', 'triangle'], walks: 4, detours: 2, jumps: 1 },
    { shapes: ['square', 'diamond', 'triangle'], walks: 5, detours: 3, jumps: 1, isRich: true },
    { shapes: ['square', 'diamond', 'triangle'], walks: 7, detours: 3, jumps: 2, isRich: true },
    { shapes: ['diamond', 'triangle'], walks: 10, detours: 4, jumps: 2, isRich: true },
    { shapes: ['diamond', 'triangle'], walks: 14, detours: 5, jumps: 3, isRich: true },
    { shapes: ['triangle'], walks: 18, detours: 6, jumps: 4, isRich: true },
    { shapes: ['triangle'], walks: 26, detours: 8, jumps: 6, isRich: true },
  ],
  promise: 'computed',
  templates: countWordings(wordings),

  generate(rng, params) {
    const puzzle = drawPuzzle(rng, params);
    return { puzzle, answers: answersOf(puzzle) };
  },

  render({ puzzle }, language, template) {
    if (puzzle === null) return '';
    return renderWording(wordings, language, template, {
      net: NETS[puzzle.shape][language],
      story: tellStory(puzzle, language),
      question: ask(puzzle, language),
    });
  },

  toData({ puzzle, answers }, question): LogicRow {
    const [en = '', zh = en] = answers;
    return {
      question,
      answer: /\p{Script=Han}/u.test(question) && en !== 'unknown' ? zh : en,
      difficulty: 1,
      metadata: { puzzle, answers },
    };
  },

  fromData({ answer, metadata }) {
    if (typeof answer !== 'string' || plainThing(answer) === '') return null;
    const puzzle = metadata?.puzzle;
    return {
      // The puzzle is our own; it is only read back to be shown, never to judge.
      puzzle: isRecord(puzzle) ? (puzzle as unknown as Puzzle) : null,
      answers: textsOf(metadata?.answers) ?? [answer],
    };
  },

  extract(response) {
    const boxed = lastBoxed(finalText(response));
    return boxed === null || boxed === '' ? null : boxed;
  },

  check(candidate, { answers }) {
    if (candidate.length > 200) return wrong('this is not the name of a thing');
    const found = plainThing(candidate);
    const steps = /^(\d{1,4}) ?(?:steps?|步)$/u.exec(found);
    return answers.some((answer) => plainThing(answer) === (steps?.[1] ?? found))
      ? RIGHT
      : wrong('something else is there');
  },

  answer: ({ answers }) => `\\boxed{${answers[0] ?? ''}}`,

  solve: ({ puzzle, answers }) => ({
    answer: `\\boxed{${(puzzle === null ? answers : answersOf(puzzle))[0] ?? ''}}`,
    nodes: 0,
  }),

  difficulty: ({ puzzle }) => ({
    runs:
      puzzle?.events.reduce(
        (sum, event) => sum + (event.kind === 'walk' ? event.runs.length : 0),
        0,
      ) ?? 0,
    jumps: puzzle?.events.filter(({ kind }) => kind === 'carried').length ?? 0,
  }),

  reference(response, { answer }) {
    const found = publishedBox(response);
    return (
      typeof answer === 'string' && found !== null && found.toLowerCase() === answer.toLowerCase()
    );
  },
});

function keyOf({ u, v }: Place): number {
  return u * 100_003 + v;
}

function near(rng: Rng, { u, v }: Place, reach: number): Place {
  for (;;) {
    const [du, dv] = [rng.between(-reach, reach), rng.between(-reach, reach)];
    if (du !== 0 || dv !== 0) return { u: u + du, v: v + dv };
  }
}

function drawPuzzle(rng: Rng, { shapes, walks, jumps, detours, isRich }: Params): Puzzle {
  const shape = rng.pick(shapes);
  const names = rng.shuffle(THINGS.map((_, at) => at));
  const things = new Map<number, number>();
  const seen: Place[] = [];
  const events: Event[] = [];
  let here: Place = { u: 0, v: 0 };
  const look = () => {
    const key = keyOf(here);
    let thing = things.get(key);
    if (thing === undefined) {
      thing = names[things.size] ?? 0;
      things.set(key, thing);
      seen.push(here);
    }
    events.push({ kind: 'see', thing });
  };
  const go = (to: Place, extra: number) => {
    events.push({ kind: 'walk', runs: wayTo(rng, shape, offsetOf(here, to), extra) });
    here = to;
    look();
  };
  look();
  for (let walk = 0; walk < walks; walk += 1) {
    go(near(rng, here, 3), rng.below(2));
    // The jumps are spread evenly over the walks.
    if (Math.floor(((walk + 1) * jumps) / walks) === Math.floor((walk * jumps) / walks)) continue;
    const known = rng.pick(seen);
    events.push({ kind: 'carried' });
    const before = keyOf(here);
    do here = near(rng, known, 4);
    while (keyOf(here) === before);
    look();
    if (rng.below(2) === 0) go(near(rng, here, 2), 0);
    // A thing that was seen before tells where this is.
    if (keyOf(here) !== keyOf(known)) go(known, rng.below(2));
  }
  const dice = isRich ? rng.below(20) : 19;
  if (dice < 4) {
    const [a = 0, b = 0] = rng.shuffle(seen).map((place) => things.get(keyOf(place)) ?? 0);
    return { shape, events, question: { kind: 'steps', from: a, to: b } };
  }
  const goal = dice < 7 ? unseenNear(rng, seen, things) : goalAmong(rng, seen, here);
  return {
    shape,
    events,
    question: { kind: 'thing', runs: wayTo(rng, shape, offsetOf(here, goal), detours) },
  };
}

function goalAmong(rng: Rng, seen: readonly Place[], here: Place): Place {
  for (;;) {
    const goal = rng.pick(seen);
    if (keyOf(goal) !== keyOf(here)) return goal;
  }
}

function unseenNear(rng: Rng, seen: readonly Place[], things: ReadonlyMap<number, number>): Place {
  for (;;) {
    const place = near(rng, rng.pick(seen), 2);
    if (!things.has(keyOf(place))) return place;
  }
}

/**
 * Works the places out from the story alone: each time one is carried away, a map of its own begins, and maps are laid
 * over each other by the things that both show.
 */
function answersOf({ shape, events, question }: Puzzle): string[] {
  const atlas = readStory(events);
  if (question.kind === 'steps') {
    const from = atlas.places.get(question.from);
    const to = atlas.places.get(question.to);
    if (from === undefined || to?.map !== from.map) return ['unknown', '未知'];
    return [String(distance(shape, from, to))];
  }
  const goal = follow(atlas.here, question.runs);
  for (const [thing, place] of atlas.places)
    if (place.map === atlas.here.map && place.u === goal.u && place.v === goal.v) {
      const { en = '', zh = '' } = THINGS[thing] ?? {};
      return [en, zh];
    }
  return ['unknown', '未知'];
}

interface OnMap extends Place {
  readonly map: number;
}

function readStory(events: readonly Event[]): { places: Map<number, OnMap>; here: OnMap } {
  const places = new Map<number, OnMap>();
  let here: OnMap = { map: 0, u: 0, v: 0 };
  let maps = 1;
  for (const event of events) {
    if (event.kind === 'walk') here = { map: here.map, ...follow(here, event.runs) };
    else if (event.kind === 'carried') {
      here = { map: maps, u: 0, v: 0 };
      maps += 1;
    } else {
      const known = places.get(event.thing);
      if (known === undefined) places.set(event.thing, here);
      else if (known.map !== here.map) {
        const { map, u, v } = here;
        for (const [thing, place] of places)
          if (place.map === map)
            places.set(thing, {
              map: known.map,
              u: place.u - u + known.u,
              v: place.v - v + known.v,
            });
        here = known;
      }
    }
  }
  return { places, here };
}

function tellRuns(runs: readonly Run[], shape: Shape, language: Language): string {
  const names = DIRECTIONS[shape][language];
  return language === 'en'
    ? runs
        .map(([to, steps]) => `${steps} ${steps === 1 ? 'step' : 'steps'} ${names[to] ?? ''}`)
        .join(', ')
    : runs.map(([to, steps]) => `向${names[to] ?? ''}${steps}步`).join('，');
}

function nameOf(thing: number, language: Language): string {
  return THINGS[thing]?.[language] ?? '';
}

function withArticle(name: string): string {
  return `${/^[aeiou]/u.test(name) ? 'an' : 'a'} ${name}`;
}

function tellStory({ shape, events }: Puzzle, language: Language): string {
  const isEnglish = language === 'en';
  const named = new Set<number>();
  const parts = events.map((event, at) => {
    if (event.kind === 'walk') {
      const runs = tellRuns(event.runs, shape, language);
      return isEnglish ? `You walk ${runs}` : `然后${runs}`;
    }
    if (event.kind === 'carried')
      return isEnglish
        ? 'Then you are carried, with your eyes closed, to another corner'
        : '随后你被蒙着眼睛带到另一个顶点';
    const name = nameOf(event.thing, language);
    const isOld = named.has(event.thing);
    named.add(event.thing);
    if (isEnglish) {
      const shown = isOld ? `the ${name} again` : withArticle(name);
      return at === 0 ? `You start at a corner with ${shown}.` : ` and see ${shown}.`;
    }
    if (at === 0) return `你从放着${name}的顶点出发。`;
    return isOld ? `，又看到了${name}。` : `，看到了${name}。`;
  });
  return isEnglish ? parts.join('').replace(/\.(?=[A-Z])/gu, '. ') : parts.join('');
}

function ask({ shape, question }: Puzzle, language: Language): string {
  if (question.kind === 'steps') {
    const [from, to] = [nameOf(question.from, language), nameOf(question.to, language)];
    return language === 'en'
      ? `What is the smallest number of steps in which one can walk from the ${from} to the ${to}?`
      : `从${from}走到${to}最少需要多少步？`;
  }
  const runs = tellRuns(question.runs, shape, language);
  return language === 'en'
    ? `From where you are now you walk ${runs}. What lies at the corner where you end up?`
    : `从你现在的位置出发，${runs}。你最后到达的顶点上有什么？`;
}
