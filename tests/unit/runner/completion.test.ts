import { afterEach, describe, expect, test } from 'vitest';
import { askCompletion, CompletionFailure, type Completion } from '#lib/runner/completion.ts';
import { refuse, startModelServer, stream, type ModelBehaviour } from './model-server.ts';

let close: (() => Promise<unknown>) | null = null;
afterEach(async () => {
  await close?.();
  close = null;
});

async function ask(behave: ModelBehaviour, isStreamed = true): Promise<Completion> {
  const server = await startModelServer(behave);
  close = server.close;
  return askCompletion(
    {
      endpoint: server.endpoint,
      key: 'k',
      model: 'm',
      messages: [{ role: 'user', content: 'Why?' }],
      body: { temperature: 0 },
      isStreamed,
    },
    { signal: AbortSignal.timeout(20_000), idleMs: 5_000, now: () => performance.now() },
  );
}

describe('a streamed answer', () => {
  test.each(['reasoning', 'reasoning_content'] as const)(
    'has its reasoning apart, whether the server calls it %s',
    async (field) => {
      const answer = await ask(
        stream({ reasoning: 'Let me think: 6 × 7.', field, content: 'It is 42.' }),
      );
      expect(answer).toMatchObject({
        reasoning: 'Let me think: 6 × 7.',
        content: 'It is 42.',
        finishReason: 'stop',
        usage: { prompt: 11, output: 7, reasoning: null },
        servedModel: 'served',
      });
    },
  );

  test('without usage has unknown counts, and an end without a reason an unknown reason', async () => {
    const answer = await ask(stream({ content: 'Done', usage: null, finish: null }));
    expect(answer).toMatchObject({ usage: null, finishReason: 'unknown' });
  });

  test('a count of 0 beside visible reasoning is no count', async () => {
    const usage = {
      prompt_tokens: 1,
      completion_tokens: 9,
      completion_tokens_details: { reasoning_tokens: 0 },
    };
    expect(
      (await ask(stream({ reasoning: 'Hm.', content: 'x', usage }))).usage?.reasoning,
    ).toBeNull();
    await close?.();
    expect((await ask(stream({ content: 'x', usage }))).usage?.reasoning).toBe(0);
  });

  test('that breaks off is no answer but can be asked again', async () => {
    const failure = await ask(stream({ content: 'The answer is', isCut: true })).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(CompletionFailure);
    expect(failure).toMatchObject({ reach: 'again' });
  });
});

test('a server that does not stream is understood', async () => {
  const answer = await ask((_asked, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        model: 'whole',
        choices: [{ message: { content: 'All', reasoning: 'Think' }, finish_reason: 'length' }],
      }),
    );
  });
  expect(answer).toMatchObject({
    content: 'All',
    reasoning: 'Think',
    finishReason: 'length',
    usage: null,
  });
});

test.each([
  [429, { 'retry-after': '3' }, { reach: 'again', retryAfterMs: 3000 }],
  [500, {}, { reach: 'again' }],
  [400, {}, { reach: 'sample' }],
  [401, {}, { reach: 'run' }],
])('status %i', async (status, headers, expected) => {
  const failure = await ask(refuse(status, headers as Record<string, string>)).catch(
    (error: unknown) => error,
  );
  expect(failure).toMatchObject({ status, ...expected });
});
