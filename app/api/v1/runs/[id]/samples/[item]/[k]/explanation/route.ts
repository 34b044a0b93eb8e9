import { z } from 'zod';
import { addressOf } from '#app/api/v1/verify/client-address.ts';
import { db } from '#lib/db/client.ts';
import { findSampleScope } from '#lib/db/samples.ts';
import { AppError } from '#lib/errors.ts';
import { RateLimiter } from '#lib/http/rate-limit.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { explainSample } from '#lib/judge/sample-explanation.ts';
import { Uuid } from '#lib/schemas/identifiers.ts';
import { SampleExplanation } from '#lib/schemas/sample.ts';

export const dynamic = 'force-dynamic';

/** Each one judges anew: enough for a reader in a hurry, too few to keep the thread from others. */
const requests = new RateLimiter({ limit: 300, windowSeconds: 60 });

/** With a deadline of 2 s each, nobody waits for longer than a page may take. */
const MAX_WAITING = 8;
let waiting = 0;

export const GET = route({
  summary: 'How the verdict on a sample came about',
  description:
    'Judges the sample again as the board does: what found the answer and where, how answer and reference were read, their canonical forms, the step that decided, the policy. Not for benchmarks with hidden reference answers. A client may ask 300 times a minute.',
  params: z.object({
    id: Uuid,
    item: z.string().min(1).max(512).describe('The item key, percent-encoded.'),
    k: z.coerce.number().int().min(0).max(1_000_000),
  }),
  response: SampleExplanation,
  async handle({ params: { id, item, k }, viewer, request }) {
    requests.require(viewer?.tokenId ?? addressOf(request), 'questions for an explanation');
    if (waiting >= MAX_WAITING) {
      throw new AppError('unavailable', 'Too many wait for an explanation. Try again in 2 s.', {
        retryAfterSeconds: 2,
      });
    }
    waiting += 1;
    try {
      const scope = await findSampleScope(db(), id, viewer);
      if (scope === null) throw new AppError('not_found', 'There is no such sample.');
      return await explainSample(db(), scope, { itemKey: item, sampleIndex: k });
    } finally {
      waiting -= 1;
    }
  },
});

export const { POST, PUT, PATCH, DELETE } = refuseMethodsBut('GET');
