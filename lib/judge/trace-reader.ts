import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { ROOT } from '#lib/env.ts';
import type { DescribedTrace, FromRedundancyThread, TraceQuestion } from './redundancy-thread.ts';

const START_MS = 60_000;
/** Loading a vocabulary takes about a second, a megabyte of text another one (measured 2026-11). */
const ANSWER_MS = 15_000;

/**
 * A thread that looks texts through for readers, one after the other. A text that breaks it or takes too long is answered
 * with null, and a fresh thread takes the next.
 */
export class TraceReader {
  private worker: Worker | null = null;
  private last: Promise<unknown> = Promise.resolve();

  describe(question: TraceQuestion): Promise<DescribedTrace | null> {
    const turn = this.last.then(() => this.ask(question));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  async close(): Promise<void> {
    await this.worker?.terminate();
    this.worker = null;
  }

  private async ask(question: TraceQuestion): Promise<DescribedTrace | null> {
    const worker = this.worker ?? (await startThread());
    this.worker = worker;
    worker.ref();
    return new Promise((resolve) => {
      const settle = (described: DescribedTrace | null) => {
        clearTimeout(timer);
        worker.off('message', receive).off('exit', fail);
        worker.unref();
        if (described === null) {
          this.worker = null;
          void worker.terminate();
        }
        resolve(described);
      };
      const fail = () => settle(null);
      const receive = (message: FromRedundancyThread) => {
        if (message.kind === 'described') settle(message);
      };
      const timer = setTimeout(fail, ANSWER_MS);
      worker.on('message', receive).on('exit', fail);
      worker.postMessage(question);
    });
  }
}

/** By its path and outside the bundle of the web pages: Node runs the file as it is. */
function startThread(): Promise<Worker> {
  const worker = new Worker(
    path.join(/* turbopackIgnore: true */ ROOT, 'lib', 'judge', 'redundancy-thread.ts'),
    { resourceLimits: { maxOldGenerationSizeMb: 768, stackSizeMb: 4 } },
  );
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The reading thread is late.')), START_MS);
    // It stays for the life of the thread: an error is followed by its exit, which says the same.
    worker.on('error', reject);
    worker.once('exit', () => reject(new Error('The reading thread ended before it was ready.')));
    worker.once('message', () => {
      clearTimeout(timer);
      resolve(worker);
    });
  });
}
