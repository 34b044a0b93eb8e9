import { db } from '#lib/db/client.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { rescore } from '#lib/jobs/rescore.ts';
import { RescorePlan, RescoreRequest } from '#lib/schemas/rescore.ts';

export const dynamic = 'force-dynamic';

export const POST = route({
  summary: 'Judge stored outputs again',
  description:
    'Orders the verdicts of a verifier over stored outputs in the background, beside the verdicts that are there. Boards stay with the version they are pinned to until `PUT /benchmarks/{id}/verifier` switches them. Runs that have these verdicts are left alone, so the same order may be given twice. With `dryRun` a sample is judged at once and nothing is stored.',
  body: RescoreRequest,
  response: RescorePlan,
  status: 202,
  scopes: ['admin'],
  handle: ({ body, viewer }) => rescore(db(), body, viewer),
});

export const { GET, PUT, PATCH, DELETE } = refuseMethodsBut('POST');
