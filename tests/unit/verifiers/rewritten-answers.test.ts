import { expect, test } from 'vitest';
import { MathPolicy } from '#lib/math/policy.ts';
import { createRng, type Rng } from '#lib/rng.ts';
import { math } from '#lib/verifiers/math.ts';
import {
  changedSomewhere,
  randomExpression,
  rewritten,
  slipped,
  toAscii,
  toLatex,
  valueOf,
  type Written,
} from './written-expression.ts';

const DEFAULT = MathPolicy.parse({});
const PAIRS = 1_500;
const POINTS = 30;

function judge(gold: Written, answer: Written, rng: Rng): string {
  const [a, b] = [gold, answer].map((node) => rng.pick([toLatex, toAscii])(node));
  return math.verify({ gold: a ?? '', response: `\\boxed{${b ?? ''}}` }, DEFAULT).status;
}

/** How often two expressions have values, and how often these are clearly apart. */
function compared(a: Written, b: Written, rng: Rng): { defined: number; apart: number } {
  let [defined, apart] = [0, 0];
  for (let index = 0; index < POINTS; index += 1) {
    const at = new Map(
      ['x', 'y'].map((name) => [name, rng.float() * 6 - (index % 2 === 0 ? 0 : 3)]),
    );
    const [left, right] = [valueOf(a, at), valueOf(b, at)];
    const size = Math.max(Math.abs(left), Math.abs(right));
    if (!Number.isFinite(size) || size > 1e12 || size < 1e-9) continue;
    defined += 1;
    if (Math.abs(left - right) > 1e-6 * size) apart += 1;
  }
  return { defined, apart };
}

test('a rewritten answer is never called another, in no notation', () => {
  const rng = createRng('rewritten answers');
  const faults: string[] = [];
  for (let index = 0; index < PAIRS; index += 1) {
    const gold = randomExpression(rng, 3);
    const answer = changedSomewhere(changedSomewhere(gold, rng, rewritten), rng, rewritten);
    const { defined, apart } = compared(gold, answer, rng);
    if (defined >= 3 && apart === 0 && judge(gold, answer, rng) === 'wrong')
      faults.push(`${toLatex(gold)} | ${toLatex(answer)}`);
  }
  expect(faults).toEqual([]);
});

test('an answer with a slip is never accepted', () => {
  const rng = createRng('slipped answers');
  const faults: string[] = [];
  for (let index = 0; index < PAIRS; index += 1) {
    const gold = randomExpression(rng, 3);
    const answer = changedSomewhere(gold, rng, slipped);
    if (compared(gold, answer, rng).apart > 0 && judge(gold, answer, rng) === 'correct')
      faults.push(`${toLatex(gold)} | ${toLatex(answer)}`);
  }
  expect(faults).toEqual([]);
});
