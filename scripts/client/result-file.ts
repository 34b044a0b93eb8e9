import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { AppError } from '#lib/errors.ts';
import { sniffPacking, type Packing } from '#lib/ingest/decode.ts';

export interface ResultFile {
  path: string;
  name: string;
  bytes: number;
  /** Of the file as it lies there. */
  sha256: string;
  packing: Packing;
}

/** What went over the wire. */
export interface Sent {
  bytes: number;
  sha256: string;
}

/** Reads the file once: the key that makes a repeated upload safe depends on its content. */
export async function readResultFile(file: string): Promise<ResultFile> {
  try {
    const found = await stat(file);
    if (!found.isFile()) throw new AppError('invalid_input', `${file} is not a file.`);
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
      hash.update(chunk as Buffer);
    }
    return {
      path: file,
      name: path.basename(file),
      bytes: found.size,
      sha256: hash.digest('hex'),
      packing: sniffPacking(await readHead(file)),
    };
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('invalid_input', `${file} can not be read.`, { cause });
  }
}

async function readHead(file: string): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** The bytes to send, packed on the way unless they are packed already. `sent` is complete at the end of the stream. */
export function streamFile(
  file: ResultFile,
  onRead: (bytes: number) => void,
): { stream: ReadableStream<Uint8Array>; encoding: string; sent: Sent } {
  const sent: Sent = { bytes: 0, sha256: '' };
  const source = createReadStream(file.path, { highWaterMark: 1 << 17 });
  let read = 0;
  source.on('data', (chunk) => onRead((read += chunk.length)));
  const packed = file.packing === 'identity' ? source.pipe(createGzip()) : source;
  source.on('error', (error) => packed.destroy(error));
  const chunks = Readable.from(account(packed, sent));
  return {
    stream: Readable.toWeb(chunks) as ReadableStream<Uint8Array>,
    encoding: file.packing === 'identity' ? 'gzip' : file.packing,
    sent,
  };
}

async function* account(source: Readable, sent: Sent): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const chunk of source as AsyncIterable<Buffer>) {
    hash.update(chunk);
    sent.bytes += chunk.length;
    yield chunk;
  }
  sent.sha256 = hash.digest('hex');
}
