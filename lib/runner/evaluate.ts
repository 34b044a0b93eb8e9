import { CompletionFailure, type Completion } from './completion.ts';

/** One sample of one item that is still to be asked. */
export interface Task<Item> {
  item: Item;
  sampleIndex: number;
}

export interface Budget {
  /** Tokens that may be generated in all; null is no limit. */
  maxOutputTokens: number | null;
  maxCostUsd: number | null;
  /** US dollars for a million tokens. */
  prices: { input: number; output: number } | null;
  /** What one answer may have at most, when that is known: it is set aside before it is asked. */
  maxTokensEach: number | null;
}

export interface EvaluationOptions {
  concurrency: number;
  /** Tries of one request before it is given up. */
  tries: number;
  firstWaitMs: number;
  budget: Budget;
  signal: AbortSignal;
  now: () => number;
  /** From 0 to 1, so that waiting requests do not come back all at once. */
  jitter: () => number;
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  onProgress?: (result: EvaluationResult) => void;
}

export interface Spent {
  requests: number;
  promptTokens: number;
  outputTokens: number;
  /** Answers whose tokens the server did not count; they are in `outputTokens` by a third of their characters. */
  uncounted: number;
  /** Null without prices. */
  costUsd: number | null;
}

export interface EvaluationResult {
  done: number;
  /** Asked in vain; they can be asked again. */
  failed: { message: string; count: number }[];
  /** Not asked any more: the budget ended or the run was stopped. */
  unasked: number;
  stoppedBy: 'budget' | 'user' | 'endpoint' | null;
  stopReason: string | null;
  spent: Spent;
}

/** So many requests given up in a row mean that the endpoint is gone. */
const MAX_GIVEN_UP = 12;
const MAX_WAIT_MS = 60_000;

/**
 * Asks every task, a number of them at the same time. A fault that may pass is tried again with growing waits, and
 * "too many requests" slows all of them down. `record` is awaited before a task counts as done.
 */
export async function evaluate<Item>(
  tasks: readonly Task<Item>[],
  ask: (task: Task<Item>) => Promise<Completion>,
  record: (
    task: Task<Item>,
    outcome: { completion: Completion; ms: number; tries: number } | { failure: CompletionFailure },
  ) => Promise<void>,
  options: EvaluationOptions,
): Promise<EvaluationResult> {
  const { budget, signal, now } = options;
  const spent: Spent = {
    requests: 0,
    promptTokens: 0,
    outputTokens: 0,
    uncounted: 0,
    costUsd: budget.prices === null ? null : 0,
  };
  const failures = new Map<string, number>();
  const result: EvaluationResult = {
    done: 0,
    failed: [],
    unasked: tasks.length,
    stoppedBy: null,
    stopReason: null,
    spent,
  };
  let next = 0;
  let givenUp = 0;
  let pausedUntil = 0;

  const stop = (by: NonNullable<EvaluationResult['stoppedBy']>, reason: string): void => {
    result.stoppedBy ??= by;
    result.stopReason ??= reason;
  };

  /** Set aside for requests under way, so that together they can not exceed the budget. */
  let reserved = 0;
  let waiting: (() => void)[] = [];
  const each = budget.maxTokensEach ?? 1;
  const release = (): void => {
    reserved -= each;
    for (const wake of waiting) wake();
    waiting = [];
  };

  /** What the budget has no room for; null when one more request fits. */
  const exhausted = (): string | null => {
    const tokens = reserved + each;
    if (budget.maxOutputTokens !== null && spent.outputTokens + tokens > budget.maxOutputTokens)
      return `${budget.maxOutputTokens.toLocaleString('en')} generated tokens are the limit`;
    if (budget.maxCostUsd === null || spent.costUsd === null || budget.prices === null) return null;
    const isOver = spent.costUsd + (tokens * budget.prices.output) / 1e6 > budget.maxCostUsd;
    return isOver ? `$${String(budget.maxCostUsd)} are the limit` : null;
  };

  /** Waits while requests under way may still leave room; false at the end of the budget. */
  const reserve = async (): Promise<boolean> => {
    for (;;) {
      const reason = exhausted();
      if (reason === null) {
        reserved += each;
        return true;
      }
      if (reserved === 0) {
        stop('budget', reason);
        return false;
      }
      await new Promise<void>((resolve) => waiting.push(resolve));
      if (result.stoppedBy !== null) return false;
    }
  };

  const pay = ({ usage, content, reasoning }: Completion): void => {
    const output = usage?.output ?? Math.ceil((content.length + (reasoning?.length ?? 0)) / 3);
    if (usage?.output == null) spent.uncounted += 1;
    spent.outputTokens += output;
    spent.promptTokens += usage?.prompt ?? 0;
    if (spent.costUsd !== null && budget.prices !== null) {
      spent.costUsd +=
        ((usage?.prompt ?? 0) * budget.prices.input + output * budget.prices.output) / 1e6;
    }
  };

  const giveUp = (failure: CompletionFailure): void => {
    failures.set(failure.message, (failures.get(failure.message) ?? 0) + 1);
    result.failed = [...failures].map(([message, count]) => ({ message, count }));
    givenUp += 1;
    if (failure.reach === 'run') stop('endpoint', failure.message);
    else if (givenUp >= MAX_GIVEN_UP) {
      stop(
        'endpoint',
        `${String(givenUp)} requests in a row were given up, the last one: ${failure.message}`,
      );
    }
  };

  const askPatiently = async (task: Task<Item>): Promise<void> => {
    for (let tries = 1; ; tries += 1) {
      const pause = pausedUntil - now();
      if (pause > 0) await options.sleep(pause, signal);
      const startedAt = now();
      try {
        spent.requests += 1;
        const completion = await ask(task);
        pay(completion);
        await record(task, { completion, ms: now() - startedAt, tries });
        result.done += 1;
        givenUp = 0;
        return;
      } catch (error) {
        if (!(error instanceof CompletionFailure)) throw error;
        if (signal.aborted) return;
        if (error.reach === 'sample') {
          await record(task, { failure: error });
          result.done += 1;
          return;
        }
        if (error.reach === 'run' || tries >= options.tries) {
          giveUp(error);
          return;
        }
        const grown = options.firstWaitMs * 2 ** (tries - 1) * (0.5 + options.jitter());
        const wait = Math.min(error.retryAfterMs ?? grown, MAX_WAIT_MS);
        if (error.status === 429 || error.status === 503) {
          pausedUntil = Math.max(pausedUntil, now() + wait);
        }
        await options.sleep(wait, signal);
      }
    }
  };

  const work = async (): Promise<void> => {
    while (next < tasks.length && result.stoppedBy === null) {
      if (signal.aborted) {
        stop('user', 'stopped');
        return;
      }
      if (!(await reserve())) return;
      const task = tasks[next];
      next += 1;
      try {
        if (task !== undefined) await askPatiently(task);
      } finally {
        release();
        result.unasked = Math.max(0, tasks.length - next);
        options.onProgress?.(result);
      }
    }
  };
  await Promise.all(Array.from({ length: options.concurrency }, work));
  if (signal.aborted) stop('user', 'stopped');
  return result;
}
