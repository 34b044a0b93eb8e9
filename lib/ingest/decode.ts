import { constants, createGunzip, createZstdDecompress } from 'node:zlib';

import { AppError } from '#lib/errors.ts';

/** How far a compressed stream may grow. */
export interface DecodeLimits {
  /** Decoded bytes, compressed or not. */
  maxBytes: number;
  maxRatio: number;
  /** Below this size the ratio says nothing: small repetitive files pack better than 100:1. */
  ratioFloorBytes: number;
}

export const DECODE_LIMITS: DecodeLimits = {
  maxBytes: 16 * 1024 ** 3,
  maxRatio: 100,
  ratioFloorBytes: 16 * 1024 * 1024,
};

/** How a stream is packed, by its first bytes; names and headers can be wrong. */
export type Packing = 'identity' | 'gzip' | 'zstd';

/** Packed bytes go in by pieces of this size, so that one piece can not expand past all limits. */
const PIECE_BYTES = 64 * 1024;

/** Plain bytes come out by pieces of this size; Node's 16 kB cost a third of the speed. */
const PLAIN_BYTES = 128 * 1024;

const GZIP_OPTIONS = { chunkSize: PLAIN_BYTES };

/** Windows up to 128 MB, which `zstd --long` writes; larger ones would break the memory limit. */
const ZSTD_OPTIONS = { chunkSize: PLAIN_BYTES, params: { [constants.ZSTD_d_windowLogMax]: 27 } };

/** The packing that a file begins with; four bytes are enough. */
export function sniffPacking(head: Uint8Array): Packing {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  const isFrame = head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd;
  return isFrame || isSkippableFrame(head) ? 'zstd' : 'identity';
}

/**
 * The plain bytes of a stream that may be gzip or zstd, with any number of members or frames. Throws
 * `unprocessable` for damaged or cut data, for bombs and for data packed twice; `too_large` beyond the cap.
 */
export async function* decode(
  source: AsyncIterable<Uint8Array>,
  limits: Partial<DecodeLimits> = {},
): AsyncGenerator<Uint8Array> {
  const bounds = { ...DECODE_LIMITS, ...limits };
  let packing: Packing | null = null;
  let held: Buffer = Buffer.alloc(0);
  let unpacker: Unpacker | null = null;
  let plainBytes = 0;
  try {
    for await (const bytes of source) {
      let chunk: Uint8Array = bytes;
      if (packing === null) {
        held = Buffer.concat([held, bytes]);
        if (held.length < 4) continue;
        packing = sniffPacking(held);
        chunk = held;
        if (packing !== 'identity') unpacker = new Unpacker(packing, bounds);
      }
      if (unpacker === null) {
        plainBytes += chunk.length;
        if (plainBytes > bounds.maxBytes) throw tooLarge(bounds.maxBytes);
        yield chunk;
        continue;
      }
      for (let from = 0; from < chunk.length; from += PIECE_BYTES) {
        yield* await unpacker.push(chunk.subarray(from, from + PIECE_BYTES));
      }
    }
    if (packing === null && held.length > 0) yield held;
    if (unpacker !== null) yield* await unpacker.finish();
  } finally {
    unpacker?.destroy();
  }
}

/** Feeds one engine a member; Node's zstd stream drops what follows the first frame of a piece. */
class Unpacker {
  readonly #packing: 'gzip' | 'zstd';
  readonly #limits: DecodeLimits;
  #engine: Engine;
  #packedBytes = 0;
  #plainBytes = 0;
  #first: Uint8Array = Buffer.alloc(0);
  #isPadding = false;

  constructor(packing: 'gzip' | 'zstd', limits: DecodeLimits) {
    this.#packing = packing;
    this.#limits = limits;
    this.#engine = this.#open();
  }

  async push(piece: Uint8Array): Promise<Uint8Array[]> {
    this.#packedBytes += piece.length;
    const plain: Uint8Array[] = [];
    let rest = piece;
    while (rest.length > 0 && !this.#isPadding) {
      const taken = await this.#engine.write(rest, plain);
      rest = rest.subarray(taken);
      if (rest.length === 0) break;
      this.#engine.destroy();
      this.#continueWith(rest);
    }
    if (this.#isPadding && rest.some((byte) => byte !== 0)) throw damaged(this.#packing);
    return plain;
  }

  async finish(): Promise<Uint8Array[]> {
    if (this.#isPadding) return [];
    const plain: Uint8Array[] = [];
    await this.#engine.end(plain);
    return plain;
  }

  destroy(): void {
    this.#engine.destroy();
  }

  /** Tape archives pad with zeros; anything else behind the last member would be lost in silence. */
  #continueWith(rest: Uint8Array): void {
    if (rest[0] === 0) this.#isPadding = true;
    else this.#engine = this.#open();
  }

  #open(): Engine {
    return new Engine(this.#packing, (bytes) => {
      this.#plainBytes += bytes.length;
      const { maxBytes, maxRatio, ratioFloorBytes } = this.#limits;
      if (this.#plainBytes > maxBytes) throw tooLarge(maxBytes);
      if (this.#plainBytes > Math.max(ratioFloorBytes, this.#packedBytes * maxRatio)) {
        throw new AppError(
          'unprocessable',
          `The file expands to more than ${maxRatio} times its packed size.`,
          { details: [{ code: 'expansion_limit', message: 'Send the file uncompressed.' }] },
        );
      }
      if (this.#first.length < 4) this.#checkFirst(bytes);
    });
  }

  #checkFirst(bytes: Uint8Array): void {
    this.#first = Buffer.concat([this.#first, bytes.subarray(0, 4)]);
    if (this.#first.length < 4 || sniffPacking(this.#first) === 'identity') return;
    throw new AppError('unprocessable', 'The file is packed twice: unpack it once before sending.');
  }
}

/** One zlib stream, driven piece by piece so that every byte is accounted for. */
class Engine {
  readonly #packing: 'gzip' | 'zstd';
  readonly #stream;
  #plain: Uint8Array[] = [];
  #failure: unknown = null;
  #taken = 0;

  constructor(packing: 'gzip' | 'zstd', onPlain: (bytes: Uint8Array) => void) {
    this.#packing = packing;
    this.#stream =
      packing === 'gzip' ? createGunzip(GZIP_OPTIONS) : createZstdDecompress(ZSTD_OPTIONS);
    this.#stream.on('error', (error) => (this.#failure ??= error));
    this.#stream.on('data', (bytes: Uint8Array) => {
      if (this.#failure !== null) return;
      try {
        onPlain(bytes);
        this.#plain.push(bytes);
      } catch (error) {
        this.#failure = error;
        this.#stream.destroy();
      }
    });
  }

  /** Appends what comes out to `plain`; returns how many bytes belong to this member. */
  async write(piece: Uint8Array, plain: Uint8Array[]): Promise<number> {
    this.#plain = plain;
    await new Promise<void>((resolve) => {
      this.#stream.once('close', resolve);
      this.#stream.write(piece, () => {
        this.#stream.off('close', resolve);
        resolve();
      });
    });
    this.#throwFailure();
    const taken = this.#stream.bytesWritten - this.#taken;
    this.#taken = this.#stream.bytesWritten;
    return taken;
  }

  async end(plain: Uint8Array[]): Promise<void> {
    this.#plain = plain;
    await new Promise<void>((resolve) => {
      this.#stream.once('close', resolve);
      this.#stream.end();
    });
    this.#throwFailure();
  }

  destroy(): void {
    this.#stream.destroy();
  }

  #throwFailure(): void {
    if (this.#failure === null) return;
    if (this.#failure instanceof AppError) throw this.#failure;
    throw damaged(this.#packing, this.#failure);
  }
}

function isSkippableFrame(head: Uint8Array): boolean {
  const byte = head[0] ?? 0;
  return byte >= 0x50 && byte <= 0x5f && head[1] === 0x2a && head[2] === 0x4d && head[3] === 0x18;
}

function tooLarge(maxBytes: number): AppError {
  return new AppError('too_large', `The unpacked file is larger than ${maxBytes} bytes.`);
}

function damaged(packing: 'gzip' | 'zstd', cause?: unknown): AppError {
  const isCut = cause instanceof Error && 'code' in cause && cause.code === 'Z_BUF_ERROR';
  return new AppError(
    'unprocessable',
    isCut ? `The ${packing} data ends too early.` : `The ${packing} data is damaged.`,
    {
      details: [
        { code: isCut ? 'cut_archive' : 'damaged_archive', message: 'Send the file again.' },
      ],
      cause,
    },
  );
}
