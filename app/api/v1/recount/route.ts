import { db } from '#lib/db/client.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { recount } from '#lib/jobs/recount.ts';
import { RecountPlan, RecountRequest } from '#lib/schemas/recount.ts';

export const dynamic = 'force-dynamic';

export const POST = route({
  summary: 'Count stored outputs with another tokenizer',
  description:
    'Orders a further length column in the background, beside those that are there; the board shows it on `column=`. Runs that have it are left alone, so the same order may be given twice.',
  body: RecountRequest,
  response: RecountPlan,
  status: 202,
  scopes: ['admin'],
  handle: ({ body, viewer }) => recount(db(), body, viewer),
});

export const { GET, PUT, PATCH, DELETE } = refuseMethodsBut('POST');
