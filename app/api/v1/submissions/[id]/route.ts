import { z } from 'zod';
import { db } from '#lib/db/client.ts';
import { deleteSubmission } from '#lib/db/submission-actions.ts';
import { forgetFiles } from '#lib/db/uploads.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { getOwnAction, getReadableSubmission } from '#lib/http/submission-access.ts';
import { blobStore } from '#lib/ingest/blob-store.ts';
import { Uuid } from '#lib/schemas/identifiers.ts';
import { Submission, SubmissionDeleted } from '#lib/schemas/submission.ts';

export const dynamic = 'force-dynamic';

const params = z.object({ id: Uuid });

export const GET = route({
  summary: 'Read the state and the counts of a submission',
  params,
  response: Submission,
  scopes: ['submit', 'read:private'],
  async handle({ params: { id }, viewer }) {
    return getReadableSubmission(viewer, id);
  },
});

export const DELETE = route({
  summary: 'Delete a submission, its run and all its rows',
  description:
    'The raw file goes too when no other submission has it. The audit log keeps who deleted what.',
  params,
  response: SubmissionDeleted,
  scopes: ['admin'],
  async handle({ params: { id }, viewer }) {
    const sha256 = await deleteSubmission(db(), await getOwnAction(viewer, id));
    const unneeded = sha256 === null ? [] : await forgetFiles(db(), [sha256]);
    for (const file of unneeded) await blobStore().delete(file);
    return { id, isDeleted: true as const };
  },
});

export const { POST, PUT, PATCH } = refuseMethodsBut('GET', 'DELETE');
