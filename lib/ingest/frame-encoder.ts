import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { EncodedFrames } from './frame-thread.ts';

/**
 * Makes frames on a thread of its own: compressing takes as long as reading and parsing together, and the two can
 * overlap. One call at a time.
 */
export class FrameEncoder {
  private readonly thread = new Worker(new URL('./frame-thread.ts', import.meta.url), {
    resourceLimits: { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 256 },
  });

  constructor() {
    // `once` in `encode` rejects on an error; without a listener one between two calls would end the process.
    this.thread.on('error', () => undefined);
  }

  /** In the order of the texts; null stays null. */
  async encode(texts: readonly (string | null)[]): Promise<(Uint8Array | null)[]> {
    const answer = once(this.thread, 'message') as Promise<[EncodedFrames]>;
    this.thread.postMessage(texts);
    const [{ bytes, lengths }] = await answer;
    let offset = 0;
    return lengths.map((length) => {
      if (length === -1) return null;
      const frame = new Uint8Array(bytes, offset, length);
      offset += length;
      return frame;
    });
  }

  async close(): Promise<void> {
    await this.thread.terminate();
  }
}
