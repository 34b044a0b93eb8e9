import { z } from 'zod';
import { db } from '#lib/db/client.ts';
import { finalizeSubmission, type Finalized } from '#lib/db/submission-intake.ts';
import { getSubmission } from '#lib/db/submission-view.ts';
import { getUpload } from '#lib/db/uploads.ts';
import { AppError } from '#lib/errors.ts';
import { requireRows } from '#lib/http/announced-rows.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { Reply, route } from '#lib/http/route.ts';
import { getOwnAction } from '#lib/http/submission-access.ts';
import { blobStore } from '#lib/ingest/blob-store.ts';
import { fileParts } from '#lib/ingest/file-parts.ts';
import { closeLive } from '#lib/jobs/close-live.ts';
import { Uuid } from '#lib/schemas/identifiers.ts';
import { FinalizeRequest, Submission } from '#lib/schemas/submission.ts';

export const dynamic = 'force-dynamic';

export const POST = route({
  summary: 'Close the upload and have it scored',
  description:
    '202 when the file is as announced and the work is queued; repeating it changes nothing. A live submission takes no rows after it. 200 with the earlier submission when the same file was sent with the same header before.',
  params: z.object({ id: Uuid }),
  body: FinalizeRequest,
  response: Submission,
  status: 202,
  scopes: ['submit'],
  async handle({ params: { id }, body, viewer }) {
    const { ownerTokenId } = await getOwnAction(viewer, id);
    const { state, header } = await getSubmission(db(), id);
    if (state === 'live') {
      const stores = { db: db(), blobs: blobStore(), parts: fileParts() };
      return reply(id, await closeLive(stores, { id, ownerTokenId }, body));
    }
    if (!(await blobStore().has(body.sha256))) {
      throw new AppError(
        'length_mismatch',
        'No file with this SHA-256 has arrived. Send it with PUT …/files/{name}, then finalize.',
        { details: [{ pointer: '/sha256', code: 'hash_mismatch', message: 'is not here' }] },
      );
    }
    const upload = await getUpload(db(), id);
    // Once is enough: a repetition changes nothing and is not made to wait.
    if (upload?.sha256 === body.sha256 && state === 'uploading') {
      await requireRows(body.rows ?? header.expected.rows, { ...upload, named: header });
    }
    return reply(id, await finalizeSubmission(db(), { id, ownerTokenId }, body));
  },
});

async function reply(
  id: string,
  result: Finalized,
): Promise<Submission | Reply<typeof Submission>> {
  if (result.kind === 'accepted') return getSubmission(db(), id);
  return new Reply<typeof Submission>(await getSubmission(db(), result.id), {
    status: 200,
    headers: { 'content-location': `/api/v1/submissions/${result.id}` },
  });
}

export const { GET, PUT, PATCH, DELETE } = refuseMethodsBut('POST');
