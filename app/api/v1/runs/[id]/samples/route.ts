import { z } from 'zod';
import { db } from '#lib/db/client.ts';
import { findSampleScope, listSamples } from '#lib/db/samples.ts';
import { AppError } from '#lib/errors.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { Uuid } from '#lib/schemas/identifiers.ts';
import { SamplePage, SampleQuery } from '#lib/schemas/sample.ts';

export const GET = route({
  summary: 'Samples of a run',
  description: 'Without texts, page by page. A page deep in the list costs as much as the first.',
  params: z.object({ id: Uuid }),
  query: SampleQuery,
  response: SamplePage,
  async handle({ params: { id }, query, viewer }) {
    const scope = await findSampleScope(db(), id, viewer);
    if (scope === null) throw new AppError('not_found', 'There is no such run.');
    return listSamples(db(), scope, query);
  },
});

export const { POST, PUT, PATCH, DELETE } = refuseMethodsBut('GET');
