import { db } from '#lib/db/client.ts';
import { findViewerById, findViewerBySecret, type Viewer } from '#lib/db/tokens.ts';
import { AppError } from '#lib/errors.ts';
import type { Scope } from '#lib/schemas/token.ts';
import { RateLimiter } from './rate-limit.ts';
import { requireSameOrigin } from './same-origin.ts';
import { readCookie, readSession, SESSION_COOKIE } from './session-cookie.ts';

/**
 * Only failures count: secrets can't be guessed, so the limit protects the database, and a valid token
 * is never refused for what others behind the same address do.
 */
export const failedSignIns = new RateLimiter({ limit: 30, windowSeconds: 60 });

/** Who asks; null for a visitor who is not signed in. A wrong bearer token throws `unauthorized`. */
export async function viewer(request: Request): Promise<Viewer | null> {
  const authorization = request.headers.get('authorization');
  if (authorization !== null) return viewerOfBearer(authorization, request);
  const tokenId = readSession(readCookie(request.headers.get('cookie'), SESSION_COOKIE));
  if (tokenId === null) return null;
  const found = await findViewerById(db(), tokenId);
  if (found !== null && !isReading(request)) requireSameOrigin(request);
  return found;
}

/** Throws `unauthorized` for a visitor who is not signed in, or not any more. */
export async function requireViewer(request: Request): Promise<Viewer> {
  const who = await viewer(request);
  if (who !== null) return who;
  throw new AppError(
    'unauthorized',
    'This needs a token: send it as "Authorization: Bearer lac_…". An admin of this server makes one on the page /admin.',
  );
}

/** Who looks at a page, from its cookies. */
export async function pageViewer(): Promise<Viewer | null> {
  const { cookies } = await import('next/headers');
  const tokenId = readSession((await cookies()).get(SESSION_COOKIE)?.value);
  return tokenId === null ? null : findViewerById(db(), tokenId);
}

/** The viewer of a pasted secret; throws `unauthorized`, or `too_many_requests` after many wrong ones. */
export async function viewerOfSecret(secret: string, request: Request): Promise<Viewer> {
  const found = await findViewerBySecret(db(), secret);
  if (found !== null) return found;
  failedSignIns.require(addressOf(request), 'failed sign-ins');
  throw new AppError(
    'unauthorized',
    'The token is wrong, expired or revoked. Ask an admin of this server for a new one.',
  );
}

/** `admin` may do everything. */
export function hasScope(who: Pick<Viewer, 'scopes'>, scope: Scope): boolean {
  return who.scopes.includes(scope) || who.scopes.includes('admin');
}

async function viewerOfBearer(authorization: string, request: Request): Promise<Viewer> {
  const secret = /^Bearer +(?<secret>\S+)$/i.exec(authorization.trim())?.groups?.secret;
  return viewerOfSecret(secret ?? '', request);
}

function isReading(request: Request): boolean {
  return request.method === 'GET' || request.method === 'HEAD';
}

/** As the nearest proxy saw it. Without a proxy a client may write it itself, and evades a limit on its own failures. */
function addressOf(request: Request): string {
  return request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? 'unknown';
}
