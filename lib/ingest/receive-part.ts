import type { Db } from '#lib/db/client.ts';
import {
  completeUpload,
  extendUpload,
  findOpenUploads,
  restartUpload,
} from '#lib/db/partial-uploads.ts';
import { AppError } from '#lib/errors.ts';
import type { PartialUpload } from '#lib/schemas/submission.ts';
import type { BlobStore } from './blob-store.ts';
import type { FileParts } from './file-parts.ts';
import { refuseUnreadable, requireAnnounced } from './receive.ts';

/** What is lost at most when the server is killed, and what one upload holds in memory. */
const COMMIT_BYTES = 1024 * 1024;

interface Stores {
  db: Db;
  blobs: BlobStore;
  parts: FileParts;
}

/**
 * Stores what arrives from `offset` on, piece by piece: what has arrived stays when the source breaks. With the last byte
 * the hash is compared and the file is the one of its submission; a file that is another one begins again at byte 0.
 * Throws `WrongOffset`, `length_mismatch`, `insufficient_storage`, and what the source throws.
 */
export async function receivePart(
  stores: Stores,
  upload: PartialUpload,
  part: { offset: number; source: AsyncIterable<Uint8Array> },
): Promise<PartialUpload> {
  const { db, parts } = stores;
  let offset = part.offset;
  let held: Uint8Array[] = [];
  const store = async (): Promise<void> => {
    const chunks = held;
    const to = chunks.reduce((end, { byteLength }) => end + byteLength, offset);
    if (offset === 0) refuseUnreadable(Buffer.concat(chunks).subarray(0, 4));
    const write = () => parts.write(upload.id, offset, chunks);
    await extendUpload(db, upload.id, { from: offset, to, write });
    offset = to;
    held = [];
  };

  const broken: unknown[] = [];
  let heldBytes = 0;
  for await (const chunk of untilBroken(part.source, broken)) {
    held.push(chunk);
    heldBytes += chunk.byteLength;
    if (heldBytes < COMMIT_BYTES) continue;
    await store();
    heldBytes = 0;
  }
  // Also without a byte: a wrong offset is told.
  await store();
  if (broken.length > 0) throw broken[0];
  if (offset < upload.bytes) return { ...upload, offset };
  await complete(stores, upload);
  return { ...upload, offset, isComplete: true };
}

async function complete({ db, blobs, parts }: Stores, upload: PartialUpload): Promise<void> {
  const { id, bytes, sha256 } = upload;
  const restart = () => restartUpload(db, id, () => parts.delete(id));
  try {
    const blob = await blobs.adopt(parts.pathOf(id), (found) =>
      requireAnnounced(found, { bytes, sha256 }),
    );
    // A twin has moved it, or this server did so and was killed before it could write that down.
    if (blob === null && !(await blobs.has(sha256))) {
      throw new AppError('length_mismatch', 'What had arrived is lost: send the file again.');
    }
  } catch (error) {
    if (error instanceof AppError && error.code === 'length_mismatch') await restart();
    throw error;
  }
  await completeUpload(db, upload);
}

/** Ends where the source breaks off, and notes why. */
async function* untilBroken(
  source: AsyncIterable<Uint8Array>,
  broken: unknown[],
): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch (error) {
    broken.push(error);
  }
}

const SWEEP_AGE_MS = 3_600_000;

/** Deletes what arrived of uploads that nobody can go on with: expired, cancelled, or replaced by another file. */
export async function sweepParts(db: Db, parts: FileParts, now: Date): Promise<number> {
  return parts.sweep((ids) => findOpenUploads(db, ids), new Date(now.getTime() - SWEEP_AGE_MS));
}
