import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { ROOT } from '#lib/env.ts';
import { isOutOfMemory, THREAD_LIMITS, WorkerSlots } from '#lib/worker-slots.ts';
import type { VerdictExplanation } from '#lib/schemas/verify.ts';
import type { Verdict, VerifyInput } from '#lib/verifiers/verifier.ts';

export interface VerdictPlan {
  verifier: string;
  /** Switches that differ from the default; the caller has parsed them once, so that they are valid. */
  policy: Readonly<Record<string, unknown>>;
  /** Whether the way to each verdict comes with it; costs more than the verdict alone. */
  hasExplanations?: boolean;
}

export interface TimedVerdict {
  verdict: Verdict;
  /** Null unless the plan asks for it, and when the verifier has none or was stopped. */
  explanation: VerdictExplanation | null;
  ms: number;
}

export interface ToVerdictThread {
  plan: VerdictPlan;
  inputs: readonly VerifyInput[];
}

export type FromVerdictThread = { kind: 'ready' } | ({ kind: 'verdict' } & TimedVerdict);

const START_MS = 60_000;
const VERDICT_MS = 2_000;

interface PoolOptions {
  verdictMs?: number;
  root?: string;
}

/**
 * Threads for any verifier, started when the first input comes. Each verdict has a deadline and each thread a memory
 * limit: one that breaks them is ended, the input it had in hand is unverifiable, and a fresh thread takes the rest.
 */
export class VerdictPool {
  readonly size: number;
  private readonly verdictMs: number;
  private readonly slots: WorkerSlots<Thread>;

  /** `root` is the folder of the package, where it is not the one the process runs in. */
  constructor(size: number, { verdictMs = VERDICT_MS, root = ROOT }: PoolOptions = {}) {
    this.size = size;
    this.verdictMs = verdictMs;
    this.slots = new WorkerSlots(size, {
      start: () => new Thread(root),
      end: (thread) => thread.end(),
    });
  }

  /**
   * Verdicts in the order of the inputs; once `signal` aborts, only those that were reached.
   * Rejects when no thread can be started, never because of an input.
   */
  async judge(
    plan: VerdictPlan,
    inputs: readonly VerifyInput[],
    signal?: AbortSignal,
  ): Promise<TimedVerdict[]> {
    const verdicts: TimedVerdict[] = [];
    while (verdicts.length < inputs.length && signal?.aborted !== true) {
      const rest = { plan, inputs: inputs.slice(verdicts.length) };
      const loss = await this.judgeOn(await this.slots.acquire(), rest, {
        verdicts,
        verdictMs: this.verdictMs,
        signal,
      });
      if (loss === null || loss.kind === 'stopped') break;
      const reason = `The verifier was stopped: ${loss.reason}`;
      const verdict: Verdict = { status: 'unverifiable', extracted: null, reason };
      verdicts.push({ verdict, explanation: null, ms: loss.ms });
    }
    return verdicts;
  }

  /** Gives the slot of the thread back, and the thread with it where it is still whole. */
  private async judgeOn(
    thread: Thread,
    batch: ToVerdictThread,
    progress: Progress,
  ): Promise<Loss | null> {
    let isWhole = false;
    try {
      const loss = await thread.judge(batch, progress);
      isWhole = loss === null;
      return loss;
    } finally {
      if (!isWhole) await thread.end();
      this.slots.release(isWhole ? thread : null);
    }
  }

  async close(): Promise<void> {
    await this.slots.close();
  }
}

/** Why a thread was given up: for what an input did to it, or because nobody waits any more. */
type Loss = { kind: 'broken'; reason: string; ms: number } | { kind: 'stopped' };

interface Progress {
  verdicts: TimedVerdict[];
  verdictMs: number;
  signal: AbortSignal | undefined;
}

class Thread {
  private readonly worker: Worker;
  /** No input is sent before: what breaks until then is not the fault of one. */
  private readonly ready: Promise<void>;

  constructor(root: string) {
    // By its path and outside the bundle of the web pages: Node runs the file as it is.
    this.worker = new Worker(
      path.join(/* turbopackIgnore: true */ root, 'lib', 'judge', 'verdict-thread.ts'),
      { resourceLimits: THREAD_LIMITS },
    );
    this.ready = untilReady(this.worker);
    // A thread that can not start says so when it is used.
    this.ready.catch(() => undefined);
    // A pool that nobody closes does not keep a finished process alive.
    this.worker.unref();
  }

  /** Adds to `verdicts`; null when all inputs were judged. Rejects when the thread did not start. */
  async judge(
    batch: ToVerdictThread,
    { verdicts, verdictMs, signal }: Progress,
  ): Promise<Loss | null> {
    this.worker.ref();
    await this.ready;
    if (signal?.aborted === true) {
      await this.end();
      return { kind: 'stopped' };
    }
    return new Promise((resolve) => {
      let left = batch.inputs.length;
      let since = performance.now();
      let timer: NodeJS.Timeout | undefined;
      const settle = (loss: Loss | null) => {
        clearTimeout(timer);
        this.worker.off('message', receive).off('error', fail).off('exit', exited);
        this.worker.unref();
        signal?.removeEventListener('abort', stop);
        if (loss === null) resolve(null);
        else void this.end().then(() => resolve(loss));
      };
      const stop = () => settle({ kind: 'stopped' });
      const late = (ms: number) =>
        settle({ kind: 'broken', reason: `it took longer than ${String(verdictMs)} ms.`, ms });
      const expect = () => {
        clearTimeout(timer);
        since = performance.now();
        timer = setTimeout(() => late(performance.now() - since), verdictMs);
      };
      const receive = (message: FromVerdictThread) => {
        if (message.kind === 'ready') return;
        // The clock of the thread decides: a busy machine may deliver message and timer at once.
        if (message.ms > verdictMs) {
          late(message.ms);
          return;
        }
        const { verdict, explanation, ms } = message;
        verdicts.push({ verdict, explanation, ms });
        left -= 1;
        if (left === 0) settle(null);
        else expect();
      };
      const fail = (error: Error) => {
        const reason = isOutOfMemory(error)
          ? 'it needed more memory than it may have.'
          : error.message;
        settle({ kind: 'broken', reason, ms: performance.now() - since });
      };
      const exited = (code: number) => fail(new Error(`its thread ended with ${String(code)}.`));
      this.worker.on('message', receive).on('error', fail).on('exit', exited);
      signal?.addEventListener('abort', stop, { once: true });
      expect();
      this.worker.postMessage(batch);
    });
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }
}

function untilReady(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error('The verifiers did not load in time.')),
      START_MS,
    );
    timer.unref();
    worker.once('message', () => {
      clearTimeout(timer);
      resolve();
    });
    // It stays for the life of the thread: an error while it is taken down says nothing new.
    worker.on('error', reject);
    worker.once('exit', () => reject(new Error('The thread ended before it was ready.')));
  });
}
