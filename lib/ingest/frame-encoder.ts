import { constants, createZstdCompress } from 'node:zlib';
import { FRAME_LEVEL } from './frames.ts';

/** One for each core of a small machine. */
const STREAMS = 2;

/**
 * Makes frames in the background: compressing takes as long as reading and parsing together, and the two can overlap.
 * A stream that ends its frame at every write keeps its working memory, which costs half of a small frame otherwise.
 */
export class FrameEncoder {
  private readonly streams = Array.from({ length: STREAMS }, () => new FrameStream());

  /** In the order of the texts; null stays null. One call at a time. */
  async encode(texts: readonly (string | null)[]): Promise<(Uint8Array | null)[]> {
    const frames = texts.map((): Uint8Array | null => null);
    let next = 0;
    const work = this.streams.map(async (stream) => {
      for (let index = next++; index < texts.length; index = next++) {
        const text = texts[index];
        if (typeof text === 'string') frames[index] = await stream.encode(text);
      }
    });
    await Promise.all(work);
    return frames;
  }

  close(): void {
    for (const stream of this.streams) stream.close();
  }
}

class FrameStream {
  private readonly stream = createZstdCompress({
    flush: constants.ZSTD_e_end,
    params: { [constants.ZSTD_c_compressionLevel]: FRAME_LEVEL },
  });
  private pieces: Buffer[] = [];

  constructor() {
    // A long frame does not fit into the buffer of the stream and is taken out while it is made.
    this.stream.on('readable', () => this.takeOut());
    // The callback of the write reports the error; without a listener it would end the process too.
    this.stream.on('error', () => undefined);
  }

  encode(text: string): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.stream.write(Buffer.from(text), (error) => {
        if (error) {
          reject(error);
          return;
        }
        this.takeOut();
        const [only, second] = this.pieces;
        resolve(only !== undefined && second === undefined ? only : Buffer.concat(this.pieces));
        this.pieces = [];
      });
    });
  }

  close(): void {
    this.stream.destroy();
  }

  private takeOut(): void {
    for (;;) {
      const piece = this.stream.read() as Buffer | null;
      if (piece === null) return;
      this.pieces.push(piece);
    }
  }
}
