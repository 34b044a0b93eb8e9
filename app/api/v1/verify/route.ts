import { AppError } from '#lib/errors.ts';
import { parseJson, readChunks, refusePacked } from '#lib/http/body.ts';
import { invalidInput } from '#lib/http/problem.ts';
import { RateLimiter } from '#lib/http/rate-limit.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { verifyBatch } from '#lib/judge/verify-batch.ts';
import { VerifyRequest, VerifyResponse } from '#lib/schemas/verify.ts';
import { addressOf } from './client-address.ts';

export const dynamic = 'force-dynamic';

/** A thousand outputs of 8,000 tokens each. */
const MAX_BYTES = 32 * 1024 * 1024;

/** A training loop sends a batch a step; a client in a loop by mistake meets the limit within seconds. */
const requests = new RateLimiter({ limit: 300, windowSeconds: 60 });

/** Batches that may wait for the threads at once: bodies of this size must not pile up in memory. */
const MAX_WAITING = 8;
let waiting = 0;

const handler = route({
  summary: 'Judge answers',
  description:
    'Up to 1,000 answers against their references, by the verifier and under the policy of your choice. Needs no token and stores nothing. Each verdict has 2 s, a batch 30 s: what takes longer is unverifiable. With `explain`, up to 100 answers, each with the way to its verdict. A client may send 300 batches a minute.',
  response: VerifyResponse,
  async handle({ request, viewer }) {
    requests.require(viewer?.tokenId ?? addressOf(request), 'batches to judge');
    if (waiting >= MAX_WAITING) {
      throw new AppError('unavailable', 'Too many batches wait for a verdict. Try again in 2 s.', {
        retryAfterSeconds: 2,
      });
    }
    waiting += 1;
    try {
      return await verifyBatch(await readBatch(request));
    } finally {
      waiting -= 1;
    }
  },
});

/** The body is read above, because it may be larger than those of other routes; the description has its schema. */
export const POST = Object.assign(handler, {
  definition: { ...handler.definition, body: VerifyRequest },
});

async function readBatch(request: Request): Promise<VerifyRequest> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    throw new AppError('unsupported_format', 'The body must be JSON (application/json).');
  }
  refusePacked(request);
  const chunks: Uint8Array[] = [];
  for await (const chunk of readChunks(request.body, { maxBytes: MAX_BYTES })) chunks.push(chunk);
  const parsed = VerifyRequest.safeParse(parseJson(Buffer.concat(chunks)));
  if (parsed.success) return parsed.data;
  throw invalidInput('The body', parsed.error);
}

export const { GET, PUT, PATCH, DELETE } = refuseMethodsBut('POST');
