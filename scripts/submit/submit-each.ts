import { AppError } from '#lib/errors.ts';
import type { SubmissionHeader } from '#lib/schemas/submission.ts';
import type { Connection } from '../client/connection.ts';
import type { Progress } from '../client/progress.ts';
import { readResultFile } from '../client/result-file.ts';
import { followSubmission, submitFile } from '../client/submissions.ts';
import type { FileResult } from './summary-table.ts';

export interface NamedFile {
  file: string;
  header: SubmissionHeader;
}

/** Sends every file, then follows those that were taken: a refusal is noted and the next file has its turn. */
export async function submitEach(
  connection: Connection,
  files: readonly NamedFile[],
  { progress, wait }: { progress: Progress; wait: boolean },
): Promise<FileResult[]> {
  const results: FileResult[] = [];
  for (const file of files) {
    const last = results.at(-1)?.error ?? null;
    if (last !== null && ENDING.has(last.code)) {
      results.push({ file: file.file, label: labelOf(file), submission: null, error: last });
      continue;
    }
    progress.note(`${file.file} (${String(results.length + 1)} of ${String(files.length)})`);
    results.push(await submitOne(connection, file, progress));
  }
  if (!wait) return results;
  for (const result of results) {
    if (result.submission === null) continue;
    progress.note(result.file);
    await noteError(result, async () => {
      if (result.submission === null) return;
      result.submission = await followSubmission(connection, result.submission, progress);
    });
  }
  return results;
}

export async function submitOne(
  connection: Connection,
  { file, header }: NamedFile,
  progress: Progress,
): Promise<FileResult> {
  const label = labelOf({ file, header });
  const result: FileResult = { file, label, submission: null, error: null };
  await noteError(result, async () => {
    const upload = { header, file: await readResultFile(file) };
    result.submission = await submitFile(connection, upload, progress);
  });
  progress.end();
  if (result.error !== null) progress.note(`${file} is refused: ${result.error.message}`);
  return result;
}

function labelOf({ header }: NamedFile): string {
  return header.label ?? header.method ?? header.model;
}

async function noteError(result: FileResult, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    result.error = { code: error.code, message: error.message };
  }
}

/** A refused token or a server that is away would be so for every file. */
const ENDING = new Set(['unauthorized', 'forbidden', 'unavailable']);
