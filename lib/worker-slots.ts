import type { ResourceLimits } from 'node:worker_threads';

/** What a thread may take that works on model output, which is hostile input; beyond it Node ends the thread. */
export const THREAD_LIMITS: ResourceLimits = { maxOldGenerationSizeMb: 512, stackSizeMb: 4 };

/** Whether a thread ended because it needed more memory than it may have. */
export function isOutOfMemory(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

interface Ways<Worker> {
  start(): Worker;
  end(worker: Worker): Promise<unknown>;
}

/** At most `size` threads or processes, started when they are needed and kept for the next who asks; who finds none waits in turn. */
export class WorkerSlots<Worker> {
  readonly size: number;
  readonly #ways: Ways<Worker>;
  readonly #idle: Worker[] = [];
  readonly #waiting: ((worker: Worker) => void)[] = [];
  #busy = 0;
  #isClosed = false;

  constructor(size: number, ways: Ways<Worker>) {
    this.size = size;
    this.#ways = ways;
  }

  /** One for the caller alone, until it gives it back by `release`. */
  acquire(): Promise<Worker> {
    if (this.#idle.length === 0 && this.#busy >= this.size)
      return new Promise((resolve) => this.#waiting.push(resolve));
    this.#busy += 1;
    return Promise.resolve(this.#idle.pop() ?? this.#ways.start());
  }

  /** Null for one that is gone. */
  release(worker: Worker | null): void {
    const next = this.#waiting.shift();
    if (next !== undefined) {
      next(worker ?? this.#ways.start());
      return;
    }
    this.#busy -= 1;
    if (worker === null) return;
    if (this.#isClosed) void this.#ways.end(worker);
    else this.#idle.push(worker);
  }

  /** Ends the idle ones now and the others when they are given back. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#idle.splice(0).map((worker) => this.#ways.end(worker)));
  }
}
