import { z } from 'zod';
import { db } from '#lib/db/client.ts';
import {
  everyEvalAggregate,
  everyEvalFileId,
  streamEveryEvalInstances,
} from '#lib/db/every-eval-export.ts';
import { findRun } from '#lib/db/runs.ts';
import { type DownloadedSample, streamSamples } from '#lib/db/sample-download.ts';
import { findSampleScope, type SampleScope } from '#lib/db/samples.ts';
import type { Viewer } from '#lib/db/tokens.ts';
import { AppError } from '#lib/errors.ts';
import { csvLine } from '#lib/http/csv.ts';
import { linesResponse, textResponse } from '#lib/http/lines-response.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { productVersion } from '#lib/paper/product-version.ts';
import { Uuid } from '#lib/schemas/identifiers.ts';
import type { Run } from '#lib/schemas/run.ts';
import { DownloadQuery, type DownloadFormat } from '#lib/schemas/sample.ts';

const NDJSON = 'application/x-ndjson';

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
  description:
    'JSONL with the texts, CSV without them, or the two files of every_eval_ever 0.3.0: sent back, its instances make the same run. Streamed, in the order of the run.',
  params: z.object({ id: Uuid }),
  query: DownloadQuery,
  response: null,
  responseContent: { type: 'application/x-ndjson', description: 'One sample a line.' },
  async handle({ params: { id }, query: { format }, viewer }) {
    const scope = await findSampleScope(db(), id, viewer);
    if (scope === null) throw new AppError('not_found', 'There is no such run.');
    return WRITERS[format](scope, viewer);
  },
});

type Write = (scope: SampleScope, viewer: Viewer | null) => Response | Promise<Response>;

const WRITERS: Record<DownloadFormat, Write> = {
  jsonl: (scope) =>
    linesResponse(streamSamples(db(), scope), {
      type: NDJSON,
      fileName: `run-${scope.runId}.jsonl`,
    }),
  csv: (scope) =>
    textResponse(toCsv(streamSamples(db(), scope)), {
      type: 'text/csv',
      fileName: `run-${scope.runId}.csv`,
    }),
  async eee(scope, viewer) {
    const run = await getRun(scope, viewer);
    return linesResponse(streamEveryEvalInstances(db(), scope, run), {
      type: NDJSON,
      fileName: `${everyEvalFileId(run)}_samples.jsonl`,
    });
  },
  async 'eee-aggregate'(scope, viewer) {
    const run = await getRun(scope, viewer);
    return Response.json(everyEvalAggregate(run, productVersion()), {
      headers: {
        'content-disposition': `attachment; filename="${everyEvalFileId(run)}.json"`,
        'content-security-policy': 'sandbox',
      },
    });
  },
};

async function getRun({ runId }: SampleScope, viewer: Viewer | null): Promise<Run> {
  const run = await findRun(db(), { id: runId }, viewer);
  if (run === null) throw new AppError('not_found', 'There is no such run.');
  return run;
}

async function* toCsv(
  samples: AsyncIterable<DownloadedSample>,
): AsyncGenerator<string, void, undefined> {
  yield csvLine(CSV_FIELDS);
  for await (const sample of samples) {
    yield csvLine(CSV_FIELDS.map((field) => toCell(sample[field])));
  }
}

function toCell(value: DownloadedSample[(typeof CSV_FIELDS)[number]]): string | number | null {
  return typeof value === 'boolean' ? String(value) : value;
}

export const { POST, PUT, PATCH, DELETE } = refuseMethodsBut('GET');
