import { parquetMetadataAsync, parquetReadObjects, type FileMetaData } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { AppError } from '#lib/errors.ts';
import type { JsonRow } from './json-row.ts';

/** The directory of a Parquet file stands at its end, so the file is held in memory up to this size. */
const MAX_BYTES = 256 * 1024 * 1024;
const ROWS_AT_ONCE = 500;

/** The rows of a Parquet file as objects by column. Throws `unprocessable` for a file that is not whole. */
export async function* readParquetRows(
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<JsonRow[]> {
  const file = await toArrayBuffer(source);
  let metadata: FileMetaData;
  try {
    metadata = await parquetMetadataAsync(file);
  } catch (cause) {
    throw new AppError(
      'unprocessable',
      'The Parquet file has no directory at its end: it was cut.',
      {
        cause,
      },
    );
  }
  const total = Number(metadata.num_rows);
  for (let rowStart = 0; rowStart < total; rowStart += ROWS_AT_ONCE) {
    const rowEnd = Math.min(total, rowStart + ROWS_AT_ONCE);
    const rows = await parquetReadObjects({ file, metadata, compressors, rowStart, rowEnd });
    yield rows.map((value, index) => ({
      line: rowStart + index + 1,
      byteOffset: 0,
      value,
      error: null,
      changes: null,
    }));
  }
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
