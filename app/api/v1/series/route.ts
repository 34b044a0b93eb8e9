import { db } from '#lib/db/client.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { seriesOfFamily } from '#lib/jobs/analyse-series.ts';
import { Series, SeriesQuery } from '#lib/schemas/series.ts';

export const dynamic = 'force-dynamic';

export const GET = route({
  summary: 'A family of runs over the one parameter they differ in',
  description:
    'Training steps, target lengths, coefficients: accuracy, tokens, clip ratio and reflections with intervals where outputs are stored, exact McNemar or sign-flip tests against a reference under Holm, Cochran’s Q, the best value with those not separated from it, and what other verifiers would have paid at every point. Runs that differ in more than one parameter are refused with 422 until the others are held.',
  query: SeriesQuery,
  response: Series,
  handle: ({ query, viewer }) => seriesOfFamily(db(), query, viewer),
});

export const { POST, PUT, PATCH, DELETE } = refuseMethodsBut('GET');
