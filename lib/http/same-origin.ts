import { AppError } from '#lib/errors.ts';

/**
 * Browsers say where a request comes from in headers that pages can't forge. A request that a cookie signs must come
 * from our own pages: otherwise any site could act in the visitor's name. Throws `forbidden`.
 */
export function requireSameOrigin(request: Request): void {
  const site = request.headers.get('sec-fetch-site');
  if (site === 'same-origin') return;
  const origin = request.headers.get('origin');
  if (site === null && origin !== null && hostOf(origin) === ownHost(request)) return;
  throw new AppError(
    'forbidden',
    'A browser session may change things only from the pages of this site. Programs use a bearer token.',
  );
}

function ownHost(request: Request): string {
  const { headers } = request;
  return headers.get('x-forwarded-host') ?? headers.get('host') ?? new URL(request.url).host;
}

function hostOf(origin: string): string | null {
  return URL.parse(origin)?.host ?? null;
}
