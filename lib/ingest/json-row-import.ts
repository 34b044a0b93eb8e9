import type { ErrorDetail } from '#lib/errors.ts';
import type { FileMemory } from '#lib/importers/fields/file-memory.ts';
import { RowError, type ImportedAttempt, type Importer } from '#lib/importers/importer.ts';

import { withApiError } from './api-error.ts';
import type { ParsedJsonRow } from './json-row.ts';
import { prefixed, type SourceRow } from './source-rows.ts';

/** The samples of one row, or the reason with its place. Only `RowError` is the file's fault. */
export function importRow(
  importer: Importer,
  row: ParsedJsonRow & SourceRow,
  memory: FileMemory,
): { attempts: ImportedAttempt[]; error: null } | { error: ErrorDetail } {
  const { path = [], around = [] } = row;
  try {
    const attempts = importer.parseRow(row.value, { path, around, memory });
    return { attempts: attempts.map(withApiError), error: null };
  } catch (error) {
    if (!(error instanceof RowError)) throw error;
    const { code, message, hint } = error;
    const pointer = prefixed(path, error.pointer);
    const place = { line: row.line, byteOffset: row.byteOffset };
    return { error: { ...place, pointer, code, message, ...(hint === null ? {} : { hint }) } };
  }
}
