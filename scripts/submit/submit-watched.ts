import { readResultFile } from '../client/result-file.ts';
import type { Connection } from '../client/connection.ts';
import type { Progress } from '../client/progress.ts';
import { getSubmission, isFinal } from '../client/submissions.ts';
import type { FoundFile } from './find-files.ts';
import { submitOne, type NamedFile } from './submit-each.ts';
import type { FileResult } from './summary-table.ts';
import { finishedFiles, type WatchTimes } from './watch-folder.ts';

/**
 * Sends every finished file of the folder until the signal comes; returns what became of them as far as it is known by
 * then. A file that is only touched is not sent again: its content is remembered.
 */
export async function submitWatched(
  connection: Connection,
  folder: string,
  options: {
    name: (found: FoundFile) => NamedFile;
    progress: Progress;
    times: WatchTimes;
    signal: AbortSignal;
  },
): Promise<FileResult[]> {
  const { name, progress, times, signal } = options;
  const results: FileResult[] = [];
  const sent = new Set<string>();
  for await (const found of finishedFiles(folder, times, signal)) {
    const content = `${found.file}\0${(await readResultFile(found.file)).sha256}`;
    if (sent.has(content)) continue;
    sent.add(content);
    progress.note(found.file);
    results.push(await submitOne(connection, name(found), progress));
  }
  for (const result of results) {
    const { submission } = result;
    if (submission === null || isFinal(submission)) continue;
    result.submission = await getSubmission(connection, submission.id);
  }
  return results;
}
