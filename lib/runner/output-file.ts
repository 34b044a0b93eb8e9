import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile, stat, truncate, writeFile, type FileHandle } from 'node:fs/promises';
import { z } from 'zod';
import { AppError } from '#lib/errors.ts';
import { lines } from '#lib/ingest/lines.ts';
import { LaconicRow } from '#lib/schemas/laconic-row.ts';

/** What decides the outputs: a file is only continued with the same. */
export type RunSettings = Readonly<Record<string, unknown>>;

const Sidecar = z.object({
  laconic_run: z.literal(1),
  settings: z.record(z.string(), z.unknown()),
});

export interface OutputFile {
  /** `item key` and sample index of what stands in the file already. */
  done: ReadonlySet<string>;
  /** What the rows show of the reasoning. */
  seen: { hasReasoningText: boolean; hasHiddenReasoning: boolean };
  append(row: LaconicRow): Promise<void>;
  close(): Promise<void>;
}

export function sampleName(itemKey: string, sampleIndex: number): string {
  return `${itemKey}\0${String(sampleIndex)}`;
}

/**
 * Opens the file for appending, one sample a line. A last line that was cut by a crash is taken off. Throws `conflict`
 * when the file was made with other settings, `unprocessable` when a line is not one of ours.
 */
export async function openOutputFile(file: string, settings: RunSettings): Promise<OutputFile> {
  await checkSettings(file, settings);
  const done = new Set<string>();
  const seen = { hasReasoningText: false, hasHiddenReasoning: false };
  const length = await readDone(file, done, seen);
  const handle: FileHandle = await open(file, 'a');
  if (length !== null) await truncate(file, length);
  let last = Promise.resolve();
  return {
    done,
    seen,
    append(row) {
      note(seen, row);
      // One after the other, so that lines never mix.
      last = last.then(async () => {
        await handle.appendFile(`${JSON.stringify(row)}\n`);
      });
      return last;
    },
    async close() {
      await last.catch(() => undefined);
      await handle.sync();
      await handle.close();
    },
  };
}

async function checkSettings(file: string, settings: RunSettings): Promise<void> {
  const place = `${file}.run.json`;
  const plain = JSON.parse(JSON.stringify(settings)) as Record<string, unknown>;
  let text: string;
  try {
    text = await readFile(place, 'utf8');
  } catch {
    if (await hasBytes(file)) {
      throw new AppError(
        'conflict',
        `${file} is there and was not made by \`laconic evaluate\`: choose another --out.`,
      );
    }
    await writeFile(place, `${JSON.stringify({ laconic_run: 1, settings: plain }, null, 2)}\n`);
    return;
  }
  const stored = Sidecar.parse(JSON.parse(text)).settings;
  const names = [...new Set([...Object.keys(stored), ...Object.keys(plain)])];
  const other = names.filter(
    (name) => JSON.stringify(stored[name]) !== JSON.stringify(plain[name]),
  );
  if (other.length === 0) return;
  throw new AppError(
    'conflict',
    `${file} was made with another ${other.join(', ')}: give the same settings to go on with it, or choose another --out.`,
  );
}

async function hasBytes(file: string): Promise<boolean> {
  try {
    return (await stat(file)).size > 0;
  } catch {
    return false;
  }
}

/** Where the complete lines end, when something follows them; else null. */
async function readDone(
  file: string,
  done: Set<string>,
  seen: OutputFile['seen'],
): Promise<number | null> {
  if (!(await hasBytes(file))) return null;
  for await (const { bytes, isTerminated, line, byteOffset } of lines(createReadStream(file))) {
    if (!isTerminated) return byteOffset;
    const row = readRow(bytes);
    if (row === null) {
      throw new AppError('unprocessable', `${file} has a line that is not one of ours.`, {
        details: [
          { line, byteOffset, code: 'not_a_row', message: 'It is no row of Laconic JSONL.' },
        ],
      });
    }
    note(seen, row);
    done.add(sampleName(row.item_key ?? '', row.sample_index ?? 0));
  }
  return null;
}

function readRow(bytes: Uint8Array | null): LaconicRow | null {
  if (bytes === null) return null;
  try {
    const parsed = LaconicRow.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function note(seen: OutputFile['seen'], row: LaconicRow): void {
  const hasText = row.reasoning != null || /<think>|<\|channel\|>|◁think▷/.test(row.output ?? '');
  seen.hasReasoningText ||= hasText;
  seen.hasHiddenReasoning ||= !hasText && (row.tokens?.reasoning ?? 0) > 0;
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
