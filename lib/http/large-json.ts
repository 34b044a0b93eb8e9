import type { z } from 'zod';
import { AppError } from '#lib/errors.ts';
import { parseJson, readChunks } from './body.ts';
import { invalidInput } from './problem.ts';

/** A body that may be larger than those of other routes; throws as `route()` does for its own. */
export async function readLargeJson<S extends z.ZodType>(
  request: Request,
  schema: S,
  limits: { maxBytes: number; maxKeys: number },
): Promise<z.output<S>> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json')
    throw new AppError('unsupported_format', 'The body must be JSON (application/json).');
  const chunks: Uint8Array[] = [];
  for await (const chunk of readChunks(request.body, limits)) chunks.push(chunk);
  const parsed = schema.safeParse(parseJson(Buffer.concat(chunks), limits.maxKeys));
  if (parsed.success) return parsed.data;
  throw invalidInput('The body', parsed.error);
}
