import { afterAll, describe, expect, test } from 'vitest';
import { VerdictPool } from '#lib/judge/verdict-pool.ts';
import type { VerdictExplanation } from '#lib/schemas/verify.ts';
import { verifyLines, type Judge } from '#scripts/verify/verify-lines.ts';

const pool = new VerdictPool(2);
const judge: Judge = { pool, plan: { verifier: 'math', policy: {} }, version: 1 };
afterAll(() => pool.close());

interface Line {
  id?: unknown;
  status: string;
  line?: number;
  reason: string | null;
  explanation?: VerdictExplanation | null;
}

async function verify(chunks: AsyncIterable<Uint8Array>, by = judge): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const { text } of verifyLines(chunks, by)) lines.push(JSON.parse(text) as Line);
  return lines;
}

// eslint-disable-next-line @typescript-eslint/require-await -- a stream that has all its chunks
async function* streamOf(...chunks: string[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield Buffer.from(chunk);
}

describe('verifying lines', () => {
  test('verdicts come in the order of the input, however it is cut into chunks', async () => {
    const rows = Array.from({ length: 500 }, (_, id) =>
      JSON.stringify({ id, gold: String(id), response: `\\boxed{${String(id + (id % 2))}}` }),
    ).join('\n');
    const chunks = rows.match(/.{1,777}/gs) ?? [];
    const lines = await verify(streamOf(...chunks));
    expect(lines.map(({ id }) => id)).toEqual(Array.from({ length: 500 }, (_, id) => id));
    expect(lines.filter(({ status }) => status === 'correct')).toHaveLength(250);
    expect(lines.filter(({ status }) => status === 'wrong')).toHaveLength(250);
  });

  test('a line that can not be judged says which one it was and why, and the rest is judged', async () => {
    const lines = await verify(
      streamOf('{"id":"a","gold":2,"response":"2"}\n\nnope\n{"id":"b","response":"2"}\n'),
    );
    expect(lines).toMatchObject([
      { id: 'a', status: 'correct' },
      { status: 'error', line: 3, reason: expect.stringContaining('not JSON') as string },
      { id: 'b', status: 'error', line: 4, reason: expect.stringContaining('gold') as string },
    ]);
  });

  test('a writer that waits for its verdict before it writes on gets it', async () => {
    let answered = () => undefined as unknown;
    const first = new Promise<void>((resolve) => (answered = () => resolve()));
    async function* patient(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('{"id":1,"gold":"2","response":"2"}\n');
      await first;
      yield Buffer.from('{"id":2,"gold":"2","response":"3"}\n');
    }
    const seen: unknown[] = [];
    for await (const { text } of verifyLines(patient(), judge)) {
      seen.push((JSON.parse(text) as Line).status);
      answered();
    }
    expect(seen).toEqual(['correct', 'wrong']);
  });

  test('with --explain a line tells the way to its verdict, as far as the verifier can', async () => {
    const explaining = (verifier: string) => ({
      ...judge,
      plan: { verifier, policy: {}, hasExplanations: true },
    });
    const response = 'So it is \\boxed{2/4}, I think.';
    const rows = JSON.stringify({ gold: '0.5', response });
    const [line] = await verify(streamOf(rows), explaining('math'));
    const { explanation } = line ?? {};
    expect(line?.status).toBe('correct');
    expect(explanation).toMatchObject({ rule: 'box', step: expect.any(String) as string });
    expect(response.slice(explanation?.span?.start, explanation?.span?.end)).toBe('2/4');
    expect(explanation?.answer?.text).toBe('2/4');
    expect(explanation?.gold?.canonical).toBe(explanation?.answer?.canonical);
    expect(await verify(streamOf(rows), explaining('string'))).toMatchObject([
      { explanation: null },
    ]);
    expect((await verify(streamOf(rows)))[0]).not.toHaveProperty('explanation');
  });
});
