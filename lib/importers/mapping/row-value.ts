import { isRowRecord, toLabel, toList } from '../fields/row-record.ts';
import type { MappingSource } from './mapping.ts';

/** The row that a mapping looks at, and which of its samples. */
export interface MappedRow {
  row: unknown;
  rowNumber: number;
  sampleIndex: number;
  /** The value of the sample itself, where the mapping names one place for each. */
  sample: unknown;
}

/** The value that a source names; undefined when it is not there. */
export function readSource(source: MappingSource | undefined, from: MappedRow): unknown {
  if (source === undefined) return undefined;
  if (typeof source === 'string') return valueAt(source, from);
  if (source.unless !== undefined && isFilled(valueAt(source.unless, from))) return undefined;
  let value: unknown;
  if (source.at !== undefined) {
    const places = typeof source.at === 'string' ? [source.at] : source.at;
    value = places.map((place) => valueAt(place, from)).find(isFilled);
  } else if (source.join !== undefined) {
    const parts = source.join.map((place) => toLabel(valueAt(place, from)));
    value = parts.filter((part) => part !== null).join('\n');
  } else if (source.sample === true) value = from.sample;
  else value = source.row === undefined ? source.constant : `${source.row}${from.rowNumber}`;
  if (source.after !== undefined && typeof value === 'string') {
    const at = value.lastIndexOf(source.after);
    if (at !== -1) value = value.slice(at + source.after.length).trim();
  }
  if (source.map === undefined) return value;
  const label = typeof value === 'boolean' ? String(value) : (toLabel(value) ?? '');
  return Object.hasOwn(source.map, label) ? source.map[label] : undefined;
}

/** Follows a JSON pointer (RFC 6901) with the two extra steps of mappings. */
export function valueAt(
  pointer: string,
  { row, sampleIndex }: Omit<MappedRow, 'sample' | 'rowNumber'>,
): unknown {
  let value = row;
  for (const raw of pointer.split('/').slice(1)) {
    const step =
      raw === '$' ? String(sampleIndex) : raw.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(value)) value = /^\d+$/.test(step) ? toList(value)[Number(step)] : undefined;
    else if (!isRowRecord(value)) return undefined;
    else if (Object.hasOwn(value, step)) value = value[step];
    else value = step.includes('*') ? memberLike(value, step) : undefined;
  }
  return value;
}

/** A number, also when the file writes it as text; anything else is unknown. */
export function toNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** The first member whose name fits, since some sources write the model into the names of fields. */
function memberLike(record: Readonly<Record<string, unknown>>, step: string): unknown {
  const [start = '', ...ends] = step.split('*');
  const fits = (name: string): boolean => {
    let at = start.length;
    if (!name.startsWith(start)) return false;
    for (const [index, part] of ends.entries()) {
      const isLast = index === ends.length - 1;
      const found = isLast ? name.length - part.length : name.indexOf(part, at);
      if (found < at || !name.startsWith(part, found)) return false;
      at = found + part.length;
    }
    return true;
  };
  const name = Object.keys(record).find(fits);
  return name === undefined ? undefined : record[name];
}

function isFilled(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}
