import { AppError } from '#lib/errors.ts';
import { readChunks } from './body.ts';

const MAX_FORM_BYTES = 16 * 1024;

/** The fields of an ordinary HTML form, which works without scripts. */
export async function readForm(request: Request): Promise<URLSearchParams> {
  const type = request.headers.get('content-type') ?? '';
  if (!type.toLowerCase().startsWith('application/x-www-form-urlencoded')) {
    throw new AppError('unsupported_format', 'The body must be a form.');
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of readChunks(request.body, { maxBytes: MAX_FORM_BYTES }))
    chunks.push(chunk);
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

/** To a page of this site, which the browser then gets. */
export function seeOther(path: string, cookie?: string): Response {
  const headers = new Headers({ location: path });
  if (cookie !== undefined) headers.set('set-cookie', cookie);
  return new Response(null, { status: 303, headers });
}
