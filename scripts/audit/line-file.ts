import { open, type FileHandle } from 'node:fs/promises';
import { AppError } from '#lib/errors.ts';

/** Lines are written by this many characters: one call a line costs more than the line. */
const FLUSH = 64 * 1024;

/** A file that is written line by line, as fast as it takes them. */
export class LineFile {
  private readonly file: FileHandle;
  private held: string[] = [];
  private size = 0;

  private constructor(file: FileHandle) {
    this.file = file;
  }

  /** Throws `invalid_input` for a path that can not be written. */
  static async create(path: string): Promise<LineFile> {
    try {
      return new LineFile(await open(path, 'w'));
    } catch (cause) {
      throw new AppError('invalid_input', `${path} can not be written.`, { cause });
    }
  }

  async add(value: unknown): Promise<void> {
    const line = `${JSON.stringify(value)}\n`;
    this.held.push(line);
    this.size += line.length;
    if (this.size >= FLUSH) await this.flush();
  }

  async close(): Promise<void> {
    try {
      await this.flush();
    } finally {
      await this.file.close();
    }
  }

  private async flush(): Promise<void> {
    const text = this.held.join('');
    this.held = [];
    this.size = 0;
    await this.file.appendFile(text);
  }
}
