import { listModels } from '#lib/db/catalogue.ts';
import { db } from '#lib/db/client.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { ModelList } from '#lib/schemas/catalogue.ts';

export const GET = route({
  summary: 'Models',
  description: 'Those with a run that this reader may see, the most used first.',
  response: ModelList,
  handle: ({ viewer }) => listModels(db(), viewer),
});

export const { POST, PUT, PATCH, DELETE } = refuseMethodsBut('GET');
