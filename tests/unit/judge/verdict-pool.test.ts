import { afterAll, describe, expect, test } from 'vitest';
import { attacks } from '#lib/audit/attacks/index.ts';
import { probesFor } from '#lib/audit/attack-probes.ts';
import { sampleGolds } from '#lib/audit/sample-golds.ts';
import { VerdictPool } from '#lib/judge/verdict-pool.ts';
import { verifyBatch } from '#lib/judge/verify-batch.ts';
import { VerifyRequest } from '#lib/schemas/verify.ts';
import { verifiers } from '#lib/verifiers/index.ts';

const pool = new VerdictPool(2);
afterAll(() => pool.close());

const MATH = { verifier: 'math', policy: {} };
const slow = { gold: '7', response: `\\boxed{${'7,'.repeat(50_000)}}` };
const quick = { gold: '7', response: '\\boxed{7}' };

describe('a pool of threads', () => {
  test('one thread judges by the plan of each batch', async () => {
    const single = new VerdictPool(1);
    const input = { gold: '0.458', response: '\\boxed{27/59}' };
    const [exact] = await single.judge(MATH, [input]);
    const [rounded] = await single.judge(
      { verifier: 'math', policy: { rounding: 'gold-places' } },
      [input],
    );
    const [text] = await single.judge({ verifier: 'string', policy: {} }, [input]);
    await single.close();
    expect([exact, rounded, text].map((timed) => timed?.verdict.status)).toEqual([
      'wrong',
      'correct',
      'wrong',
    ]);
  });

  test('an input beyond the deadline is unverifiable, and those behind it are judged', async () => {
    const impatient = new VerdictPool(1, { verdictMs: 1 });
    const verdicts = await impatient.judge(MATH, [slow, quick, slow]);
    await impatient.close();
    expect(verdicts).toHaveLength(3);
    expect(verdicts[0]?.verdict).toMatchObject({
      status: 'unverifiable',
      reason: expect.stringContaining('took longer than 1 ms') as string,
    });
  });

  test.each(verifiers.all.filter((verifier) => verifier.explain !== undefined))(
    'an explanation by $id comes with the same verdict',
    async ({ id, policy, examples }) => {
      const probes = sampleGolds(1, 24).flatMap((gold) =>
        probesFor(gold, attacks.all, { seed: 1, perAttack: 2 }),
      );
      const nested = { gold: '7', response: `\\boxed{${'('.repeat(5000)}7` };
      for (const inputs of [examples, [...probes, nested]]) {
        const plan = { verifier: id, policy: policy.parse({}) as Record<string, unknown> };
        const plain = await pool.judge(plan, inputs);
        const explained = await pool.judge({ ...plan, hasExplanations: true }, inputs);
        expect(explained.map(({ verdict }) => verdict)).toEqual(
          plain.map(({ verdict }) => verdict),
        );
        expect(explained.every(({ explanation }) => explanation !== null)).toBe(true);
        expect(plain.every(({ explanation }) => explanation === null)).toBe(true);
      }
    },
  );

  test('batches that wait are served in turn, and a stopped one gives what was reached', async () => {
    const single = new VerdictPool(1);
    const stopped = AbortSignal.abort();
    const [all, none] = await Promise.all([
      single.judge(
        MATH,
        Array.from({ length: 200 }, () => quick),
      ),
      single.judge(MATH, [quick, quick], stopped),
    ]);
    await single.close();
    expect(all.every(({ verdict }) => verdict.status === 'correct')).toBe(true);
    expect(all).toHaveLength(200);
    expect(none).toEqual([]);
  });

  test('a thread that can not work is an error, and the pool goes on', async () => {
    await expect(pool.judge({ verifier: 'no-such', policy: {} }, [quick])).resolves.toMatchObject([
      { verdict: { status: 'unverifiable', reason: expect.stringContaining('no-such') as string } },
    ]);
    const [next] = await pool.judge(MATH, [quick]);
    expect(next?.verdict.status).toBe('correct');
  });
});

describe('a batch', () => {
  const batch = (items: unknown[], more: object = {}) => VerifyRequest.parse({ items, ...more });

  test('verdicts come in the order of the items, with their ids', async () => {
    const items = Array.from({ length: 500 }, (_, id) => ({
      id,
      gold: id,
      response: `\\boxed{${String(id + (id % 2))}}`,
    }));
    const { results, unreached } = await verifyBatch(batch(items), { pool });
    expect(results.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
    expect(results.map(({ status }) => status)).toEqual(
      items.map(({ id }) => (id % 2 === 0 ? 'correct' : 'wrong')),
    );
    expect(unreached).toBe(0);
  });

  test('what the time of the batch does not reach is unverifiable and counted', async () => {
    const items = Array.from({ length: 300 }, () => slow);
    const { results, unreached } = await verifyBatch(batch(items), { pool, batchMs: 50 });
    expect(results).toHaveLength(300);
    expect(unreached).toBeGreaterThan(0);
    expect(results.at(-1)).toMatchObject({ status: 'unverifiable' });
  });

  test('the policy comes back complete, and one that does not fit is refused with its place', async () => {
    const { policy } = await verifyBatch(batch([quick], { policy: { order: 'fixed' } }), { pool });
    expect(policy).toMatchObject({ order: 'fixed', rounding: 'exact' });
    await expect(
      verifyBatch(batch([quick], { policy: { order: 'upside-down' } }), { pool }),
    ).rejects.toMatchObject({ code: 'invalid_input', details: [{ pointer: '/policy/order' }] });
    await expect(
      verifyBatch(batch([quick], { verifier: 'no-such' }), { pool }),
    ).rejects.toMatchObject({ code: 'invalid_input', details: [{ pointer: '/verifier' }] });
  });
});
