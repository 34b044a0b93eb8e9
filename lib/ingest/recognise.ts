import { AppError } from '#lib/errors.ts';
import type { FileSample, Importer } from '#lib/importers/importer.ts';
import { importers } from '#lib/importers/index.ts';

import { decode } from './decode.ts';
import { isBlank, parseJsonRow } from './json-row.ts';
import { JsonSplitter } from './json-members.ts';
import { outlineJson } from './json-outline.ts';
import { MAX_LINE_BYTES, lineBatches, type Line } from './lines.ts';
import { isParquet, readParquetRows } from './parquet-rows.ts';
import { knownSummary } from './summary-files.ts';
import { outlineArchive } from './zip-outline.ts';

const SAMPLE_ROWS = 20;
const HEAD_CHARACTERS = 4096;

/** Formats show themselves early; long texts before their first fields are rare. */
const OUTLINE_BYTES = 1024 * 1024;

/** One line of the greatest length, so that a file of long rows shows at least one. */
const SAMPLE_BYTES = MAX_LINE_BYTES + 64 * 1024;

export interface RecognisedFormat {
  importer: Importer;
  /** What the importer saw, for the reader of the submission page. */
  evidence: string;
}

/** The one importer that claims the file; throws `unsupported_format` when none or several do. */
export function recogniseFormat(
  sample: FileSample,
  candidates: readonly Importer[] = importers.all,
): RecognisedFormat {
  const claims = candidates.flatMap((importer): RecognisedFormat[] => {
    const evidence = importer.recognise(sample);
    return evidence === null ? [] : [{ importer, evidence }];
  });
  const [only, second] = claims;
  if (only !== undefined && second === undefined) return only;
  if (only === undefined) {
    throw new AppError(
      'unsupported_format',
      `${sample.name} is in no known format: ${describe(sample)}.`,
      {
        details: candidates.map(({ id, label, description }) => ({
          code: 'not_matched',
          message: `${label} (${id}): ${description}`,
        })),
      },
    );
  }
  throw new AppError(
    'unsupported_format',
    `${sample.name} fits several formats: name the one it is.`,
    {
      details: claims.map(({ importer, evidence }) => ({
        code: 'ambiguous',
        message: `${importer.label} (${importer.id}): ${evidence}`,
      })),
    },
  );
}

/** The beginning of a packed or plain file. Reads no more of the source than it needs, which is all of a Parquet file. */
export async function readSample(
  name: string,
  source: AsyncIterable<Uint8Array>,
): Promise<FileSample> {
  const kept = new Beginning(decode(source));
  if (await kept.isParquet()) {
    const parts: unknown[] = [];
    for await (const batch of readParquetRows(kept.all(), SAMPLE_ROWS)) {
      for (const row of batch) if (row.error === null) parts.push(row.value);
    }
    return { name, shape: 'parquet', rows: parts, document: null, head: 'PAR1' };
  }
  const rows: unknown[] = [];
  let head = '';
  let filledLines = 0;
  for await (const batch of lineBatches(kept.read())) {
    for (const line of batch) {
      if (head.length < HEAD_CHARACTERS) head += `${toText(line)}\n`;
      if (isBlank(line) || filledLines >= SAMPLE_ROWS) continue;
      filledLines += 1;
      const row = parseJsonRow(line);
      if (row.error === null) rows.push(row.value);
    }
    if (filledLines >= SAMPLE_ROWS && head.length >= HEAD_CHARACTERS) break;
    if (kept.isArchive) break;
  }
  const start = { name, head: head.slice(0, HEAD_CHARACTERS) };
  if (kept.isArchive) {
    return { ...start, shape: 'archive', rows: [], document: outlineArchive(kept.bytes()) };
  }
  const objects = rows.filter((row) => typeof row === 'object' && !Array.isArray(row)).length;
  const isOneLine = filledLines === 1;
  const document = rows.length > 1 && objects > 0 ? null : outlineJson(kept.text());
  if ((objects > 0 && objects * 2 >= filledLines) || document === null) {
    return { ...start, shape: 'lines', rows, document: isOneLine ? document : null };
  }
  const members = Array.isArray(document) ? sampleMembers(kept.bytes()) : [];
  return { ...start, shape: 'document', rows: members, document };
}

/** Keeps what is read of the beginning, so that a document can be looked at after its lines were. */
class Beginning {
  readonly #source: AsyncGenerator<Uint8Array>;
  readonly #parts: Uint8Array[] = [];
  #ahead: Uint8Array[] = [];

  constructor(source: AsyncGenerator<Uint8Array>) {
    this.#source = source;
  }

  /** Looks at the first four bytes, which are read again after that. */
  async isParquet(): Promise<boolean> {
    let head = Buffer.alloc(0);
    while (head.length < 4) {
      const next = await this.#source.next();
      if (next.done === true) break;
      this.#ahead.push(Uint8Array.prototype.slice.call(next.value));
      head = Buffer.concat([head, next.value]);
    }
    return isParquet(head);
  }

  /** Everything, of which nothing is kept. */
  async *all(): AsyncGenerator<Uint8Array> {
    yield* this.#ahead;
    this.#ahead = [];
    yield* this.#source;
  }

  async *read(): AsyncGenerator<Uint8Array> {
    let byteLength = 0;
    for await (const chunk of this.all()) {
      this.#parts.push(Uint8Array.prototype.slice.call(chunk));
      yield chunk;
      byteLength += chunk.length;
      if (byteLength >= SAMPLE_BYTES) return;
    }
  }

  get isArchive(): boolean {
    const [first] = this.#parts;
    return first?.[0] === 0x50 && first[1] === 0x4b && first[2] === 3 && first[3] === 4;
  }

  bytes(): Buffer {
    return Buffer.concat(this.#parts);
  }

  text(): string {
    return this.bytes().toString('utf8', 0, OUTLINE_BYTES);
  }
}

function sampleMembers(bytes: Uint8Array): unknown[] {
  const splitter = new JsonSplitter([['*']]);
  return splitter
    .push(bytes)
    .slice(0, SAMPLE_ROWS)
    .flatMap((member) => {
      const row = parseJsonRow(member);
      return row.error === null ? [row.value] : [];
    });
}

function toText({ bytes }: Line): string {
  return bytes === null ? '' : Buffer.from(bytes.subarray(0, 4 * HEAD_CHARACTERS)).toString('utf8');
}

function describe({ head, rows, shape, document }: FileSample): string {
  if (head.trim() === '') return 'it is empty';
  if (shape === 'archive') return describeArchive(document);
  if (shape === 'parquet') return describeParquet(rows);
  const beginning = rows[0] ?? document;
  const summary = isRecord(beginning) ? knownSummary(beginning) : null;
  if (summary !== null) return `it is ${summary}`;
  if (isRecord(document) && rows.length === 0) {
    return `it is one JSON document with the fields ${fieldsOf(document)}${READ_BY_MAPPING}`;
  }
  if (rows.length === 0) return `its first lines are not JSON${describeTable(head)}`;
  const [first] = rows;
  if (!isRecord(first)) return 'its rows are not JSON objects';
  return `its first row has the fields ${fieldsOf(first)}${READ_BY_MAPPING}`;
}

const READ_BY_MAPPING =
  '. A mapping reads formats that are not known: it says which field is what (docs/formats/mapping.md)';

/** Rows of a table can only be told to be one by their first line, so this is advice and no format. */
function describeTable(head: string): string {
  const [line = ''] = head.split('\n');
  const columns = line.split(line.includes('\t') ? '\t' : ',').map((name) => name.trim());
  const isTable = columns.length > 1 && columns.every((name) => /^"?[\w .()-]{1,60}"?$/.test(name));
  return isTable
    ? `, but look like a table with the columns ${columns.slice(0, 12).join(', ')}${READ_BY_MAPPING}`
    : '';
}

function describeArchive(document: unknown): string {
  const members = isRecord(document) ? Object.keys(document) : [];
  return `it is a zip archive that begins with ${members.slice(0, 5).join(', ') || 'no readable member'}`;
}

function describeParquet([first]: readonly unknown[]): string {
  return isRecord(first)
    ? `it is a Parquet file with the columns ${fieldsOf(first)}`
    : 'it is a Parquet file without rows';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fieldsOf(record: Record<string, unknown>): string {
  return Object.keys(record)
    .slice(0, 12)
    .map((key) => key.slice(0, 60))
    .join(', ');
}
