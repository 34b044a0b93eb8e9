import { z } from 'zod';
import { db } from '#lib/db/client.ts';
import { listOtherSamples } from '#lib/db/sample-others.ts';
import { findSampleScope } from '#lib/db/samples.ts';
import { AppError } from '#lib/errors.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { Uuid } from '#lib/schemas/identifiers.ts';
import { OtherSamples } from '#lib/schemas/sample.ts';

export const GET = route({
  summary: 'The same item in other runs',
  description:
    'The first sample of the item in every other run on the benchmark, at most 200, those of the most accurate runs first.',
  params: z.object({
    id: Uuid,
    item: z.string().min(1).max(512).describe('The item key, percent-encoded.'),
    k: z.coerce.number().int().min(0).max(1_000_000),
  }),
  response: OtherSamples,
  async handle({ params: { id, item }, viewer }) {
    const scope = await findSampleScope(db(), id, viewer);
    if (scope === null) throw new AppError('not_found', 'There is no such sample.');
    return { others: await listOtherSamples(db(), scope, { itemKey: item, viewer }) };
  },
});

export const { POST, PUT, PATCH, DELETE } = refuseMethodsBut('GET');
