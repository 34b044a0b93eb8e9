import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress } from 'node:zlib';
import type { ResultFile } from './result-file.ts';

/** A file as it is sent, on the disk: a part of it can be sent again. */
export interface PackedFile {
  path: string;
  bytes: number;
  sha256: string;
  encoding: 'identity' | 'gzip' | 'zstd';
  /** Removes what was packed for the sending; never the file itself. */
  discard(): Promise<void>;
}

const KEPT_MS = 7 * 24 * 3_600_000;

/** Where packed copies lie until they are sent: a command that is given again finds the same bytes. */
function packedFolder(): string {
  return path.join(homedir(), '.cache', 'laconic', 'uploads');
}

/** The file itself when it is packed already, else a copy packed with zstd under the hash of its content. */
export async function packFile(file: ResultFile, folder = packedFolder()): Promise<PackedFile> {
  if (file.packing !== 'identity') {
    const { bytes, sha256, packing } = file;
    return { path: file.path, bytes, sha256, encoding: packing, discard: () => Promise.resolve() };
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await removeOld(folder);
  const packed = path.join(folder, `${file.sha256}.zst`);
  if ((await stat(packed).catch(() => null)) === null) {
    // Under its name only when it is whole.
    const partial = `${packed}.${String(process.pid)}`;
    try {
      const source = createReadStream(file.path, { highWaterMark: 1 << 20 });
      await pipeline(source, createZstdCompress(), createWriteStream(partial, { mode: 0o600 }));
      await rename(partial, packed);
    } finally {
      await rm(partial, { force: true });
    }
  }
  return {
    path: packed,
    ...(await measure(packed)),
    encoding: 'zstd',
    discard: () => rm(packed, { force: true }),
  };
}

async function measure(file: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** Copies of uploads that nobody went on with. */
async function removeOld(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    const found = await stat(file).catch(() => null);
    if (found !== null && Date.now() - found.mtimeMs > KEPT_MS) await rm(file, { force: true });
  }
}
