import { z } from 'zod';
import { AppError } from '#lib/errors.ts';
import { decode } from '#lib/ingest/decode.ts';
import { FileName, SubmissionHeader } from '#lib/schemas/submission.ts';
import { MAX_JSON_BYTES, parseJson } from './body.ts';
import { boundaryOf, readParts, type Part } from './multipart.ts';
import { invalidInput } from './problem.ts';

/** A submission in one request: what it is, and the bytes of its file, still to be read. */
export interface OneShot {
  header: SubmissionHeader;
  fileName: string;
  file: AsyncIterable<Uint8Array>;
}

const FirstLine = z.strictObject({ header: SubmissionHeader, name: FileName.optional() });

/**
 * Reads as far as the header. NDJSON: the first line is {"header": …}, the rest is the file. Multipart: a part `header`
 * with JSON, then a part `file`. Read `file` to its end before anything else.
 */
export async function openOneShot(
  source: AsyncIterable<Uint8Array>,
  contentType: string | null,
): Promise<OneShot> {
  const boundary = boundaryOf(contentType);
  return boundary === null ? openLines(source) : openParts(readParts(source, boundary));
}

async function openLines(source: AsyncIterable<Uint8Array>): Promise<OneShot> {
  const chunks = decode(source);
  let held: Buffer = Buffer.alloc(0);
  let end = -1;
  while (end === -1) {
    const next = await chunks.next();
    if (next.done === true) break;
    held = Buffer.concat([held, next.value]);
    end = held.indexOf(0x0a);
    if (end === -1 && held.length > MAX_JSON_BYTES) break;
  }
  if (end === -1) {
    throw new AppError(
      'invalid_input',
      'The first line must be {"header": {…}} and the rows of the file must follow it.',
    );
  }
  const parsed = FirstLine.safeParse(parseJson(held.subarray(0, end)));
  if (!parsed.success) throw invalidInput('The first line', parsed.error);
  const rest = held.subarray(end + 1);
  return {
    header: parsed.data.header,
    fileName: parsed.data.name ?? 'oneshot.jsonl',
    file: prepended(rest, chunks),
  };
}

async function* prepended(
  first: Uint8Array,
  rest: AsyncGenerator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  if (first.length > 0) yield first;
  yield* rest;
}

async function openParts(parts: AsyncGenerator<Part>): Promise<OneShot> {
  const header = await nextPart(parts, 'header');
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of header.body) {
    bytes += chunk.byteLength;
    if (bytes > MAX_JSON_BYTES) throw new AppError('too_large', 'The part "header" is too long.');
    chunks.push(chunk);
  }
  const parsed = SubmissionHeader.safeParse(parseJson(Buffer.concat(chunks)));
  if (!parsed.success) throw invalidInput('The part "header"', parsed.error);
  const file = await nextPart(parts, 'file');
  const name = FileName.safeParse(file.fileName ?? 'oneshot.jsonl');
  if (!name.success) throw invalidInput('The file name', name.error);
  return { header: parsed.data, fileName: name.data, file: onlyPart(file, parts) };
}

async function nextPart(parts: AsyncGenerator<Part>, name: string): Promise<Part> {
  const next = await parts.next();
  if (next.done !== true && next.value.name === name) return next.value;
  throw new AppError(
    'invalid_input',
    `The parts must be "header" (JSON) and then "file"; "${name}" is missing.`,
  );
}

/** A body that ends inside the file, or that holds more parts, is refused before the file counts as received. */
async function* onlyPart(file: Part, parts: AsyncGenerator<Part>): AsyncGenerator<Uint8Array> {
  yield* file.body;
  const { done } = await parts.next();
  if (done !== true) throw new AppError('invalid_input', 'There is a part after "file".');
}
