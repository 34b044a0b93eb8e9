import { z } from 'zod';
import { db } from '#lib/db/client.ts';
import { beginUpload } from '#lib/db/partial-uploads.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { Reply, route } from '#lib/http/route.ts';
import { getOwnAction } from '#lib/http/submission-access.ts';
import { uploadHeaders } from '#lib/http/upload-offset.ts';
import { Uuid } from '#lib/schemas/identifiers.ts';
import { NewUpload, PartialUpload } from '#lib/schemas/submission.ts';

export const dynamic = 'force-dynamic';

export const POST = route({
  summary: 'Begin to send the file in parts, or go on',
  description:
    '201 with a new upload at offset 0; 200 with the one of the same file that was begun before, and how much of it has arrived. Another file takes its place. Send the parts with PATCH. What has arrived is kept for a day after the last part.',
  params: z.object({ id: Uuid }),
  body: NewUpload,
  response: PartialUpload,
  status: 201,
  scopes: ['submit'],
  async handle({ params: { id }, body, viewer }) {
    await getOwnAction(viewer, id);
    const { upload, isNew } = await beginUpload(db(), id, body);
    return new Reply<typeof PartialUpload>(upload, {
      ...(isNew ? {} : { status: 200 }),
      headers: {
        location: `/api/v1/submissions/${id}/uploads/${upload.id}`,
        ...uploadHeaders(upload),
      },
    });
  },
});

export const { GET, PUT, PATCH, DELETE } = refuseMethodsBut('POST');
