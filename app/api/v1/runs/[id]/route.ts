import { z } from 'zod';
import { db } from '#lib/db/client.ts';
import { findRun } from '#lib/db/runs.ts';
import { AppError } from '#lib/errors.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { Uuid } from '#lib/schemas/identifiers.ts';
import { Run, RunQuery } from '#lib/schemas/run.ts';

export const GET = route({
  summary: 'A run',
  description: 'Its figures with intervals, the histogram of lengths and the groups of items.',
  params: z.object({ id: Uuid }),
  query: RunQuery,
  response: Run,
  async handle({ params: { id }, query: { column }, viewer }) {
    const run = await findRun(db(), { id, column }, viewer);
    if (run === null) throw new AppError('not_found', 'There is no such run.');
    return run;
  },
});

export const { POST, PUT, PATCH, DELETE } = refuseMethodsBut('GET');
