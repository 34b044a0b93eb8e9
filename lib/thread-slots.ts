import type { ResourceLimits } from 'node:worker_threads';

/** What a thread may take that works on model output, which is hostile input; beyond it Node ends the thread. */
export const THREAD_LIMITS: ResourceLimits = { maxOldGenerationSizeMb: 512, stackSizeMb: 4 };

/** Whether a thread ended because it needed more memory than it may have. */
export function isOutOfMemory(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

interface Ways<Thread> {
  start(): Thread;
  end(thread: Thread): Promise<unknown>;
}

/** At most `size` threads, started when they are needed and kept for the next who asks; who finds none waits in turn. */
export class ThreadSlots<Thread> {
  readonly size: number;
  readonly #ways: Ways<Thread>;
  readonly #idle: Thread[] = [];
  readonly #waiting: ((thread: Thread) => void)[] = [];
  #busy = 0;
  #isClosed = false;

  constructor(size: number, ways: Ways<Thread>) {
    this.size = size;
    this.#ways = ways;
  }

  /** A thread for the caller alone, until it gives it back by `release`. */
  acquire(): Promise<Thread> {
    if (this.#idle.length === 0 && this.#busy >= this.size)
      return new Promise((resolve) => this.#waiting.push(resolve));
    this.#busy += 1;
    return Promise.resolve(this.#idle.pop() ?? this.#ways.start());
  }

  /** Null for a thread that is gone. */
  release(thread: Thread | null): void {
    const next = this.#waiting.shift();
    if (next !== undefined) {
      next(thread ?? this.#ways.start());
      return;
    }
    this.#busy -= 1;
    if (thread === null) return;
    if (this.#isClosed) void this.#ways.end(thread);
    else this.#idle.push(thread);
  }

  /** Ends the idle threads now and the others when they are given back. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#idle.splice(0).map((thread) => this.#ways.end(thread)));
  }
}
