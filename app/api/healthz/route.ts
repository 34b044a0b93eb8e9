import { refuseMethodsBut } from '#lib/http/other-methods.ts';
/** Says that the process answers; asks nobody else. */
export const dynamic = 'force-dynamic';

export function GET(): Response {
  return Response.json({ status: 'ok' }, { headers: { 'cache-control': 'no-store' } });
}

export const { POST, PUT, PATCH, DELETE } = refuseMethodsBut('GET');
