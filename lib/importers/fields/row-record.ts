import { RowError } from '#lib/importers/importer.ts';

/** A parsed JSON object whose fields are not yet checked. */
export type RowRecord = Readonly<Record<string, unknown>>;

/** The row as an object; throws `RowError` for arrays, strings, numbers and null. */
export function toRowRecord(row: unknown): RowRecord {
  if (isRowRecord(row)) return row;
  throw new RowError('not_an_object', 'The line holds no JSON object.', {
    pointer: '',
    hint: 'Write one object a line; an array around all rows is not JSONL.',
  });
}

export function isRowRecord(value: unknown): value is RowRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Labels are often written as numbers; anything but short text and finite numbers is unknown. */
export function toLabel(value: unknown, maxLength = Infinity): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value !== '' && value.length <= maxLength ? value : null;
}
