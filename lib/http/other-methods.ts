import { AppError } from '#lib/errors.ts';
import { randomText } from '#lib/db/token-secret.ts';
import { problemResponse } from './problem.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Handlers for the methods that an address does not have: without them the framework answers with an empty 405. */
export function refuseMethodsBut(
  ...methods: readonly Method[]
): Record<Method, (request: Request) => Response> {
  const isReadable = methods.includes('GET');
  const allowed = [...methods, ...(isReadable ? ['HEAD'] : []), 'OPTIONS'].join(', ');
  const refuse = (request: Request): Response => {
    const { pathname } = new URL(request.url);
    const error = new AppError(
      'method_not_allowed',
      `${pathname} does not take ${request.method}; it takes ${allowed}.`,
    );
    const response = problemResponse(error, { id: `req_${randomText(16)}`, path: pathname });
    response.headers.set('allow', allowed);
    response.headers.set('cache-control', 'no-store');
    return response;
  };
  return { GET: refuse, POST: refuse, PUT: refuse, PATCH: refuse, DELETE: refuse };
}
