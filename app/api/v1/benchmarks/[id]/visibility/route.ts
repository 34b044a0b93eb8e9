import { z } from 'zod';
import { setBenchmarkVisibility } from '#lib/db/benchmark-visibility.ts';
import { db } from '#lib/db/client.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { Uuid, Visibility } from '#lib/schemas/identifiers.ts';

export const dynamic = 'force-dynamic';

export const PUT = route({
  summary: 'Publish or unlist a benchmark',
  description: 'A benchmark that a submission declared is unlisted until an admin publishes it.',
  params: z.object({ id: Uuid }),
  body: z.strictObject({ visibility: Visibility }),
  response: z.object({ id: Uuid, visibility: Visibility }),
  scopes: ['admin'],
  async handle({ params: { id }, body: { visibility }, viewer }) {
    await setBenchmarkVisibility(db(), {
      benchmarkId: id,
      visibility,
      actorTokenId: viewer.tokenId,
    });
    return { id, visibility };
  },
});

export const { GET, POST, PATCH, DELETE } = refuseMethodsBut('PUT');
