import {
  parquetMetadataAsync,
  parquetRead,
  parquetReadObjects,
  parquetSchema,
  type FileMetaData,
} from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { AppError } from '#lib/errors.ts';
import type { JsonRow, RowChanges } from './json-row.ts';
import { sanitise } from './sanitise.ts';

/** The directory of a Parquet file stands at its end, so the file is held in memory up to this size. */
const MAX_BYTES = 256 * 1024 * 1024;

/** What a column of a row group may unpack to: it is read as a whole. */
const MAX_COLUMN_BYTES = 1024 * 1024 * 1024;
const ROWS_AT_ONCE = 500;
const MAX_DEPTH = 64;

/** True for bytes that begin as a Parquet file does. */
export function isParquet(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x41 && head[2] === 0x52 && head[3] === 0x31;
}

/**
 * The rows of a Parquet file as objects by column, cleaned as rows of JSON are. Throws `unprocessable` for a file that
 * is cut or damaged, and `too_large` for one that does not fit in memory.
 */
export async function* readParquetRows(
  source: AsyncIterable<Uint8Array>,
  maxRows = Infinity,
): AsyncGenerator<JsonRow[]> {
  const file = await toArrayBuffer(source);
  const metadata = await readMetadata(file);
  const total = Math.min(maxRows, Number(metadata.num_rows));
  for (let rowStart = 0; rowStart < total; rowStart += ROWS_AT_ONCE) {
    const rowEnd = Math.min(total, rowStart + ROWS_AT_ONCE);
    const rows = await readPart(file, metadata, { rowStart, rowEnd });
    yield rows.map((value, index) => toRow(value, rowStart + index + 1));
  }
}

async function readMetadata(file: ArrayBuffer): Promise<FileMetaData> {
  let metadata: FileMetaData;
  try {
    metadata = await parquetMetadataAsync(file);
    requireKnownColumns(metadata);
  } catch (cause) {
    throw new AppError(
      'unprocessable',
      'The Parquet file has no directory at its end that can be read: it was cut or damaged. Send it again.',
      { cause },
    );
  }
  const sizes = metadata.row_groups.flatMap(({ columns }) =>
    columns.map(({ meta_data }) => Number(meta_data?.total_uncompressed_size ?? 0)),
  );
  const rows = metadata.row_groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
  if (rows !== Number(metadata.num_rows)) {
    throw new AppError(
      'unprocessable',
      `The Parquet file says it has ${String(metadata.num_rows)} rows and its parts have ${String(rows)}: it is damaged.`,
    );
  }
  if (sizes.some((size) => size > MAX_COLUMN_BYTES)) {
    throw new AppError(
      'too_large',
      `A column of the Parquet file unpacks to more than ${String(MAX_COLUMN_BYTES)} bytes: write it with smaller row groups.`,
    );
  }
  return metadata;
}

/** The reader finds a column without a place in the schema only when it has begun to read the ones before it. */
function requireKnownColumns(metadata: FileMetaData): void {
  const root = parquetSchema(metadata);
  for (const { columns } of metadata.row_groups) {
    for (const { meta_data } of columns) {
      let node = root;
      if (meta_data === undefined) throw new Error('a column has no description');
      for (const name of meta_data.path_in_schema) {
        const child = node.children.find(({ element }) => element.name === name);
        if (child === undefined) throw new Error(`the column ${name} is not in the schema`);
        node = child;
      }
    }
  }
}

async function readPart(
  file: ArrayBuffer,
  metadata: FileMetaData,
  { rowStart, rowEnd }: { rowStart: number; rowEnd: number },
): Promise<Record<string, unknown>[]> {
  let rows: Record<string, unknown>[];
  try {
    const part = { file, metadata, compressors, rowStart, rowEnd };
    // Putting structs together waits for one of their columns after the other, and a second damaged one would then be
    // an error that nobody waits for; this reads all columns and waits for them together.
    await parquetRead({ ...part });
    rows = await parquetReadObjects(part);
  } catch (cause) {
    throw new AppError(
      'unprocessable',
      `The Parquet file can not be read from row ${String(rowStart + 1)} on: it is damaged, or packed in a way that is not known.`,
      { cause },
    );
  }
  if (rows.length === rowEnd - rowStart) return rows;
  throw new AppError(
    'unprocessable',
    `The Parquet file gives ${String(rows.length)} rows where ${String(rowEnd - rowStart)} should be: it is damaged.`,
  );
}

function toRow(value: Record<string, unknown>, line: number): JsonRow {
  const changes: RowChanges = {
    nul: 0,
    surrogates: 0,
    protoKeys: 0,
    badUtf8: 0,
    notFinite: 0,
    inexactIntegers: 0,
    duplicateKeys: 0,
    warnings: [],
  };
  const clean = sanitise(toJson(value, changes, 0), changes);
  const { warnings: _, ...counts } = changes;
  const isChanged = Object.values(counts).some((count) => count > 0);
  return { line, byteOffset: 0, value: clean, error: null, changes: isChanged ? changes : null };
}

/** Columns have kinds that JSON has not: long integers, times, bytes. */
function toJson(value: unknown, changes: RowChanges, depth: number): unknown {
  if (typeof value === 'bigint') return toNumber(value, changes);
  if (typeof value === 'number' && !Number.isFinite(value)) {
    changes.notFinite += 1;
    return null;
  }
  if (value === undefined || depth > MAX_DEPTH) return null;
  if (value instanceof Date) {
    return Number.isNaN(value.getTime()) ? null : value.toISOString();
  }
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (ArrayBuffer.isView(value)) {
    return Array.from(value as unknown as ArrayLike<unknown>, (entry) =>
      toJson(entry, changes, depth + 1),
    );
  }
  if (Array.isArray(value)) return value.map((entry) => toJson(entry, changes, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [name, toJson(entry, changes, depth + 1)]),
  );
}

function toNumber(value: bigint, changes: RowChanges): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) changes.inexactIntegers += 1;
  return number;
}

async function toArrayBuffer(source: AsyncIterable<Uint8Array>): Promise<ArrayBuffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES) {
      throw new AppError(
        'too_large',
        `A Parquet file may have ${String(MAX_BYTES)} bytes at most here.`,
      );
    }
    chunks.push(Uint8Array.from(chunk));
  }
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole.buffer;
}
