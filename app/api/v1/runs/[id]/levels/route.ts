import { z } from 'zod';
import { db } from '#lib/db/client.ts';
import { findRunGroups } from '#lib/db/runs.ts';
import { AppError } from '#lib/errors.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { levelInBand, toLevelCurve } from '#lib/leaderboard/level-curve.ts';
import { Uuid } from '#lib/schemas/identifiers.ts';
import { LevelsQuery, RunLevels } from '#lib/schemas/levels.ts';

export const GET = route({
  summary: 'A run by level',
  description:
    'Accuracy and mean length by the numeric level of the items, of all or of one task, and the level at which the accuracy lies in a band.',
  params: z.object({ id: Uuid }),
  query: LevelsQuery,
  response: RunLevels,
  async handle({ params: { id }, query: { low, high, label, slice }, viewer }) {
    const groups = await findRunGroups(db(), { id, slice }, viewer);
    if (groups === null) throw new AppError('not_found', 'There is no such run.');
    const points = toLevelCurve(groups, label);
    return { run: id, label, slice, points, chosen: levelInBand(points, { low, high }) };
  },
});

export const { POST, PUT, PATCH, DELETE } = refuseMethodsBut('GET');
