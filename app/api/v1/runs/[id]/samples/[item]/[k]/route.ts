import { z } from 'zod';
import { db } from '#lib/db/client.ts';
import { findSample } from '#lib/db/sample.ts';
import { findSampleScope } from '#lib/db/samples.ts';
import { AppError } from '#lib/errors.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { Uuid } from '#lib/schemas/identifiers.ts';
import { Sample } from '#lib/schemas/sample.ts';

export const GET = route({
  summary: 'One sample of a run',
  description:
    'Prompt, reasoning and answer apart, token counts with their source, verdicts with their reasons.',
  params: z.object({
    id: Uuid,
    item: z.string().min(1).max(512).describe('The item key, percent-encoded.'),
    k: z.coerce.number().int().min(0).max(1_000_000),
  }),
  response: Sample,
  async handle({ params: { id, item, k }, viewer }) {
    const scope = await findSampleScope(db(), id, viewer);
    const sample =
      scope === null ? null : await findSample(db(), scope, { itemKey: item, sampleIndex: k });
    if (sample === null) throw new AppError('not_found', 'There is no such sample.');
    return sample;
  },
});

export const { POST, PUT, PATCH, DELETE } = refuseMethodsBut('GET');
