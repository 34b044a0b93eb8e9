/**
 * Our comparison beside `parse().isEqual()` of @cortex-js/compute-engine on the same pairs in the same process:
 * `node tests/bench/compute-engine.ts`. Pairs that hang that engine (towers of powers) are not among them.
 */
import { ComputeEngine } from '@cortex-js/compute-engine';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareAnswers } from '#lib/math/compare.ts';
import { MathPolicy } from '#lib/math/policy.ts';
import { readAnswer } from '#lib/math/reading.ts';
import { forgetReferences, readReference } from '#lib/math/reference.ts';
import { math } from '#lib/verifiers/math.ts';
import answers from '#tests/fixtures/verifiers/answers-by-class.json' with { type: 'json' };

interface Pair {
  readonly gold: string;
  readonly answer: string;
  readonly isEqual: boolean;
}

interface Measured {
  readonly right: number;
  readonly falseAccepts: number;
  /** Of the first round, in which every pair is new. */
  readonly firstPerSecond: number;
  /** With the quickest round of each pair. */
  readonly perSecond: number;
  /** Over whole turns, garbage collection included: the middle one of those after the code is warm. */
  readonly sustained: number;
  /** The quickest round of each pair, in ms, in rising order. */
  readonly times: readonly number[];
}

const CASES = join(import.meta.dirname, '../../../shared/data/verifier-cases');
/** Which stay within what that engine ends in seconds. */
const FILES = [
  'hardverify_math.jsonl',
  'latex2sympy.jsonl',
  'lighteval.jsonl',
  'mario_eval.jsonl',
  'mathverify.jsonl',
  'mv_issues.jsonl',
  'olympiadbench.jsonl',
  'stack_algequiv.jsonl',
];
/** Numbers that the engine would write out: large exponents, towers of powers, large factorials. */
const TOO_LARGE = /\^\{?\d{4,}|\^(?:\{[^{}]*\^|\w+\^)|\d{3}[})]?!|\d{40,}/u;

const policy = MathPolicy.parse({});
const engine = new ComputeEngine();

/** A pair ready to be judged; whatever has to be written for it was written before the clock starts. */
type Judge = () => boolean;

/** The verifier as it is used: it finds the answer in its box, reads both sides and compares. */
function byVerifier({ gold, answer }: Pair): Judge {
  const input = { gold, response: `\\boxed{${answer}}` };
  return () => math.verify(input, policy).status === 'correct';
}

/** The same where no reference was seen before: runs of a benchmark share theirs, so that it is read once for all of them. */
function byVerifierAnew(pair: Pair): Judge {
  const judge = byVerifier(pair);
  return () => {
    forgetReferences();
    return judge();
  };
}

/** Reading and comparing alone, which is what the engine is asked for. */
function byComparison({ gold, answer }: Pair): Judge {
  return () => {
    const [left, right] = [readReference(gold).reading, readAnswer(answer)];
    if (left.kind === 'unreadable' || right.kind === 'unreadable') return false;
    return compareAnswers(left.node, right.node, policy).result === 'equal';
  };
}

/** Without dollar signs, which the engine does not read. */
function byEngine(pair: Pair): Judge {
  const [gold, answer] = [pair.gold, pair.answer].map((text) => text.replaceAll('$', ''));
  return () => engine.parse(gold ?? '').isEqual(engine.parse(answer ?? '')) === true;
}

/** Turns of each side, so that a busy machine slows down both alike. */
const TURNS = 8;
/** Turns in which code becomes warm. */
const WARMING = 2;
/** Each side gets the same time: in as many rounds as the slower one needs, the code of the quicker one would not become warm. */
const TURN_MS = 250;

/** One side on its way through the pairs. */
class Side {
  readonly #pairs: readonly Pair[];
  readonly #judges: readonly Judge[];
  readonly #times: number[];
  readonly #rates: number[] = [];
  #first = { isOver: false, time: 0, right: 0, falseAccepts: 0 };

  constructor(pairs: readonly Pair[], prepare: (pair: Pair) => Judge) {
    this.#pairs = pairs;
    this.#judges = pairs.map(prepare);
    this.#times = pairs.map(() => Infinity);
  }

  turn(): void {
    const begin = performance.now();
    let rounds = 0;
    do {
      this.#round();
      rounds += 1;
    } while (performance.now() - begin < TURN_MS);
    this.#rates.push((1000 * rounds * this.#pairs.length) / (performance.now() - begin));
  }

  #round(): void {
    const first = this.#first;
    for (const [index, judge] of this.#judges.entries()) {
      const start = performance.now();
      const isAccepted = attempt(judge);
      const time = performance.now() - start;
      this.#times[index] = Math.min(this.#times[index] ?? Infinity, time);
      if (first.isOver) continue;
      first.time += time;
      const isEqual = this.#pairs[index]?.isEqual === true;
      if (isAccepted === isEqual) first.right += 1;
      if (isAccepted && !isEqual) first.falseAccepts += 1;
    }
    first.isOver = true;
  }

  /** The quickest of all rounds counts for each pair: code is warm, and a busy machine does not show. */
  measured(): Measured {
    const { right, falseAccepts, time } = this.#first;
    return {
      ...{ right, falseAccepts },
      firstPerSecond: (1000 * this.#pairs.length) / time,
      perSecond: (1000 * this.#pairs.length) / sum(this.#times),
      sustained: median(this.#rates.slice(WARMING)),
      times: this.#times.toSorted((x, y) => x - y),
    };
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function median(values: readonly number[]): number {
  return values.toSorted((x, y) => x - y)[values.length >> 1] ?? 0;
}

/** What throws has not accepted. */
function attempt(judge: Judge): boolean {
  try {
    return judge();
  } catch {
    return false;
  }
}

function fixturePairs(): Pair[] {
  return Object.values(answers)
    .flatMap(({ equal, different }) => [
      ...equal.map(([gold = '', answer = '']) => ({ gold, answer, isEqual: true })),
      ...different.map(([gold = '', answer = '']) => ({ gold, answer, isEqual: false })),
    ])
    .filter(({ gold, answer }) => !TOO_LARGE.test(gold) && !TOO_LARGE.test(answer));
}

interface CaseRow {
  gold: string;
  pred: string;
  kind: string;
  expected: boolean;
  truth?: boolean;
}

function filePairs(file: string): Pair[] {
  const path = join(CASES, file);
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as CaseRow)
    .filter(({ kind }) => kind === 'pair' || kind === 'derived')
    .map(({ gold, pred, expected, truth }) => ({ gold, answer: pred, isEqual: truth ?? expected }))
    .filter(({ gold, answer }) => !TOO_LARGE.test(gold) && !TOO_LARGE.test(answer));
}

function compare(name: string, pairs: readonly Pair[]): void {
  if (pairs.length === 0) {
    process.stdout.write(`${name}: skipped, no labelled cases beside this checkout\n`);
    return;
  }
  const sides = [byVerifier, byVerifierAnew, byComparison, byEngine].map(
    (prepare) => new Side(pairs, prepare),
  );
  for (let turn = 0; turn < TURNS; turn += 1) for (const side of sides) side.turn();
  const [ours, anew, alone, theirs] = sides.map((side) => side.measured()) as [
    Measured,
    Measured,
    Measured,
    Measured,
  ];
  process.stdout.write(`${name}, ${String(pairs.length)} pairs\n`);
  for (const [side, measured] of [
    ['verifier', ours],
    ['with references never seen before', anew],
    ['without the search for the answer', alone],
    ['compute-engine', theirs],
  ] as const)
    process.stdout.write(`  ${side}: ${told(measured)}\n`);
  for (const rate of ['perSecond', 'sustained'] as const) {
    const times = (part: Measured): string => (part[rate] / theirs[rate]).toFixed(1);
    const name = rate === 'sustained' ? 'over whole turns' : 'by the quickest rounds';
    process.stdout.write(
      `  ${name}: ${times(ours)} times as fast, ${times(anew)} with new references, ${times(alone)} without the search\n`,
    );
  }
}

function told({
  right,
  falseAccepts,
  firstPerSecond,
  perSecond,
  sustained,
  times,
}: Measured): string {
  const at = (share: number): string =>
    (times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0).toFixed(3);
  const slowest = ((100 * sum(times.slice(-10))) / sum(times)).toFixed(0);
  return `${(right / times.length).toFixed(3)} right, ${String(falseAccepts)} false accepts, ${firstPerSecond.toFixed(0)}/s on first sight, ${perSecond.toFixed(0)}/s, ${sustained.toFixed(0)}/s over whole turns, p50 ${at(0.5)} p90 ${at(0.9)} p99 ${at(0.99)} ms, the ten slowest take ${slowest} %`;
}

// The fixtures come first: they warm the code of both sides for the files.
compare('own fixtures', fixturePairs());
for (const file of FILES) compare(file.replace('.jsonl', ''), filePairs(file));
compare('all files', FILES.flatMap(filePairs));
