import { z } from 'zod';
import { addressOf } from '#app/api/v1/verify/client-address.ts';
import { db } from '#lib/db/client.ts';
import { findSampleScope } from '#lib/db/samples.ts';
import { AppError } from '#lib/errors.ts';
import { RateLimiter } from '#lib/http/rate-limit.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { describeSample } from '#lib/judge/sample-redundancy.ts';
import { Uuid } from '#lib/schemas/identifiers.ts';
import { SampleRedundancy } from '#lib/schemas/redundancy.ts';

export const dynamic = 'force-dynamic';

/** Each one reads a whole text: enough for a reader in a hurry, too few to keep the thread from others. */
const requests = new RateLimiter({ limit: 300, windowSeconds: 60 });

/** A text takes some 50 ms, so nobody waits for longer than a page may take. */
const MAX_WAITING = 16;
let waiting = 0;

export const GET = route({
  summary: 'Redundancy inside a sample',
  description:
    'Spans by kind (reflections, thought switches, repeated steps and passages, loops, the question again, the right answer again) with their places in characters and tokens; steps; the first place that states the right answer by the equality of the verifier, and the tokens after it. The places of answers are not told for benchmarks with hidden reference answers. A client may ask 300 times a minute.',
  params: z.object({
    id: Uuid,
    item: z.string().min(1).max(512).describe('The item key, percent-encoded.'),
    k: z.coerce.number().int().min(0).max(1_000_000),
  }),
  response: SampleRedundancy,
  async handle({ params: { id, item, k }, viewer, request }) {
    requests.require(viewer?.tokenId ?? addressOf(request), 'questions for redundancy');
    if (waiting >= MAX_WAITING) {
      throw new AppError('unavailable', 'Too many read at once. Try again in 2 s.', {
        retryAfterSeconds: 2,
      });
    }
    waiting += 1;
    try {
      const scope = await findSampleScope(db(), id, viewer);
      if (scope === null) throw new AppError('not_found', 'There is no such sample.');
      return await describeSample(db(), scope, { itemKey: item, sampleIndex: k });
    } finally {
      waiting -= 1;
    }
  },
});

export const { POST, PUT, PATCH, DELETE } = refuseMethodsBut('GET');
