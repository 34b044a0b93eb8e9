import { afterAll, describe, expect, test } from 'vitest';
import { encodeFrame } from '#lib/ingest/frames.ts';
import { ScoringPool } from '#lib/jobs/scoring-pool.ts';
import type { AttemptToScore, ScoringPlan } from '#lib/jobs/scoring-protocol.ts';

const FAULTY = new URL('./faulty-thread.ts', import.meta.url);
const PLAN: ScoringPlan = { verifier: 'math', policy: {}, tokenizer: null };

const pools: ScoringPool[] = [];
afterAll(() => Promise.all(pools.map((pool) => pool.close())));

function poolOf(size: number, verdictMs = 2_000): ScoringPool {
  const deadlines = { startMs: 30_000, measureMs: 30_000, verdictMs };
  const pool = new ScoringPool(size, { deadlines, thread: FAULTY });
  pools.push(pool);
  return pool;
}

function attempt(gold: string, output = ''): AttemptToScore {
  return {
    output: encodeFrame(output),
    reasoning: null,
    answer: null,
    gold,
    question: null,
    choices: null,
    isTruncated: false,
  };
}

async function outcomes(pool: ScoringPool, golds: readonly string[]) {
  const results = await pool.score(
    PLAN,
    golds.map((gold) => attempt(gold)),
  );
  return results.map(({ verdict, isDead }) => [verdict.status, isDead, verdict.extracted]);
}

describe('an attempt that breaks its verifier', () => {
  test('hanging is ended at the deadline, and the others are judged', async () => {
    expect(await outcomes(poolOf(1, 300), ['a', 'hang', 'b'])).toEqual([
      ['correct', false, 'a'],
      ['unverifiable', false, null],
      ['correct', false, 'b'],
    ]);
  });

  test('eating the memory of its thread is unverifiable, and the others are judged', async () => {
    expect(await outcomes(poolOf(1, 60_000), ['a', 'memory', 'b'])).toEqual([
      ['correct', false, 'a'],
      ['unverifiable', false, null],
      ['correct', false, 'b'],
    ]);
  });

  test.each(['crash', 'exit', 'crash while measuring'])(
    '%s is tried three times and then dead, and the others are judged',
    async (fault) => {
      expect(await outcomes(poolOf(1), ['a', fault, 'b', fault])).toEqual([
        ['correct', false, 'a'],
        ['unverifiable', true, null],
        ['correct', false, 'b'],
        ['unverifiable', true, null],
      ]);
    },
  );

  test('says why in its verdict', async () => {
    const [late, crashed] = await poolOf(1, 300).score(PLAN, [attempt('hang'), attempt('crash')]);
    expect(late?.verdict.reason).toBe('The verifier was stopped: it took longer than 300 ms.');
    expect(crashed?.verdict.reason).toBe('The verifier failed 3 times: the verifier is broken');
  });
});

test('more batches than threads wait for their turn and keep their order', async () => {
  const pool = poolOf(2);
  const batches = Array.from({ length: 7 }, (_, batch) => [`${batch}-a`, `${batch}-b`]);
  const results = await Promise.all(batches.map((golds) => outcomes(pool, golds)));
  expect(results.map((rows) => rows.map(([, , extracted]) => extracted))).toEqual(batches);
});

test('the real thread judges, counts and measures', async () => {
  const pool = new ScoringPool(1);
  pools.push(pool);
  const [result] = await pool.score({ ...PLAN, tokenizer: 'o200k' }, [
    attempt('4', '<think>Wait, 2 + 2.</think>It is \\boxed{4}.'),
  ]);
  expect(result).toMatchObject({ isDead: false, verdict: { status: 'correct', extracted: '4' } });
  expect(result?.tokens?.output).toBeGreaterThan(5);
  expect(result?.trace?.found['reflection-keywords']).toEqual({ wait: 1 });
  expect(result?.trace).toMatchObject({ reflections: 1, loops: 0 });
  expect(result?.trace?.found['suffix-loop']).toBeUndefined();
  expect(result?.answers).toMatchObject({ statements: 1, firstCorrectAt: 41, correctAgain: 0 });
});

test('a thread that breaks behind a verdict costs nobody theirs', async () => {
  const golds = ['a', 'after the verdict: crash', 'b', 'after the verdict: hang', 'c'];
  expect(await outcomes(poolOf(1, 300), golds)).toEqual(
    golds.map((gold) => ['correct', false, gold]),
  );
});
