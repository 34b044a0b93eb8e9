import { z } from 'zod';
import { db } from '#lib/db/client.ts';
import { findVerdictDiff } from '#lib/db/verdict-diff.ts';
import { AppError } from '#lib/errors.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { VerdictDiff, VerdictsQuery } from '#lib/schemas/rescore.ts';

export const dynamic = 'force-dynamic';

export const GET = route({
  summary: 'Sets of verdicts of a benchmark, and what changes between two of them',
  description:
    'Which verifiers, versions and policies its runs were judged by; changed outcomes by class and by run, with samples. Without `from` and `to`: the set of the board against the newest other one of the same verifier. Reasons of samples are left out where reference answers are hidden.',
  params: z.object({ id: z.string().min(1).max(300).describe('Id, name or name@version.') }),
  query: VerdictsQuery,
  response: VerdictDiff,
  async handle({ params: { id }, query, viewer }) {
    const diff = await findVerdictDiff(db(), { id, ...query }, viewer);
    if (diff === null) throw new AppError('not_found', `There is no benchmark "${id}".`);
    return diff;
  },
});

export const { POST, PUT, PATCH, DELETE } = refuseMethodsBut('GET');
