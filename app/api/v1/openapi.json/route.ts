import { toOpenApi } from '#lib/http/openapi.ts';
import { VERSION } from '#lib/http/version.ts';
import { ROUTES } from './routes.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';

/** The description of the API itself, the same for every reader. */
export function GET(): Response {
  return Response.json(toOpenApi(ROUTES, VERSION), {
    headers: { 'cache-control': 'no-cache', 'access-control-allow-origin': '*' },
  });
}

export const { POST, PUT, PATCH, DELETE } = refuseMethodsBut('GET');
