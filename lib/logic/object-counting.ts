import { z } from 'zod';
import type { Rng } from '#lib/rng.ts';
import { countOf, publishedBox } from './boxed-answer.ts';
import { finalText, lastBoxed } from './final-text.ts';
import { defineTask, RIGHT, wrong, type Language } from './logic-task.ts';
import {
  countOfThing,
  countsOf,
  KINDS,
  PEOPLE,
  play,
  tellEvent,
  tellHolding,
  type Event,
  type Holding,
  type Thing,
} from './possessions.ts';
import { countWordings, renderWording, type Wordings } from './prompt.ts';
import { pyInt } from './python-text.ts';
import { isRecord } from './row-fields.ts';

const Params = z.strictObject({
  kinds: z.int().min(2).max(7),
  /** Different things of each kind that the narrator has. */
  own: z.int().min(1).max(8),
  /** What other people have. */
  others: z.int().min(0).max(80),
  events: z.int().min(0).max(60),
  most: z.int().min(4).max(500),
});
type Params = z.infer<typeof Params>;

type Question =
  | { readonly kind: 'total'; readonly of: number }
  | { readonly kind: 'sum' | 'difference'; readonly of: number; readonly and: number };

interface Puzzle {
  readonly holdings: readonly Holding[];
  readonly events: readonly Event[];
  readonly question: Question;
}

interface Instance {
  /** Null for rows of a data set, which hold the answer alone. */
  readonly puzzle: Puzzle | null;
  readonly count: number;
}

interface Shown {
  readonly start: string;
  readonly events: string;
  readonly question: string;
}

const wordings: Wordings<Shown> = {
  en: [
    ({ start, events, question }) => `Please help me count. This is who has what at first:

${start}
${events === '' ? '' : `\nAfterwards this happened, in this order:\n${events}\n`}
A dozen is twelve. Only what I myself have at the end counts. ${question}
Give the whole number in \\boxed{}, for example \\boxed{12}.`,
    ({ start, events, question }) => `At the beginning:
${start}
${events === '' ? 'Nothing has changed since.' : `Then, one thing after the other:\n${events}`}

One dozen means 12 pieces; things of other people are not mine. ${question} Finish with \\boxed{a whole number}.`,
    ({ start, events, question }) => `Count with me. What everybody has to begin with:
${start}
${events === '' ? 'It stays like this.' : `What happens next, in order:\n${events}`}

Remember that a dozen are 12, and that I ask for what I have at the end, not for what others have. ${question}
Write the count as a whole number in \\boxed{}.`,
  ],
  zh: [
    ({ start, events, question }) => `请帮我数一数。最初大家拥有的东西如下：

${start}
${events === '' ? '' : `\n之后依次发生了：\n${events}\n`}
一打是十二个。只计算最后属于我本人的东西。${question}
请把整数写在 \\boxed{} 中，例如 \\boxed{12}。`,
    ({ start, events, question }) => `开始时：
${start}
${events === '' ? '此后没有变化。' : `随后接连发生：\n${events}`}

一打等于 12 个；别人的东西不算我的。${question}最后写 \\boxed{整数}。`,
    ({ start, events, question }) => `和我一起数。一开始每个人拥有的东西：
${start}
${events === '' ? '之后一直如此。' : `接下来依次发生：\n${events}`}

注意一打是 12 个；问的是最后我拥有的东西，不是别人的。${question}
请把个数以整数写在 \\boxed{} 中。`,
  ],
};

export const objectCounting = defineTask<Params, Instance, number>({
  id: 'object-counting',
  version: 1,
  label: 'Counting belongings',
  category: 'language',
  description: 'How many things of a kind the narrator has after giving, buying and losing.',
  params: Params,
  levels: [
    { kinds: 2, own: 2, others: 4, events: 0, most: 10 },
    { kinds: 3, own: 2, others: 8, events: 2, most: 20 },
    { kinds: 3, own: 3, others: 12, events: 4, most: 20 },
    { kinds: 4, own: 3, others: 18, events: 6, most: 40 },
    { kinds: 4, own: 4, others: 25, events: 9, most: 40 },
    { kinds: 5, own: 4, others: 30, events: 12, most: 60 },
    { kinds: 5, own: 5, others: 35, events: 18, most: 80 },
    { kinds: 6, own: 6, others: 40, events: 25, most: 100 },
    { kinds: 7, own: 7, others: 50, events: 36, most: 150 },
    { kinds: 7, own: 8, others: 60, events: 50, most: 300 },
  ],
  promise: 'computed',
  templates: countWordings(wordings),

  generate(rng, params) {
    const puzzle = drawPuzzle(rng, params);
    return { puzzle, count: answerOf(puzzle) };
  },

  render({ puzzle }, language, template) {
    if (puzzle === null) return '';
    const { holdings, events, question } = puzzle;
    const gap = language === 'en' ? ' ' : '';
    return renderWording(wordings, language, template, {
      start: holdings.map((holding) => tellHolding(holding, language)).join(gap),
      events: events.map((event) => tellEvent(event, language)).join(gap),
      question: ask(question, language),
    });
  },

  toData: ({ puzzle, count }, question) => ({
    question,
    answer: String(count),
    difficulty: 1,
    metadata: { puzzle },
  }),

  fromData({ answer, metadata }) {
    const count = countOf(
      typeof answer === 'number' ? String(answer) : typeof answer === 'string' ? answer : '',
    );
    const puzzle = metadata?.puzzle;
    return count === null
      ? null
      : // The puzzle is our own; it is only read back to be shown, never to judge.
        { puzzle: isRecord(puzzle) ? (puzzle as unknown as Puzzle) : null, count };
  },

  extract(response) {
    const boxed = lastBoxed(finalText(response));
    return boxed === null ? null : countOf(boxed);
  },

  check: (candidate, { count }) => (candidate === count ? RIGHT : wrong('the number is another')),
  answer: ({ count }) => `\\boxed{${count}}`,

  solve: ({ puzzle, count }) => ({
    answer: `\\boxed{${puzzle === null ? count : answerOf(puzzle)}}`,
    nodes: 0,
  }),

  difficulty: ({ puzzle }) => ({
    statements: puzzle?.holdings.length ?? 0,
    events: puzzle?.events.length ?? 0,
  }),

  reference: sameInteger,
});

/** Both sides as Python's `int` reads them. */
export function sameInteger(response: string, { answer }: { readonly answer: unknown }): boolean {
  const found = publishedBox(response);
  if (found === null || (typeof answer !== 'string' && typeof answer !== 'number')) return false;
  const [told, gold] = [pyInt(found), pyInt(String(answer))];
  return told !== null && told === gold;
}

function drawPuzzle(rng: Rng, params: Params): Puzzle {
  const kinds = rng.shuffle(KINDS.map((_, at) => at)).slice(0, params.kinds);
  const holdings = new Map<string, Holding>();
  const hold = (who: number, what: Thing) => {
    // A share of the counts is told in dozens.
    const count =
      params.most >= 24 && rng.below(6) === 0
        ? 12 * rng.between(1, Math.floor(params.most / 12))
        : rng.between(2, params.most);
    holdings.set(`${who}/${what.join('/')}`, { who, what, count });
  };
  for (const kind of kinds)
    for (const place of rng.shuffle(placesOf(kind)).slice(0, params.own)) hold(0, [kind, place]);
  for (let at = 0; at < params.others; at += 1) {
    const kind = rng.pick(kinds);
    hold(rng.between(1, PEOPLE.length - 1), [kind, rng.pick(placesOf(kind))]);
  }
  const start = rng.shuffle([...holdings.values()]);
  const counts = countsOf(start, []);
  const events: Event[] = [];
  while (events.length < params.events) {
    const event = drawEvent(rng, start, counts);
    if (event === null) continue;
    play(counts, event);
    events.push(event);
  }
  const [of = 0, and = 0] = rng.shuffle(kinds);
  const dice = rng.below(3);
  const question: Question =
    dice === 0 ? { kind: 'total', of } : { kind: dice === 1 ? 'sum' : 'difference', of, and };
  return { holdings: start, events, question };
}

function placesOf(kind: number): number[] {
  return KINDS[kind]?.things.map((_, at) => at) ?? [];
}

/** Null when what was drawn can not happen; the narrator takes part in most of it. */
function drawEvent(
  rng: Rng,
  start: readonly Holding[],
  counts: ReturnType<typeof countsOf>,
): Event | null {
  const { what } = rng.pick(start);
  const isGetting = rng.below(3) === 0;
  const isMine = rng.below(4) > 0;
  const someone = rng.between(1, PEOPLE.length - 1);
  const who = isMine && !isGetting ? 0 : someone;
  const held = countOfThing(counts, who, what);
  const dice = rng.below(12);
  if (dice < 3) return { kind: 'buy', who: isMine ? 0 : someone, what, count: rng.between(2, 15) };
  if (held < 4) return null;
  const count = rng.between(2, held - 1);
  const other = 1 + ((someone + rng.below(PEOPLE.length - 2)) % (PEOPLE.length - 1));
  const to = who === 0 ? someone : isMine || other === who ? 0 : other;
  if (dice < 5) return { kind: 'lose', who, what, count };
  if (dice < 8) return { kind: 'give', who, to, what, count };
  if (dice === 8) return { kind: 'give-all', who, to, what };
  if (dice === 9) return { kind: 'refused', who, to, what, count };
  return held % 2 === 0 ? { kind: 'sell-half', who, what } : null;
}

function answerOf({ holdings, events, question }: Puzzle): number {
  const [own = []] = countsOf(holdings, events);
  const total = (kind: number) => (own[kind] ?? []).reduce((sum, count) => sum + count, 0);
  if (question.kind === 'total') return total(question.of);
  const [a, b] = [total(question.of), total(question.and)];
  return question.kind === 'sum' ? a + b : Math.abs(a - b);
}

function ask(question: Question, language: Language): string {
  const name = (kind: number) => KINDS[kind]?.name[language] ?? '';
  const first = name(question.of);
  if (question.kind === 'total')
    return language === 'en' ? `How many ${first} do I have?` : `我一共有多少件${first}？`;
  const second = name(question.and);
  if (question.kind === 'sum')
    return language === 'en'
      ? `How many ${first} and ${second} do I have altogether?`
      : `我的${first}和${second}一共有多少件？`;
  return language === 'en'
    ? `What is the absolute difference between the number of ${first} and the number of ${second} that I have?`
    : `我的${first}数量与${second}数量之差的绝对值是多少？`;
}
