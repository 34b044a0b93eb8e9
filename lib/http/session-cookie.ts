import { createHmac, timingSafeEqual } from 'node:crypto';
import { sessionSecret } from './session-secret.ts';

export const SESSION_COOKIE = 'laconic_session';
const LIFETIME_SECONDS = 30 * 24 * 3600;
const SHAPE = /^(?<payload>(?<tokenId>[0-9a-f-]{36})\.(?<issued>\d{1,12}))\.(?<mac>[\w-]{43})$/;

/** The Set-Cookie header of a browser that is signed in as a token. It holds the token's id, never its secret. */
export function sessionCookie(tokenId: string, request: Request, now = Date.now()): string {
  const payload = `${tokenId}.${Math.floor(now / 1000)}`;
  return cookie(`${payload}.${sign(payload)}`, LIFETIME_SECONDS, request);
}

/** The Set-Cookie header that signs out. */
export function endedSessionCookie(request: Request): string {
  return cookie('', 0, request);
}

/** The token's id; null for a cookie that we did not sign or that is too old. */
export function readSession(value: string | undefined, now = Date.now()): string | null {
  const parts = SHAPE.exec(value ?? '')?.groups;
  if (parts === undefined) return null;
  const expected = Buffer.from(sign(parts.payload ?? ''));
  if (!timingSafeEqual(expected, Buffer.from(parts.mac ?? ''))) return null;
  const age = now / 1000 - Number(parts.issued);
  return age <= LIFETIME_SECONDS ? (parts.tokenId ?? null) : null;
}

/** One cookie of a Cookie header. */
export function readCookie(header: string | null, name: string): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const [key, value] = pair.trim().split('=', 2);
    if (key === name) return value;
  }
  return undefined;
}

function sign(payload: string): string {
  return createHmac('sha256', sessionSecret()).update(payload).digest('base64url');
}

function cookie(value: string, maxAge: number, request: Request): string {
  const isSecure =
    request.headers.get('x-forwarded-proto') === 'https' || request.url.startsWith('https:');
  const attributes = `Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
  return `${SESSION_COOKIE}=${value}; ${attributes}`;
}
