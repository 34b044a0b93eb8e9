import type { ErrorDetail } from '#lib/errors.ts';
import { RowError, type ImportedAttempt, type Importer } from '#lib/importers/importer.ts';

import type { ParsedJsonRow } from './json-row.ts';

/** The samples of one row, or the reason with its place. Only `RowError` is the file's fault. */
export function importRow(
  importer: Importer,
  row: ParsedJsonRow,
): { attempts: ImportedAttempt[]; error: null } | { error: ErrorDetail } {
  try {
    return { attempts: importer.parseRow(row.value), error: null };
  } catch (error) {
    if (!(error instanceof RowError)) throw error;
    const { code, message, pointer, hint } = error;
    const place = { line: row.line, byteOffset: row.byteOffset };
    return { error: { ...place, pointer, code, message, ...(hint === null ? {} : { hint }) } };
  }
}
