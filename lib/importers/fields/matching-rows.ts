import { isRowRecord, type RowRecord } from './row-record.ts';

/** The evidence when most of the first rows fit, since a damaged row should be told by its line and not hide the format. */
export function matchRows(
  rows: readonly unknown[],
  fields: string,
  fits: (row: RowRecord) => boolean,
): string | null {
  const matching = rows.filter((row) => isRowRecord(row) && fits(row)).length;
  if (matching * 2 <= rows.length) return null;
  return `matched on ${fields} in ${matching} of ${rows.length} rows`;
}
