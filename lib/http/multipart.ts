import { AppError } from '#lib/errors.ts';

const MAX_PART_HEADER_BYTES = 16 * 1024;
const CRLF = Buffer.from('\r\n');
const HEADER_END = Buffer.from('\r\n\r\n');

/** One part of a multipart body. Read `body` to its end before asking for the next part. */
export interface Part {
  name: string;
  fileName: string | null;
  body: AsyncGenerator<Uint8Array>;
}

/** The boundary of a multipart/form-data content type; null for another type. */
export function boundaryOf(contentType: string | null): string | null {
  const [type] = (contentType ?? '').split(';', 1);
  if (type?.trim().toLowerCase() !== 'multipart/form-data') return null;
  const match = /;\s*boundary=(?:"(?<quoted>[^"\r\n]{1,70})"|(?<plain>[^\s";]{1,70}))/i.exec(
    contentType ?? '',
  );
  const boundary = match?.groups?.quoted ?? match?.groups?.plain;
  if (boundary !== undefined) return boundary;
  throw new AppError('invalid_input', 'The content-type names no boundary of the parts.');
}

/**
 * RFC 7578 as a stream: a file of any size passes through in pieces, where `request.formData()` would hold all of it.
 */
export async function* readParts(
  source: AsyncIterable<Uint8Array>,
  boundary: string,
): AsyncGenerator<Part> {
  const reader = new DelimitedReader(source);
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  // The first boundary has no line end before it: lending it one makes all boundaries alike.
  reader.prepend(CRLF);
  for await (const _preamble of reader.until(delimiter)) continue;
  for (;;) {
    const end = await reader.take(2);
    if (end.toString('latin1') === '--') return reader.skipRest();
    if (!end.equals(CRLF)) throw broken('a boundary is not followed by a line end');
    const header = await collect(reader.until(HEADER_END));
    const part = { ...parseDisposition(header), body: reader.until(delimiter) };
    yield part;
    // What the consumer left unread lies before the next boundary.
    for await (const _rest of part.body) continue;
  }
}

class DelimitedReader {
  private readonly source: AsyncIterator<Uint8Array, void>;
  private held: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.source = source[Symbol.asyncIterator]() as AsyncIterator<Uint8Array, void>; // only typed as any
  }

  prepend(bytes: Buffer): void {
    this.held = Buffer.concat([bytes, this.held]);
  }

  async take(count: number): Promise<Buffer> {
    while (this.held.length < count) await this.pull();
    const taken = this.held.subarray(0, count);
    this.held = this.held.subarray(count);
    return taken;
  }

  /** The bytes before the delimiter, which is taken away with them. */
  async *until(delimiter: Buffer): AsyncGenerator<Buffer> {
    for (;;) {
      const at = this.held.indexOf(delimiter);
      if (at !== -1) {
        const last = this.held.subarray(0, at);
        this.held = this.held.subarray(at + delimiter.length);
        if (last.length > 0) yield last;
        return;
      }
      // The delimiter may have begun in the last bytes.
      const safe = Math.max(0, this.held.length - delimiter.length + 1);
      const piece = this.held.subarray(0, safe);
      this.held = this.held.subarray(safe);
      if (piece.length > 0) yield piece;
      await this.pull();
    }
  }

  /** To the end of the body, so that whoever counts its bytes sees them all. */
  async skipRest(): Promise<void> {
    while ((await this.source.next()).done !== true) continue;
  }

  private async pull(): Promise<void> {
    const next = await this.source.next();
    if (next.done === true) throw broken('it ends before its last boundary');
    this.held = Buffer.concat([this.held, next.value]);
  }
}

async function collect(pieces: AsyncIterable<Buffer>): Promise<string> {
  const kept: Buffer[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    if (bytes > MAX_PART_HEADER_BYTES) throw broken('the header of a part is too long');
    kept.push(piece);
  }
  return Buffer.concat(kept).toString('utf8');
}

function parseDisposition(header: string): { name: string; fileName: string | null } {
  const line = header.split('\r\n').find((text) => /^content-disposition:/i.test(text)) ?? '';
  const name = /;\s*name="(?<value>[^"]*)"/i.exec(line)?.groups?.value;
  if (name === undefined) throw broken('a part has no name');
  const fileName = /;\s*filename="(?<value>[^"]*)"/i.exec(line)?.groups?.value;
  return { name, fileName: fileName ?? null };
}

function broken(reason: string): AppError {
  return new AppError('invalid_input', `The multipart body is broken: ${reason}.`);
}
