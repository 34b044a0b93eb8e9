import { createReadStream } from 'node:fs';
import { stat, truncate } from 'node:fs/promises';
import { UsageError } from '../run-script.ts';
import { itemLines, type GeneratePlan } from './item-lines.ts';

/**
 * The number of whole lines of a file, where the next item goes on; what a broken run left of a last one is cut off. A file
 * that the same words would not have written is left as it is.
 */
export async function continueFile(file: string, plan: GeneratePlan): Promise<number> {
  const { lines, whole, size, last } = await readWholeLines(file);
  if (lines > 0 && `${last}\n` !== itemLines(plan, lines - 1, lines))
    throw new UsageError(
      `${file} holds ${String(lines)} lines that other tasks, levels, seed or version have written: name another file.`,
    );
  if (whole < size) await truncate(file, whole);
  return lines;
}

interface WholeLines {
  lines: number;
  /** Bytes up to the end of the last whole line, and of the file. */
  whole: number;
  size: number;
  /** The last whole line without its end. */
  last: string;
}

async function readWholeLines(file: string): Promise<WholeLines> {
  const isThere = await stat(file).then(
    (found) => found.isFile(),
    (error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
      throw error;
    },
  );
  if (!isThere) return { lines: 0, whole: 0, size: 0, last: '' };
  let lines = 0;
  let size = 0;
  let whole = 0;
  /** Where the last whole line begins. */
  let begin = 0;
  for await (const chunk of createReadStream(file)) {
    const bytes = chunk as Buffer;
    for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) {
      lines += 1;
      begin = whole;
      whole = size + at + 1;
    }
    size += bytes.length;
  }
  const last: Buffer[] = [];
  if (lines > 0) {
    for await (const chunk of createReadStream(file, { start: begin, end: whole - 1 }))
      last.push(chunk as Buffer);
  }
  return { lines, whole, size, last: Buffer.concat(last).toString('utf8').replace(/\n$/u, '') };
}
