import { z } from 'zod';
import type { Rng } from '#lib/rng.ts';
import { fits, MAX_PEOPLE, solveStatements, type Statement } from './lie-statements.ts';
import {
  askAbout,
  namingIn,
  PLACES,
  REMARKS,
  tellPlace,
  tellRemark,
  tellStatement,
} from './lie-words.ts';
import { defineTask, RIGHT, wrong, type Language } from './logic-task.ts';
import { countWordings, renderWording, type Wordings } from './prompt.ts';
import { isRecord } from './row-fields.ts';
import { FIRST_NAMES } from './words/first-names.ts';
import { findYesNo, publishedTokens, publishedYesNo, readYesNo } from './yes-or-no.ts';

const Params = z.strictObject({
  people: z
    .int()
    .min(3)
    .max(Math.min(MAX_PEOPLE, FIRST_NAMES.length, PLACES.length)),
  /** People of whom the puzzle itself tells what they are; more are told when the rest leaves somebody open. */
  told: z.int().min(0).max(20),
  /** Share of statements, from 0 to 1, that compare two people. */
  pairs: z.number().min(0).max(1),
  /** Statements of the form "at least one of". */
  some: z.int().min(0).max(10),
  /** Statements beyond those that are needed. */
  extra: z.int().min(0).max(60),
  remarks: z.int().min(0).max(REMARKS.length),
});
type Params = z.infer<typeof Params>;

/** What the text says, sentence by sentence; `isByPlace` holds how each person in it is named. */
type Line =
  | { readonly kind: 'place'; readonly who: number }
  | {
      readonly kind: 'remark';
      readonly who: number;
      readonly remark: number;
      readonly isByPlace: boolean;
    }
  | {
      readonly kind: 'said';
      readonly statement: Statement;
      readonly isByPlace: readonly boolean[];
    };

interface Puzzle {
  /** Of each person, as places in the lists of words. */
  readonly names: readonly number[];
  readonly places: readonly number[];
  readonly lines: readonly Line[];
  readonly asked: readonly { readonly who: number; readonly isByPlace: boolean }[];
}

interface Instance {
  /** Null for rows of a data set, which hold the answer alone. */
  readonly puzzle: Puzzle | null;
  readonly gold: readonly boolean[];
}

interface Shown {
  readonly count: number;
  readonly text: string;
  readonly questions: string;
}

const wordings: Wordings<Shown> = {
  en: [
    ({
      count,
      text,
      questions,
    }) => `There are ${count} people, each at a place of their own. Some of them always tell the truth, the others always lie: everything that a liar says is false. People are of the same kind when both always tell the truth or both always lie. Whatever nobody says, but the text itself states, is true.

${text}

${questions}
Think step by step. Give one yes or no for each question, in the order of the questions, on the last line in this form: The answer is **yes, no, yes**.`,
    ({
      count,
      text,
      questions,
    }) => `A town of ${count}. Each inhabitant either tells the truth in every sentence or lies in every sentence, and a lie means that the exact opposite holds. Nobody shares a place with another. Two people are of different kinds when one is a liar and the other is not. Sentences outside quotation marks come from the narrator, who is reliable.

${text}

Work out: ${questions}
The last line of your response must read "The answer is **…**." with a list of yes and no in bold, parted by commas, one for each question in turn, such as **no, yes**.`,
    ({
      count,
      text,
      questions,
    }) => `Truth-tellers and liars: every statement of a truth-teller is true, every statement of a liar is false, and each of the ${count} people below is one or the other ("the same kind" means two truth-tellers or two liars). Facts given without a speaker are true; no two people are at the same place.

${text}

Questions: ${questions}
Answer all of them in their order. Finish with a line like "The answer is **no, no, yes**."`,
  ],
  zh: [
    ({
      count,
      text,
      questions,
    }) => `有 ${count} 个人，每人各在一个不同的地方。其中有些人总是说真话，其余的人总是说谎：说谎者说的每句话都是假的。两个人都说真话或都说谎时，他们是同一类人。没有说话人的句子都是真的。

${text}

${questions}
请逐步思考。按问题的顺序对每个问题回答是或否，并在最后一行这样写：答案是 **是, 否, 是**。`,
    ({
      count,
      text,
      questions,
    }) => `某镇有 ${count} 位居民，每位居民要么句句是真话，要么句句是谎话；谎话意味着与它相反的情况成立。没有两位居民在同一个地方。一个说谎而另一个不说谎，就不是同一类人。引号以外的句子出自叙述者，全都可靠。

${text}

请推断：${questions}
回答的最后一行必须是“答案是 **…**。”，其中加粗的部分按提问顺序列出是或否，用逗号隔开，例如 **否, 是**。`,
    ({
      count,
      text,
      questions,
    }) => `真话者的每句话都为真，说谎者的每句话都为假，下面 ${count} 人各属其中一类（“同一类人”指两个真话者或两个说谎者）。没有注明说话人的陈述为真；任何两人都不在同一处。

${text}

问题：${questions}
请依次回答所有问题，并以这样的一行结束：答案是 **否, 否, 是**。`,
  ],
};

const MAX_TRIES = 200;

export const webOfLies = defineTask<Params, Instance, readonly (boolean | null)[]>({
  id: 'web-of-lies',
  version: 1,
  label: 'Web of lies',
  category: 'deduction',
  description: 'Who tells the truth, when liars and truth-tellers speak about each other.',
  params: Params,
  levels: [
    { people: 4, told: 1, pairs: 0, some: 0, extra: 0, remarks: 1 },
    { people: 6, told: 1, pairs: 0, some: 0, extra: 1, remarks: 1 },
    { people: 8, told: 1, pairs: 0.1, some: 0, extra: 1, remarks: 2 },
    { people: 10, told: 1, pairs: 0.15, some: 0, extra: 2, remarks: 2 },
    { people: 12, told: 1, pairs: 0.2, some: 1, extra: 2, remarks: 3 },
    { people: 14, told: 0, pairs: 0.2, some: 1, extra: 3, remarks: 3 },
    { people: 18, told: 0, pairs: 0.25, some: 2, extra: 4, remarks: 4 },
    { people: 24, told: 0, pairs: 0.3, some: 3, extra: 5, remarks: 5 },
    { people: 32, told: 0, pairs: 0.35, some: 4, extra: 6, remarks: 6 },
    { people: 40, told: 0, pairs: 0.4, some: 5, extra: 8, remarks: 8 },
  ],
  promise: 'unique',
  templates: countWordings(wordings),

  generate(rng, params) {
    const honest = Array.from({ length: params.people }, () => rng.below(2) === 0);
    const puzzle = dress(rng, drawStatements(rng, params, honest), params);
    return { puzzle, gold: puzzle.asked.map(({ who }) => honest[who] === true) };
  },

  render({ puzzle }, language, template) {
    if (puzzle === null) return '';
    const name = namingIn(language, puzzle.names, puzzle.places);
    return renderWording(wordings, language, template, {
      count: puzzle.names.length,
      text: puzzle.lines
        .map((line) => tellLine(puzzle, line, language))
        .join(language === 'en' ? ' ' : ''),
      questions: puzzle.asked
        .map(({ who, isByPlace }) => askAbout(name(who, isByPlace), language))
        .join(language === 'en' ? ' ' : ''),
    });
  },

  toData: ({ puzzle, gold }, question) => {
    const isChinese = /\p{Script=Han}/u.test(question);
    const words = isChinese ? ['否', '是'] : ['no', 'yes'];
    return {
      question,
      answer: gold.map((value) => words[Number(value)] ?? '').join(', '),
      difficulty: 1,
      metadata: { num_person: puzzle?.names.length ?? 0, use_chinese: isChinese, puzzle },
    };
  },

  fromData({ answer, metadata }) {
    const tokens = typeof answer === 'string' ? readYesNo(answer) : [];
    const gold = tokens.filter((token) => token !== null);
    if (gold.length === 0 || gold.length !== tokens.length) return null;
    const puzzle = metadata?.puzzle;
    // The puzzle is our own; it is only read back to be shown, never to judge.
    return { puzzle: isRecord(puzzle) ? (puzzle as unknown as Puzzle) : null, gold };
  },

  extract: findYesNo,

  check(answers, { gold }) {
    if (answers.length !== gold.length)
      return wrong(`${gold.length} answers are wanted, not ${answers.length}`);
    const at = answers.findIndex((answer, index) => answer !== gold[index]);
    if (at === -1) return RIGHT;
    return wrong(
      answers[at] === null
        ? `answer ${at + 1} is neither yes nor no`
        : `answer ${at + 1} must be the other one`,
    );
  },

  answer: ({ gold }) => sayAnswer(gold),

  solve({ puzzle, gold }) {
    if (puzzle === null) return { answer: sayAnswer(gold), nodes: 0 };
    const { first, nodes } = solveStatements(puzzle.names.length, statementsOf(puzzle), 1);
    return {
      answer: first === null ? null : sayAnswer(puzzle.asked.map(({ who }) => first[who] === true)),
      nodes,
    };
  },

  /** Of the whole web, and so of what is asked. */
  countSolutions: ({ puzzle }, limit) =>
    puzzle === null ? 1 : solveStatements(puzzle.names.length, statementsOf(puzzle), limit).count,

  difficulty: ({ puzzle, gold }) => {
    const statements = puzzle === null ? [] : statementsOf(puzzle);
    return {
      people: puzzle?.names.length ?? 0,
      statements: statements.length,
      asked: gold.length,
      nodes: solveStatements(puzzle?.names.length ?? 0, statements, 2).nodes,
    };
  },

  reference(response, { answer }) {
    if (typeof answer !== 'string') return false;
    const told = publishedYesNo(response);
    const gold = publishedTokens(answer);
    return (
      told.length > 0 &&
      told.length === gold.length &&
      told.every((value, index) => value === gold[index])
    );
  },
});

function sayAnswer(gold: readonly boolean[]): string {
  return `The answer is **${gold.map((value) => (value ? 'yes' : 'no')).join(', ')}**.`;
}

function statementsOf({ lines }: Puzzle): Statement[] {
  return lines.flatMap((line) => (line.kind === 'said' ? [line.statement] : []));
}

function tellLine(puzzle: Puzzle, line: Line, language: Language): string {
  const name = namingIn(language, puzzle.names, puzzle.places);
  if (line.kind === 'place') {
    const place = PLACES[puzzle.places[line.who] ?? 0] ?? { en: '', zh: '' };
    return tellPlace(name(line.who, false), place, language);
  }
  if (line.kind === 'remark')
    return tellRemark(
      name(line.who, line.isByPlace),
      REMARKS[line.remark] ?? { en: '', zh: '' },
      language,
    );
  const people = peopleIn(line.statement).map((person, at) =>
    name(person, line.isByPlace[at] === true),
  );
  return tellStatement(line.statement, people, language);
}

function peopleIn({ speaker, of }: Statement): readonly number[] {
  return speaker === null ? of : [speaker, ...of];
}

/**
 * Everybody is tied to somebody before by a statement, so that one known person settles all. That person is told, or
 * follows from statements that compare two others; a solver proves that no second way is left.
 */
function drawStatements(
  rng: Rng,
  { people, told, pairs, some, extra }: Params,
  honest: readonly boolean[],
): readonly Statement[] {
  const order = rng.shuffle(honest.map((_, person) => person));
  const statements = new Map<string, Statement>();
  const keep = (statement: Statement) => {
    statements.set(
      `${statement.speaker ?? ''} ${statement.claim} ${statement.of.join(' ')}`,
      statement,
    );
  };
  const tell = (person: number) =>
    keep({ speaker: null, claim: honest[person] === true ? 'honest' : 'liar', of: [person] });
  // Ties by "at least one of" need two people before.
  const loose = new Set(
    rng.shuffle(order.map((_, at) => at).filter((at) => at > 1)).slice(0, some),
  );
  for (const [at, person] of order.entries()) {
    if (at < Math.min(told, people)) tell(person);
    if (at === 0) continue;
    const before = rng.below(at);
    const others = [
      order[before] ?? 0,
      order[(before + 1 + rng.below(Math.max(1, at - 1))) % at] ?? 0,
    ];
    keep(
      (loose.has(at) ? drawSome(rng, person, others, honest) : null) ??
        (at > 1 && rng.float() < pairs
          ? drawPair(rng, [person, ...others], honest)
          : drawSimple(rng, [person, others[0] ?? 0], honest)),
    );
  }
  const count = () => solveStatements(people, [...statements.values()], 2).count;
  const addAny = () => {
    const [a = 0, b = 0, c = 0] = threeOf(rng, people);
    keep(rng.float() < pairs ? drawPair(rng, [a, b, c], honest) : drawSimple(rng, [a, b], honest));
  };
  for (let tries = 0; count() !== 1; tries += 1) {
    if (tries === MAX_TRIES) throw new Error('No web of lies with one way out was found.');
    // What compares two people leads out of the circle; where none is wanted, somebody is told.
    if (tries % 8 === 7) tell(rng.below(people));
    else keep(drawPair(rng, threeOf(rng, people), honest));
  }
  for (let added = 0; added < extra; added += 1) addAny();
  return [...statements.values()];
}

function threeOf(rng: Rng, people: number): number[] {
  const a = rng.below(people);
  const b = (a + 1 + rng.below(people - 1)) % people;
  let c = rng.below(people);
  while (c === a || c === b) c = rng.below(people);
  return [a, b, c];
}

/** One of the two about the other. */
function drawSimple(rng: Rng, pair: readonly number[], honest: readonly boolean[]): Statement {
  const at = rng.below(2);
  const speaker = pair[at] ?? 0;
  const target = pair[1 - at] ?? 0;
  return {
    speaker,
    claim: honest[speaker] === honest[target] ? 'honest' : 'liar',
    of: [target],
  };
}

/** One of the three about the two others. */
function drawPair(rng: Rng, three: readonly number[], honest: readonly boolean[]): Statement {
  const at = rng.below(3);
  const speaker = three[at] ?? 0;
  const of = three.filter((_, index) => index !== at);
  const [a = 0, b = 0] = of;
  const isSame = honest[a] === honest[b];
  return { speaker, claim: isSame === honest[speaker] ? 'same' : 'different', of };
}

/** The speaker about two others; null when neither form fits the speaker. */
function drawSome(
  rng: Rng,
  speaker: number,
  of: readonly number[],
  honest: readonly boolean[],
): Statement | null {
  const fitting = (['some-honest', 'some-liar'] as const)
    .map((claim): Statement => ({ speaker, claim, of }))
    .filter((statement) => fits(statement, honest));
  return fitting.length === 0 ? null : rng.pick(fitting);
}

/** Names, places, remarks and an order of the sentences, and the half that is asked about. */
function dress(rng: Rng, statements: readonly Statement[], { people, remarks }: Params): Puzzle {
  const everybody = Array.from({ length: people }, (_, person) => person);
  const isByPlace = () => rng.below(5) < 2;
  const lines: Line[] = [
    ...everybody.map((who): Line => ({ kind: 'place', who })),
    ...rng
      .shuffle(REMARKS.map((_, at) => at))
      .slice(0, remarks)
      .map((remark): Line => ({
        kind: 'remark',
        who: rng.below(people),
        remark,
        isByPlace: isByPlace(),
      })),
    ...statements.map((statement): Line => ({
      kind: 'said',
      statement,
      isByPlace: peopleIn(statement).map(isByPlace),
    })),
  ];
  return {
    names: rng.shuffle(FIRST_NAMES.map((_, at) => at)).slice(0, people),
    places: rng.shuffle(PLACES.map((_, at) => at)).slice(0, people),
    lines: rng.shuffle(lines),
    asked: rng
      .shuffle(everybody)
      .slice(0, Math.ceil(people / 2))
      .map((who) => ({ who, isByPlace: isByPlace() })),
  };
}
