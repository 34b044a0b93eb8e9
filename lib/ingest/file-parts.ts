import { constants } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { dataFolder } from '#lib/env.ts';
import { AppError } from '#lib/errors.ts';
import { PARTS, isNoRoom, listOlder } from './blob-store.ts';

/** Files on their way in, each under the id of its upload. How much of one counts is written elsewhere. */
export interface FileParts {
  /** Where the file lies; it exists after the first write. */
  pathOf(id: string): string;
  /** Writes over whatever a writer that was cut left behind `offset`; on the disk when it returns. */
  write(id: string, offset: number, chunks: readonly Uint8Array[]): Promise<void>;
  delete(id: string): Promise<void>;
  /** Deletes those not written to since `olderThan` that `findNeeded` does not name. */
  sweep(
    findNeeded: (ids: readonly string[]) => Promise<ReadonlySet<string>>,
    olderThan: Date,
  ): Promise<number>;
}

/** Those of this installation. */
export function fileParts(): FileParts {
  return folderFileParts(path.join(dataFolder(), 'blobs'));
}

/** In a folder of the blobs, readable to our user only. */
function folderFileParts(blobFolder: string): FileParts {
  const folder = path.join(blobFolder, PARTS);
  const pathOf = (id: string): string => path.join(folder, id);
  return {
    pathOf,

    async write(id, offset, chunks) {
      // Not even an empty file: one that was complete is not here any more.
      if (chunks.length === 0) return;
      await mkdir(folder, { recursive: true, mode: 0o700 });
      try {
        await writeAt(pathOf(id), offset, chunks);
      } catch (error) {
        if (!isNoRoom(error)) throw error;
        throw new AppError(
          'insufficient_storage',
          'The disk of the server is full. What has arrived is kept: send the rest when its operator has made room.',
          { cause: error },
        );
      }
    },

    async delete(id) {
      await rm(pathOf(id), { force: true });
    },

    async sweep(findNeeded, olderThan) {
      const old = await listOlder(folder, olderThan);
      const needed = await findNeeded(old);
      const unneeded = old.filter((id) => !needed.has(id));
      for (const id of unneeded) await rm(pathOf(id), { force: true });
      return unneeded.length;
    },
  };
}

async function writeAt(file: string, offset: number, chunks: readonly Uint8Array[]): Promise<void> {
  // Neither "a" (which ignores the place) nor "w" (which empties the file) nor "r+" (which does not create it).
  const handle = await open(file, constants.O_RDWR | constants.O_CREAT, 0o600);
  try {
    let place = offset;
    for (const chunk of chunks) {
      for (let written = 0; written < chunk.byteLength;) {
        const rest = chunk.subarray(written);
        const { bytesWritten } = await handle.write(rest, 0, rest.byteLength, place);
        written += bytesWritten;
        place += bytesWritten;
      }
    }
    await handle.datasync();
  } finally {
    await handle.close();
  }
}
