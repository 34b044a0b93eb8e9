import type { ErrorDetail } from '#lib/errors.ts';
import type { JsonRow } from './json-row.ts';
import { MAX_LINE_BYTES } from './lines.ts';
import { countOf, sanitiseText } from './sanitise.ts';

interface RawRecord {
  line: number;
  byteOffset: number;
  fields: string[];
  fault: 'open_quote' | 'text_behind_quote' | 'too_long' | null;
}

/**
 * The rows of a CSV or TSV file (RFC 4180) as objects of texts by column. Line breaks inside quotes belong to the
 * field; a row with another number of fields than the heading is refused by its line.
 */
export async function* readTableRows(
  source: AsyncIterable<Uint8Array>,
  delimiter: ',' | '\t',
): AsyncGenerator<JsonRow[]> {
  const parser = new TableParser(delimiter);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let columns: readonly string[] | null = null;
  function toRows(records: RawRecord[]): JsonRow[] {
    const rows: JsonRow[] = [];
    for (const record of records) {
      const isBlank = record.fields.length === 1 && record.fields[0]?.trim() === '';
      if (isBlank && record.fault === null) continue;
      if (columns === null) columns = record.fields;
      else rows.push(toRow(record, columns));
    }
    return rows;
  }
  for await (const chunk of source) {
    const rows = toRows(parser.push(decoder.decode(chunk, { stream: true })));
    if (rows.length > 0) yield rows;
  }
  const rest = toRows([...parser.push(decoder.decode()), ...parser.finish()]);
  if (rest.length > 0) yield rest;
}

function toRow(record: RawRecord, columns: readonly string[]): JsonRow {
  const place = { line: record.line, byteOffset: record.byteOffset };
  const refuse = (error: Pick<ErrorDetail, 'code' | 'message' | 'hint'>): JsonRow => ({
    ...place,
    error: { ...place, pointer: '', ...error },
  });
  if (record.fault === 'open_quote') {
    return refuse({
      code: 'cut_row',
      message: 'A quoted field has no closing quote.',
      hint: 'The file was cut, or a quote inside a field is not doubled.',
    });
  }
  if (record.fault === 'text_behind_quote') {
    return refuse({
      code: 'invalid_field',
      message: 'There is text between a closing quote and the next delimiter.',
      hint: 'A quote inside a quoted field is written twice.',
    });
  }
  if (record.fault === 'too_long') {
    return refuse({
      code: 'line_too_long',
      message: `The row is longer than ${MAX_LINE_BYTES} characters.`,
    });
  }
  if (record.fields.length !== columns.length) {
    return refuse({
      code: 'ragged_row',
      message: `The row has ${record.fields.length} fields, and the heading names ${columns.length}.`,
      hint: 'A delimiter or line break inside a field needs quotes around the field.',
    });
  }
  const changes = {
    nul: 0,
    surrogates: 0,
    protoKeys: 0,
    badUtf8: 0,
    notFinite: 0,
    inexactIntegers: 0,
    duplicateKeys: 0,
    warnings: [],
  };
  const value = Object.fromEntries(
    columns.map((column, index) => [column, sanitiseText(record.fields[index] ?? '', changes)]),
  );
  // The decoder writes U+FFFD for what is not UTF-8; a field that holds one by itself is rare enough to be counted too.
  changes.badUtf8 = record.fields.reduce((sum, field) => sum + countOf(field, '\ufffd'), 0);
  const isChanged = changes.nul + changes.badUtf8 > 0;
  return { ...place, value, error: null, changes: isChanged ? changes : null };
}

type State = 'start' | 'plain' | 'quoted' | 'quote seen';

/** One character at a time over decoded text; a record is held until its line ends. */
class TableParser {
  readonly #delimiter: string;
  #state: State = 'start';
  #fields: string[] = [];
  #field = '';
  #length = 0;
  #fault: RawRecord['fault'] = null;
  #line = 1;
  #offset = 0;
  #startLine = 1;
  #startOffset = 0;

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  push(text: string): RawRecord[] {
    const records: RawRecord[] = [];
    let from = 0;
    for (let i = 0; i < text.length; i += 1) {
      const character = text[i] ?? '';
      if (character === '\ufeff' && this.#offset + i === 0) {
        this.#startOffset = 3;
        continue;
      }
      if (character === '\n') this.#line += 1;
      if (this.#state === 'quoted') {
        if (character !== '"') continue;
        this.#append(text.slice(from, i));
        this.#state = 'quote seen';
        from = i + 1;
        continue;
      }
      if (character === '"') {
        if (this.#state === 'start') {
          this.#state = 'quoted';
          from = i + 1;
        } else if (this.#state === 'quote seen') {
          this.#append('"');
          this.#state = 'quoted';
          from = i + 1;
        }
        continue;
      }
      const isEnd = character === '\n';
      if (!isEnd && character !== this.#delimiter) {
        if (this.#state === 'quote seen' && character !== '\r') this.#fault ??= 'text_behind_quote';
        if (this.#state === 'start') {
          this.#state = 'plain';
          from = i;
        }
        continue;
      }
      if (this.#state === 'plain') this.#append(text.slice(from, i));
      this.#endField(isEnd);
      from = i + 1;
      if (isEnd) records.push(this.#takeRecord(Buffer.byteLength(text.slice(0, i + 1))));
    }
    if (this.#state === 'plain' || this.#state === 'quoted') this.#append(text.slice(from));
    this.#offset += Buffer.byteLength(text);
    return records;
  }

  finish(): RawRecord[] {
    if (this.#state === 'quoted') this.#fault = 'open_quote';
    if (this.#state === 'start' && this.#fields.length === 0) return [];
    this.#endField(true);
    return [this.#takeRecord(0)];
  }

  #append(part: string): void {
    this.#length += part.length;
    if (this.#length > MAX_LINE_BYTES) {
      this.#fault = 'too_long';
      this.#field = '';
    } else this.#field += part;
  }

  #endField(isLast: boolean): void {
    const isPlain = this.#state === 'plain';
    this.#fields.push(isLast && isPlain ? this.#field.replace(/\r$/, '') : this.#field);
    this.#field = '';
    this.#state = 'start';
  }

  #takeRecord(consumed: number): RawRecord {
    const record: RawRecord = {
      line: this.#startLine,
      byteOffset: this.#startOffset,
      fields: this.#fields,
      fault: this.#fault,
    };
    this.#fields = [];
    this.#fault = null;
    this.#length = 0;
    this.#startLine = this.#line;
    this.#startOffset = this.#offset + consumed;
    return record;
  }
}
