import { RowError } from '#lib/importers/importer.ts';

/** A parsed JSON object whose fields are not yet checked. */
export type RowRecord = Readonly<Record<string, unknown>>;

/** The row as an object; throws `RowError` for arrays, strings, numbers and null. */
export function toRowRecord(row: unknown): RowRecord {
  if (isRowRecord(row)) return row;
  throw new RowError('not_an_object', 'The row is no JSON object.', {
    pointer: '',
    hint: 'Each row is one object, with its fields by name.',
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

/** A text, '' included; anything else is unknown. */
export function toText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** Far above any real count, and what a column of the database holds. */
const MAX_COUNT = 1_000_000_000;

/** A whole number from 0; anything else is unknown. */
export function toCount(value: unknown): number | null {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) return null;
  return value >= 0 && value <= MAX_COUNT ? value : null;
}

/** The elements of a list; nothing else has any. */
export function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The fields of an object; nothing else has any. */
export function toFields(value: unknown): RowRecord {
  return isRowRecord(value) ? value : {};
}

/** A reference answer: labels as they are, lists and objects as JSON, since a verifier may take them apart. */
export function toGold(value: unknown): string | null {
  const list = Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value;
  const label = toLabel(list);
  if (label !== null) return label;
  if (typeof list === 'boolean') return String(list);
  const isEmpty = Array.isArray(list) && list.length === 0;
  return typeof list === 'object' && list !== null && !isEmpty ? JSON.stringify(list) : null;
}

/** A reference in several parts, as data sets of olympiads list them: all of them, with commas between, as an answer gives them. */
export function toGoldOfParts(value: unknown): string | null {
  const parts = toList(value).map((part) => toLabel(part));
  const isList = parts.length > 1 && parts.every((part) => part !== null);
  return isList ? parts.join(', ') : toGold(value);
}

/** The given fields that are there. */
export function pickFields(record: RowRecord, fields: readonly string[]): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const field of fields) {
    const value = record[field];
    if (value !== undefined && value !== null) picked[field] = value;
  }
  return picked;
}

/** The fields that are texts, finite numbers, true or false: what can be a parameter of a run. */
export function pickParams(
  record: RowRecord,
  fields: readonly string[],
): Record<string, string | number | boolean> {
  const params: Record<string, string | number | boolean> = {};
  for (const [field, value] of Object.entries(pickFields(record, fields))) {
    const isNumber = typeof value === 'number' && Number.isFinite(value);
    const isShort = typeof value === 'string' && value !== '' && value.length <= 1024;
    if (isNumber || isShort || typeof value === 'boolean') params[field] = value;
  }
  return params;
}
