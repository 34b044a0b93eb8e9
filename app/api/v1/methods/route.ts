import { listMethods } from '#lib/db/catalogue.ts';
import { db } from '#lib/db/client.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { MethodList } from '#lib/schemas/catalogue.ts';

export const GET = route({
  summary: 'Methods',
  description: 'The catalogue of methods for efficient reasoning, with their papers.',
  response: MethodList,
  handle: ({ viewer }) => listMethods(db(), viewer),
});

export const { POST, PUT, PATCH, DELETE } = refuseMethodsBut('GET');
