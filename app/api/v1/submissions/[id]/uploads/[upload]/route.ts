import { z } from 'zod';
import { db } from '#lib/db/client.ts';
import { getPartialUpload, WrongOffset } from '#lib/db/partial-uploads.ts';
import { openUpload } from '#lib/db/uploads.ts';
import { readChunks } from '#lib/http/body.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { Reply, route } from '#lib/http/route.ts';
import { getOwnAction } from '#lib/http/submission-access.ts';
import {
  answerWrongOffset,
  readOffset,
  requireRoom,
  uploadHeaders,
} from '#lib/http/upload-offset.ts';
import { blobStore } from '#lib/ingest/blob-store.ts';
import { fileParts } from '#lib/ingest/file-parts.ts';
import { receivePart } from '#lib/ingest/receive-part.ts';
import { Uuid } from '#lib/schemas/identifiers.ts';
import { PartialUpload } from '#lib/schemas/submission.ts';

export const dynamic = 'force-dynamic';

const params = z.object({ id: Uuid, upload: Uuid });

export const GET = route({
  summary: 'Read how much of a file has arrived',
  description: 'HEAD gives the same in the headers Upload-Offset and Upload-Length.',
  params,
  response: PartialUpload,
  scopes: ['submit'],
  async handle({ params: { id, upload: uploadId }, viewer }) {
    await getOwnAction(viewer, id);
    const upload = await getPartialUpload(db(), { submissionId: id, uploadId });
    return new Reply<typeof PartialUpload>(upload, { headers: uploadHeaders(upload) });
  },
});

export const PATCH = route({
  summary: 'Send a part of the file',
  description:
    'Any part of the rest, stored as it arrives: what came before a cut stays. 409 with the right Upload-Offset when the part does not begin where the upload ends. With the last byte the SHA-256 is compared; when it differs, the upload is at 0 again.',
  requestContent: {
    type: 'application/offset+octet-stream',
    description: 'The bytes of the file from Upload-Offset on.',
  },
  requestHeaders: [
    {
      name: 'Upload-Offset',
      isRequired: true,
      description: 'Where the part begins: how many bytes have arrived, as the server says.',
    },
  ],
  params,
  response: PartialUpload,
  scopes: ['submit'],
  async handle({ params: { id, upload: uploadId }, viewer, request, requestId }) {
    await getOwnAction(viewer, id);
    const offset = readOffset(request.headers);
    const upload = await getPartialUpload(db(), { submissionId: id, uploadId });
    try {
      // A repetition of the last part after its answer was lost.
      if (upload.isComplete && offset === upload.bytes) return reply(upload);
      if (offset !== upload.offset) throw new WrongOffset(upload.offset);
      requireRoom(request.headers, upload);
      await openUpload(db(), id);
      const source = readChunks(request.body, { maxBytes: upload.bytes - offset });
      const stores = { db: db(), blobs: blobStore(), parts: fileParts() };
      return reply(await receivePart(stores, upload, { offset, source }));
    } catch (error) {
      return answerWrongOffset(error, { id: requestId, path: new URL(request.url).pathname });
    }
  },
});

function reply(upload: PartialUpload): Reply<typeof PartialUpload> {
  return new Reply<typeof PartialUpload>(upload, { headers: uploadHeaders(upload) });
}

export const { POST, PUT, DELETE } = refuseMethodsBut('GET', 'PATCH');
