/**
 * Our comparison beside `parse().isEqual()` of @cortex-js/compute-engine on the same pairs in the same process:
 * `node tests/bench/compute-engine.ts`. Pairs that hang that engine (towers of powers) are not among them.
 */
import { ComputeEngine } from '@cortex-js/compute-engine';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MathPolicy } from '#lib/math/policy.ts';
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
  readonly p50Ms: number;
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
/** Powers that the engine would write out. */
const TOO_LARGE = /\^\{?\d{4,}|\^.*\^|!|\d{40,}/u;

const policy = MathPolicy.parse({});
const engine = new ComputeEngine();

function byUs({ gold, answer }: Pair): boolean {
  return math.verify({ gold, response: `\\boxed{${answer}}` }, policy).status === 'correct';
}

function byEngine({ gold, answer }: Pair): boolean {
  const [left, right] = [gold, answer].map((text) => engine.parse(text.replaceAll('$', '')));
  return left !== undefined && right !== undefined && left.isEqual(right) === true;
}

const ROUNDS = 12;

/**
 * The quickest of several rounds counts for each pair on both sides: code is warm, and a busy machine does not show. Ours
 * finds the answer in its box, reads both sides and compares; the engine reads and compares.
 */
function measure(pairs: readonly Pair[], judge: (pair: Pair) => boolean): Measured {
  let [right, falseAccepts, first] = [0, 0, 0];
  const times = pairs.map(() => Infinity);
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [index, pair] of pairs.entries()) {
      const start = performance.now();
      const isAccepted = attempt(pair, judge);
      const time = performance.now() - start;
      times[index] = Math.min(times[index] ?? Infinity, time);
      if (round > 0) continue;
      first += time;
      if (isAccepted === pair.isEqual) right += 1;
      if (isAccepted && !pair.isEqual) falseAccepts += 1;
    }
  const total = times.reduce((sum, time) => sum + time, 0);
  const p50Ms = times.toSorted((x, y) => x - y)[Math.floor(times.length / 2)] ?? 0;
  return {
    ...{ right, falseAccepts, p50Ms },
    firstPerSecond: (1000 * pairs.length) / first,
    perSecond: (1000 * pairs.length) / total,
  };
}

/** What throws has not accepted. */
function attempt(pair: Pair, judge: (pair: Pair) => boolean): boolean {
  try {
    return judge(pair);
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
  const [ours, theirs] = [measure(pairs, byUs), measure(pairs, byEngine)];
  const told = ({ right, falseAccepts, firstPerSecond, perSecond, p50Ms }: Measured): string =>
    `${(right / pairs.length).toFixed(3)} right, ${String(falseAccepts)} false accepts, ${firstPerSecond.toFixed(0)}/s on first sight, ${perSecond.toFixed(0)}/s, p50 ${p50Ms.toFixed(3)} ms`;
  const ratio = (ours.perSecond / theirs.perSecond).toFixed(1);
  const firstRatio = (ours.firstPerSecond / theirs.firstPerSecond).toFixed(1);
  process.stdout.write(
    `${name}, ${String(pairs.length)} pairs: ours ${told(ours)}; compute-engine ${told(theirs)}; ${ratio} times as fast, ${firstRatio} times on first sight\n`,
  );
}

// The fixtures come first: they warm the code of both sides for the files.
compare('own fixtures', fixturePairs());
for (const file of FILES) compare(file.replace('.jsonl', ''), filePairs(file));
compare('all files', FILES.flatMap(filePairs));
