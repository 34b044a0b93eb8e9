import { z } from 'zod';
import { db } from '#lib/db/client.ts';
import { type DownloadedSample, streamSamples } from '#lib/db/sample-download.ts';
import { findSampleScope } from '#lib/db/samples.ts';
import { AppError } from '#lib/errors.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { csvLine } from '#lib/http/csv.ts';
import { Uuid } from '#lib/schemas/identifiers.ts';
import { DownloadQuery } from '#lib/schemas/sample.ts';

const TYPES = { jsonl: 'application/x-ndjson', csv: 'text/csv' } as const;

/** Texts would make a spreadsheet unreadable: the CSV holds everything else. */
const CSV_FIELDS = [
  'itemKey',
  'sampleIndex',
  'outcome',
  'extracted',
  'reason',
  'reportedTokens',
  'tokenSource',
  'finishReason',
  'errorCode',
  'reportedScore',
  'reportedCorrect',
  'characters',
] as const satisfies readonly (keyof DownloadedSample)[];

export const GET = route({
  summary: 'All samples of a run as a file',
  description: 'JSONL with the texts, or CSV without them. Streamed, in the order of the run.',
  params: z.object({ id: Uuid }),
  query: DownloadQuery,
  response: null,
  responseContent: { type: 'application/x-ndjson', description: 'One sample a line.' },
  async handle({ params: { id }, query: { format }, viewer }) {
    const scope = await findSampleScope(db(), id, viewer);
    if (scope === null) throw new AppError('not_found', 'There is no such run.');
    const lines = toLines(streamSamples(db(), scope), format);
    return new Response(toStream(lines), {
      headers: {
        'content-type': `${TYPES[format]}; charset=utf-8`,
        'content-disposition': `attachment; filename="run-${id}.${format}"`,
        'content-security-policy': 'sandbox',
      },
    });
  },
});

/** Asked for piece by piece, so that a slow reader slows the query down instead of filling the memory. */
function toStream(lines: AsyncGenerator<Uint8Array, void, undefined>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await lines.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await lines.return();
    },
  });
}

async function* toLines(
  samples: AsyncIterable<DownloadedSample>,
  format: 'jsonl' | 'csv',
): AsyncGenerator<Uint8Array, void, undefined> {
  const encoder = new TextEncoder();
  if (format === 'csv') yield encoder.encode(csvLine(CSV_FIELDS));
  for await (const sample of samples) {
    const line =
      format === 'jsonl'
        ? `${JSON.stringify(sample)}\n`
        : csvLine(CSV_FIELDS.map((field) => toCell(sample[field])));
    yield encoder.encode(line);
  }
}

function toCell(value: DownloadedSample[(typeof CSV_FIELDS)[number]]): string | number | null {
  return typeof value === 'boolean' ? String(value) : value;
}

export const { POST, PUT, PATCH, DELETE } = refuseMethodsBut('GET');
