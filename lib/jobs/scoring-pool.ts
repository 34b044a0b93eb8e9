import { Worker } from 'node:worker_threads';
import { isOutOfMemory, THREAD_LIMITS, WorkerSlots } from '#lib/worker-slots.ts';
import type {
  AttemptToScore,
  FromThread,
  ScoredResult,
  ScoringPlan,
  ToThread,
} from './scoring-protocol.ts';

export interface ScoringDeadlines {
  /** Loading a vocabulary, once a thread. */
  startMs: number;
  /** Decoding, counting and detecting: linear in the text, generous for 16 MB. */
  measureMs: number;
  /** One verdict. */
  verdictMs: number;
}

export const SCORING_DEADLINES: ScoringDeadlines = {
  startMs: 120_000,
  measureMs: 60_000,
  verdictMs: 2_000,
};

const MAX_TRIES = 3;

const DEADLINE_AFTER = {
  ready: 'measureMs',
  measured: 'verdictMs',
  verdict: 'verdictMs',
  answers: 'measureMs',
} as const satisfies Record<Exclude<FromThread['kind'], 'finished'>, keyof ScoringDeadlines>;

/**
 * Threads that judge model output, which is hostile input: each has a memory limit, and one that does not
 * answer in time is ended. What it was working on gets its verdict, the rest goes to a fresh thread.
 *
 * A batch is: start → (measured → verdict → answers)* → finished. A thread that breaks between `measured` and
 * `verdict` was judging; before `measured` it was measuring; in both cases the next attempt is the one to blame. One that
 * breaks between `verdict` and `answers` costs that attempt the places of its answer and nobody their verdict.
 */
export class ScoringPool {
  private readonly deadlines: ScoringDeadlines;
  private readonly slots: WorkerSlots<Worker>;

  /** `thread` is another program that speaks `scoring-protocol.ts`. */
  constructor(size: number, options: { deadlines?: ScoringDeadlines; thread?: URL } = {}) {
    this.deadlines = options.deadlines ?? SCORING_DEADLINES;
    const program = options.thread ?? new URL('./scoring-thread.ts', import.meta.url);
    this.slots = new WorkerSlots(size, {
      start: () => new Worker(program, { resourceLimits: THREAD_LIMITS }),
      end: (thread) => thread.terminate(),
    });
  }

  /** Results in the order of the attempts. Rejects only when no thread can be started, never because of an attempt. */
  async score(plan: ScoringPlan, attempts: readonly AttemptToScore[]): Promise<ScoredResult[]> {
    const batch = new Batch(plan, attempts);
    while (!batch.isFinished) {
      const thread = await this.slots.acquire();
      const isAlive = await this.runOn(thread, batch);
      this.slots.release(isAlive ? thread : null);
      if (batch.failure !== null) throw batch.failure;
    }
    return batch.results();
  }

  async close(): Promise<void> {
    await this.slots.close();
  }

  /** Runs what is left of the batch; false when the thread is gone. */
  private runOn(thread: Worker, batch: Batch): Promise<boolean> {
    return new Promise((resolve) => {
      let timer: NodeJS.Timeout | undefined;
      const expect = (milliseconds: number) => {
        clearTimeout(timer);
        timer = setTimeout(() => lose({ kind: 'late', limitMs: milliseconds }), milliseconds);
      };
      const settle = (isAlive: boolean) => {
        clearTimeout(timer);
        stopListening(thread);
        resolve(isAlive);
      };
      const lose = (loss: Loss) => {
        clearTimeout(timer);
        stopListening(thread);
        // An error while the thread is taken down says nothing new.
        thread.on('error', () => undefined);
        batch.lost(loss);
        void thread.terminate().then(() => resolve(false));
      };
      thread.on('message', (message: FromThread) => {
        batch.receive(message);
        if (message.kind === 'finished') settle(true);
        else expect(this.deadlines[DEADLINE_AFTER[message.kind]]);
      });
      let broken: Loss | null = null;
      thread.on('error', (error: Error) => {
        broken = isOutOfMemory(error)
          ? { kind: 'memory' }
          : { kind: 'crash', message: error.message };
      });
      // Only here: Node reports the error first, and what the thread had said before it only then.
      thread.on('exit', (code) => {
        lose(broken ?? { kind: 'crash', message: `exit code ${String(code)}` });
      });
      expect(this.deadlines.startMs);
      thread.postMessage(batch.remaining());
    });
  }
}

type Loss =
  { kind: 'late'; limitMs: number } | { kind: 'memory' } | { kind: 'crash'; message: string };

class Batch {
  private readonly plan: ScoringPlan;
  private readonly attempts: readonly AttemptToScore[];
  private readonly done: (ScoredResult | undefined)[];
  private readonly measured: (Pick<ScoredResult, 'tokens' | 'trace'> | undefined)[];
  /** Judged, and its answer's places are being looked for. */
  private searching: number | null = null;
  private readonly tries: number[];
  private isStarted = false;
  private failedStarts = 0;
  /** Why no thread can be started; null while they can. */
  failure: Error | null = null;

  constructor(plan: ScoringPlan, attempts: readonly AttemptToScore[]) {
    this.plan = plan;
    this.attempts = attempts;
    this.done = attempts.map(() => undefined);
    this.measured = attempts.map(() => undefined);
    this.tries = attempts.map(() => 0);
  }

  get isFinished(): boolean {
    return this.done.every((result) => result !== undefined);
  }

  remaining(): ToThread {
    this.isStarted = false;
    const attempts = this.attempts
      .map((attempt, index) => ({ index, attempt }))
      .filter(({ index }) => this.done[index] === undefined);
    return { plan: this.plan, attempts };
  }

  receive(message: FromThread): void {
    this.searching = message.kind === 'verdict' ? message.index : null;
    if (message.kind === 'ready') this.isStarted = true;
    if (message.kind === 'measured') {
      this.measured[message.index] = { tokens: message.tokens, trace: message.trace };
    }
    if (message.kind === 'verdict') this.settle(message.index, message.verdict, false);
    const judged = message.kind === 'answers' ? this.done[message.index] : undefined;
    if (message.kind === 'answers' && judged !== undefined) judged.answers = message.answers;
  }

  /** The thread is gone: the first attempt without a result was in its hands. */
  lost(loss: Loss): void {
    if (!this.isStarted) {
      this.failedStarts += 1;
      if (this.failedStarts >= MAX_TRIES) {
        this.failure = new Error(`A scoring thread could not start: ${describeLoss(loss)}`);
      }
      return;
    }
    if (this.searching !== null) {
      this.searching = null;
      return;
    }
    const index = this.done.indexOf(undefined);
    if (index === -1) return;
    if (loss.kind === 'late' || loss.kind === 'memory') {
      const reason = `The verifier was stopped: ${describeLoss(loss)}`;
      this.settle(index, { status: 'unverifiable', extracted: null, reason }, false);
      return;
    }
    const tries = (this.tries[index] ?? 0) + 1;
    this.tries[index] = tries;
    if (tries < MAX_TRIES) return;
    const reason = `The verifier failed ${String(MAX_TRIES)} times: ${describeLoss(loss)}`;
    this.settle(index, { status: 'unverifiable', extracted: null, reason }, true);
  }

  results(): ScoredResult[] {
    return this.done.filter((result) => result !== undefined);
  }

  private settle(index: number, verdict: ScoredResult['verdict'], isDead: boolean): void {
    const measured = this.measured[index] ?? { tokens: null, trace: null };
    this.done[index] = { ...measured, answers: null, verdict, isDead };
  }
}

/** By name: Node keeps listeners of its own on the thread, without which no further message arrives. */
function stopListening(thread: Worker): void {
  for (const event of ['message', 'error', 'exit']) thread.removeAllListeners(event);
}

function describeLoss(loss: Loss): string {
  if (loss.kind === 'late') return `it took longer than ${String(loss.limitMs)} ms.`;
  if (loss.kind === 'memory') return 'it needed more memory than a thread may have.';
  return loss.message;
}
