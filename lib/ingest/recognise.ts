import { AppError } from '#lib/errors.ts';
import type { FileSample, Importer } from '#lib/importers/importer.ts';
import { importers } from '#lib/importers/index.ts';

import { decode } from './decode.ts';
import { isBlank, parseJsonRow } from './json-row.ts';
import { MAX_LINE_BYTES, lineBatches, type Line } from './lines.ts';

const SAMPLE_ROWS = 20;
const HEAD_CHARACTERS = 4096;

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

/** The beginning of a packed or plain file. Reads no more of the source than it needs. */
export async function readSample(
  name: string,
  source: AsyncIterable<Uint8Array>,
): Promise<FileSample> {
  const rows: unknown[] = [];
  let head = '';
  for await (const batch of lineBatches(atMost(decode(source), SAMPLE_BYTES))) {
    for (const line of batch) {
      if (head.length < HEAD_CHARACTERS) head += `${toText(line)}\n`;
      if (isBlank(line) || rows.length >= SAMPLE_ROWS) continue;
      const row = parseJsonRow(line);
      if (row.error === null) rows.push(row.value);
    }
    if (rows.length >= SAMPLE_ROWS && head.length >= HEAD_CHARACTERS) break;
  }
  return { name, rows, head: head.slice(0, HEAD_CHARACTERS) };
}

async function* atMost(
  source: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of source) {
    yield chunk;
    bytes += chunk.length;
    if (bytes >= maxBytes) return;
  }
}

function toText({ bytes }: Line): string {
  return bytes === null ? '' : Buffer.from(bytes.subarray(0, 4 * HEAD_CHARACTERS)).toString('utf8');
}

function describe({ head, rows }: FileSample): string {
  if (head.trim() === '') return 'it is empty';
  if (head.startsWith('PK\u0003\u0004')) return 'it is a zip archive';
  if (head.startsWith('PAR1')) return 'it is a parquet file';
  if (/^\s*(?:\[|\{\s*\n)/.test(head)) {
    return 'it is one JSON document, and rows are read one a line';
  }
  if (rows.length === 0) return 'its first lines are not JSON';
  const first = rows[0];
  if (typeof first !== 'object' || first === null || Array.isArray(first)) {
    return 'its rows are not JSON objects';
  }
  const keys = Object.keys(first)
    .slice(0, 12)
    .map((key) => key.slice(0, 60));
  return `its first row has the fields ${keys.join(', ')}`;
}
