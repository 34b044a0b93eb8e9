import { AppError } from '#lib/errors.ts';

/** One record, read by column name; `line` is where it begins, for messages. */
export interface CsvRecord {
  readonly line: number;
  /** The field as it stands; throws when the header has no such column. */
  get(column: string): string;
}

/**
 * Reads comma-separated text with a header row (RFC 4180: quoted fields, doubled quotes, CRLF or LF).
 * Ragged records and unclosed quotes are refused with their line, since a shifted column is a wrong number.
 */
export function parseCsv(text: string): CsvRecord[] {
  const [header, ...records] = splitRecords(text.replace(/^\uFEFF/, ''));
  if (header === undefined) throw refuse(1, 'there is no header row');
  const position = new Map(header.fields.map((name, index) => [name, index]));
  if (position.size !== header.fields.length) throw refuse(header.line, 'two columns share a name');

  return records.map(({ line, fields }) => {
    if (fields.length !== header.fields.length) {
      throw refuse(line, `expected ${header.fields.length} fields, found ${fields.length}`);
    }
    return {
      line,
      get(column) {
        const field = fields[position.get(column) ?? -1];
        if (field === undefined) throw refuse(header.line, `there is no column "${column}"`);
        return field;
      },
    };
  });
}

/** The error of a CSV file that can not be used, with the line to look at. */
export function refuse(line: number, reason: string): AppError {
  const message = `Line ${line} of the CSV text: ${reason}.`;
  return new AppError('unprocessable', message, {
    details: [{ line, code: 'csv', message: reason }],
  });
}

interface RawRecord {
  line: number;
  fields: string[];
}

function splitRecords(text: string): RawRecord[] {
  const records: RawRecord[] = [];
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const record: RawRecord = { line, fields: [] };
    for (;;) {
      const field = text[at] === '"' ? quotedField(text, at, line) : bareField(text, at, line);
      record.fields.push(field.value);
      line += field.value.split('\n').length - 1;
      at = field.end;
      if (text[at] !== ',') break;
      at += 1;
    }
    at += text[at] === '\r' ? 2 : 1;
    line += 1;
    records.push(record);
  }
  return records;
}

function bareField(text: string, start: number, line: number): { value: string; end: number } {
  let end = start;
  while (end < text.length && text[end] !== ',' && text[end] !== '\n') end += 1;
  if (text[end] !== ',' && text[end - 1] === '\r' && end > start) end -= 1;
  const value = text.slice(start, end);
  if (value.includes('"')) throw refuse(line, 'a quote stands inside a field that is not quoted');
  return { value, end };
}

function quotedField(text: string, start: number, line: number): { value: string; end: number } {
  let value = '';
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote === -1) throw refuse(line, 'a quoted field is not closed');
    value += text.slice(at, quote);
    if (text[quote + 1] !== '"') {
      const end = quote + 1;
      if (end < text.length && !/^(?:,|\r?\n)/.test(text.slice(end, end + 2))) {
        throw refuse(line, 'text follows the closing quote of a field');
      }
      return { value, end };
    }
    value += '"';
    at = quote + 2;
  }
}
