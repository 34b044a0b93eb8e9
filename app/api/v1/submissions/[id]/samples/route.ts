import { z } from 'zod';
import { db } from '#lib/db/client.ts';
import { findLive } from '#lib/db/live-submissions.ts';
import { getSubmission } from '#lib/db/submission-view.ts';
import { AppError } from '#lib/errors.ts';
import { readChunks } from '#lib/http/body.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { Reply, route } from '#lib/http/route.ts';
import { getOwnAction } from '#lib/http/submission-access.ts';
import { answerWrongOffset, readOffset } from '#lib/http/upload-offset.ts';
import { fileParts } from '#lib/ingest/file-parts.ts';
import { MAX_LINE_BYTES } from '#lib/ingest/lines.ts';
import { appendRows } from '#lib/jobs/append-live.ts';
import { Uuid } from '#lib/schemas/identifiers.ts';
import { FileName, LiveRows, type RowFinding } from '#lib/schemas/submission.ts';

export const dynamic = 'force-dynamic';

const params = z.object({ id: Uuid });

/** One line of the greatest length. */
const MAX_PART_BYTES = MAX_LINE_BYTES + 1;

export const GET = route({
  summary: 'Read how much of a growing file is taken',
  params,
  response: LiveRows,
  scopes: ['submit'],
  async handle({ params: { id }, viewer }) {
    await getOwnAction(viewer, id);
    return reply(id, []);
  },
});

export const POST = route({
  summary: 'Send rows while the evaluation runs',
  description:
    'The next whole lines of a file that is still written, in any format of one row a line: they are stored and on their way to the verifier with the answer, or none is. A draft becomes live with its first rows, its run is on the board as being in progress, and finalize closes it. Repeating a request changes nothing; 409 with the right Upload-Offset when the lines do not follow on what is taken. Under the strict row policy a bad row refuses the request (422) and the submission stays as it was; under the lenient one it is listed.',
  requestContent: {
    type: 'application/x-ndjson',
    description: 'Whole lines, at most 16 MiB, not packed.',
  },
  requestHeaders: [
    {
      name: 'Upload-Offset',
      isRequired: true,
      description:
        'Where these lines begin in the file: how many bytes are taken, as the server says.',
    },
  ],
  params,
  query: z.strictObject({
    name: FileName.default('rows.jsonl').describe(
      'Of the file, with the first rows: some formats keep facts only there.',
    ),
  }),
  response: LiveRows,
  scopes: ['submit'],
  async handle({ params: { id }, query, viewer, request, requestId }) {
    const { ownerTokenId } = await getOwnAction(viewer, id);
    const offset = readOffset(request.headers);
    requirePlain(request.headers);
    const chunks: Uint8Array[] = [];
    for await (const chunk of readChunks(request.body, { maxBytes: MAX_PART_BYTES })) {
      chunks.push(chunk);
    }
    try {
      const rejected = await appendRows(
        { db: db(), parts: fileParts() },
        { id, ownerTokenId },
        { fileName: query.name, offset, bytes: Buffer.concat(chunks) },
      );
      return await reply(id, rejected);
    } catch (error) {
      return answerWrongOffset(error, { id: requestId, path: new URL(request.url).pathname });
    }
  },
});

async function reply(id: string, rejected: RowFinding[]): Promise<Reply<typeof LiveRows>> {
  const { state, rows, attempts, file } = await getSubmission(db(), id);
  const live = await findLive(db().pool, id);
  const offset = live?.offset ?? file?.bytes ?? 0;
  return new Reply<typeof LiveRows>(
    { submissionId: id, state, offset, rows, attempts, rejected },
    { headers: { 'upload-offset': String(offset) } },
  );
}

function requirePlain(headers: Headers): void {
  const encoding = headers.get('content-encoding') ?? 'identity';
  if (encoding === 'identity') return;
  throw new AppError(
    'unsupported_format',
    `Rows are sent as they stand in the file, and not with the content-encoding ${encoding.slice(0, 40)}.`,
  );
}

export const { PUT, PATCH, DELETE } = refuseMethodsBut('GET', 'POST');
