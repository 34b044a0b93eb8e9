import { Worker } from 'node:worker_threads';
import { encodeFrame } from './frames.ts';
import { type PackedTexts, packBytes, viewsOf } from './packed-texts.ts';

/** A thread takes as long to start as this much text to compress; most files are smaller. */
const CHARACTERS_AT_ONCE = 2 * 1024 * 1024;

type Answer = PromiseWithResolvers<PackedTexts>;

/**
 * Makes frames in a thread of its own: compressing takes as long as reading, parsing and sending together, and the two
 * overlap. Texts go over by the piece, as bytes that change their owner: a call a text to Node's streams costs more
 * than the compression (12 against 6 ms a megabyte of 5 KB texts).
 */
export class FrameEncoder {
  private thread: Worker | null = null;
  private readonly answers: Answer[] = [];
  private failure: Error | null = null;
  private characters = 0;

  /** In the order of the texts; null stays null. Several calls may be under way. */
  async encode(texts: readonly (string | null)[]): Promise<(Uint8Array | null)[]> {
    for (const text of texts) this.characters += text?.length ?? 0;
    if (this.characters <= CHARACTERS_AT_ONCE) return texts.map((text) => encodeFrame(text));
    const known = texts.filter((text) => text !== null);
    const frames = viewsOf(await this.ask(packStrings(known)));
    let next = 0;
    return texts.map((text) => (text === null ? null : (frames[next++] ?? null)));
  }

  /** Safe at any time; what is on its way is given up. */
  close(): void {
    this.fail(new Error('The encoder was closed.'));
    void this.thread?.terminate();
    this.thread = null;
  }

  private ask(texts: PackedTexts): Promise<PackedTexts> {
    if (this.failure !== null) return Promise.reject(this.failure);
    const answer: Answer = Promise.withResolvers();
    this.answers.push(answer);
    this.thread ??= this.startThread();
    this.thread.postMessage(texts, [texts.bytes.buffer, texts.ends.buffer]);
    return answer.promise;
  }

  private startThread(): Worker {
    const thread = new Worker(new URL('./frame-thread.ts', import.meta.url), {
      resourceLimits: { maxYoungGenerationSizeMb: 4 },
    });
    thread.on('message', (frames: PackedTexts) => this.answers.shift()?.resolve(frames));
    thread.on('error', (error: Error) => this.fail(error));
    thread.on('exit', () => this.fail(new Error('The compressing thread ended.')));
    return thread;
  }

  private fail(error: Error): void {
    this.failure ??= error;
    for (const { reject } of this.answers.splice(0)) reject(this.failure);
  }
}

function packStrings(texts: readonly string[]): PackedTexts {
  const lengths = texts.map((text) => Buffer.byteLength(text));
  return packBytes(lengths, (bytes, index, at) => bytes.write(texts[index] ?? '', at));
}
