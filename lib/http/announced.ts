import { createHash } from 'node:crypto';
import { AppError } from '#lib/errors.ts';
import { requireAnnounced, type Announcement } from '#lib/ingest/receive.ts';
import { MAX_FILE_BYTES } from '#lib/schemas/submission.ts';
import { tooLarge } from './body.ts';

const ENCODINGS = new Set(['identity', 'gzip', 'zstd']);

/** How the sender says the body is packed. The bytes are stored as they are, and their first ones decide. */
export function readEncoding(headers: Headers): string {
  const encoding = headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (ENCODINGS.has(encoding)) return encoding;
  throw new AppError(
    'unsupported_format',
    `The content-encoding ${encoding.slice(0, 40)} is not read: use gzip, zstd or none.`,
  );
}

/** Length and hash from the headers; refuses at once what is longer than a file may be. */
export function readAnnouncement(headers: Headers): Announcement {
  const length = headers.get('content-length');
  const bytes = length === null ? null : Number(length);
  if (bytes !== null && !Number.isSafeInteger(bytes)) {
    throw new AppError('invalid_input', 'The header content-length is not a whole number.');
  }
  if (bytes !== null && bytes > MAX_FILE_BYTES) throw tooLarge(MAX_FILE_BYTES);
  return { bytes, sha256: readDigest(headers) };
}

/** Repr-Digest (RFC 9530), its older form Digest (RFC 3230), and Content-Digest, which is the same here. */
function readDigest(headers: Headers): string | null {
  for (const name of ['repr-digest', 'content-digest', 'digest']) {
    const header = headers.get(name);
    if (header === null) continue;
    const value = /(?:^|,)\s*sha-256=:?(?<base64>[\d+/A-Z]{43}=):?\s*(?:,|$)/i.exec(header);
    if (value !== null) return Buffer.from(value.groups?.base64 ?? '', 'base64').toString('hex');
    if (/sha-256/i.test(header)) {
      throw new AppError(
        'invalid_input',
        `The header ${name} holds no SHA-256 in base64: sha-256=:…:`,
      );
    }
  }
  return null;
}

/** The same bytes; throws `length_mismatch` at their end when they are not the ones announced. */
export async function* checkAnnounced(
  source: AsyncIterable<Uint8Array>,
  announced: Announcement,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of source) {
    hash.update(chunk);
    bytes += chunk.byteLength;
    yield chunk;
  }
  requireAnnounced({ bytes, sha256: hash.digest('hex') }, announced);
}
