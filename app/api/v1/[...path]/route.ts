import { AppError } from '#lib/errors.ts';
import { route } from '#lib/http/route.ts';

/** Programs that mistype an address get a problem, not a page of HTML. */
const missing = route({
  response: null,
  handle: () =>
    Promise.reject(
      new AppError(
        'not_found',
        'The API has nothing at this address. The page /docs/api lists what there is.',
      ),
    ),
});

export const GET = missing;
export const POST = missing;
export const PUT = missing;
export const PATCH = missing;
export const DELETE = missing;
