/** One physical line. `bytes` is a view into the stream's chunk: use it before asking for the next batch. */
export interface Line {
  /** From 1. */
  line: number;
  /** Where the line begins in the decoded stream, a byte order mark included. */
  byteOffset: number;
  /** Without its line end; null when the line is longer than the limit. */
  bytes: Uint8Array | null;
  byteLength: number;
  /** False for a last line without a newline: a cut file ends so. */
  isTerminated: boolean;
  /** True when a UTF-8 byte order mark stood before `bytes`. */
  hasMark: boolean;
}

export const MAX_LINE_BYTES = 16 * 1024 * 1024;

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Where a part of a file begins: the number of its first line, and the bytes before it. */
export type LineStart = Pick<Line, 'line' | 'byteOffset'>;

const FILE_START: LineStart = { line: 1, byteOffset: 0 };

/**
 * Splits on \n only: U+2028, U+2029 and a lone \r are ordinary characters of JSON texts. Batches,
 * because one promise a line costs more than finding the line.
 */
export async function* lineBatches(
  source: AsyncIterable<Uint8Array>,
  maxLineBytes = MAX_LINE_BYTES,
  start = FILE_START,
): AsyncGenerator<Line[]> {
  const tail = new LineTail(maxLineBytes);
  let { line, byteOffset: lineOffset } = start;
  let chunkOffset = lineOffset;
  for await (const bytes of source) {
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const batch: Line[] = [];
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      batch.push(tail.take(chunk.subarray(from, end), { line, byteOffset: lineOffset }, true));
      line += 1;
      from = end + 1;
      lineOffset = chunkOffset + from;
    }
    tail.keep(chunk.subarray(from));
    chunkOffset += chunk.length;
    if (batch.length > 0) yield batch;
  }
  if (tail.byteLength > 0) {
    yield [tail.take(Buffer.alloc(0), { line, byteOffset: lineOffset }, false)];
  }
}

/** The same, line by line. */
export async function* lines(
  source: AsyncIterable<Uint8Array>,
  maxLineBytes = MAX_LINE_BYTES,
): AsyncGenerator<Line> {
  for await (const batch of lineBatches(source, maxLineBytes)) yield* batch;
}

/** The beginning of a line whose end has not come yet. Never holds more than the limit. */
class LineTail {
  byteLength = 0;
  #parts: Uint8Array[] = [];
  readonly #maxLineBytes: number;

  constructor(maxLineBytes: number) {
    this.#maxLineBytes = maxLineBytes;
  }

  keep(part: Uint8Array): void {
    if (part.length === 0) return;
    this.byteLength += part.length;
    if (this.byteLength > this.#maxLineBytes) this.#parts = [];
    // A copy: the view would keep the whole chunk alive, and sources may fill it anew.
    else this.#parts.push(Uint8Array.prototype.slice.call(part));
  }

  take(end: Uint8Array, place: { line: number; byteOffset: number }, isTerminated: boolean): Line {
    const byteLength = this.byteLength + end.length;
    const isWhole = byteLength <= this.#maxLineBytes;
    const raw = this.#parts.length === 0 ? end : Buffer.concat([...this.#parts, end]);
    this.#parts = [];
    this.byteLength = 0;
    const hasMark = place.line === 1 && raw[0] === 0xef && raw[1] === 0xbb && raw[2] === 0xbf;
    const bytes = isWhole ? raw.subarray(hasMark ? 3 : 0, endOfText(raw)) : null;
    return { ...place, bytes, byteLength, isTerminated, hasMark };
  }
}

function endOfText(raw: Uint8Array): number {
  return raw.at(-1) === CARRIAGE_RETURN ? raw.length - 1 : raw.length;
}
