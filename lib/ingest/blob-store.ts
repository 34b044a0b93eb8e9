import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { dataFolder } from '#lib/env.ts';
import { AppError } from '#lib/errors.ts';

/** Below the folder of the blobs, so that a file that is complete is moved and not copied. */
export const PARTS = 'parts';

export interface StoredBlob {
  sha256: string;
  bytes: number;
}

/** Raw files by the SHA-256 of their bytes. What `put` has returned survives a crash of the machine. */
export interface BlobStore {
  /** Stores the stream; leaves nothing behind when the stream or the disk fails, or when `check` throws. */
  put(source: AsyncIterable<Uint8Array>, check?: (blob: StoredBlob) => void): Promise<StoredBlob>;
  /**
   * Takes over a file that lies on the disk of the store. Stays where it is when `check` throws. Null when there is no
   * such file, for instance because a twin was faster.
   */
  adopt(file: string, check: (blob: StoredBlob) => void): Promise<StoredBlob | null>;
  /** Throws `not_found` when the bytes are not here. */
  open(sha256: string): Promise<AsyncIterable<Uint8Array>>;
  has(sha256: string): Promise<boolean>;
  delete(sha256: string): Promise<void>;
  /** Deletes blobs written before `olderThan` that `findNeeded` does not name, and uploads that ended half-way. */
  sweep(
    findNeeded: (sha256s: readonly string[]) => Promise<ReadonlySet<string>>,
    olderThan: Date,
  ): Promise<number>;
}

/** The store of this installation. */
export function blobStore(): BlobStore {
  return folderBlobStore(path.join(dataFolder(), 'blobs'));
}

/** A file a blob in `folder`, spread over 256 subfolders, readable to our user only. */
export function folderBlobStore(folder: string): BlobStore {
  const incoming = path.join(folder, 'incoming');
  const pathOf = (sha256: string): string => {
    if (!SHA256.test(sha256)) throw new AppError('not_found', 'This is not the name of a file.');
    return path.join(folder, sha256.slice(0, 2), sha256);
  };

  const moveIn = async (file: string, sha256: string): Promise<void> => {
    const target = pathOf(sha256);
    await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
    // Also over an equal file: its new time keeps it from a sweep that is under way.
    await rename(file, target);
    await flushFolder(path.dirname(target));
  };

  return {
    async put(source, check) {
      await mkdir(incoming, { recursive: true, mode: 0o700 });
      const partial = path.join(incoming, randomUUID());
      try {
        const blob = await writeDurably(partial, source);
        check?.(blob);
        await moveIn(partial, blob.sha256);
        return blob;
      } catch (error) {
        await rm(partial, { force: true });
        throw toStorageError(error);
      }
    },

    async adopt(file, check) {
      try {
        const blob = await hashOf(file);
        check(blob);
        await moveIn(file, blob.sha256);
        return blob;
      } catch (error) {
        return nullWhenMissing(error);
      }
    },

    async open(sha256) {
      const file = pathOf(sha256);
      if (await isMissing(file)) {
        throw new AppError('not_found', `The raw file ${sha256} is not in the store any more.`);
      }
      return createReadStream(file, { highWaterMark: 256 * 1024 });
    },

    async has(sha256) {
      return !(await isMissing(pathOf(sha256)));
    },

    async delete(sha256) {
      await rm(pathOf(sha256), { force: true });
    },

    async sweep(findNeeded, olderThan) {
      let deleted = 0;
      for (const name of await listFolder(folder)) {
        if (name === PARTS) continue;
        const subfolder = path.join(folder, name);
        const old = await listOlder(subfolder, olderThan);
        const needed = name === 'incoming' ? new Set<string>() : await findNeeded(old);
        for (const file of old.filter((sha256) => !needed.has(sha256))) {
          await rm(path.join(subfolder, file), { force: true });
          deleted += 1;
        }
      }
      return deleted;
    },
  };
}

const SHA256 = /^[0-9a-f]{64}$/;

async function writeDurably(file: string, source: AsyncIterable<Uint8Array>): Promise<StoredBlob> {
  const hash = createHash('sha256');
  let bytes = 0;
  const handle = await open(file, 'wx', 0o600);
  try {
    for await (const chunk of source) {
      hash.update(chunk);
      bytes += chunk.byteLength;
      await handle.writeFile(chunk);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { sha256: hash.digest('hex'), bytes };
}

async function hashOf(file: string): Promise<StoredBlob> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).byteLength;
  }
  return { sha256: hash.digest('hex'), bytes };
}

/** A rename is durable only when its folder is. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const NO_ROOM = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

function toStorageError(error: unknown): unknown {
  if (!isNoRoom(error)) return error;
  return new AppError(
    'insufficient_storage',
    'The disk of the server is full: nothing of this file was kept. Try again when its operator has made room.',
    { cause: error },
  );
}

/** True when a write failed because the disk or the quota is full. */
export function isNoRoom(error: unknown): boolean {
  return error instanceof Error && 'code' in error && NO_ROOM.has(String(error.code));
}

async function isMissing(file: string): Promise<boolean> {
  return (await stat(file).catch(nullWhenMissing)) === null;
}

async function listFolder(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(nullWhenMissing)) ?? [];
}

/** The names of files that were last written before. */
export async function listOlder(folder: string, olderThan: Date): Promise<string[]> {
  const old: string[] = [];
  for (const name of await listFolder(folder)) {
    const found = await stat(path.join(folder, name)).catch(nullWhenMissing);
    if (found !== null && found.mtime < olderThan) old.push(name);
  }
  return old;
}

function nullWhenMissing(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
}
