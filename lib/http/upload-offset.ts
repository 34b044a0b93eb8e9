import { WrongOffset } from '#lib/db/partial-uploads.ts';
import { AppError } from '#lib/errors.ts';
import type { PartialUpload } from '#lib/schemas/submission.ts';
import { problemResponse } from './problem.ts';

/** How far an upload is, for clients that read no body. */
export function uploadHeaders({
  offset,
  bytes,
}: Pick<PartialUpload, 'offset' | 'bytes'>): Record<string, string> {
  return { 'upload-offset': String(offset), 'upload-length': String(bytes) };
}

/** Where the part of this request begins; throws `invalid_input`. */
export function readOffset(headers: Headers): number {
  const text = headers.get('upload-offset') ?? '';
  const offset = Number(text);
  if (/^\d{1,16}$/.test(text) && Number.isSafeInteger(offset)) return offset;
  throw new AppError(
    'invalid_input',
    'The header Upload-Offset is needed: the byte at which this part begins, counted from 0.',
  );
}

/** Refuses a part that reaches beyond the announced end before any of it is stored, where it tells its length. */
export function requireRoom(
  headers: Headers,
  { offset, bytes }: Pick<PartialUpload, 'offset' | 'bytes'>,
): void {
  const length = Number(headers.get('content-length') ?? 0);
  if (!(length > bytes - offset)) return;
  throw new AppError(
    'too_large',
    `The file was announced with ${String(bytes)} bytes, and this part reaches beyond them. Begin another upload if the file has changed.`,
  );
}

/** 409 with the offset in a header, where clients of the protocol look for it; every other error is thrown again. */
export function answerWrongOffset(error: unknown, request: { id: string; path: string }): Response {
  if (!(error instanceof WrongOffset)) throw error;
  const response = problemResponse(error, request);
  response.headers.set('upload-offset', String(error.offset));
  return response;
}
