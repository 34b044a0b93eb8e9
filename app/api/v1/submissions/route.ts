import { createHash } from 'node:crypto';
import { z } from 'zod';
import { db } from '#lib/db/client.ts';
import { createSubmission } from '#lib/db/submission-intake.ts';
import { getSubmission, listSubmissions } from '#lib/db/submission-view.ts';
import { AppError } from '#lib/errors.ts';
import { canonicalJson } from '#lib/schemas/canonical-json.ts';
import { requireKnownIds } from '#lib/http/known-ids.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { Reply, route } from '#lib/http/route.ts';
import { submissionLimit } from '#lib/http/submission-limit.ts';
import { Uuid } from '#lib/schemas/identifiers.ts';
import { Submission, SubmissionHeader, SubmissionList } from '#lib/schemas/submission.ts';

export const dynamic = 'force-dynamic';

export const GET = route({
  summary: 'List own submissions, the newest first',
  query: z.strictObject({
    cursor: Uuid.optional().describe('`nextCursor` of the page before.'),
    limit: z.coerce.number().int().min(1).max(100).default(20),
  }),
  response: SubmissionList,
  scopes: ['submit'],
  async handle({ query, viewer }) {
    return listSubmissions(db(), {
      ownerTokenId: viewer.tokenId,
      after: query.cursor ?? null,
      limit: query.limit,
    });
  },
});

const IdempotencyKey = /^[\x21-\x7e]{1,200}$/;

export const POST = route({
  summary: 'Create a submission',
  description:
    'Makes a draft, to which one file is sent next. The same key with the same body gives the same submission, marked Idempotency-Replayed: true; with another body it is refused.',
  requestHeaders: [
    {
      name: 'Idempotency-Key',
      isRequired: true,
      description: 'Chosen by the client, 1 to 200 printable characters; new for every submission.',
    },
  ],
  body: SubmissionHeader,
  response: Submission,
  status: 201,
  scopes: ['submit'],
  async handle({ body: header, viewer, request }) {
    const key = request.headers.get('idempotency-key');
    if (key === null || !IdempotencyKey.test(key)) {
      throw new AppError(
        'invalid_input',
        'The header Idempotency-Key is needed: 1 to 200 printable characters, new for every submission.',
      );
    }
    requireKnownIds(header);
    submissionLimit.require(viewer.tokenId, 'submissions');
    const { id, isReplay } = await createSubmission(db(), {
      ownerTokenId: viewer.tokenId,
      header,
      idempotencyKey: key,
      bodyHash: createHash('sha256').update(canonicalJson(header)).digest('hex'),
    });
    return new Reply<typeof Submission>(await getSubmission(db(), id), {
      headers: {
        location: `/api/v1/submissions/${id}`,
        ...(isReplay ? { 'idempotency-replayed': 'true' } : {}),
      },
    });
  },
});

export const { PUT, PATCH, DELETE } = refuseMethodsBut('GET', 'POST');
