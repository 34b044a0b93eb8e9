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
  readonly perSecond: number;
}

const CASES = join(import.meta.dirname, '../../../shared/data/verifier-cases');
/** Which stay within what that engine ends in seconds. */
const FILES = [
  'hardverify_math.jsonl',
  'mario_eval.jsonl',
  'mv_issues.jsonl',
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

/**
 * Every pair is new to both, as in a real run: the code is warm from other pairs, and nothing is remembered. CPU time of
 * the process, so that a busy machine does not show.
 */
function measure(pairs: readonly Pair[], judge: (pair: Pair) => boolean): Measured {
  let [right, falseAccepts] = [0, 0];
  const start = process.cpuUsage();
  for (const pair of pairs) {
    const isAccepted = attempt(pair, judge);
    if (isAccepted === pair.isEqual) right += 1;
    if (isAccepted && !pair.isEqual) falseAccepts += 1;
  }
  const { user, system } = process.cpuUsage(start);
  const seconds = (user + system) / 1e6;
  return { right, falseAccepts, perSecond: pairs.length / seconds };
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

function filePairs(file: string): Pair[] {
  const path = join(CASES, file);
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map(
      (line) =>
        JSON.parse(line) as { gold: string; pred: string; expected: boolean; truth?: boolean },
    )
    .map(({ gold, pred, expected, truth }) => ({ gold, answer: pred, isEqual: truth ?? expected }))
    .filter(({ gold, answer }) => !TOO_LARGE.test(gold) && !TOO_LARGE.test(answer));
}

function compare(name: string, pairs: readonly Pair[]): void {
  if (pairs.length === 0) {
    process.stdout.write(`${name}: skipped, no labelled cases beside this checkout\n`);
    return;
  }
  const [ours, theirs] = [measure(pairs, byUs), measure(pairs, byEngine)];
  const told = ({ right, falseAccepts, perSecond }: Measured): string =>
    `${(right / pairs.length).toFixed(3)} right, ${String(falseAccepts)} false accepts, ${perSecond.toFixed(0)}/s`;
  process.stdout.write(
    `${name}, ${String(pairs.length)} pairs: ours ${told(ours)}; compute-engine ${told(theirs)}; ${(ours.perSecond / theirs.perSecond).toFixed(1)} times as fast\n`,
  );
}

compare('own fixtures (cold code)', fixturePairs());
for (const file of FILES) compare(file.replace('.jsonl', ''), filePairs(file));
