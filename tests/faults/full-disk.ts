import { randomBytes } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AppError } from '#lib/errors.ts';
import { folderBlobStore } from '#lib/ingest/blob-store.ts';
import { chunksOf } from '../unit/ingest/byte-source.ts';

const MOUNT_MB = 4;

/** Null where this process may not mount a file system of its own. */
function mountSmall(): string | null {
  const folder = mkdtempSync(path.join(tmpdir(), 'laconic-small-disk-'));
  const size = `size=${String(MOUNT_MB)}m`;
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', size, 'tmpfs', folder]).status === 0) return folder;
  rmSync(folder, { recursive: true, force: true });
  return null;
}

function unmount(folder: string): void {
  spawnSync('umount', ['-l', folder]);
  rmSync(folder, { recursive: true, force: true });
}

export function hasSmallMount(): boolean {
  const folder = mountSmall();
  if (folder === null) return false;
  unmount(folder);
  return true;
}

/** Stores a file that does not fit, then one that does. */
export async function fillsDisk(): Promise<{ whenFull: string; leftOver: number; after: string }> {
  const folder = mountSmall();
  if (folder === null) throw new Error('No file system can be mounted here.');
  try {
    const blobs = folderBlobStore(path.join(folder, 'blobs'));
    const tooMuch = Array.from({ length: MOUNT_MB * 2 }, () => randomBytes(1024 * 1024));
    const whenFull = await blobs.put(chunksOf(...tooMuch)).then(
      () => 'stored',
      (error: unknown) => (error instanceof AppError ? error.code : String(error)),
    );
    const leftOver = readdirSync(path.join(folder, 'blobs'), {
      recursive: true,
      withFileTypes: true,
    }).filter((entry) => entry.isFile()).length;
    const after = await blobs.put(chunksOf(randomBytes(1024 * 1024))).then(() => 'stored', String);
    return { whenFull, leftOver, after };
  } finally {
    unmount(folder);
  }
}
