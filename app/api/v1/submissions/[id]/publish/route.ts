import { z } from 'zod';
import { db } from '#lib/db/client.ts';
import { publishSubmission } from '#lib/db/submission-actions.ts';
import { getSubmission } from '#lib/db/submission-view.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { getOwnAction } from '#lib/http/submission-access.ts';
import { Uuid } from '#lib/schemas/identifiers.ts';
import { Submission } from '#lib/schemas/submission.ts';

export const dynamic = 'force-dynamic';

export const POST = route({
  summary: 'Show the run of a finished submission to everybody',
  description: 'An unlisted benchmark stays unlisted until an admin publishes it.',
  params: z.object({ id: Uuid }),
  response: Submission,
  scopes: ['submit'],
  async handle({ params: { id }, viewer }) {
    await publishSubmission(db(), await getOwnAction(viewer, id));
    return getSubmission(db(), id);
  },
});

export const { GET, PUT, PATCH, DELETE } = refuseMethodsBut('POST');
