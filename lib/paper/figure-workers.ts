import { fork, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import path from 'node:path';
import { ROOT } from '#lib/env.ts';
import { AppError } from '#lib/errors.ts';
import { WorkerSlots } from '#lib/worker-slots.ts';
import type { FigureSources } from '#lib/figures/sources.ts';
import type {
  FigureTask,
  FromFigureWorker,
  TaskResults,
  ToFigureWorker,
} from './figure-protocol.ts';
import { fromPlainError, toPlainError } from './plain-error.ts';

export interface FigureWorkersOptions {
  size: number;
  /** A worker's own time for one task; waiting for answers of the database is not part of it. */
  taskMs: number;
  memoryMb?: number;
  /** Tasks without a worker; more are refused. */
  maxWaiting?: number;
}

const START_MS = 60_000;
const MEMORY_MB = 512;
const MAX_WAITING = 32;

type Given<Task extends FigureTask> = TaskResults[Task['kind']];

/**
 * Processes that work on figures, so that a large one holds up no page: each has a deadline for a task and a memory limit. One
 * that breaks them is killed, its task is refused, and a fresh one takes the next. Processes, not threads: a thread that
 * allocates beyond its limit at one stroke takes the whole server down with it, and one inside a native library can not be
 * stopped. They start with the first task and end with the process that started them.
 */
export class FigureWorkers {
  private readonly options: Required<FigureWorkersOptions>;
  private readonly slots: WorkerSlots<FigureWorker>;
  /** Tasks that run or wait. */
  private open = 0;

  constructor(options: FigureWorkersOptions) {
    this.options = { memoryMb: MEMORY_MB, maxWaiting: MAX_WAITING, ...options };
    this.slots = new WorkerSlots(options.size, {
      start: () => this.start(),
      end(worker) {
        worker.end();
        return Promise.resolve();
      },
    });
  }

  /**
   * `sources` answer the questions of the task. Throws `unprocessable` for a task that takes too long or too much memory, and
   * `unavailable` where too many wait.
   */
  async run<Task extends FigureTask>(
    task: Task,
    sources: FigureSources | null = null,
  ): Promise<Given<Task>> {
    if (this.open >= this.options.size + this.options.maxWaiting) {
      throw new AppError('unavailable', 'Too many figures wait to be drawn. Try again in 2 s.', {
        retryAfterSeconds: 2,
      });
    }
    this.open += 1;
    let alive: FigureWorker | null = null;
    try {
      const held = await this.slots.acquire();
      const worker = held.isGone ? this.start() : held;
      const outcome = await worker.perform(task, sources, this.options.taskMs);
      if (outcome.isAlive) alive = worker;
      if (outcome.error !== null) throw outcome.error;
      return outcome.result as Given<Task>; // The worker answers in kind.
    } finally {
      this.open -= 1;
      this.slots.release(alive);
    }
  }

  /** Starts a worker ahead of the first task. */
  prepare(): void {
    if (this.open === 0) void this.slots.acquire().then((worker) => this.slots.release(worker));
  }

  close(): void {
    void this.slots.close();
  }

  private start(): FigureWorker {
    return new FigureWorker(this.options.memoryMb);
  }
}

interface Outcome {
  result: TaskResults[keyof TaskResults] | null;
  error: Error | null;
  /** False when the worker is gone. */
  isAlive: boolean;
}

class FigureWorker {
  private readonly child: ChildProcess;
  private readonly ready: Promise<void>;
  /** The end of what it complained about. */
  private complaint = '';

  constructor(memoryMb: number) {
    // By its path and outside the bundle of the web pages: Node runs the file as it is.
    this.child = fork(
      path.join(/* turbopackIgnore: true */ ROOT, 'lib', 'paper', 'figure-worker.ts'),
      {
        cwd: ROOT,
        // Nothing of the server's settings and secrets is needed to draw.
        env: { NODE_ENV: 'production' },
        execArgv: [`--max-old-space-size=${memoryMb}`],
        serialization: 'advanced',
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      },
    );
    this.child.stderr?.on('data', (text: Buffer) => {
      this.complaint = (this.complaint + text.toString()).slice(-4000);
    });
    this.ready = untilReady(this.child);
    // A worker that can not start says so when it is used.
    this.ready.catch(() => undefined);
    this.holdProcess(false);
  }

  /** Killed while it was idle, by the system for instance. */
  get isGone(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** One task at a time. Never rejects: what went wrong is in the outcome. */
  async perform(task: FigureTask, sources: FigureSources | null, taskMs: number): Promise<Outcome> {
    this.holdProcess(true);
    try {
      await this.ready;
    } catch (error) {
      this.end();
      return { result: null, error: error as Error, isAlive: false };
    }
    return new Promise((resolve) => {
      const clock = new TaskClock(taskMs, () => lose(tooLong(taskMs)));
      const settle = (outcome: Outcome) => {
        clock.stop();
        this.child.off('message', receive).off('close', exited);
        this.holdProcess(false);
        resolve(outcome);
      };
      const lose = (error: Error) => {
        settle({ result: null, error, isAlive: false });
        this.end();
      };
      const exited = () => {
        const isMemory = /heap limit|out of memory/i.test(this.complaint);
        lose(isMemory ? tooLarge() : new Error(`A worker for figures ended: ${this.complaint}`));
      };
      const receive = (message: FromFigureWorker) => {
        switch (message.kind) {
          case 'ready':
            return;
          case 'question':
            clock.pause();
            void answer(sources, message).then((reply) => {
              clock.resume();
              this.send(reply);
            });
            return;
          case 'done':
            settle({ result: message.result, error: null, isAlive: true });
            return;
          case 'failed':
            settle({ result: null, error: fromPlainError(message.error), isAlive: true });
        }
      };
      // Not at its exit: its last words may still be on their way.
      this.child.on('message', receive).once('close', exited);
      clock.resume();
      this.send({ kind: 'task', task });
    });
  }

  end(): void {
    this.child.kill('SIGKILL');
  }

  /** One that is gone can not be told anything; its end is noticed by itself. */
  private send(message: ToFigureWorker): void {
    if (this.child.connected) this.child.send(message, () => undefined);
  }

  /** An idle worker does not keep a finished command alive. */
  private holdProcess(isHeld: boolean): void {
    // A pipe is a socket, which the type of the stream does not say.
    const complaints = this.child.stderr as Socket | null;
    for (const handle of [this.child, this.child.channel, complaints]) {
      if (isHeld) handle?.ref();
      else handle?.unref();
    }
  }
}

/** Runs while no question is open. */
class TaskClock {
  private left: number;
  private readonly onEnd: () => void;
  private open = 1;
  private since = 0;
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;

  constructor(milliseconds: number, onEnd: () => void) {
    this.left = milliseconds;
    this.onEnd = onEnd;
  }

  pause(): void {
    this.open += 1;
    if (this.open > 1) return;
    clearTimeout(this.timer);
    this.left -= performance.now() - this.since;
  }

  resume(): void {
    this.open -= 1;
    if (this.open > 0 || this.isStopped) return;
    this.since = performance.now();
    this.timer = setTimeout(this.onEnd, Math.max(1, this.left));
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }
}

async function answer(
  sources: FigureSources | null,
  { question, source, args }: Extract<FromFigureWorker, { kind: 'question' }>,
): Promise<ToFigureWorker> {
  try {
    if (sources === null) throw new Error(`A drawing asked for numbers: ${source}.`);
    const value = await (
      sources as unknown as Record<string, (...args: readonly unknown[]) => Promise<unknown>>
    )[source]?.(...args);
    return { kind: 'answer', question, value };
  } catch (error) {
    return { kind: 'refusal', question, error: toPlainError(error) };
  }
}

function tooLong(milliseconds: number): AppError {
  return new AppError(
    'unprocessable',
    `The figure took longer than ${milliseconds / 1000} s and was stopped. Choose fewer runs, or a PNG of fewer dpi.`,
  );
}

function tooLarge(): AppError {
  return new AppError(
    'unprocessable',
    'The figure needed more memory than it may have. Choose fewer runs, or a PNG of fewer dpi.',
  );
}

function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error('A worker for figures did not load in time.')),
      START_MS,
    );
    timer.unref();
    child.once('message', () => {
      clearTimeout(timer);
      resolve();
    });
    // Both stay for the life of the process: what happens while it is taken down says nothing new.
    child.on('error', reject);
    child.once('exit', () => reject(new Error('A worker for figures ended before it was ready.')));
  });
}
