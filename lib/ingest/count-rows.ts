import { AppError } from '#lib/errors.ts';
import { chooseFormat, type NamedFormat } from './choose-format.ts';
import { decode } from './decode.ts';
import { isBlank } from './json-row.ts';
import { lineBatches } from './lines.ts';
import { readSample } from './recognise.ts';

/** Counting reads the whole file: about a second for this size, packed or not. */
const MAX_BYTES = 256 * 1024 * 1024;

/**
 * The rows of a file with a row a line; null where only parsing tells them (documents, tables, archives, what is not
 * recognised or damaged) and for files too large to be read twice while somebody waits.
 */
export async function countRows(file: {
  name: string;
  bytes: number;
  named: NamedFormat;
  open: () => Promise<AsyncIterable<Uint8Array>>;
}): Promise<number | null> {
  if (file.bytes > MAX_BYTES) return null;
  try {
    const sample = await readSample(file.name, await file.open());
    const { layout } = chooseFormat(sample, file.named).importer;
    const isByLine =
      sample.shape === 'lines' &&
      layout?.table === undefined &&
      (layout?.document === undefined || sample.document === null);
    if (!isByLine) return null;
    let rows = 0;
    for await (const batch of lineBatches(decode(await file.open()))) {
      for (const line of batch) if (!isBlank(line)) rows += 1;
    }
    return rows;
  } catch (error) {
    // The pipeline meets the same fault and reports it in full.
    if (error instanceof AppError) return null;
    throw error;
  }
}
