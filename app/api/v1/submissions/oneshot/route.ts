import { db } from '#lib/db/client.ts';
import { submitWhole } from '#lib/db/submission-intake.ts';
import { getSubmission } from '#lib/db/submission-view.ts';
import { checkAnnounced, readAnnouncement, readEncoding } from '#lib/http/announced.ts';
import { readChunks } from '#lib/http/body.ts';
import { openOneShot } from '#lib/http/oneshot.ts';
import { requireRows } from '#lib/http/announced-rows.ts';
import { requireKnownIds } from '#lib/http/known-ids.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { Reply, route } from '#lib/http/route.ts';
import { submissionLimit } from '#lib/http/submission-limit.ts';
import { blobStore } from '#lib/ingest/blob-store.ts';
import { receiveFile } from '#lib/ingest/receive.ts';
import { MAX_FILE_BYTES, Submission } from '#lib/schemas/submission.ts';

export const dynamic = 'force-dynamic';

export const POST = route({
  summary: 'Create, send and finalize in one call',
  description:
    'NDJSON whose first line is {"header": {…}}, or multipart/form-data with a part `header` (JSON) before a part `file`. After any failure there is no submission. 200 with the earlier one when the same was sent before.',
  requestContent: {
    type: 'application/x-ndjson',
    description: 'The header line, then the rows of the file; plain, gzip or zstd.',
  },
  response: Submission,
  status: 202,
  scopes: ['submit'],
  async handle({ viewer, request }) {
    submissionLimit.require(viewer.tokenId, 'submissions');
    readEncoding(request.headers);
    const announced = readAnnouncement(request.headers);
    const chunks = readChunks(request.body, { maxBytes: MAX_FILE_BYTES });
    const shot = await openOneShot(
      checkAnnounced(chunks, announced),
      request.headers.get('content-type'),
    );
    requireKnownIds(shot.header);
    const { bytes = null, sha256 = null, rows } = shot.header.expected;
    const blob = await receiveFile(blobStore(), shot.file, { bytes, sha256 });
    await requireRows(rows, { name: shot.fileName, ...blob, named: shot.header });
    const { id, kind } = await submitWhole(
      db(),
      { ownerTokenId: viewer.tokenId, header: shot.header },
      { name: shot.fileName, ...blob },
    );
    return new Reply<typeof Submission>(await getSubmission(db(), id), {
      ...(kind === 'earlier' ? { status: 200 } : {}),
      headers: { location: `/api/v1/submissions/${id}` },
    });
  },
});

export const { GET, PUT, PATCH, DELETE } = refuseMethodsBut('POST');
