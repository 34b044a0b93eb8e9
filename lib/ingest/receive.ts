import { AppError, type ErrorDetail } from '#lib/errors.ts';
import { findNeededFiles } from '#lib/db/uploads.ts';
import type { Db } from '#lib/db/client.ts';
import type { BlobStore, StoredBlob } from './blob-store.ts';

/** What the sender says of the bytes it sends; null where it says nothing. */
export interface Announcement {
  bytes: number | null;
  sha256: string | null;
}

/** Stores a body while hashing it; what is not as announced leaves nothing behind. */
export async function receiveFile(
  blobs: BlobStore,
  source: AsyncIterable<Uint8Array>,
  announced: Announcement,
): Promise<StoredBlob> {
  return blobs.put(onlyReadable(source), (blob) => requireAnnounced(blob, announced));
}

/** Throws `length_mismatch` when a file is cut, or changed on the way. */
export function requireAnnounced(blob: StoredBlob, announced: Announcement): void {
  const details: ErrorDetail[] = [];
  if (announced.bytes !== null && announced.bytes !== blob.bytes) {
    details.push({
      code: 'length_mismatch',
      message: `${announced.bytes} bytes were announced and ${blob.bytes} arrived.`,
    });
  }
  if (announced.sha256 !== null && announced.sha256 !== blob.sha256) {
    details.push({
      code: 'hash_mismatch',
      message: `SHA-256 ${announced.sha256} was announced and ${blob.sha256} arrived.`,
    });
  }
  if (details.length === 0) return;
  const what = details.map(({ message }) => message).join(' ');
  throw new AppError('length_mismatch', `${what} Nothing was kept: send the file again.`, {
    details,
  });
}

/** Kinds of file that people send by mistake, by their first bytes; names and headers can be wrong. */
const UNREADABLE: readonly { magic: string; label: string; hint: string }[] = [
  { magic: '25504446', label: 'a PDF', hint: 'Send the results file, one JSON object a line.' },
  { magic: 'fd377a58', label: 'an xz archive', hint: 'Pack it with gzip or zstd instead.' },
  { magic: '425a68', label: 'a bzip2 archive', hint: 'Pack it with gzip or zstd instead.' },
  { magic: '377abcaf', label: 'a 7z archive', hint: 'Unpack it and send the JSONL file inside.' },
  {
    magic: '89504e47',
    label: 'a PNG image',
    hint: 'Send the results file, one JSON object a line.',
  },
];

async function* onlyReadable(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array | null = Buffer.alloc(0);
  for await (const chunk of source) {
    if (held === null) {
      yield chunk;
      continue;
    }
    held = Buffer.concat([held, chunk]);
    if (held.length < 4) continue;
    refuseUnreadable(held);
    yield held;
    held = null;
  }
  if (held !== null && held.length > 0) yield held;
}

/** Throws `unsupported_format` for the first bytes of what is no results file. */
export function refuseUnreadable(head: Uint8Array): void {
  const start = Buffer.from(head.subarray(0, 4)).toString('hex');
  const found = UNREADABLE.find(({ magic }) => start.startsWith(magic));
  if (found === undefined) return;
  throw new AppError(
    'unsupported_format',
    `This looks like ${found.label}, which is not read. ${found.hint}`,
    {
      details: [
        {
          byteOffset: 0,
          code: 'unreadable',
          message: `It begins with ${start}.`,
          hint: found.hint,
        },
      ],
    },
  );
}

const SWEEP_AGE_MS = 3_600_000;

/** Deletes raw files that nothing points at; young ones may belong to an upload that is not written down yet. */
export async function sweepBlobs(db: Db, blobs: BlobStore, now: Date): Promise<number> {
  return blobs.sweep(
    (sha256s) => findNeededFiles(db, sha256s),
    new Date(now.getTime() - SWEEP_AGE_MS),
  );
}
