import { AppError } from '#lib/errors.ts';
import { readResultFile } from '../client/result-file.ts';
import type { Connection } from '../client/connection.ts';
import type { Progress } from '../client/progress.ts';
import { getSubmission, isFinal } from '../client/submissions.ts';
import type { FoundFile } from './find-files.ts';
import { submitOne, type NamedFile } from './submit-each.ts';
import type { FileResult } from './summary-table.ts';
import { finishedFiles, pause, type WatchTimes } from './watch-folder.ts';

interface Watching {
  name: (found: FoundFile) => NamedFile;
  progress: Progress;
  times: WatchTimes;
  signal: AbortSignal;
}

/**
 * Sends every finished file of the folder until the signal comes; returns what became of them as far as it is known by
 * then. A file that is only touched is not sent again: its content is remembered.
 */
export async function submitWatched(
  connection: Connection,
  folder: string,
  options: Watching,
): Promise<FileResult[]> {
  const { progress, times, signal } = options;
  const results: FileResult[] = [];
  const sent = new Set<string>();
  for await (const found of finishedFiles(folder, times, signal)) {
    progress.note(found.file);
    const result = await submitFound(found, { ...options, connection, sent });
    if (result !== null) results.push(result);
  }
  for (const result of results) {
    const { submission } = result;
    if (submission === null || isFinal(submission)) continue;
    result.submission = await getSubmission(connection, submission.id);
  }
  return results;
}

/** Waits for a server that is away, which would refuse every file; null for a file that was sent before or is gone. */
async function submitFound(
  found: FoundFile,
  options: Watching & { connection: Connection; sent: Set<string> },
): Promise<FileResult | null> {
  const { connection, sent, name, progress, times, signal } = options;
  for (;;) {
    const content = await contentOf(found.file);
    if (content === null) {
      progress.note(`${found.file} is gone or can not be read.`);
      return null;
    }
    if (sent.has(content)) return null;
    const result = await submitOne(connection, name(found), progress);
    if (result.error === null || !PASSING.has(result.error.code)) {
      sent.add(content);
      return result;
    }
    if (signal.aborted) return result;
    progress.note(`Trying again in ${String(times.awayMs / 1000)} s.`);
    await pause(times.awayMs, signal);
  }
}

/** Refusals that say nothing about the file. */
const PASSING: ReadonlySet<string> = new Set([
  'unavailable',
  'too_many_requests',
  'insufficient_storage',
]);

/** Null when the file can not be read: whoever watches a folder meets files that come and go. */
async function contentOf(file: string): Promise<string | null> {
  try {
    return `${file}\0${(await readResultFile(file)).sha256}`;
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
