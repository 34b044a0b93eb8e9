import { z } from 'zod';
import { readBehaviours } from '#lib/db/behaviour-labels.ts';
import { db } from '#lib/db/client.ts';
import { findSampleScope } from '#lib/db/samples.ts';
import { AppError } from '#lib/errors.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { RunBehaviours } from '#lib/schemas/behaviours.ts';
import { Uuid } from '#lib/schemas/identifiers.ts';

export const GET = route({
  summary: 'Cognitive behaviours of a run',
  description:
    'Backtracking, verification, subgoal setting, enumeration and backward chaining as judges or files have labelled them: as a share of the responses and as a share of all behaviours.',
  params: z.object({ id: Uuid }),
  response: RunBehaviours,
  async handle({ params: { id }, viewer }) {
    const scope = await findSampleScope(db(), id, viewer);
    if (scope === null) throw new AppError('not_found', 'There is no such run.');
    return readBehaviours(db(), id);
  },
});

export const { POST, PUT, PATCH, DELETE } = refuseMethodsBut('GET');
