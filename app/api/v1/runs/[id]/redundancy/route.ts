import { z } from 'zod';
import { db } from '#lib/db/client.ts';
import { readRedundancyProfile } from '#lib/db/redundancy-profile.ts';
import { findSampleScope } from '#lib/db/samples.ts';
import { AppError } from '#lib/errors.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { Uuid } from '#lib/schemas/identifiers.ts';
import { RunRedundancy } from '#lib/schemas/redundancy.ts';

export const GET = route({
  summary: 'Redundancy profile of a run',
  description:
    'Redundant content, overthinking of easy questions and underthinking, over all items and by band of difficulty, from what was measured when the run was scored.',
  params: z.object({ id: Uuid }),
  response: RunRedundancy,
  async handle({ params: { id }, viewer }) {
    const scope = await findSampleScope(db(), id, viewer);
    if (scope === null) throw new AppError('not_found', 'There is no such run.');
    return readRedundancyProfile(db(), scope);
  },
});

export const { POST, PUT, PATCH, DELETE } = refuseMethodsBut('GET');
