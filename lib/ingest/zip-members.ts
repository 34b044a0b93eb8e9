import { crc32, inflateRawSync } from 'node:zlib';

import { AppError } from '#lib/errors.ts';
import { ByteReader } from './byte-reader.ts';
import { decode } from './decode.ts';
import { MAX_LINE_BYTES } from './lines.ts';
import { refused, type ZipEntry } from './zip-directory.ts';

/** One unpacked member. */
export interface ZipMember {
  name: string;
  /** Where its data begins in the archive. */
  byteOffset: number;
  plainBytes: number;
  /** Null when it is larger than one row may be. */
  bytes: Buffer | null;
}

const LOCAL_SIGNATURE = 0x04034b50;
const STORED = 0;
const DEFLATE = 8;
const ZSTANDARD = 93;

/** The wanted members in their order of place, one in memory at a time; the directory is held against each local header. */
export async function* readZipMembers(
  source: AsyncIterable<Uint8Array>,
  entries: readonly ZipEntry[],
  isWanted: (name: string) => boolean,
): AsyncGenerator<ZipMember> {
  const reader = new ByteReader(source);
  try {
    for (const entry of entries) {
      if (entry.offset < reader.position) throw refused('has members that overlap');
      if (!(await reader.skip(entry.offset - reader.position))) throw refused('was cut');
      await checkLocalHeader(reader, entry);
      const byteOffset = reader.position;
      const packedEnd = byteOffset + entry.packedBytes;
      if (isWanted(entry.name)) {
        const isShort = Math.max(entry.packedBytes, entry.plainBytes) <= MAX_LINE_BYTES;
        const packed = isShort ? await reader.read(entry.packedBytes) : null;
        if (isShort && packed === null) throw refused('was cut');
        const bytes = packed === null ? null : await unpack(entry, packed);
        yield { name: entry.name, byteOffset, plainBytes: entry.plainBytes, bytes };
      }
      if (!(await reader.skip(packedEnd - reader.position))) throw refused('was cut');
    }
  } finally {
    await reader.close();
  }
}

/** What says that two headers are of one member: archives that disagree are read differently by different programs. */
async function checkLocalHeader(reader: ByteReader, entry: ZipEntry): Promise<void> {
  const header = await reader.read(30);
  if (header?.readUInt32LE(0) !== LOCAL_SIGNATURE) throw refused('has a damaged directory');
  const name = await reader.read(header.readUInt16LE(26));
  const extra = await reader.read(header.readUInt16LE(28));
  if (name === null || extra === null) throw refused('was cut');
  if (name.toString('utf8') !== entry.name || header.readUInt16LE(8) !== entry.method) {
    throw refused(`has a directory that does not fit its member ${JSON.stringify(entry.name)}`);
  }
}

async function unpack(entry: ZipEntry, packed: Buffer): Promise<Buffer> {
  const plain = await inflate(entry, packed);
  if (plain.length !== entry.plainBytes || crc32(plain) !== entry.crc) {
    throw refused(`has a damaged member ${JSON.stringify(entry.name)}`);
  }
  return plain;
}

async function inflate(entry: ZipEntry, packed: Buffer): Promise<Buffer> {
  const damaged = (cause: unknown): AppError =>
    new AppError('unprocessable', `The member ${JSON.stringify(entry.name)} is damaged.`, {
      cause,
    });
  switch (entry.method) {
    case STORED:
      return packed;
    case DEFLATE:
      try {
        return inflateRawSync(packed, { maxOutputLength: MAX_LINE_BYTES });
      } catch (cause) {
        throw damaged(cause);
      }
    case ZSTANDARD: {
      const parts: Uint8Array[] = [];
      const limits = { maxBytes: MAX_LINE_BYTES, ratioFloorBytes: MAX_LINE_BYTES };
      for await (const part of decode(once(packed), limits)) parts.push(part);
      return Buffer.concat(parts);
    }
    default:
      throw refused(
        `packs ${JSON.stringify(entry.name)} by method ${entry.method}, which is not read`,
      );
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}
