import { db } from '#lib/db/client.ts';
import { route } from '#lib/http/route.ts';
import { seriesOfFamily } from '#lib/jobs/analyse-board.ts';
import { Series, SeriesQuery } from '#lib/schemas/front.ts';

export const dynamic = 'force-dynamic';

export const GET = route({
  summary: 'Runs of one family over the parameter they differ in',
  description:
    'Accuracy, tokens, clip ratio and reflections against a training step, target length, α …; each point is tested against the reference, paired by item, with p-values adjusted by Holm, and all points together by Cochran’s Q.',
  query: SeriesQuery,
  response: Series,
  handle: ({ query, viewer }) => seriesOfFamily(db(), query, viewer),
});
