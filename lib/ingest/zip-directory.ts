import { AppError } from '#lib/errors.ts';

/** One member of an archive, as the central directory has it. */
export interface ZipEntry {
  name: string;
  method: number;
  crc: number;
  packedBytes: number;
  plainBytes: number;
  /** Where its local header begins. */
  offset: number;
}

const MAX_ENTRIES = 20_000;
const MAX_PLAIN_BYTES = 4 * 1024 ** 3;

/** Room for the directory of the most entries with names of 300 bytes, and for the longest archive comment. */
const TAIL_BYTES = 8 * 1024 * 1024;

const END_SIGNATURE = 0x06054b50;
const END_64_SIGNATURE = 0x06064b50;
const LOCATOR_64_SIGNATURE = 0x07064b50;
const ENTRY_SIGNATURE = 0x02014b50;
const IN_EXTRA_16 = 0xffff;
const IN_EXTRA_32 = 0xffffffff;
const SYMBOLIC_LINK = 0o120000;
const FILE_TYPE = 0o170000;

/**
 * The members of a zip archive in the order of their place, read from its end (PKWARE APPNOTE 6.3, 4.3.12–4.3.16).
 * Throws `unprocessable` for what a results file has no honest use for: odd names, links, encryption, two members of one name.
 */
export async function readZipDirectory(source: AsyncIterable<Uint8Array>): Promise<ZipEntry[]> {
  const { tail, tailOffset } = await readTail(source);
  const { count, offset } = findDirectory(tail, tailOffset);
  if (count > MAX_ENTRIES) throw refused(`has more than ${MAX_ENTRIES} members`);
  if (offset < tailOffset) throw refused('has a directory that is too long');
  const entries: ZipEntry[] = [];
  const names = new Set<string>();
  let plainBytes = 0;
  let at = offset - tailOffset;
  for (let i = 0; i < count; i += 1) {
    if (at + 46 > tail.length || tail.readUInt32LE(at) !== ENTRY_SIGNATURE) {
      throw refused('has a damaged directory');
    }
    const nameLength = tail.readUInt16LE(at + 28);
    const extraLength = tail.readUInt16LE(at + 30);
    const nameEnd = at + 46 + nameLength;
    const entry = readEntry(tail, at, tail.subarray(nameEnd, nameEnd + extraLength));
    if (names.has(entry.name)) throw refused(`has two members called ${shown(entry.name)}`);
    names.add(entry.name);
    plainBytes += entry.plainBytes;
    if (plainBytes > MAX_PLAIN_BYTES) throw refused('unpacks to more than 4 GiB');
    entries.push(entry);
    at = nameEnd + extraLength + tail.readUInt16LE(at + 32);
  }
  return entries.sort((a, b) => a.offset - b.offset);
}

/** The error of every archive that is not read. */
export function refused(what: string): AppError {
  return new AppError('unprocessable', `The zip archive ${what}.`, {
    details: [{ code: 'refused_archive', message: 'Send it as the evaluation wrote it.' }],
  });
}

async function readTail(
  source: AsyncIterable<Uint8Array>,
): Promise<{ tail: Buffer; tailOffset: number }> {
  let parts: Uint8Array[] = [];
  let held = 0;
  let total = 0;
  for await (const chunk of source) {
    parts.push(Uint8Array.prototype.slice.call(chunk));
    held += chunk.length;
    total += chunk.length;
    if (held > 2 * TAIL_BYTES) {
      parts = [Buffer.concat(parts).subarray(held - TAIL_BYTES)];
      held = TAIL_BYTES;
    }
  }
  return { tail: Buffer.concat(parts), tailOffset: total - held };
}

function findDirectory(tail: Buffer, tailOffset: number): { count: number; offset: number } {
  const lowest = Math.max(0, tail.length - 22 - 0xffff);
  for (let at = tail.length - 22; at >= lowest; at -= 1) {
    if (tail.readUInt32LE(at) !== END_SIGNATURE) continue;
    const count = tail.readUInt16LE(at + 10);
    const offset = tail.readUInt32LE(at + 16);
    if (count !== IN_EXTRA_16 && offset !== IN_EXTRA_32) return { count, offset };
    return findDirectory64(tail, tailOffset, at - 20);
  }
  throw refused('has no directory: it was cut');
}

function findDirectory64(
  tail: Buffer,
  tailOffset: number,
  locator: number,
): { count: number; offset: number } {
  if (locator >= 0 && tail.readUInt32LE(locator) === LOCATOR_64_SIGNATURE) {
    const at = Number(tail.readBigUInt64LE(locator + 8)) - tailOffset;
    if (at >= 0 && at + 56 <= tail.length && tail.readUInt32LE(at) === END_64_SIGNATURE) {
      return {
        count: Number(tail.readBigUInt64LE(at + 32)),
        offset: Number(tail.readBigUInt64LE(at + 48)),
      };
    }
  }
  throw refused('has a damaged directory');
}

function readEntry(tail: Buffer, at: number, extra: Buffer): ZipEntry {
  const name = tail.toString('utf8', at + 46, at + 46 + tail.readUInt16LE(at + 28));
  const hasOddStep = name.split('/').some((step) => step === '..' || step === '.');
  if (hasOddStep || name.startsWith('/') || /[\\\0]|^[a-z]:/i.test(name)) {
    throw refused(`has a member with the name ${shown(name)}`);
  }
  if ((tail.readUInt16LE(at + 8) & 1) === 1) throw refused('is encrypted');
  const mode = tail.readUInt32LE(at + 38) >>> 16;
  if ((mode & FILE_TYPE) === SYMBOLIC_LINK) throw refused('holds a link');
  const large = readExtra64(extra);
  const take = (value: number): number =>
    value === IN_EXTRA_32 ? (large.shift() ?? value) : value;
  // The order in which the long forms stand in the extra field.
  const plainBytes = take(tail.readUInt32LE(at + 24));
  const packedBytes = take(tail.readUInt32LE(at + 20));
  const offset = take(tail.readUInt32LE(at + 42));
  const method = tail.readUInt16LE(at + 10);
  return { name, method, crc: tail.readUInt32LE(at + 16), packedBytes, plainBytes, offset };
}

function readExtra64(extra: Buffer): number[] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    const end = Math.min(extra.length, at + 4 + extra.readUInt16LE(at + 2));
    const values: number[] = [];
    for (let i = at + 4; i + 8 <= end; i += 8) values.push(Number(extra.readBigUInt64LE(i)));
    return values;
  }
  return [];
}

function shown(name: string): string {
  return JSON.stringify(name.slice(0, 100));
}
