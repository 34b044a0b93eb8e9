import type { ErrorDetail } from '#lib/errors.ts';
import { FileMemory } from '#lib/importers/fields/file-memory.ts';
import type { ImportedAttempt, Importer, RunHints } from '#lib/importers/importer.ts';
import { importRow } from '#lib/ingest/json-row-import.ts';
import { readSample } from '#lib/ingest/recognise.ts';
import { readRows } from '#lib/ingest/source-rows.ts';

import { chunksOf } from '../ingest/byte-source.ts';

export interface ImportedFile {
  hints: RunHints;
  rows: number;
  /** Rows that were read, with or without samples. */
  parsed: number;
  attempts: (ImportedAttempt & { line: number })[];
  refused: ErrorDetail[];
}

/** Everything of a file. The format is told by the whole bytes; `open` may give damaged or chopped ones. */
export async function importAll(
  importer: Importer,
  file: { path: string; bytes: Uint8Array },
  open: () => AsyncIterable<Uint8Array> = () => chunksOf(file.bytes),
): Promise<ImportedFile> {
  const sample = await readSample(file.path, chunksOf(file.bytes));
  const result: ImportedFile = {
    hints: importer.hints(sample),
    rows: 0,
    parsed: 0,
    attempts: [],
    refused: [],
  };
  const memory = new FileMemory();
  const source = { importer, sample, open: () => Promise.resolve(open()) };
  for await (const batch of readRows(source)) {
    for (const row of batch) {
      result.rows += 1;
      const imported = row.error === null ? importRow(importer, row, memory) : row;
      if (imported.error !== null) {
        result.refused.push(imported.error);
        continue;
      }
      result.parsed += 1;
      for (const attempt of imported.attempts) {
        result.attempts.push({ line: row.line, ...attempt });
      }
    }
  }
  return result;
}
