import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { AppError } from '#lib/errors.ts';
import { sniffPacking } from '#lib/ingest/decode.ts';
import { MAX_LINE_BYTES } from '#lib/ingest/lines.ts';

const NEWLINE = 0x0a;
/** Of one request, unless a single line is longer. */
const PART_BYTES = 4 * 1024 * 1024;

/** The whole lines of a file that somebody else still writes. */
export class GrowingFile {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** Null before there is one. */
  async firstLine(): Promise<string | null> {
    const head = await this.read(0, MAX_LINE_BYTES + 1);
    if (head !== null && sniffPacking(head) !== 'identity') {
      throw new AppError(
        'invalid_input',
        `${this.path} is packed, and only a plain file can be followed while it grows.`,
      );
    }
    const end = head?.indexOf(NEWLINE) ?? -1;
    return head === null || end === -1 ? null : head.toString('utf8', 0, end);
  }

  /** The lines from `offset` on that are written to their ends, as many as one request takes; empty when there is none. */
  async linesFrom(offset: number): Promise<Buffer> {
    const part = await this.atLeast(offset, PART_BYTES);
    const end = part.lastIndexOf(NEWLINE);
    if (end !== -1 || part.length < PART_BYTES) return part.subarray(0, end + 1);
    const longer = await this.atLeast(offset, MAX_LINE_BYTES + 1);
    const first = longer.indexOf(NEWLINE);
    if (first === -1 && longer.length > MAX_LINE_BYTES) {
      throw new AppError(
        'too_large',
        `The line at byte ${String(offset)} of ${this.path} is longer than a row may be.`,
      );
    }
    return longer.subarray(0, first + 1);
  }

  /**
   * The last line when nothing more will be written: with a newline put behind it when it is a whole JSON value, else
   * empty, and `isCut` when something is left out.
   */
  async lastLine(offset: number): Promise<{ bytes: Buffer; isCut: boolean }> {
    const rest = await this.atLeast(offset, MAX_LINE_BYTES);
    const text = rest.toString('utf8').trim();
    if (text === '') return { bytes: Buffer.alloc(0), isCut: false };
    if (!isJson(text)) return { bytes: Buffer.alloc(0), isCut: true };
    return { bytes: Buffer.concat([rest, Buffer.of(NEWLINE)]), isCut: false };
  }

  /** SHA-256 of the first `bytes`, the newline behind the last line included where it was put there. */
  async sha256(bytes: number): Promise<string> {
    const hash = createHash('sha256');
    for (let at = 0; at < bytes;) {
      const part = await this.atLeast(at, Math.min(PART_BYTES, bytes - at));
      hash.update(part.length === 0 ? Buffer.of(NEWLINE) : part);
      at += Math.max(1, part.length);
    }
    return hash.digest('hex');
  }

  /** Throws when the file ends before `offset`; one byte may be missing, for the newline of the last line. */
  private async atLeast(offset: number, length: number): Promise<Buffer> {
    const found = await this.read(offset, length);
    if (found !== null) return found;
    throw new AppError(
      'conflict',
      `${this.path} is shorter than the ${String(offset)} bytes that were sent of it, or gone: it was begun anew. Cancel the submission, or send the file when it is complete.`,
    );
  }

  /** Null when there is no file or it is too short. */
  private async read(offset: number, length: number): Promise<Buffer | null> {
    let handle: FileHandle;
    try {
      handle = await open(this.path);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw new AppError('invalid_input', `${this.path} can not be read.`, { cause: error });
    }
    try {
      const { size } = await handle.stat();
      if (size < offset - 1) return null;
      const wanted = Math.max(0, Math.min(length, size - offset));
      const buffer = Buffer.alloc(wanted);
      const { bytesRead } = await handle.read(buffer, 0, wanted, offset);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
