import { Worker } from 'node:worker_threads';
import type { Verdict, VerifyInput } from '#lib/verifiers/verifier.ts';

export interface VerdictPlan {
  verifier: string;
  policy: Readonly<Record<string, unknown>>;
}

export interface TimedVerdict {
  verdict: Verdict;
  ms: number;
}

export type FromVerdictThread = { kind: 'ready' } | ({ kind: 'verdict' } & TimedVerdict);

const START_MS = 60_000;
const VERDICT_MS = 2_000;

/**
 * Threads that only judge: what the scoring of the server measures beside the verdict is left out. Each has the
 * deadline and the memory limit of the server; one that breaks them is replaced, and the input it had in hand is
 * unverifiable.
 */
export class VerdictPool {
  private readonly plan: VerdictPlan;
  private readonly verdictMs: number;
  private readonly threads: Thread[];
  private readonly waiting: ((thread: Thread) => void)[] = [];
  readonly size: number;

  constructor(plan: VerdictPlan, size: number, verdictMs = VERDICT_MS) {
    this.plan = plan;
    this.size = size;
    this.verdictMs = verdictMs;
    this.threads = Array.from({ length: size }, () => new Thread(plan));
  }

  /** Verdicts in the order of the inputs. Rejects only when no thread can be started. */
  async judge(inputs: readonly VerifyInput[]): Promise<TimedVerdict[]> {
    const verdicts: TimedVerdict[] = [];
    let thread = await this.acquire();
    try {
      while (verdicts.length < inputs.length) {
        const failure = await thread.judge(inputs.slice(verdicts.length), verdicts, this.verdictMs);
        if (failure === null) break;
        thread = new Thread(this.plan);
        const reason = `The verifier was stopped: ${failure.reason}`;
        const verdict: Verdict = { status: 'unverifiable', extracted: null, reason };
        verdicts.push({ verdict, ms: failure.ms });
      }
    } finally {
      this.release(thread);
    }
    return verdicts;
  }

  async close(): Promise<void> {
    await Promise.all(this.threads.splice(0).map((thread) => thread.end()));
  }

  private async acquire(): Promise<Thread> {
    return this.threads.pop() ?? new Promise((resolve) => this.waiting.push(resolve));
  }

  private release(thread: Thread): void {
    const next = this.waiting.shift();
    if (next === undefined) this.threads.push(thread);
    else next(thread);
  }
}

/** Why a thread was lost while it judged, and after how long. */
interface Loss {
  reason: string;
  ms: number;
}

class Thread {
  private readonly worker: Worker;
  private isReady = false;
  private broken: Error | null = null;

  constructor(plan: VerdictPlan) {
    this.worker = new Worker(new URL('./verdict-thread.ts', import.meta.url), {
      workerData: plan,
      resourceLimits: { maxOldGenerationSizeMb: 512, stackSizeMb: 4 },
    });
    // Until a batch listens, a thread that can not start says so when it is used.
    this.worker.on('error', (error: Error) => (this.broken = error));
    this.worker.once('message', () => (this.isReady = true));
  }

  /** Fills `verdicts`; null when all inputs were judged. */
  judge(
    inputs: readonly VerifyInput[],
    verdicts: TimedVerdict[],
    verdictMs: number,
  ): Promise<Loss | null> {
    return new Promise((resolve, reject) => {
      let left = inputs.length;
      let since = performance.now();
      let timer: NodeJS.Timeout | undefined;
      const settle = (loss: Loss | null) => {
        clearTimeout(timer);
        this.worker.off('message', receive).off('error', fail).off('exit', exited);
        if (loss === null) resolve(null);
        else void this.end().then(() => resolve(loss));
      };
      const late = (ms: number) =>
        settle({ reason: `it took longer than ${String(verdictMs)} ms.`, ms });
      const expect = () => {
        clearTimeout(timer);
        since = performance.now();
        timer = this.isReady
          ? setTimeout(() => late(performance.now() - since), verdictMs)
          : setTimeout(() => fail(new Error('The verifier did not start in time.')), START_MS);
      };
      const receive = (message: FromVerdictThread) => {
        if (message.kind === 'verdict') {
          // The clock of the thread decides: a busy machine may deliver message and timer at once.
          if (message.ms > verdictMs) {
            late(message.ms);
            return;
          }
          verdicts.push({ verdict: message.verdict, ms: message.ms });
          left -= 1;
        }
        if (left === 0) settle(null);
        else expect();
      };
      const fail = (error: Error) => {
        if (!this.isReady) {
          clearTimeout(timer);
          reject(error);
          return;
        }
        const isMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
        const reason = isMemory ? 'it needed more memory than it may have.' : error.message;
        settle({ reason, ms: performance.now() - since });
      };
      const exited = (code: number) => fail(new Error(`its thread ended with ${String(code)}.`));
      if (this.broken !== null) {
        reject(this.broken);
        return;
      }
      this.worker.on('message', receive).on('error', fail).on('exit', exited);
      expect();
      this.worker.postMessage(inputs);
    });
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }
}
