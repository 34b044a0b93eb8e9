/** As the nearest proxy saw it: only the last entry was not written by the client. */
export function addressOf(request: Request): string {
  return request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? 'unknown';
}
