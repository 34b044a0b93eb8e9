import { isUtf8 } from 'node:buffer';

import { AppError, type ErrorDetail } from '#lib/errors.ts';

import { MAX_DEPTH, MAX_KEYS, scanJson } from './json-row-scan.ts';
import { walkJson, type OddNumber } from './json-row-walk.ts';
import { MAX_LINE_BYTES, lineBatches, type Line } from './lines.ts';
import { countOf, sanitise, type Replacements } from './sanitise.ts';

/** One row of a JSONL file: its value, or why it has none. */
export type JsonRow = ParsedJsonRow | RefusedJsonRow;

export interface ParsedJsonRow {
  line: number;
  byteOffset: number;
  value: unknown;
  error: null;
  /** What was changed to make the row storable; null for most rows. */
  changes: RowChanges | null;
}

export interface RefusedJsonRow {
  line: number;
  byteOffset: number;
  error: ErrorDetail;
}

export interface RowChanges extends Replacements {
  /** Characters U+FFFD put in the place of bytes that are not UTF-8. */
  badUtf8: number;
  /** NaN, Infinity and numbers beyond the range of a double, read as null. */
  notFinite: number;
  /** Integers beyond 2^53, whose last digits are lost. */
  inexactIntegers: number;
  /** Keys that came again in their object; the last one counts. */
  duplicateKeys: number;
  warnings: readonly ErrorDetail[];
}

/** Warnings with a place that one row may give; all are counted. */
const MAX_WARNINGS = 20;

/**
 * All rows of a decoded stream, in batches. Blank lines are no rows, though they count as lines. Throws `unprocessable` for
 * UTF-16, of which no line could be read.
 */
export async function* readJsonRows(
  source: AsyncIterable<Uint8Array>,
  maxLineBytes = MAX_LINE_BYTES,
): AsyncGenerator<JsonRow[]> {
  for await (const batch of lineBatches(source, maxLineBytes)) {
    const rows: JsonRow[] = [];
    if (batch[0]?.byteOffset === 0) refuseUtf16(batch[0]);
    for (const line of batch) if (!isBlank(line)) rows.push(parseJsonRow(line));
    if (rows.length > 0) yield rows;
  }
}

/** A byte order mark, or an ASCII character and a zero byte in either order, as JSON begins in UTF-16. */
function refuseUtf16({ bytes }: Line): void {
  const [first, second] = bytes ?? [];
  const isMarked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const isBare = (first === 0) !== (second === 0) && second !== undefined;
  if (!isMarked && !isBare) return;
  throw new AppError(
    'unprocessable',
    'The file is UTF-16, and UTF-8 is read: convert it with `iconv -f utf-16 -t utf-8`.',
  );
}

/** True for a line of white space only. */
export function isBlank({ bytes }: Line): boolean {
  return bytes?.every((byte) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d)) ?? false;
}

/**
 * Parses one line. Bytes that are not UTF-8 are read as U+FFFD and counted, because the raw file keeps
 * them and one cut character should not cost a sample; the same holds for what `RowChanges` lists.
 */
export function parseJsonRow(line: Line): JsonRow {
  const place = { line: line.line, byteOffset: line.byteOffset };
  const { bytes } = line;
  if (bytes === null) {
    return refuse(place, {
      code: 'line_too_long',
      message: `The line has ${line.byteLength} bytes, more than the ${MAX_LINE_BYTES} of one row.`,
      hint: 'Write one sample a line, without token arrays or log-probabilities.',
    });
  }
  const changes = noChanges();
  const decoded = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  if (decoded.includes('\ufffd') && !isUtf8(bytes)) noteBadUtf8(decoded, line, changes);
  const text = decoded.includes('\0') ? replaceRawNul(decoded, changes) : decoded;

  const scan = scanJson(text);
  if (scan.limit !== null) {
    return refuse(
      { ...place, byteOffset: offsetOf(line, text, scan.position) },
      limitError(scan.limit),
    );
  }
  const readable = scan.hasOddNumber ? withoutOddNumbers(text, line, changes) : text;
  if (typeof readable !== 'string') return readable;

  let value: unknown;
  try {
    value = JSON.parse(readable);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    return refuse(place, syntaxError(readable, line));
  }
  // Each key has a colon outside the texts, and what came twice is in the value once.
  const duplicateKeys = scan.keys - countKeys(value);
  if (duplicateKeys > 0) noteDuplicateKeys(duplicateKeys, line, changes);
  if (readable.includes('\\u') || changes.nul > 0 || readable.includes('__proto__')) {
    value = sanitise(value, changes);
  }
  return { ...place, value, error: null, changes: hasChanges(changes) ? changes : null };
}

type MutableChanges = RowChanges & { warnings: ErrorDetail[] };

function noChanges(): MutableChanges {
  return {
    nul: 0,
    surrogates: 0,
    protoKeys: 0,
    badUtf8: 0,
    notFinite: 0,
    inexactIntegers: 0,
    duplicateKeys: 0,
    warnings: [],
  };
}

function hasChanges(changes: RowChanges): boolean {
  return changes.warnings.length > 0 || changes.nul + changes.surrogates + changes.protoKeys > 0;
}

function noteBadUtf8(decoded: string, line: Line, changes: MutableChanges): void {
  const bytes = Buffer.from(line.bytes ?? []);
  let position = decoded.indexOf('\ufffd');
  let offset = Buffer.byteLength(decoded.slice(0, position));
  while (bytes.subarray(offset, offset + 3).toString('hex') === 'efbfbd') {
    const next = decoded.indexOf('\ufffd', position + 1);
    offset += Buffer.byteLength(decoded.slice(position, next));
    position = next;
  }
  const genuine = countOf(bytes.toString('latin1'), '\u00ef\u00bf\u00bd');
  changes.badUtf8 = Math.max(1, countOf(decoded, '\ufffd') - genuine);
  changes.warnings.push({
    line: line.line,
    byteOffset: startOf(line) + offset,
    pointer: '',
    code: 'bad_utf8',
    message: `${changes.badUtf8} characters are not valid UTF-8 and were read as U+FFFD.`,
    hint: 'Write the file with the encoding UTF-8.',
  });
}

function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const members: unknown[] = Object.values(value);
  const own = Array.isArray(value) ? 0 : members.length;
  return members.reduce((sum: number, member) => sum + countKeys(member), own);
}

function noteDuplicateKeys(count: number, line: Line, changes: MutableChanges): void {
  changes.duplicateKeys = count;
  changes.warnings.push({
    line: line.line,
    byteOffset: startOf(line),
    pointer: '',
    code: 'duplicate_keys',
    message: `${count} keys came again in their object; the last one of each counts.`,
    hint: 'Write each key of an object once.',
  });
}

/** JSON allows no raw control character; this one is real in outputs and its meaning is plain. */
function replaceRawNul(text: string, changes: MutableChanges): string {
  changes.nul += countOf(text, '\0');
  return text.replaceAll('\0', '\u2400');
}

/** The text with null in the place of numbers that are none, or the row's refusal. */
function withoutOddNumbers(
  text: string,
  line: Line,
  changes: MutableChanges,
): string | RefusedJsonRow {
  const place = { line: line.line, byteOffset: line.byteOffset };
  const { fault, oddNumbers } = walkJson(text);
  if (fault !== null) return refuse(place, syntaxError(text, line));
  let readable = '';
  let from = 0;
  for (const odd of oddNumbers) {
    // Each place costs a pass over the text before it, so only the first ones are told.
    const isTold = odd.kind === 'too_long' || changes.warnings.length < MAX_WARNINGS;
    if (isTold) {
      const byteOffset = offsetOf(line, text, odd.position);
      const finding = { ...place, byteOffset, pointer: odd.pointer, ...describeOddNumber(odd) };
      if (odd.kind === 'too_long') return refuse(place, finding);
      changes.warnings.push(finding);
    }
    if (odd.kind === 'inexact_integer') {
      changes.inexactIntegers += 1;
      continue;
    }
    changes.notFinite += 1;
    readable += `${text.slice(from, odd.position)}null`;
    from = odd.position + odd.token.length;
  }
  return readable + text.slice(from);
}

function describeOddNumber({ kind, token }: OddNumber): { code: string; message: string } {
  if (kind === 'too_long') {
    return { code: 'number_too_long', message: `A number has ${token.length} characters.` };
  }
  const shown = token.slice(0, 40);
  return kind === 'inexact_integer'
    ? { code: kind, message: `${shown} is beyond 2^53: its last digits are lost.` }
    : { code: kind, message: `${shown} is no JSON number and was read as null.` };
}

function limitError(limit: 'depth' | 'keys'): ErrorDetail {
  return limit === 'depth'
    ? { code: 'too_deep', message: `The row is nested deeper than ${MAX_DEPTH} levels.` }
    : { code: 'too_many_keys', message: `The row has more than ${MAX_KEYS} keys.` };
}

function syntaxError(text: string, line: Line): ErrorDetail {
  const { fault } = walkJson(text);
  const isCut = !line.isTerminated && (fault?.endsEarly ?? false);
  return {
    byteOffset: offsetOf(line, text, fault?.position ?? 0),
    pointer: fault?.pointer ?? '',
    code: isCut ? 'cut_row' : 'invalid_json',
    message: fault?.message ?? 'The row is not JSON.',
    hint: isCut
      ? 'The file ends in the middle of this row: the writer or the transfer was interrupted.'
      : 'Each line must be one JSON object.',
  };
}

function refuse(place: { line: number; byteOffset: number }, error: ErrorDetail): RefusedJsonRow {
  return { ...place, error: { ...place, pointer: '', ...error } };
}

/** Where the text begins: behind the byte order mark, which the first line no longer holds. */
function startOf(line: Line): number {
  return line.byteOffset + (line.hasMark ? 3 : 0);
}

function offsetOf(line: Line, text: string, position: number): number {
  return startOf(line) + Buffer.byteLength(text.slice(0, position));
}
