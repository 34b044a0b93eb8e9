import { z } from 'zod';
import { db } from '#lib/db/client.ts';
import { openUpload, recordUpload } from '#lib/db/uploads.ts';
import { readAnnouncement, readEncoding } from '#lib/http/announced.ts';
import { readChunks } from '#lib/http/body.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { getOwnAction } from '#lib/http/submission-access.ts';
import { blobStore } from '#lib/ingest/blob-store.ts';
import { receiveFile } from '#lib/ingest/receive.ts';
import { Uuid } from '#lib/schemas/identifiers.ts';
import { FileName, MAX_FILE_BYTES, UploadReceipt } from '#lib/schemas/submission.ts';

export const dynamic = 'force-dynamic';

export const PUT = route({
  summary: 'Send the file',
  description:
    'One stream, stored as it arrives. Sending again before finalize replaces the file. The format is recognised from the content.',
  requestContent: {
    type: 'application/octet-stream',
    description: 'JSON Lines, plain or packed with gzip or zstd.',
  },
  requestHeaders: [
    { name: 'Content-Encoding', isRequired: false, description: 'gzip, zstd or identity.' },
    {
      name: 'Repr-Digest',
      isRequired: false,
      description: 'sha-256=:…: of the bytes sent; checked.',
    },
  ],
  params: z.object({ id: Uuid, name: FileName }),
  response: UploadReceipt,
  scopes: ['submit'],
  async handle({ params: { id, name }, viewer, request }) {
    const encoding = readEncoding(request.headers);
    const announced = readAnnouncement(request.headers);
    await getOwnAction(viewer, id);
    await openUpload(db(), id);
    const chunks = readChunks(request.body, { maxBytes: MAX_FILE_BYTES });
    const blob = await receiveFile(blobStore(), chunks, announced);
    await recordUpload(db(), id, { name, encoding, ...blob });
    return { name, ...blob };
  },
});

export const { GET, POST, PATCH, DELETE } = refuseMethodsBut('PUT');
