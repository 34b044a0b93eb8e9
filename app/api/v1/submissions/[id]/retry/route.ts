import { z } from 'zod';
import { db } from '#lib/db/client.ts';
import { retryFailedSubmission } from '#lib/db/submission-actions.ts';
import { getSubmission } from '#lib/db/submission-view.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { getOwnAction } from '#lib/http/submission-access.ts';
import { Uuid } from '#lib/schemas/identifiers.ts';
import { Submission } from '#lib/schemas/submission.ts';

export const dynamic = 'force-dynamic';

export const POST = route({
  summary: 'Try a failed submission again',
  description:
    'From the stored file, when the reason of the failure may have passed (failure.retryable).',
  params: z.object({ id: Uuid }),
  response: Submission,
  scopes: ['submit'],
  async handle({ params: { id }, viewer }) {
    await retryFailedSubmission(db(), await getOwnAction(viewer, id));
    return getSubmission(db(), id);
  },
});

export const { GET, PUT, PATCH, DELETE } = refuseMethodsBut('POST');
