import { expect, test } from 'vitest';
import { CompletionFailure, type Completion } from '#lib/runner/completion.ts';
import { evaluate, type EvaluationOptions, type Task } from '#lib/runner/evaluate.ts';

const ANSWER: Completion = {
  content: 'x',
  reasoning: null,
  finishReason: 'stop',
  usage: { prompt: 10, output: 100, reasoning: null },
  servedModel: null,
  firstTokenMs: null,
};

function options(over: Partial<EvaluationOptions> = {}) {
  let clock = 0;
  const slept: number[] = [];
  const made: EvaluationOptions = {
    concurrency: 2,
    tries: 3,
    firstWaitMs: 100,
    budget: { maxOutputTokens: null, maxCostUsd: null, prices: null, maxTokensEach: null },
    signal: new AbortController().signal,
    now: () => clock,
    jitter: () => 0.5,
    sleep: (ms) => {
      slept.push(ms);
      clock += ms;
      return Promise.resolve();
    },
    ...over,
  };
  return { made, slept };
}

function tasksOf(count: number): Task<string>[] {
  return Array.from({ length: count }, (_, index) => ({
    item: `i${String(index)}`,
    sampleIndex: 0,
  }));
}

test('a fault that passes is tried again with growing waits, and each task is recorded once', async () => {
  const tries = new Map<string, number>();
  const recorded: string[] = [];
  const { made, slept } = options({ concurrency: 1 });
  const result = await evaluate(
    tasksOf(3),
    ({ item }) => {
      const nth = (tries.get(item) ?? 0) + 1;
      tries.set(item, nth);
      if (item === 'i1' && nth < 3)
        return Promise.reject(new CompletionFailure('busy', { reach: 'again', status: 500 }));
      return Promise.resolve(ANSWER);
    },
    ({ item }) => {
      recorded.push(item);
      return Promise.resolve();
    },
    made,
  );
  expect(result).toMatchObject({ done: 3, failed: [], unasked: 0, stoppedBy: null });
  expect(recorded).toEqual(['i0', 'i1', 'i2']);
  expect(slept).toEqual([100, 200]);
});

test('what the server says of waiting counts, for all requests', async () => {
  let asked = 0;
  const { made, slept } = options({ concurrency: 1 });
  await evaluate(
    tasksOf(1),
    () => {
      asked += 1;
      return asked === 1
        ? Promise.reject(
            new CompletionFailure('slow', { reach: 'again', status: 429, retryAfterMs: 7_000 }),
          )
        : Promise.resolve(ANSWER);
    },
    () => Promise.resolve(),
    made,
  );
  expect(slept).toEqual([7_000]);
});

test('a request that never works is an outcome, a refused key ends the run', async () => {
  const failures: string[] = [];
  const { made } = options({ concurrency: 1 });
  const result = await evaluate(
    tasksOf(3),
    ({ item }) =>
      Promise.reject(
        item === 'i0'
          ? new CompletionFailure('too long', { reach: 'sample', status: 400 })
          : new CompletionFailure('bad key', { reach: 'run', status: 401 }),
      ),
    (_task, outcome) => {
      if ('failure' in outcome) failures.push(outcome.failure.message);
      return Promise.resolve();
    },
    made,
  );
  expect(failures).toEqual(['too long']);
  expect(result).toMatchObject({
    done: 1,
    stoppedBy: 'endpoint',
    stopReason: 'bad key',
    unasked: 1,
  });
});

test('the budget is never exceeded, also by what is under way', async () => {
  const { made } = options({
    concurrency: 4,
    budget: { maxOutputTokens: 1_000, maxCostUsd: null, prices: null, maxTokensEach: 200 },
  });
  const result = await evaluate(
    tasksOf(50),
    async () => {
      await Promise.resolve();
      return { ...ANSWER, usage: { prompt: 10, output: 200, reasoning: null } };
    },
    () => Promise.resolve(),
    made,
  );
  expect(result.spent.outputTokens).toBe(1_000);
  expect(result).toMatchObject({ done: 5, unasked: 45, stoppedBy: 'budget' });
});

test('a dollar limit counts prompts too', async () => {
  const { made } = options({
    concurrency: 1,
    budget: {
      maxOutputTokens: null,
      maxCostUsd: 0.00125,
      prices: { input: 10, output: 10 },
      maxTokensEach: null,
    },
  });
  const result = await evaluate(
    tasksOf(9),
    () => Promise.resolve(ANSWER),
    () => Promise.resolve(),
    made,
  );
  expect(result.done).toBe(2);
  expect(result.spent.costUsd).toBeCloseTo(0.0022, 10);
});
